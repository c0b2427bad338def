"""Y1 flattening shortens response time: python -m experiments.y1"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y1", *sys.argv[1:]]))
