"""Y1 flattening shortens response time: python -m experiments.y1"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y1"))
