"""Y9 gate and funds that follow tasks: python -m experiments.y9"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y9", *sys.argv[1:]]))
