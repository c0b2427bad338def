"""Y6 council and supervisory board: python -m experiments.y6"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y6"))
