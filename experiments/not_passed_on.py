"""Cases not passed on and escalation over ten years: python -m experiments.not_passed_on"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "not_passed_on", *sys.argv[1:]]))
