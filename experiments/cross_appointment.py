"""Cross-appointment from 0 to 80%: python -m experiments.cross_appointment"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "cross_appointment", *sys.argv[1:]]))
