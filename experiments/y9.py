"""Do a gate and funds that follow tasks raise the residents' share of hours by 10 points, and over which costs of refusing and of renaming?

Run it with: python -m experiments.y9
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y9"))
