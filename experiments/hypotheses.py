"""The twelve hypotheses Y1-Y12: run all, write the verdicts and the findings.

Run it with: python -m experiments.hypotheses
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("hypotheses"))
