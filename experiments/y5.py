"""Y5 one core, many actors beats 1+3: python -m experiments.y5"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y5", *sys.argv[1:]]))
