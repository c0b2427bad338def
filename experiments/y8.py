"""Y8 hiding and blocking intensify conflicts: python -m experiments.y8"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y8"))
