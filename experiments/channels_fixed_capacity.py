"""Channels at fixed capacity: python -m experiments.channels_fixed_capacity"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("channels_fixed_capacity"))
