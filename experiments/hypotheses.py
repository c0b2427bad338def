"""The twelve hypotheses: python -m experiments.hypotheses"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("hypotheses"))
