"""The command explains itself and its mistakes."""

from __future__ import annotations

import importlib.util

import pytest

from sim.cli.main import main
from sim.exercise import cli
from sim.exercise.type import MOST_BYTES, build, characters


@pytest.mark.parametrize(("words", "said"), [
    (["exercise", "years=5"], "takes no settings"), (["exercise", "workers=2"], "has no option workers="),
    (["exercise", "port=99999999"], "whole number"), (["exercise", "--lann"], "no option '--lann'"),
    (["exercise", "lang=fr"], "lang is 'fr'"),
])  # fmt: skip
def test_mistakes_are_one_sentence(words, said, capsys):
    assert main(words) == 2
    err = capsys.readouterr().err
    assert said in err and err.count("\n") == 1


def test_missing_packages_are_named(monkeypatch, capsys):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    assert main(["exercise"]) == 2
    assert "pip install 'gongzhi[exercise]'" in capsys.readouterr().err


def test_the_banner_holds_what_a_teacher_needs(tmp_path):
    for lang, word in (("zh", "教师口令"), ("en", "teacher's password")):
        text = cli.banner("http://10.0.0.7:8765", "abcd-efgh-ijkl", tmp_path / "x.db", lang)
        assert "http://10.0.0.7:8765/teacher" in text and f"{word}: abcd-efgh-ijkl" in text and "▄" in text


def test_the_chinese_type_is_small_and_whole(tmp_path):
    from fontTools.ttLib import TTFont

    path = build(tmp_path)
    assert 300_000 < path.stat().st_size < MOST_BYTES
    with TTFont(path) as font:
        has = font.getBestCmap()
    assert [c for c in characters() if ord(c) not in has and ord(c) >= 0x4E00] == []
    assert build(tmp_path) == path
