"""Cross-appointment from 0 to 80%: python -m experiments.cross_appointment"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("cross_appointment"))
