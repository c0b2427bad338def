"""Five mechanisms, 2^5: python -m experiments.five_mechanisms"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("five_mechanisms"))
