"""Structures by archetype: python -m experiments.structure_by_archetype"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("structure_by_archetype"))
