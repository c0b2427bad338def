"""Over ten years, do skip-level and collective petitions rise or fall when cases about cadres are not passed on?

Run it with: python -m experiments.not_passed_on
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("not_passed_on"))
