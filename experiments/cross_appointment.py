"""From 0 to 80% of cross-posts, how do waiting between bodies, cases not passed on and residents' experience move, and is 40% special?

Run it with: python -m experiments.cross_appointment
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("cross_appointment"))
