"""Y10 the five mechanisms together: python -m experiments.y10"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y10", *sys.argv[1:]]))
