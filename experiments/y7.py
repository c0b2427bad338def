"""At fixed capacity, do more channels raise both the share spoken and the share solved?

Run it with: python -m experiments.y7
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y7"))
