"""The sources of the site: pages by hand with their marks filled and their links turned, and pages of the reference.

A page by hand is `docs/NAME.md`, its Chinese text `docs/NAME.zh.md`; each language is a site of its own, and that in
Chinese lies in `zh/` of the other. A link between the two, which MkDocs cannot follow, becomes a plain address. A link
to a file that is no page (source, configuration) becomes its words. A page of the reference does not exist where GitHub
shows docs/, so pages by hand name it as `*Words*<!-- reference/NAME.md -->`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from scripts.docs.blocks import filled
from scripts.docs.reference import PAGES

ROOT = Path(__file__).resolve().parents[2]
LANGS = ("en", "zh")
OUTSIDE = {"contributing.md": "CONTRIBUTING.md", "changelog.md": "CHANGELOG.md"}  # pages that stand beside docs/
FENCE = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?P<picture>!?)\[(?P<words>(?:[^\[\]]|\[[^\]]*\])*)\]\((?P<target>[^)\s]+)\)")
WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef”])\n[ ]*(?=[\u4e00-\u9fff“（])")
NAMED = re.compile(r"\*(?P<words>[^*]+)\*<!-- (?P<target>reference/\S+) -->")


def leaves(nav: Any) -> Iterable[str]:
    """Pages of a navigation."""
    if isinstance(nav, str):
        yield nav
    else:
        for part in nav.values() if isinstance(nav, dict) else nav:
            yield from leaves(part)


def source(page: str, lang: str) -> Path:
    """The file by hand behind a page of the site."""
    if page in OUTSIDE:
        return ROOT / OUTSIDE[page]
    stem = "README" if page == "index.md" else page.removesuffix(".md")
    return ROOT / "docs" / (f"{stem}.zh.md" if lang == "zh" else f"{stem}.md")


def write(navs: dict[str, list[Any]], into: Path) -> None:
    """Write the sources of both languages into `into/LANG`."""
    pages = {lang: [p for p in leaves(navs[lang]) if not p.startswith("reference/")] for lang in LANGS}
    where = {source(page, lang): (lang, page) for lang in LANGS for page in pages[lang]}
    shutil.rmtree(into, ignore_errors=True)
    for lang in LANGS:
        folder = into / lang
        for page in pages[lang]:
            path = folder / page
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(turned(filled(source(page, lang).read_text("utf-8")), page, lang, where, folder), "utf-8")
        (folder / "reference").mkdir()
        for name, (make, langs) in PAGES.items():
            if lang in langs:
                (folder / "reference" / name).write_text(make(lang), "utf-8")
        shutil.copytree(Path(__file__).parent / "assets", folder / "assets")


def turned(text: str, page: str, lang: str, where: dict[Path, tuple[str, str]], folder: Path) -> str:
    """The text of a page with links that hold on the site; pictures are copied beside it."""
    base = source(page, lang).parent
    here = PurePosixPath(page).parent

    def turn(match: re.Match[str]) -> str:
        target, mark, anchor = match["target"].partition("#")
        path = Path(os.path.normpath(base / target))
        if "://" in target or not target:
            return match[0]
        if match["picture"]:
            own = folder / here / target
            own.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, own)
            return match[0]
        if path not in where:
            return match["words"]
        other, found = where[path]
        if other == lang:
            return f"[{match['words']}]({relative(found, here)}{mark}{anchor})"
        built = f"{'zh' if other == 'zh' else '..'}/{found.removesuffix('.md')}.html"
        return f'<a href="{relative(built, here)}{mark}{anchor}">{match["words"]}</a>'

    def name(match: re.Match[str]) -> str:
        return f"[{match['words']}]({relative(match['target'], here)})"

    parts = FENCE.split(text)
    if lang == "zh":  # a line that ends between two Chinese characters must not leave a space there
        parts = [p if p.startswith("```") else WRAPPED.sub("", p) for p in parts]
    return "".join(p if p.startswith("```") else NAMED.sub(name, LINK.sub(turn, p)) for p in parts)


def relative(target: str, here: PurePosixPath) -> str:
    """An address from a folder of the site to one of its pages."""
    return os.path.relpath(target, here).replace(os.sep, "/")
