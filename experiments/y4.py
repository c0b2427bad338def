"""From 0 to 80%, does waiting between bodies fall by 10% at 40% of cross-posts, and does residents' experience pay for it?

Run it with: python -m experiments.y4
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y4"))
