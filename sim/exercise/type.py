"""Chinese type for machines that have none: a subset of the font that the charts use, made once and served locally."""

from __future__ import annotations

from pathlib import Path

MOST_BYTES = 1_100_000
FONT = "type.woff"
EXTRA = "“”‘’…—·→–㐀〇℃％、。《》「」（），：；？！￥"


def characters() -> str:
    """The 3,755 characters of the first level of GB 2312, its punctuation, and every character that the pages use."""
    found = set(EXTRA)
    for high in range(0xB0, 0xD8):
        for low in range(0xA1, 0xFF):
            try:
                found.add(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    here = Path(__file__).parent
    from sim.scenario.places import config_dir
    from sim.vocabulary.words import PLACE

    for path in [*here.glob("*.yaml"), *config_dir().rglob("*.yaml"), *PLACE.rglob("*.yaml")]:
        found |= {c for c in path.read_text(encoding="utf-8") if ord(c) > 0x2000}
    return "".join(sorted(found))


def build(folder: Path) -> Path:
    """The subset as WOFF in a folder; made when it is not there. Takes a few seconds."""
    target = folder / FONT
    if target.is_file():
        return target
    import pylopdf_fonts_zh_cn
    from fontTools import subset  # publishes no types

    source = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
    options = subset.Options()
    options.flavor = "woff"
    options.hinting = False
    options.desubroutinize = False
    options.layout_features = []
    options.name_IDs = [1, 2]
    options.notdef_outline = True
    folder.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".part")
    with subset.load_font(str(source), options) as font:
        made = subset.Subsetter(options)
        made.populate(text=characters())
        made.subset(font)
        subset.save_font(font, str(partial), options)
    partial.replace(target)
    return target
