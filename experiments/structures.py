"""At equal public hours and public money, does the arrangement of seats alone change what residents experience?

Run it with: python -m experiments.structures
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("structures"))
