"""Y11 real elections, authority, co-operation: python -m experiments.y11"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y11", *sys.argv[1:]]))
