"""Y8 hiding and blocking intensify conflicts: python -m experiments.y8"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y8", *sys.argv[1:]]))
