"""Over fifteen years, do the five election steps raise the committee's standing by 0.02 and volunteers by 5%?

Run it with: python -m experiments.y11
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y11"))
