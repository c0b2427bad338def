"""Gate and funds follow tasks (factorial): python -m experiments.gate_and_funds"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "gate_and_funds", *sys.argv[1:]]))
