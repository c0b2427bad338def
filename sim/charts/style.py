"""The look of all charts: fonts, colours, and a sheet whose title, subtitle and footer never cover the drawing.

Colours are those of Okabe and Ito (2008), always together with a shape or a hatch, so that a chart can be read in grey.
The Chinese font has true Simplified forms and one weight; emphasis is by size and colour only.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Text

    from sim.charts.setting import Setting

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILLION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"
INK, GREY, FAINT, PAPER = "#1A1A1A", "#6B6B6B", "#D9D9D9", "#FFFFFF"

PRINT = {VERMILLION: "#AD4A00", ORANGE: "#8A5F00"}  # the same hues, dark enough for letters

TITLE, BODY, SMALL, TINY = 1.3, 1.0, 0.88, 0.76  # multiples of the style's font size
MARGIN = 0.12  # inches
APART = 0.05  # inches between title and subtitle
LEADING = 1.32  # line height over font size
WORDED = ("title", "subtitle", "footer")  # labels of a sheet's own texts, so that a brief can set them as its text

# What became of a comparison: colour, marker, filled
VERDICTS: dict[str, tuple[str, str, bool]] = {
    "better": (BLUE, "^", True),
    "worse": (VERMILLION, "v", True),
    "different": (BLACK, "D", True),
    "unclear": (GREY, "o", False),
}

_NO_START = "\uff0c\u3002\uff1b\uff1a\u3001\uff01\uff1f\uff09”’》%.,;:!?)"
_NO_END = "\uff08“‘《(["


@functools.lru_cache(maxsize=1)
def font() -> str:
    """Name of the Chinese and Latin font, registered with matplotlib."""
    import pylopdf_fonts_zh_cn
    from matplotlib import font_manager

    path = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
    font_manager.fontManager.addfont(str(path))
    return str(font_manager.FontProperties(fname=str(path)).get_name())


@contextmanager
def styled(style: str) -> Iterator[None]:
    """Matplotlib's settings for one of the styles, for the time of drawing and saving."""
    import matplotlib as mpl
    from matplotlib import style as styles

    own: dict[str, Any] = {
        "font.family": [font()],
        "axes.unicode_minus": True,
        "text.color": INK,
        "text.parse_math": False,
        "axes.edgecolor": GREY,
        "axes.labelcolor": INK,
        "axes.labelsize": "small",
        "axes.titlelocation": "left",
        "axes.titlesize": "medium",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "xtick.labelsize": "small",
        "ytick.labelsize": "small",
        "text.hinting": "no_hinting",
        "legend.frameon": False,
        "legend.fontsize": "small",
        "pdf.fonttype": 3,
        "svg.fonttype": "path",
        "svg.hashsalt": "gongzhi",  # the same drawing gives the same file
        "savefig.facecolor": PAPER,
    }
    # The settings of whoever calls must not show through.
    with mpl.rc_context():
        mpl.rcdefaults()
        styles.use(Path(__file__).parent / "styles" / f"{style}.mplstyle")
        settings: Any = mpl.rcParams
        settings.update(own)
        yield


def ink(colour: str) -> str:
    """The colour of letters that belong to a mark of this colour."""
    return PRINT.get(colour, colour)


def size(multiple: float) -> float:
    """Font size in points: a multiple of the style's own."""
    import matplotlib as mpl

    return float(mpl.rcParams["font.size"]) * multiple


def marker() -> float:
    """Size of the style's markers in points."""
    import matplotlib as mpl

    return float(mpl.rcParams["lines.markersize"])


def line() -> float:
    """Width of the style's lines in points."""
    import matplotlib as mpl

    return float(mpl.rcParams["lines.linewidth"])


def page_width() -> float:
    """Width of the style's figure in inches."""
    import matplotlib as mpl

    return float(mpl.rcParams["figure.figsize"][0])


def text_width(text: str, points: float) -> float:
    """Width of one line in inches: letters are drawn unhinted, so their advances add up in every format."""
    return sum(map(_advance, text)) * points / 72


@functools.cache
def _advance(letter: str) -> float:
    """Width of a letter over the size of the type."""
    from matplotlib.font_manager import findfont, get_font
    from matplotlib.ft2font import LoadFlags

    face = get_font(findfont(font()))
    face.set_size(100, 72)
    return float(face.load_char(ord(letter), flags=LoadFlags.NO_HINTING).linearHoriAdvance) / 65536 / 100


def wrap(text: str, inches: float, points: float) -> str:
    """Break a text into lines that fit: Latin between words, Chinese between characters but not before a comma."""
    if "\n" in text:
        return "\n".join(wrap(part, inches, points) for part in text.split("\n"))
    pieces: list[str] = []
    for piece in re.findall(r"[\u2e80-\uffef“”‘’]|\s+|[^\s\u2e80-\uffef“”‘’]+", text):
        if pieces and (piece[0] in _NO_START or pieces[-1][-1] in _NO_END):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    lines = [""]
    for piece in pieces:
        if lines[-1] and text_width((lines[-1] + piece).rstrip(), points) > 0.97 * inches:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return "\n".join(line.rstrip() for line in lines)


