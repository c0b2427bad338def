"""Y7 more channels: python -m experiments.y7"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y7", *sys.argv[1:]]))
