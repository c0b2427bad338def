"""Flattening with and without staff, money and rights: python -m experiments.flattening"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "flattening", *sys.argv[1:]]))
