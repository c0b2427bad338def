"""The article's “150” can be read as one piece-head per 50 or per 150 households: does it matter?

Run it with: python -m experiments.piece_heads
"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("piece_heads"))
