"""Pictures small enough to live in a repository: few colours, and fewer dots where that is asked for."""

from __future__ import annotations

from pathlib import Path

COLOURS = 64


def small(source: Path, target: Path, wide: int = 0) -> None:
    """Write a copy of a PNG with COLOURS colours, `wide` dots across unless that is 0."""
    from PIL import Image

    with Image.open(source) as picture:
        few = picture.convert("RGB")
    if wide:
        few = few.resize((wide, round(few.height * wide / few.width)), Image.Resampling.LANCZOS)
    # An octree keeps rare colours, which median cut gives up for more shades of the common ones.
    few = few.quantize(COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
