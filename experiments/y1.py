"""With items sunk but staff, money and rights where they were, are residents' requests solved sooner?

Run it with: python -m experiments.y1
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y1"))
