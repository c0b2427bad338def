"""Y9 gate and funds that follow tasks: python -m experiments.y9"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y9"))
