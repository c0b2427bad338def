"""The one way in which the exercise says no."""

from __future__ import annotations


class Refused(Exception):
    """An act that may not be; `key` names the sentence that says why (`no_key` among the words of the exercise),
    `values` what stands in it."""

    def __init__(self, key: str, status: int = 409, **values: str) -> None:
        super().__init__(key)
        self.key = key
        self.status = status
        self.values = values

    def sentence(self, lang: str) -> str:
        """The sentence in a language."""
        from sim.exercise.content import say

        return say(f"no_{self.key}", lang, **self.values)
