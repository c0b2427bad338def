"""Cases not passed on and escalation over ten years: python -m experiments.not_passed_on"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("not_passed_on"))
