"""What an assumption is called on a chart: a sensitivity study moves hundreds of them, and a key says little."""

from __future__ import annotations

import functools

from sim.charts import prose, style
from sim.charts.setting import Setting
from sim.vocabulary import words

OWN = "parameters."


def factor(key: str, setting: Setting, inches: float | None = None) -> str:
    """A parameter or a fact of the community in words, and below it the key that sets it; wrapped where `inches` is
    given.

    Meanings of parameters are stated in English; in other languages the part of the model stands in their place.
    """
    short = key.removeprefix(OWN)
    said = _meaning(key, setting.lang)
    if not said:
        return short
    if inches is None:
        return prose.bracketed(said, short, setting.lang)
    return f"{style.cut(style.wrap(said, inches, style.size(style.SMALL)), 2)}\n{short}"


@functools.cache
def _meaning(key: str, lang: str) -> str:
    from sim.scenario import choices
    from sim.scenario.fields import meaning
    from sim.scenario.parameters import registry

    group, _, name = key.removeprefix(OWN).partition(".")
    if key.startswith(OWN):
        if lang != words.STANDARD:
            module = f"charts.module.{group}"
            return words.say(module, lang) if words.has(module) else ""
        param = registry().get(group, {}).get(name)
        return param.meaning if param else ""
    field = choices.Community.model_fields.get(name) if group == "community" else None
    if field is None:
        return ""
    said = meaning(field)
    return said[lang] if said else ""
