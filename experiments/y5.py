"""At equal total hours, meetings included, does “one core, many actors” raise the share solved or trust by 5% over either reading of “1+3”?

Run it with: python -m experiments.y5
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y5"))
