"""One owner a number: no two keys for the same quantity, and every key that went names its successor."""

from __future__ import annotations

import re
from collections import defaultdict

import pytest

import sim
from sim.engine.mechanism import REGISTRY
from sim.scenario import ScenarioError
from sim.scenario.moved import instead, moved
from sim.scenario.parameters import registry

NUMBERS = {f"{module}.{name}": param for module, own in registry().items() for name, param in own.items()}
# numbers that share name, value and range, or meaning, and are two quantities all the same
EQUALS = {
    ("agenda.answer_hours", "disclosure.answer_hours"):
        "what is said at talks about many matters, and what is laid open of one file, are two pieces of work",
    ("appraisal.assembly_hours", "assemblies.assembly_hours"): "two kinds of meeting, each with a length of its own",
    ("closing.others", "items.others"): "bodies that reply without a solution, and an office that does items on paper",
    ("closing.think_days", "problems.think_days"): "reading a reply, and making up one's mind to speak",
    ("items.again_days", "petitions.again_days"): "an item looked at again, and a petition sent back",
    ("items.smoothing", "office.smoothing"): "one finished item, and one week, weigh so much",
    ("sampling.look_back", "visits.look_back"): "the supervisory board's rule, and the office's",
    ("electing.seats", "founding.seats"): "an election committee, and an owners' committee",
    ("firm.accept_load", "owners.accept_load"): "two kinds of bodies, each with its own readiness",
}  # fmt: skip


def groups(*of) -> list[tuple[str, ...]]:
    found = defaultdict(list)
    for key, p in NUMBERS.items():
        found[tuple(part(key, p) for part in of)].append(key)
    return [tuple(sorted(keys)) for keys in found.values() if len(keys) > 1]


def meaning(key, p):
    return " ".join(re.findall(r"[a-z0-9]+", p.meaning.lower()))


def test_no_number_stands_twice_under_one_name():
    twins = groups(lambda k, p: k.partition(".")[2], lambda k, p: p.value, lambda k, p: p.unit)
    assert [t for t in twins if t not in EQUALS] == [], "one owns it, the others refer to it with Shared"


def test_no_number_stands_twice_under_one_meaning():
    twins = groups(meaning, lambda k, p: p.unit)
    assert [t for t in twins if t not in EQUALS and not is_family(t)] == [], "one owns it, the others refer to it"


def is_family(keys) -> bool:
    """The same words may be said of members of one table of one module, such as ages or kinds."""
    return len({k.partition(".")[0] for k in keys}) == 1 and len({NUMBERS[k].value for k in keys}) > 1


def test_deliberate_equals_are_there():
    for pair in EQUALS:
        assert set(pair) <= set(NUMBERS), "an entry without its numbers"


def test_what_mechanisms_share_belongs_to_its_owner():
    for item in REGISTRY.values():
        for name, key in item.keys.items():
            assert key in NUMBERS, (item.name, name, key)
        for name, param in item.params.items():
            assert param is NUMBERS[item.keys[name]]


def test_a_shared_number_is_one_number_in_a_run():
    scenario = sim.load(["parameters.routing.intake_share=0.4"])
    assert scenario.parameters["routing"]["intake_share"] == 0.4
    users = [m for m in REGISTRY.values() if "intake_share" in m.params]
    assert {m.module for m in users} == {"receiving", "routing"}
    assert all(item.numbers(scenario.parameters).intake_share == 0.4 for item in users)


@pytest.mark.parametrize("key", sorted(moved()))
def test_a_key_that_went_is_refused_with_its_successor(key):
    successor = moved()[key]
    assert key.removeprefix("parameters.") not in NUMBERS
    if " " not in successor:
        assert successor.removeprefix("parameters.") in NUMBERS
    with pytest.raises(ScenarioError) as refused:
        sim.load([f"{key}=1"])
    assert instead(key, ()) in str(refused.value) and successor in str(refused.value)
