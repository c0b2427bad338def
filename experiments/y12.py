"""Y12 donors, units and firms fill the gap: python -m experiments.y12"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y12"))