def first_line(text: str) -> str:
    """The first line of a wrapped text, with dots where more follows."""
    return cut(text, 1)


def cut(text: str, most: int) -> str:
    """The first lines of a wrapped text, with dots where more follows."""
    lines = text.split("\n")
    if len(lines) <= most:
        return text
    return "\n".join([*lines[: most - 1], f"{lines[most - 1].rstrip(_NO_START)} …"])


def height(text: str, points: float) -> float:
    """Height of a text of several lines in inches."""
    return (text.count("\n") + 1) * points * LEADING / 72


class Sheet:
    """A figure with title, subtitle and footer, and between them a body measured in inches from its top left.

    `body` is the height that the drawing asks for; on a slide it is what the slide leaves.
    """

    def __init__(self, setting: Setting, title: str, subtitle: str, body: float) -> None:
        import matplotlib as mpl
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        page_width, page_height = (float(inches) for inches in mpl.rcParams["figure.figsize"])
        self.width = page_width - 2 * MARGIN
        title = title[:1].upper() + title[1:]
        heads = [(title, size(TITLE), INK), (subtitle, size(SMALL), GREY)]
        foot = wrap(setting.footer, self.width, size(TINY))
        wrapped = [(wrap(text, self.width, points), points, colour) for text, points, colour in heads]
        self.top = 2 * MARGIN + APART + sum(height(text, points) for text, points, _ in wrapped)
        low = height(foot, size(TINY)) + 2 * MARGIN
        self.body = page_height - self.top - low if setting.style == "slide" else body
        self.total = self.top + self.body + low
        self.figure = Figure(figsize=(page_width, self.total))
        FigureCanvasAgg(self.figure)
        at = MARGIN
        for (text, points, colour), part in zip(wrapped, WORDED, strict=False):
            self._write(text, at, points, colour).set_label(part)
            at += height(text, points) + APART
        self._write(foot, self.total - low + MARGIN, size(TINY), GREY).set_label(WORDED[-1])

    def _write(self, text: str, down: float, points: float, colour: str, left: float = 0.0) -> Text:
        return self.figure.text(
            (MARGIN + left) / self.figure.get_figwidth(),
            1 - down / self.total,
            text,
            fontsize=points,
            color=ink(colour),
            va="top",
            linespacing=LEADING,
        )

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Axes whose frame has this place and size, in inches from the top left of the body."""
        across = self.figure.get_figwidth()
        bottom = self.total - self.top - top - height
        return self.figure.add_axes(
            ((MARGIN + left) / across, bottom / self.total, width / across, height / self.total)
        )

    def heading(self, text: str, top: float, left: float = 0.0) -> Text:
        """A heading over a part of the body."""
        return self._write(text, self.top + top, size(BODY), INK, left)

    def note(self, text: str, top: float, left: float = 0.0) -> Text:
        """A small heading over a part of the body."""
        return self._write(text, self.top + top, size(SMALL), INK, left)

    def small(self, text: str, top: float, left: float = 0.0, colour: str = INK) -> Text:
        """A line of a list beside the drawing."""
        return self._write(text, self.top + top, size(TINY), colour, left)

    def key(
        self,
        entries: list[tuple[Any, str]],
        top: float = 0.0,
        left: float = 0.0,
        width: float | None = None,
        multiple: float = SMALL,
    ) -> float:
        """A key over the body or a part of it; returns the height that it takes."""
        points = size(multiple)
        room = self.width if width is None else width
        beside = 3.8 * points / 72  # mark and air
        for columns in range(len(entries), 0, -1):
            # Filled column by column, the first ones longer by one.
            rows, longer = divmod(len(entries), columns)
            ends = [at * rows + min(at, longer) for at in range(columns + 1)]
            parts = [entries[start:end] for start, end in zip(ends, ends[1:], strict=False)]
            if sum(beside + max(text_width(text, points) for _, text in part) for part in parts) <= room:
                break
        taken = len(parts[0]) * points * 1.6 / 72 + 0.5 * points / 72
        axes = self.axes(left, top, room, taken)
        axes.set_axis_off()
        axes.legend(
            [mark for mark, _ in entries],
            [text for _, text in entries],
            loc="upper left",
            fontsize=points,
            ncols=columns,
            bbox_to_anchor=(0, 1),
            borderaxespad=0,
            borderpad=0,
            handletextpad=0.5,
            columnspacing=1.4,
            handlelength=1.7,
        )
        return taken
