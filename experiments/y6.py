"""Y6 council and supervisory board: python -m experiments.y6"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y6", *sys.argv[1:]]))
