"""Y10 the five mechanisms together: python -m experiments.y10"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y10"))
