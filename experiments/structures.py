"""Governance structures compared: python -m experiments.structures"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("structures"))
