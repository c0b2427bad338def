"""Y2 all-round posts and pooled desks: python -m experiments.y2"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y2", *sys.argv[1:]]))
