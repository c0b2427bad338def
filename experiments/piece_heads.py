"""Piece-heads: per 50 or 150 households: python -m experiments.piece_heads"""

from sim.study.cli import main

if __name__ == "__main__":
    raise SystemExit(main("piece_heads"))
