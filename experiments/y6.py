"""Is the effect of council and supervisory board larger by 0.1 sd in affluent mature and village-turned communities than in the others?

Run it with: python -m experiments.y6
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("y6"))
