"""Is the change of resident welfare with all five mechanisms larger than the sum of the five single changes?

Run it with: python -m experiments.y10
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y10"))
