"""Which arm a mark of a drawing belongs to, so that a page on the screen can show, fade or point out an arm."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure

NEAR = 0.3  # of the pitch of rows or columns: what is closer to one stands in it
_OWNERS: WeakKeyDictionary[Artist, str] = WeakKeyDictionary()


def mark(arm: str, *artists: Artist) -> None:
    """These marks, or whole axes, belong to the arm."""
    for artist in artists:
        _OWNERS[artist] = arm


def rows(axes: Any, arms: Sequence[str]) -> None:
    """Whatever stands at height i of the axes belongs to arm i, and so does the name of the row."""
    _along(axes, arms, 1, axes.get_yticklabels())


def columns(axes: Any, arms: Sequence[str]) -> None:
    """Whatever stands at i from the left belongs to arm i, and so does the name of the column."""
    _along(axes, arms, 0, axes.get_xticklabels())


def owner(artist: Any) -> str:
    """The arm of a mark or of the axes that it stands in; nothing where it is of no single arm."""
    return _OWNERS.get(artist) or _OWNERS.get(artist.axes, "")


def name_groups(figure: Figure) -> None:
    """Give each mark that belongs to an arm a name in the SVG that is read by `pictures.inline`."""
    for number, artist in enumerate(figure.findobj()):
        if artist in _OWNERS:
            artist.set_gid(f"arm:{_OWNERS[artist]}:{number}")


def _along(axes: Any, arms: Sequence[str], axis: int, labels: Sequence[Any]) -> None:
    for place, label in enumerate(labels[: len(arms)]):
        mark(arms[place], label)
    for artist in (*axes.lines, *axes.patches, *axes.texts):
        at = _place(axes, artist, axis)
        if at is not None and 0 <= at < len(arms):
            mark(arms[at], artist)


def _place(axes: Any, artist: Any, axis: int) -> int | None:
    """The row or column in which all of a mark stands; None where it stands in several or is not of the data."""
    if hasattr(artist, "get_xydata"):
        at = artist.get_xydata()[:, axis] if artist.get_transform() == axes.transData else ()
    elif hasattr(artist, "get_bbox"):
        middle = artist.get_bbox().get_points().mean(axis=0)[axis]
        at = [middle] if artist.get_data_transform() == axes.transData else ()
    else:
        at = [(artist.xy if hasattr(artist, "xy") else artist.get_position())[axis]]
    places = {round(float(value)) for value in at if abs(value - round(float(value))) <= NEAR}
    return places.pop() if len(places) == 1 and len(at) else None
