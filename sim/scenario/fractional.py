"""Fractional factorials of two levels: the smallest fraction of 2^k that has a stated resolution.

Resolution III keeps main effects apart from one another, IV also from interactions of two, V interactions of two from
one another too (Box, Hunter & Hunter 2005, chapter 6). The first factors form a full factorial; each further one is
set to the product of some of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from sim.vocabulary.errors import ScenarioError

RESOLUTIONS = (3, 4, 5)
MOST_FACTORS = 20
STEPS = 200_000  # of the search for generators before the next larger fraction is tried
SAID = {
    3: "main effects are mixed with interactions of two",
    4: "main effects are clear, interactions of two are mixed with one another",
    5: "main effects and interactions of two are clear",
}


def rows(factors: int, resolution: int) -> list[tuple[int, ...]]:
    """Levels 0 and 1 of every factor in every run."""
    basic, products = generators(factors, resolution)
    made = []
    for run in range(1 << basic):
        signs = [(run >> (basic - 1 - at)) & 1 for at in range(basic)]
        # the product of -1 and +1: an even number of low levels is high
        made.append((*signs, *((sum(1 - signs[at] for at in product) + 1) % 2 for product in products)))
    return made


def generators(factors: int, resolution: int) -> tuple[int, tuple[tuple[int, ...], ...]]:
    """How many factors are free, and of which of them each further factor is the product. Raises ScenarioError."""
    if resolution not in RESOLUTIONS:
        raise ScenarioError(f"design.resolution is {resolution!r}; it can be 3, 4 or 5")
    if not 3 <= factors <= MOST_FACTORS:
        raise ScenarioError(
            f"kind: fractional takes 3 to {MOST_FACTORS} factors, but {factors} are named; "
            "take kind: factorial for fewer, morris for more"
        )
    for basic in range(2, factors):
        words = [w for w in range(1, 1 << basic) if w.bit_count() >= resolution - 1]
        words.sort(key=lambda w: (-w.bit_count(), w))
        found = _search(words, basic, factors - basic, resolution)
        if found is not None:
            return basic, tuple(tuple(at for at in range(basic) if w >> at & 1) for w in found)
    return factors, ()


def _search(words: Sequence[int], basic: int, wanted: int, resolution: int) -> list[int] | None:
    """Generators whose products with one another are all long enough; None when none are found."""
    if len(words) < wanted:
        return None
    steps = 0

    def deeper(start: int, chosen: list[int], group: list[int]) -> list[int] | None:
        nonlocal steps
        if len(chosen) == wanted:
            return chosen
        own = 1 << (basic + len(chosen))
        for at in range(start, len(words) - (wanted - len(chosen)) + 1):
            steps += 1
            if steps > STEPS:
                return None
            word = words[at] | own
            new = [word, *(word ^ other for other in group)]
            if all(w.bit_count() >= resolution for w in new):
                found = deeper(at + 1, [*chosen, words[at]], [*group, *new])
                if found is not None:
                    return found
        return None

    return deeper(0, [], [])


def described(keys: Sequence[str], resolution: int) -> list[str]:
    """Which factor is the product of which others, in words."""
    basic, products = generators(len(keys), resolution)
    share = f"1/{1 << len(products)}" if products else "all"
    lines = [f"{share} of the full factorial, resolution {resolution}: {SAID[resolution]}"]
    for key, product in zip(keys[basic:], products, strict=True):
        lines.append(f"{key} is set to the product of {', '.join(keys[at] for at in product)}")
    return lines
