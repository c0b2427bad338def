"""The catalogue of words: languages say the same, nothing is said twice or for nobody, what is lacking is told."""

from __future__ import annotations

import ast
import re
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sim.vocabulary import words
from sim.vocabulary.words import LANGS, NoWord, default_language, label, owed, say

SIM = Path(words.__file__).parents[2]
HAN = re.compile("[\u4e00-\u9fff]")
EVERY = {lang: {k: t for room in words.rooms() for k, t in words.entries(lang, room).items()} for lang in LANGS}
PHRASED = ("charts", "cli", "exercise", "findings", "report", "study", "table")  # rooms whose keys stand in the code


def holes(text: str) -> list[str]:
    """What is filled into a text, with its format."""
    return sorted({f"{name}:{form}" for _, name, form, _ in string.Formatter().parse(text) if name is not None})


def test_all_that_is_added_has_its_words():
    owed.check(owed.owed())


@pytest.mark.parametrize("key", ["kind.noise", "setting.Channels.bell", "indicator.asked_share.label", "body.watch"])
def test_a_forgotten_word_is_said_with_the_file_where_it_should_stand(key):
    file = f"{key.partition('.')[0] if key[0] in 'si' else 'terms'}.yaml"
    with pytest.raises(NoWord, match=f"no entry '{key}'; it should stand in .*zh.{file}"):
        owed.check([key])


def test_languages_have_the_same_files_and_keys():
    zh, en = ({p.name for p in (words.PLACE / lang).iterdir()} for lang in LANGS)
    assert zh == en == {f"{room}.yaml" for room in words.rooms()}
    assert list(EVERY["zh"]) == list(EVERY["en"])


def test_languages_fill_in_the_same_values_and_leave_nothing_empty():
    literal = {"cli.weeks_count"}  # shows the form of an event; nothing is filled in
    for key, zh in EVERY["zh"].items():
        en = EVERY["en"][key]
        assert zh.strip() and en.strip(), key
        if key not in literal:
            filled = [holes(words._found(key, lang) or "") for lang in LANGS]
            assert filled[0] == filled[1], key


def test_each_language_is_written_in_its_own_script():
    quoted = re.compile(r"模拟结果，不评价任何真实社区。|中文：")  # the other language's own line on a page of both
    for key, en in EVERY["en"].items():
        assert not HAN.search(quoted.sub("", en)), key
        zh = EVERY["zh"][key]
        if len(re.sub(r"\{[^}]*\}|\(pictures.*\)", "", en)) > 24 and not zh.startswith(words.ALIAS):
            assert HAN.search(zh), key


def test_chinese_punctuation_is_full_width_beside_chinese():
    wrong = re.compile("[\u4e00-\u9fff][,;:?!(]|[,;:?!)][\u4e00-\u9fff]")
    literal = {"exercise.roster_how", "exercise.no_bad_roster"}  # the form of a line of CSV
    assert [k for k, text in EVERY["zh"].items() if wrong.search(text) and k not in literal] == []


def test_aliases_point_to_what_there_is():
    for lang in LANGS:
        for key, text in EVERY[lang].items():
            if text.startswith(words.ALIAS):
                target = text[1:]
                assert target in EVERY[lang], key
                assert not EVERY[lang][target].startswith(words.ALIAS), f"{key}: one step is enough"


def test_nothing_in_the_catalogue_is_unread():
    from sim.observe.indicators import INDICATORS

    quoted, starts, ends = set(), set(), set()
    for path in SIM.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                quoted.add(node.value)
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                starts.add(str(node.values[0].value))
            elif isinstance(node, ast.JoinedStr) and isinstance(node.values[-1], ast.Constant):
                ends.add(str(node.values[-1].value))
    pages = "\n".join(p.read_text(encoding="utf-8") for p in SIM.rglob("*.html"))
    quoted |= set(re.findall(r"'([^'\n]+)'", pages))
    starts |= set(re.findall(r"'(\w+_)' *[~+]", pages))
    starts = {s for s in starts if s[-1:] in ("_", ".", " ") and s[:-1] not in PHRASED and len(s) > 1}
    filled = {t.key for item in INDICATORS.values() for t in item.label.filled.values()}
    aliased = {t[1:] for t in EVERY["en"].values() if t.startswith(words.ALIAS)}
    aliased |= {t[1:] for t in EVERY["zh"].values() if t.startswith(words.ALIAS)}
    refused = {f"exercise.no_{key}" for key in quoted}
    coded = tuple(f"{owed.section(cls)}." for cls in owed.vocabularies())  # every code has its label, whoever asks

    def read(key: str) -> bool:
        room, _, name = key.partition(".")
        own = () if room not in words.rooms() else (name,)
        return (
            any(k in quoted for k in (key, *own))
            or any(k.startswith(s) for s in starts for k in (key, *own))
            or any(key.endswith(s) for s in ends if re.fullmatch(r" [a-z]{4,}", s))
            or key in aliased | refused | filled
            or key.startswith((*coded, "lesson."))  # every one of these is attached: see the families below
        )

    assert [key for key in EVERY["en"] if not read(key)] == []


def attached(value: Any) -> Iterator[str]:
    """The keys of the catalogue within a part of the exercise."""
    for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
        if name == "words":
            yield inner
        elif isinstance(inner, dict | list | tuple):
            yield from attached(inner)


