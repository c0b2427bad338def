"""Y3 patch duty prevents office-ism: python -m experiments.y3"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "y3", *sys.argv[1:]]))
