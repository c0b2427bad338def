"""The brief as one page for the screen: both languages in it, nothing fetched from outside, readable without scripts.

A small script adds what a pointer or a finger asks for: the value under it, any indicator, any choice of arms.
"""

from __future__ import annotations

import base64
import io
import json
import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sim.charts import prose
from sim.report.chart_data import behind
from sim.report.document import Block, Brief, Cards, Code, Paragraph, Points, Section, Table
from sim.report.facts import Facts
from sim.report.language import say
from sim.report.markup import Markup, tag
from sim.report.pictures import Picture, inline
from sim.vocabulary.words import own_name

if TYPE_CHECKING:
    from sim.store import StoredStudy

LATIN = "".join(map(chr, range(32, 127)))
DIGITS = 5  # significant ones of the numbers that the script shows


def html(briefs: Sequence[Brief]) -> str:
    """The page with all briefs; the first one's language is the page's own."""
    first = briefs[0]
    body = [*_switch(briefs)]
    body += [tag("div", *_brief(brief), class_=f"brief in-{brief.lang}", lang=_code(brief.lang))
             for brief in briefs]  # fmt: skip
    values = _values(first.study, [brief.lang for brief in briefs])
    data = Markup(json.dumps(values, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/"))
    body += [tag("script", data, type="application/json", id="values"), tag("script", Markup(_own("page.js")))]
    text = tag("main", *body)
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="gongzhi"),
        tag("title", f"{first.title} · {first.kicker}"),
        tag("style", Markup(_own("page.css") + _face(text))),
    ]
    return f"<!DOCTYPE html>\n{tag('html', tag('head', *head), tag('body', Markup(text)), lang=_code(first.lang))}\n"


def _code(lang: str) -> str:
    return {"zh": "zh-Hans"}.get(lang, lang)


