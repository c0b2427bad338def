"""The brief on paper: A4 pages set by typst, with text that can be searched, copied and read aloud."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sim.report.document import Block, Brief
from sim.report.language import say

TEMPLATE = "brief.typ"
PAGES = 8  # at most; pictures become smaller before there are more
SCALES = (94, 80, 66)  # per cent of the width of the text


def pdf(brief: Brief) -> bytes:
    """The pages."""
    import typst

    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        plain = _plain(brief, root)
        text = (Path(__file__).parent / TEMPLATE).read_text(encoding="utf-8")
        (root / TEMPLATE).write_text(text, encoding="utf-8")
        around: dict[str, Any] = {"root": root, "font_paths": [_fonts()], "ignore_system_fonts": True}
        for scale in SCALES:
            data = json.dumps({**plain, "scale": scale}, ensure_ascii=False)
            (root / "brief.json").write_text(data, encoding="utf-8")
            pages = json.loads(typst.query(root / TEMPLATE, "<pages>", field="value", one=True, **around))
            if pages <= PAGES:
                break
        return bytes(typst.compile(root / TEMPLATE, **around))


def _fonts() -> Path:
    """The folder of the Chinese type that the program brings."""
    import pylopdf_fonts_zh_cn

    return Path(pylopdf_fonts_zh_cn.__file__).parent


def _plain(brief: Brief, root: Path) -> dict[str, Any]:
    """What the template reads; the pictures are written beside it."""
    sections = []
    for section in brief.sections:
        pictures = []
        for picture in section.pictures:
            path = root / f"{picture.name}.svg"
            path.write_bytes(picture.draw("svg"))
            alt = say("text of", brief.lang, name=picture.label, question=picture.title)
            found = {"file": path.name, "title": picture.title, "subtitle": picture.subtitle, "alt": alt}
            pictures.append(found)
        blocks = [_block(block) for block in section.blocks]
        sections.append({"title": section.title, "boxed": section.boxed, "blocks": blocks, "pictures": pictures})
    words = {key: getattr(brief, key) for key in ("lang", "kicker", "title", "question", "notice", "footer")}
    page = say("page", brief.lang, page="{page}", pages="{pages}")
    return {**words, "page": page, "sections": sections}


def _block(block: Block) -> dict[str, Any]:
    found = {"kind": type(block).__name__.lower(), **asdict(block)}
    if "rows" in found:
        found["rows"] = [row["cells"] for row in found["rows"]]
    return found
