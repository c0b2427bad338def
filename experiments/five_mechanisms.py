"""Five mechanisms, 2^5: python -m experiments.five_mechanisms"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "five_mechanisms", *sys.argv[1:]]))
