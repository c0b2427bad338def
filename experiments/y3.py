"""With the administrative load as observed, does patch duty raise the outreach share of hours by 5 points?

Run it with: python -m experiments.y3
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y3"))
