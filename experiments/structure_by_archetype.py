"""Structures by archetype: python -m experiments.structure_by_archetype"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "structure_by_archetype", *sys.argv[1:]]))
