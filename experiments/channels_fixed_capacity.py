"""Channels at fixed capacity: python -m experiments.channels_fixed_capacity"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "channels_fixed_capacity", *sys.argv[1:]]))
