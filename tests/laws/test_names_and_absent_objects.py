"""A name does nothing, and a policy does nothing where its object is absent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.scenario import Scenario
from tests.laws.worlds import MEETINGS, NUMBERS, SHARE, law, options, worlds
from tests.runs import changed, differing, differing_records, from_the_start, run, small

RULES = tuple(
    f"rule.{name}"
    for name in (
        "seated",
        "heard",
        "receives",
        "cross_pair",
        "reports_to",
        "assigns",
        "broker",
        "autonomy",
        "cultivation",
        "entry_bar",
        "founding_share",
        "founding_help",
        "institutionalised",
        "gifts",
        "paired_support",
        "piece_head_households",
        "notice",
        "funds_follow",
        "gatekeeper",
        "proxies",
        "election_mode",
        "election_runner",
        "election_roll",
        "election_open",
        "election_representatives",
        "appraisal",
        "street_keeps",
        "patches_drawn",
        "redraw_weeks",
        "names_person",
        "gifts_in_kind",
    )
)

# Of these rules the calendar writes down what is in force, for those that read no rules.
IN_FORCE = ("community.dates_fixed", "community.round_size")


def same(one: Scenario, other: Scenario) -> None:
    """Both runs are equal bit for bit in everything but the rules themselves."""
    a, b = run(one), run(other)
    assert differing(a.store, b.store, apart_from=RULES + IN_FORCE) == []
    assert differing_records(a, b) == []


def test_placebo_is_one_plus_two():
    words = ("community.problems_per_1000=60",)
    for warmup in (0, 1):
        a = run(small("structure=one_plus_two", *words, warmup=warmup, years=2))
        b = run(small("structure=placebo", *words, warmup=warmup, years=2))
        assert differing(a.store, b.store) == []
        assert differing_records(a, b) == []


@given(worlds(), st.sampled_from(options("structure")))
@law(0.5)
def test_a_structure_under_another_name_is_the_same(world, _):
    renamed = changed(world.scenario, {"structure.name": "another_name", "structure.theoretical_control": True,
                              "structure.label": {"zh": "另", "en": "other"}})  # fmt: skip
    a, b = run(world.scenario), run(renamed)
    assert differing(a.store, b.store) == []
    assert differing_records(a, b) == []


def absent(**changes: object) -> Scenario:
    """A usual scenario, its own policies from the start, in which something is not there."""
    return from_the_start(changed(small("package=proposed", "community.problems_per_1000=60"), changes))


NO_FIRM = {"community.firm_share": 0.0, "community.owner_share": 0.0, "community.migrant_share": 0.0,
           "community.insider_share": 0.0, "parameters.fees.usual": 0.4,
           "parameters.contract.search_weeks": 26.0}  # fmt: skip
NO_ORGANISATION = {"parameters.population.organisations_rate": 2.0, "parameters.population.groups": 0.0}
NO_COMPANY = {"parameters.population.companies": 0.0}
CASES = {
    "owners' rules without owners": (
        {"community.owner_share": 0.0, "community.owners_committee_share": 0.0, "community.insider_share": 0.0},
        {"policy.owners.founding_share": SHARE, "policy.owners.founding_help": SHARE},
    ),
    "entry bar without companies and organisations": (
        {**NO_ORGANISATION, **NO_COMPANY}, {"policy.resources.entry_bar": SHARE},
    ),
    "autonomy without organisations": (NO_ORGANISATION, {"policy.resources.autonomy": SHARE}),
    "broker without units and organisations": (
        {**NO_ORGANISATION, "community.units": 0}, {"policy.resources.broker": st.booleans()},
    ),
    "institutionalised without meetings": (
        {"policy.meetings.weeks": dict.fromkeys(MEETINGS, 0)}, {"policy.meetings.institutionalised": st.booleans()},
    ),
    "elections without an election": (
        {"parameters.population.first_election": 260.0, "structure.council": False, "structure.board": False,
         "structure.council_weeks": 0, "structure.board_weeks": 0},
        {f"policy.elections.{k}": v for k, v in NUMBERS["elections"].items()
         if k not in ("term_years", "representatives")},
    ),
    "gatekeeper without a gate": (
        {"policy.gate.gate": False}, {"policy.gate.gatekeeper": st.sampled_from(("district", "community"))},
    ),
    "notice of patch duty without patches": (
        {"policy.patches.patches": False, "policy.channels.card": False}, {"policy.channels.notice": st.booleans()},
    ),
    "drawing of patches without patches": (
        {"policy.patches.patches": False},
        {"policy.patches.drawn": st.booleans(), "policy.patches.redraw_weeks": st.sampled_from((4, 52))},
    ),
    "a named person without a list": (
        {"policy.meetings.responsibility": False}, {"policy.meetings.names_person": st.booleans()},
    ),
    "gifts in kind where none are asked for": (
        {"policy.money.gifts": False}, {"policy.money.gifts_in_kind": st.booleans()},
    ),
    "piece-heads without volunteers": (
        {"community.volunteer_share": 0.0, "parameters.volunteering.join_level": -8.0,
         "parameters.volunteering.call_push": 0.0, "parameters.volunteering.peer_push": 0.0,
         "parameters.volunteering.giving_slope": 0.0, "parameters.volunteering.belonging_slope": 0.0,
         "parameters.volunteering.time_cost": 6.0},
        {"policy.patches.piece_head_households": st.sampled_from((0, 50, 150))},
    ),
    "share kept of money that does not come": (
        {"policy.gate.funds_follow": False, "policy.delegation.money_down": False},
        {"policy.money.street_keeps": SHARE},
    ),
    "seats of bodies that are not there": (
        {**NO_ORGANISATION, "community.units": 0, "structure.seats": ["party", "committee", "station"],
         "structure.heard": []},
        {"structure.seats": st.sets(st.sampled_from(("organisation", "group", "unit"))).map(
            lambda more: ["party", "committee", "station", *sorted(more)])},
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", CASES)
@given(data=st.data())
@law(0.25)
def test_a_policy_without_its_object_moves_nothing(what, data):
    gone, policy = CASES[what]
    base = absent(**gone)
    other = changed(base, {k: data.draw(v) for k, v in policy.items()})
    same(base, from_the_start(other))


@given(seats=st.sets(st.sampled_from(("firm", "owners"))))
@law(0.25)
def test_seats_for_firm_and_owners_where_there_are_none(seats):
    base = absent(**NO_FIRM, **{"community.owners_committee_share": 0.0, "community.fee_collection": 0.0})
    other = changed(base, {"structure.seats": ["party", "committee", "station", *sorted(seats)], "structure.heard": []})
    one = changed(base, {"structure.seats": ["party", "committee", "station"], "structure.heard": []})
    a, b = run(from_the_start(one)), run(from_the_start(other))
    assert differing(a.store, b.store, apart_from=RULES + IN_FORCE) == []
