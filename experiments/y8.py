"""Over fifteen years, are escalations (repeat, skip-level and collective petitions) higher by 10% when most cases about cadres are not passed on?

Run it with: python -m experiments.y8
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y8"))
