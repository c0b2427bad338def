"""The one error that a user of scenarios meets, and the words in which it speaks."""

from __future__ import annotations

from collections.abc import Iterable

# options that the program takes for itself; a word close to one of them is most likely meant as it
PROGRAM_OPTIONS = (
    "lang",
    "only",
    "style",
    "format",
    "detail",
    "workers",
    "results_dir",
    "configs",
    "executor",
    "id",
    "dry_run",
    "repair",
    "from",
    "top",
    "port",
    "host",
)


class ScenarioError(ValueError):
    """One clear sentence: what is wrong, where (file and key), and what would be right.

    `key` is what a check inside a scenario was about, for the place to be found by whoever knows the files.
    """

    def __init__(self, sentence: str, key: str = "") -> None:
        super().__init__(sentence)
        self.key = key


def close(word: str, known: Iterable[str], *, everything: int = 12) -> str:
    """Words for what may have been meant: close matches, or the whole list when it is short."""
    import difflib

    names = sorted(known)
    near = difflib.get_close_matches(word, names, n=3, cutoff=0.55)
    if not near:
        last = {n.rsplit(".", 1)[-1]: n for n in names}
        near = [last[n] for n in difflib.get_close_matches(word.rsplit(".", 1)[-1], list(last), n=3, cutoff=0.7)]
    if near:
        return f"did you mean {' or '.join(repr(n) for n in near)}?"
    if 0 < len(names) <= everything:
        return f"it can be {', '.join(names)}"
    return "`gongzhi list` and `gongzhi show` name what there is"
