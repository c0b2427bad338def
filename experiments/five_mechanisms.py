"""Do the five mechanisms (structure, self-governance, expression, resources, money) bring more together than the sum of what each brings alone?

Run it with: python -m experiments.five_mechanisms
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("five_mechanisms"))
