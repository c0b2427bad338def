"""What the exercise is made of: both languages say the same things, every name exists, every scenario can be played."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from sim.exercise import content, engine, own
from sim.exercise.machine import KINDS
from sim.exercise.rules import Refused
from sim.observe.indicators import INDICATORS
from sim.scenario.catalogue import Catalogue
from sim.vocabulary.errors import ScenarioError
from sim.vocabulary.words import has

CARDS = content.card_names()
FOLDER = Path(content.__file__).parent


def test_there_are_five_scenarios_with_all_their_parts():
    assert len(CARDS) >= 5
    for name in CARDS:
        card = content.card(name)
        assert card.name == name and len(card.teaching) >= 3 and len(card.guide) >= 4
        assert len(card.before_after) >= 3 and len(card.debrief) >= 4 and len(card.roles) >= 8
        assert {r for r in card.roles if r.startswith("rep_")} == {"rep_1", "rep_2", "rep_3"}
        assert content.OBSERVER in card.roles
        assert all(w in INDICATORS for w in card.watch)
        shocks, structures = Catalogue().options("shock"), Catalogue().options("structure")
        assert set(card.shocks) <= set(shocks) and card.other_structure in structures


@pytest.mark.parametrize("name", CARDS)
def test_every_scenario_starts(name):
    card = content.card(name)
    small = [re.sub(r"community\.residents=\d+", "community.residents=300", w) for w in card.setting]
    roles = {r: (content.roles()[r].seats, content.roles()[r].nth) for r in card.roles if content.roles()[r].seats}
    found = engine.outcome(engine.Play((*small, "warmup_years=0"), card.seed, (engine.Round(4),)), roles)
    assert set(found["seats"]) == set(roles) and found["weeks"] == 4
    assert found["seats"]["committee"]["alive"] and found["seats"]["party"]["alive"]


@pytest.mark.parametrize("file", [*sorted(FOLDER.glob("*.yaml")), *sorted(Path("configs/exercise").glob("*.yaml"))],
                         ids=lambda p: p.name)  # fmt: skip
def test_both_languages_say_as_much(file):
    """Wherever zh stands en stands too, neither is empty where the other is not, and both hold the same values."""

    def walk(value, where):
        if isinstance(value, dict):
            if "zh" in value or "en" in value:
                zh, en = value["zh"], value["en"]
                assert bool(zh) == bool(en), where
                assert sorted(re.findall(r"\{\w*[^}]*\}", zh)) == sorted(re.findall(r"\{\w*[^}]*\}", en)), where
                if len(en) > 24:
                    assert re.search(r"[\u4e00-\u9fff]", zh), where
                assert not re.search(r"[\u4e00-\u9fff]", en), where
            for key, inner in value.items():
                walk(inner, f"{where}.{key}")
        elif isinstance(value, list):
            for i, inner in enumerate(value):
                walk(inner, f"{where}[{i}]")

    walk(yaml.safe_load(file.read_text(encoding="utf-8")), file.name)


def test_every_word_used_is_there():
    sources = [*FOLDER.glob("templates/*.html"), *FOLDER.glob("*.py")]
    text = "\n".join(p.read_text(encoding="utf-8") for p in sources)
    used = set(re.findall(r"\bt\('(\w+)'[,)]", text)) | set(re.findall(r"say\(\s*\"(\w+)\"", text))
    used |= {f"no_{key}" for key in re.findall(r"Refused\(\s*\"(\w+)\"", text)}
    assert {key for key in used if not has(f"exercise.{key}")} == set()


def test_every_body_that_is_played_has_words_for_all_it_decides():
    from dataclasses import fields

    from sim.model.bodies.seats import module_of
    from sim.vocabulary.codes import Body

    for role in content.roles().values():
        for kind in role.seats:
            decides = {f.name for f in fields(module_of(Body[kind.upper()]).Decision)}
            left_out = decides - set(content.sheets()[kind].decides)
            assert left_out <= ({"refuse", "mobilise"} if kind in ("station", "street_desk") else set())


def test_measures_are_options_that_exist_with_a_holder():
    for name, measure in content.measures().items():
        group = measure.key.replace(".", "/")
        assert measure.value in Catalogue().options(group), name
        assert measure.holder in content.roles(), name
        if group == "structure":
            assert measure.control == bool(Catalogue().card(group, measure.value)["theoretical_control"])


def test_a_mistake_in_a_scenario_is_one_sentence():
    text = content.card_text("swamped_committee")
    for wrong, words in (
        (text.replace("rep_3, observer]", "rep_3, mayor]"), "there is no role 'mayor'"),
        (text.replace("seed: ", "sead: "), "sead"),
        ("a: [", "not YAML"),
    ):
        with pytest.raises(ScenarioError, match=words):
            content.read_card(wrong, "here")
    with pytest.raises(ScenarioError, match="did you mean"):
        content.card("swamped_comittee")


def test_figures_of_our_community():
    given = {"own_archetype": "old_danwei", "own_residents": "1200", "own_aged": "31.5", "own_fees": ""}
    words = own.own_words(own.read_own(given))
    assert words == ("community=old_danwei", "community.residents=1200", "community.aged60_share=0.315")
    for wrong in ({"own_residents": "3"}, {"own_aged": "x"}, {"own_archetype": "castle"}, {"own_estates": "1.5"}):
        with pytest.raises(Refused):
            own.read_own(given | wrong)
    setting = (*content.card("swamped_committee").setting, *words, "community.residents=300", "warmup_years=0")
    scenario = engine._scenario(setting, 3)
    assert scenario.community.name == "old_danwei" and scenario.community.aged60_share == 0.315
    assert len(KINDS) == len(set(KINDS))
