"""Gate and funds follow tasks (factorial): python -m experiments.gate_and_funds"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("gate_and_funds"))
