"""Flattening with and without staff, money and rights: python -m experiments.flattening"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("flattening"))
