"""A seat can be taken by anyone: mistakes are explained, a rule of one's own makes a difference."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sim.model.bodies import board, committee, firm, party, street_office
from sim.model.bodies.base import DecisionError
from sim.model.bodies.seats import SeatError, default_rule, parse
from sim.model.simulation import Model
from sim.vocabulary.codes import Body, File
from tests.runs import cases, differing, run, small

BASE = small("package=proposed_boards", "community.problems_per_1000=60")


@pytest.mark.parametrize(("seat", "words"), [
    ("comittee", "did you mean 'committee'"), ("mayor", "seats are"), ("firm#0", "from 1"), ("firm#x", "from 1"),
    ("firm#99", "there are only"), ("party#2", "there are only 1"), ("", "seats are"),
])  # fmt: skip
def test_a_seat_that_does_not_exist_is_explained(seat, words):
    with pytest.raises(SeatError, match=words):
        Model(BASE, {seat: lambda seen: seen})


def test_a_rule_must_be_a_function():
    with pytest.raises(SeatError, match="must be a function"):
        Model(BASE, {"party": 3})


def test_an_answer_of_another_kind_is_explained():
    model = Model(BASE, {"party": lambda seen: seen})
    with pytest.raises(
        SeatError, match=r"seat 'party' returned Observation in week 0; it must return sim\.model\.bodies\.party"
    ):
        model.step()


def test_a_decision_out_of_range_is_explained():
    with pytest.raises(DecisionError, match="mobilise is 2.0; it must lie between 0.0 and 1.0"):
        party.Decision(convene=1.0, priority_above=0.5, mobilise=2.0, settle=0.5)


def test_names_of_seats():
    assert parse("firm#2") == (Body.FIRM, 1)
    assert parse("street_office") == (Body.STREET_OFFICE, None)


def test_a_rule_of_ones_own_is_asked_every_week_and_heeded():
    usual, seen = default_rule(BASE, "committee"), []

    def mine(what: committee.Observation) -> committee.Decision:
        seen.append(what)
        return replace(usual(what), paper_cases=0.0, outreach=0.0)

    plain, other = run(BASE), run(BASE, seats={"committee": mine})
    assert len(seen) == 52
    assert all(isinstance(s, committee.Observation) for s in seen)
    assert (other.store["body.dec"][other.store["body.type"] == Body.COMMITTEE, 5] == 0).all()
    assert differing(plain.store, other.store) != []
    on_paper = [int((cases(m)["paper"] == 1).sum()) for m in (plain, other)]
    assert on_paper[1] < on_paper[0]


def test_one_body_of_several_can_be_taken():
    base = small("community.estates=3", "community.firm_share=1")
    least = lambda seen: firm.Decision(effort=0.0, accept=0.0, stay=1.0, ask=0.0)  # noqa: E731
    model = Model(base, {"firm#2": least}).run_until(26)
    rows = model.store["body.type"] == Body.FIRM
    effort = model.store["body.dec"][rows, 0]
    assert effort[1] == 0.0 and effort[0] > 0.0 and effort[2] > 0.0


def test_a_firm_that_might_come_can_be_kept_away():
    base = small("community.estates=3", "community.firm_share=0", years=3)
    never = lambda seen: firm.Decision(effort=0.0, accept=0.0, stay=0.0, ask=0.0)  # noqa: E731
    plain, kept = run(base), run(base, seats={"firm": never})
    rows = plain.store["body.type"] == Body.FIRM
    assert plain.store["estate.replaced"].sum() > 0
    assert kept.store["estate.replaced"].sum() == 0 and not kept.store["body.alive"][rows].any()


def test_the_board_that_publishes_nothing():
    silent = lambda seen: board.Decision(sample=1.0, publish=0.0)  # noqa: E731
    closed = small("package=proposed_boards", "community.problems_per_1000=60", "parameters.disclosure.objects=0")
    model = run(closed, seats={"board": silent})  # residents may make things known themselves
    assert model.store["community.published"].max() == 0.0


def test_the_office_may_be_a_person_who_reads_numbers():
    asked = []

    def person(seen: street_office.Observation) -> street_office.Decision:
        asked.append(seen.week)
        low = dict.fromkeys(("delegate", "campaign", "inspect", "favour", "rename", "cases", "guide", "bring"), 0.0)
        return street_office.Decision(**low)

    model = run(BASE, seats={"street_office": person})
    assert asked == list(range(52))
    assert set(cases(model)["file"].tolist()) <= {int(f) for f in File}
