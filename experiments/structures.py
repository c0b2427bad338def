"""Governance structures compared: python -m experiments.structures"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "structures", *sys.argv[1:]]))
