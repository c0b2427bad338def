"""Does flattening shorten residents' requests when staff, money and rights come down with the items, and when they do not?

Run it with: python -m experiments.flattening
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("flattening"))
