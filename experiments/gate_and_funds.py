"""Do the gate and funds that follow tasks, each alone and both together, give the committee's hours back to residents?

Run it with: python -m experiments.gate_and_funds
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("gate_and_funds"))