def test_families_of_keys_name_what_there_is():
    """Keys that are put together from a name stand for things that exist, each of them once."""
    from sim.charts.registry import NEEDS
    from sim.cli.main import COMMANDS
    from sim.exercise import content
    from sim.observe.schema import names
    from sim.vocabulary.errors import PROGRAM_OPTIONS

    def named(prefix: str) -> set[str]:
        return {key.removeprefix(prefix) for key in EVERY["en"] if key.startswith(prefix)}

    assert named("charts.need.") == set(NEEDS)
    assert named("cli.command.") == set(COMMANDS)
    assert named("cli.option.") == set(PROGRAM_OPTIONS)
    assert named("table.row.") == set(names())
    put_together = ("setting.", "indicator.", "charts.chart.")
    there = {key for key in EVERY["en"] if key.startswith(put_together)}
    assert there - {"setting.usual"} == {key for key in owed.owed() if key.startswith(put_together)}
    parts = [*content.sheets().values(), *content.roles().values(), *content.measures().values()]
    parts += [*content.plans().values(), *content.teaching()]
    assert {f"lesson.{rest}" for rest in named("lesson.")} == {k for part in parts for k in attached(part.model_dump())}
    units = {line.unit for sheet in content.sheets().values() for line in sheet.knows.values()}
    assert named("exercise.unit.") >= units - {"number"}


def test_labels_of_things_stand_in_no_second_place():
    """What `terms.yaml` calls a body or a channel, no other entry calls by the same words without pointing to it."""
    things = ("body", "channel", "kind", "meeting", "group")
    for lang in LANGS:
        named = {t for k, t in EVERY[lang].items() if k.partition(".")[0] in things} - {"无", "none"}
        rooms = ("charts.", "report.", "cli.", "study.", "findings.")
        assert [k for k, t in EVERY[lang].items() if t in named and k.startswith(rooms)] == []


def test_no_chinese_label_stands_in_python():
    """Chinese in the code names a term in a comment or docstring, a font, or what a generated page of docs quotes."""
    allowed = {"article.py", "sheets.py", "indicators.py", "schema.py"}
    found = []
    for path in SIM.rglob("*.py"):
        if path.name in allowed:
            continue
        for line in path.read_text(encoding="utf-8").splitlines():
            bare = re.sub(r"[(（][^()（）]*[)）]", "", line.partition("#")[0])  # a term named in brackets
            if HAN.search(bare) and '"""' not in line:
                found.append(f"{path.relative_to(SIM)}: {line.strip()}")
    assert found == []


def test_options_label_themselves():
    assert label("structure.one_plus_two", "en") == "1+2 structure"
    assert label("policy.desks.pooled", "zh") == "一人多岗"
    with pytest.raises(NoWord, match="structure"):
        label("structure.nothing", "en")


def test_what_is_not_there_is_one_sentence():
    with pytest.raises(NoWord, match=r"no entry 'body\.emperor'"):
        label("body.emperor", "en")
    with pytest.raises(NoWord, match="languages are zh, en"):
        label("body.party", "xx")


def test_language_comes_from_the_locale():
    assert default_language({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert default_language({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}) == "en"


def test_a_third_language_is_one_folder(third, capsys):
    from sim.cli.main import main
    from sim.observe.indicators import INDICATORS

    assert words.languages() == ("zh", "en", third)
    assert (label("body.party", third), label("body.firm", third)) == ("partika", "property firm")
    assert say("cli.commands", third) == "ordoni" and words.own_name(third) == "Quequi"
    assert INDICATORS["welfare"].label[third] == INDICATORS["welfare"].label["en"]
    for line in (["--help"], ["list", "structures"], ["list", "charts"], ["show", "structure", "one_plus_two"],
                 ["show", "policy", "data", "open"], ["show", "study", "structures"], ["show", "shock", "custom"],
                 ["show", "indicator", "welfare"], ["show", "schema"], ["show", "experiment", "y1"]):  # fmt: skip
        assert main([*line, f"lang={third}"]) in (0, 2)
        said = capsys.readouterr()
        assert f"{third} lacks" in said.err and "stand in English: charts." in said.err
        assert "Traceback" not in said.err
    assert main(["--help", f"lang={third}"]) == 0
    assert "ordoni:" in capsys.readouterr().out
    assert words.note("zh") == words.note("en") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: [", "cannot be read as YAML"),
        ("- a", "must hold entries"),
        ("run: {took: '{hours} h'}", "cannot be filled in"),
    ],
)
def test_a_mistake_of_a_translator_is_one_sentence(third, text, said):
    (words.PLACE / third / "cli.yaml").write_text(text, encoding="utf-8")
    words.entries.cache_clear()
    with pytest.raises(NoWord, match=said):
        say("cli.run.took", third, seconds=1.0)


def test_what_is_not_translated_yet_stands_in_english(third):
    (words.PLACE / third / "cli.yaml").write_text("commands:\noptions: ''", encoding="utf-8")
    words.entries.cache_clear()
    assert (say("cli.commands", third), say("cli.options", third)) == ("commands", "options of the program")
    assert {"cli.commands", "cli.options"} <= set(words.lacking(third))


def test_help_reads_few_files():
    """A start of the program does not read what it does not say."""
    code = "import sys, sim.vocabulary.words as w; from sim.cli.main import main; main(['--help', 'lang=en']); "
    code += "print(w.entries.cache_info().currsize, file=sys.stderr)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(ran.stderr) <= 4


@pytest.mark.parametrize("word", ["物业公司", "居民团队", "市级热线", "对比组", "两本账", "街道窗口"])
def test_a_second_word_for_the_same_thing_is_not_used(word):
    assert [key for key, text in EVERY["zh"].items() if word in text] == []
