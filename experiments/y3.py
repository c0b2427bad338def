"""Y3 patch duty prevents office-ism: python -m experiments.y3"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y3"))
