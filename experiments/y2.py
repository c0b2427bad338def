"""Y2 all-round posts and pooled desks: python -m experiments.y2"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y2"))
