"""Y12 donors, units and firms fill the gap: python -m experiments.y12"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y12", *sys.argv[1:]]))
