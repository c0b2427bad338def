"""Y4 40% cross-appointment: python -m experiments.y4"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y4", *sys.argv[1:]]))
