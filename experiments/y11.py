"""Y11 real elections, authority, co-operation: python -m experiments.y11"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y11"))
