"""A city of subdistricts: python -m experiments.city"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "city", *sys.argv[1:]]))
