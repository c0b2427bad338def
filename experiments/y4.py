"""Y4 40% cross-appointment: python -m experiments.y4"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y4"))
