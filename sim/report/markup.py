"""HTML written piece by piece: what is text is escaped, what is markup is of the type Markup."""

from __future__ import annotations

from html import escape

VOID = ("meta", "input", "link", "br")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Markup:
    """An element. Attributes: a trailing underscore is dropped, others become hyphens; True stands alone, None is
    left out."""
    said = []
    for key, value in attributes.items():
        key = key.rstrip("_").replace("_", "-")
        if value is True:
            said.append(f" {key}")
        elif value is not None and value is not False:
            said.append(f' {key}="{escape(str(value))}"')
    start = f"<{name}{''.join(said)}>"
    if name in VOID:
        return Markup(start)
    inside = "".join(child if isinstance(child, Markup) else escape(child, quote=False) for child in children)
    return Markup(f"{start}{inside}</{name}>")
