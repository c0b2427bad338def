"""One glossary, both languages, every code."""

import enum
import inspect
import re

import pytest

from sim import codes
from sim.glossary import LANGUAGES, default_language, term, terms

SPOKEN = [c for _, c in inspect.getmembers(codes, inspect.isclass) if issubclass(c, enum.IntEnum) and c.__members__]


def section(cls):
    return re.sub(r"(?<=[a-z])([A-Z])", r"_\1", cls.__name__).lower()


@pytest.mark.parametrize("cls", [c for c in SPOKEN if c is not codes.Purpose], ids=lambda c: c.__name__)
def test_every_code_has_words(cls):
    for member in cls:
        for lang in LANGUAGES:
            assert term(f"{section(cls)}.{member.name.lower()}", lang)


def test_every_entry_is_in_both_languages():
    for key, words in terms().items():
        assert set(words) == set(LANGUAGES), key
        assert re.search("[\u4e00-\u9fff]", words["zh"]), key
        assert not re.search("[\u4e00-\u9fff]", words["en"]), key


def test_options_label_themselves():
    assert term("structure.one_plus_two", "en") == "1+2 structure"
    assert term("policy.desks.pooled", "zh") == "一人多岗"
    with pytest.raises(KeyError):
        term("structure.nothing", "en")
    with pytest.raises(KeyError):
        term("body.party", "fr")


def test_language_comes_from_the_locale():
    assert default_language({"LANG": "zh_CN.UTF-8"}) == "zh"
    assert default_language({"LANG": "zh_CN.UTF-8", "LC_ALL": "en_US.UTF-8"}) == "en"