def _own(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


def _switch(briefs: Sequence[Brief]) -> list[Markup]:
    """The choice of language: radio buttons that work without a script."""
    if len(briefs) < 2:
        return []
    parts: list[Markup] = []
    for brief in briefs:
        name = f"lang-{brief.lang}"
        checked = brief is briefs[0]
        parts.append(tag("input", type="radio", name="lang", id=name, class_="lang", value=_code(brief.lang),
                         checked=checked, aria_label=own_name(brief.lang)))  # fmt: skip
        parts.append(tag("label", own_name(brief.lang), for_=name, class_="lang", lang=_code(brief.lang)))
    return parts


def _brief(brief: Brief) -> list[Markup]:
    head = tag(
        "header",
        tag("p", brief.kicker, class_="kicker"),
        tag("h1", brief.title),
        tag("p", brief.question, class_="question"),
        tag("p", brief.notice, class_="notice"),
    )
    sections = []
    for section in brief.sections:
        sections.append(_section(section, brief.lang))
        if section.name == "charts":
            sections.append(_explorer(brief.lang))
    if brief.further:
        inside = [_figure(picture) for picture in brief.further]
        sections.append(tag("section", tag("h2", brief.further_title), *inside, class_="further"))
    return [head, _arms(brief.lang), *sections, tag("footer", *[tag("p", line) for line in brief.footer.split("\n")])]


def _section(section: Section, lang: str) -> Markup:
    inside = [_block(block, lang) for block in section.blocks] + [_figure(picture) for picture in section.pictures]
    return tag("section", tag("h2", section.title), *inside, class_="boxed" if section.boxed else None)


def _block(block: Block, lang: str) -> Markup:
    if isinstance(block, Paragraph):
        return tag("p", block.text)
    if isinstance(block, Points):
        return tag("ul", *[tag("li", item) for item in block.items])
    if isinstance(block, Code):
        return tag("pre", tag("code", "\n".join(block.lines)), tabindex="0")
    if isinstance(block, Cards):
        cards = [
            tag("div", tag("p", card.what, class_="what"), tag("p", card.number, class_="number"),
                tag("p", card.detail, class_="detail"), class_="card")
            for card in block.cards
        ]  # fmt: skip
        return tag("div", *cards, class_="cards")
    return _table(block, lang)


def _table(table: Table, lang: str, where: str = "") -> Markup:
    head = tag("tr", *[tag("th", text, scope="col") for text in table.columns])
    rows = [
        tag("tr", tag("th", row.cells[0], scope="row"), *[tag("td", cell) for cell in row.cells[1:]],
            data_arm=row.arm or None)
        for row in table.rows
    ]  # fmt: skip
    look = "numbers" if table.numbers else None
    found = tag("table", tag("caption", table.caption), tag("thead", head), tag("tbody", *rows), class_=look)
    label = f"{table.caption} {where} ({own_name(lang)})".replace("  ", " ")
    note = [tag("p", table.note, class_="note")] if table.note else []
    return tag("div", tag("div", found, class_="scroll", tabindex="0", role="region", aria_label=label), *note)


def _figure(picture: Picture) -> Markup:
    lang = picture.setting.lang
    svg, spots = picture.live()
    text = inline(svg, f"{lang}-{picture.name}")
    hot = Markup("".join(
        tag("rect", tag("title", spot.text), x=f"{spot.left:.1f}", y=f"{spot.top:.1f}", width=f"{spot.width:.1f}",
            height=f"{spot.height:.1f}", class_="hot", data_arm=spot.arm or None)
        for spot in spots
    ))  # fmt: skip
    alt = say("text of", lang, name=picture.label, question=picture.title)
    text = text.replace("<svg", tag("svg", role="img", aria_label=alt)[:-7], 1).replace("</svg>", f"{hot}</svg>")
    below = tag("details", tag("summary", f"{say('table behind', lang)} · {picture.label}"),
                _table(behind(picture), lang, say("table behind", lang)))  # fmt: skip
    return tag(
        "figure",
        tag("h3", picture.title),
        tag("div", Markup(text), class_="scroll picture", tabindex="0", role="region",
            aria_label=f"{picture.label} ({own_name(lang)})"),
        tag("figcaption", picture.subtitle),
        below,
    )  # fmt: skip


def _arms(lang: str) -> Markup:
    """The switch of arms, always in reach; the script fills it, and without one there is nothing to see."""
    inside = tag("fieldset", tag("legend", say("arms text", lang)))
    return tag("details", tag("summary", say("arms shown", lang), tag("span", "", class_="count")), inside,
               class_="arms", data_lang=lang, hidden=True)  # fmt: skip


def _explorer(lang: str) -> Markup:
    """The frame that the script fills; without it there is nothing to see."""
    names = tag("select", id=f"indicator-{lang}", class_="indicator")
    return tag(
        "section",
        tag("h2", say("explore", lang)),
        tag("p", say("explore text", lang)),
        tag("p", tag("label", f"{say('choose indicator', lang)} ", for_=f"indicator-{lang}"), names),
        tag(
            "table",
            tag("caption", "", class_="name"),
            tag("thead", tag("tr", *[tag("th", say(key, lang), scope="col")
                                     for key in ("arm", "under arm", "interval shown", "difference")])),
            tag("tbody"),
        ),
        class_="explorer", data_lang=lang, hidden=True,
    )  # fmt: skip


def _values(study: StoredStudy, langs: Sequence[str]) -> dict[str, Any]:
    """Every difference of the study, for the script: [mean of the baseline, of the arm, difference, low, high] by arm
    and indicator, in the units that are shown."""
    from sim.charts.setting import Setting

    facts = Facts(study)
    order = list(dict.fromkeys([*facts.named, *facts.effects["indicator"]]))
    settings = {lang: Setting(study, lang) for lang in langs}
    known = facts.effects.dropna(subset=["ci_low"])
    found: list[dict[str, Any]] = []
    columns = ["mean_baseline", "mean_arm", "difference", "ci_low", "ci_high"]
    for name, rows in sorted(known.groupby("indicator"), key=lambda pair: order.index(str(pair[0]))):
        about = prose.indicator(str(name))
        numbers = rows.set_index("arm")[columns] * prose.factor(about.unit)
        found.append(
            {
                "label": dict(about.label),
                "unit": {lang: [prose.unit_text(about.unit, lang, d) for d in (False, True)] for lang in langs},
                "better": about.better,
                "rows": {str(arm): [float(f"{v:.{DIGITS}g}") for v in line] for arm, line in
                         zip(numbers.index, numbers.to_numpy(), strict=True)},
            }
        )  # fmt: skip
    arms = {arm: {lang: setting.arm(arm) for lang, setting in settings.items()} for arm in facts.arms}
    to = {lang: say("range", lang, low="%1", high="%2") for lang in langs}
    return {"arms": arms, "indicators": found, "range": to}


def _face(text: str) -> str:
    """The type of the page: the letters that occur in it, cut out of the font that the charts use."""
    import pylopdf_fonts_zh_cn
    from fontTools.subset import Options, Subsetter, load_font, save_font

    options = Options(flavor="woff", layout_features=[], hinting=False, notdef_outline=True, name_IDs=[1, 2, 13, 14])
    path = Path(pylopdf_fonts_zh_cn.__file__).parent / "NotoSansSC-Regular.otf"
    logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
    font = load_font(str(path), options)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted({*text, *LATIN})))
    subsetter.subset(font)
    target = io.BytesIO()
    save_font(font, target, options)
    font.close()
    data = base64.b64encode(target.getvalue()).decode("ascii")
    return f'@font-face{{font-family:"Noto Sans SC";src:url(data:font/woff;base64,{data}) format("woff")}}'
