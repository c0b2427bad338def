"""The twelve hypotheses: python -m experiments.hypotheses"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "hypotheses", *sys.argv[1:]]))
