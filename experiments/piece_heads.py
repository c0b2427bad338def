"""Piece-heads: per 50 or 150 households: python -m experiments.piece_heads"""

import sys

from sim.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main(["study", "piece_heads", *sys.argv[1:]]))
