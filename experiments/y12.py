"""Do resource integration and asking for gifts raise the givers' share of the community's income by 5 points?

Run it with: python -m experiments.y12
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y12"))
