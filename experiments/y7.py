"""Y7 more channels: python -m experiments.y7"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y7"))
