"""Dotted keys of plain data: what stands there, what cites it, and in which of them two compositions differ."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sim.scenario.compose import cited

MISSING = object()


def citing(key: str, raw: Any, prefix: str = "") -> list[str]:
    """Every dotted key whose value is that of `key`, directly or through another one."""
    found = []
    for name, value in raw.items():
        if isinstance(value, Mapping):
            found += citing(key, value, f"{prefix}{name}.")
        elif cited(value) == key:
            found.append(prefix + name)
    if not prefix:
        found += [further for direct in tuple(found) for further in citing(direct, raw)]
    return found


def differences(old: Mapping[str, Any], new: Mapping[str, Any], prefix: str = "") -> dict[str, Any]:
    """Dotted keys at which `new` differs from `old`, with the new values; mappings with other keys as a whole."""
    if set(old) != set(new) and prefix:
        return {prefix[:-1]: dict(new)}
    found: dict[str, Any] = {}
    for key in new:
        before, after = old.get(key, MISSING), new[key]
        if isinstance(before, Mapping) and isinstance(after, Mapping):
            found |= differences(before, after, f"{prefix}{key}.")
        elif before is MISSING or before != after or type(before) is not type(after):
            found[prefix + key] = after
    return found


def look(data: Any, key: str) -> Any:
    """The value at a dotted key, MISSING where there is none."""
    for step in key.split("."):
        if not isinstance(data, Mapping) or step not in data:
            return MISSING
        data = data[step]
    return data


def put(raw: Mapping[str, Any], moved: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of plain data with other values at dotted keys, which need not be there yet."""
    made = dict(raw)
    for key, value in moved.items():
        at_ = made
        *steps, last = key.split(".")
        for step in steps:
            at_[step] = dict(at_.get(step, {}))
            at_ = at_[step]
        at_[last] = value
    return made
