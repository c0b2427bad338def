"""With desks pooled and posts all-round, is the total time to a true solution shorter?

Run it with: python -m experiments.y2
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y2"))
