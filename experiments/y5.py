"""Y5 one core, many actors beats 1+3: python -m experiments.y5"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y5"))
