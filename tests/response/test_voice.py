"""Speaking answers to what it costs and to which ways are open."""

from __future__ import annotations

import numpy as np
import pytest

from sim.vocabulary.codes import Channel
from tests.response.pairs import differences, falls, indicator, rises, town
from tests.runs import cases, changed, from_the_start, run

OPEN = ["desk", "firm_desk", "box", "phone", "net", "microblog", "hotline", "patch", "representative", "petition",
        "platform", "organisation", "leader_visit"]  # fmt: skip
PROPOSED = town("package=proposed")


def through(channel):
    return lambda model: float((cases(model)["channel"] == channel).sum())


@pytest.mark.parametrize("name", [c for c in OPEN if c not in ("petition", "representative", "patch")])
def test_no_case_comes_through_a_channel_that_is_closed(name):
    base = from_the_start(changed(PROPOSED, {"policy.channels.open": OPEN}))
    closed = from_the_start(changed(PROPOSED, {"policy.channels.open": [c for c in OPEN if c != name]}))
    channel = Channel[name.upper()]
    assert sum(through(channel)(run(base.at(replicate=r))) for r in range(3)) > 0
    assert sum(through(channel)(run(closed.at(replicate=r))) for r in range(3)) == 0


def test_a_channel_more_is_a_problem_more_that_is_spoken():
    (more,) = differences(town(policy__channels__open=["box"]), {"policy.channels.open": ["box", "net", "hotline"]},
                          indicator("share_spoken"))  # fmt: skip
    rises(more)


def test_dearer_voice_is_less_voice():
    names = [f"parameters.calendar.cost_{n}" for n in ("desk", "box", "hotline")] + ["parameters.calendar.search_cost"]
    dear = dict(zip(names, (1.5, 1.0, 1.5, 1.0), strict=True))
    less, visits = differences(town(), dear, indicator("share_spoken"), through(Channel.BOX))
    falls(less, 1.0)
    falls(visits, 0.8)


def test_cards_make_it_easier_to_find_somebody():
    wrong, spoken = differences(town("package=station_1_2"), {"policy.channels.card": True},
                                indicator("handovers_per_case"), indicator("share_spoken"))  # fmt: skip
    falls(wrong)
    rises(spoken)


def test_who_believes_in_no_answer_speaks_less():
    (less,) = differences(town(), {"parameters.population.efficacy_ratio": 0.3}, indicator("share_spoken"))
    falls(less, 1.0)


def test_dearer_petitions_are_fewer():
    costs = {f"parameters.patience.cost_{n}": v for n, v in (("petition", 5.0), ("skip", 7.0), ("collective", 7.0))}
    petitions = lambda m: float((cases(m)["petitions"] + cases(m)["skips"] + cases(m)["collective"]).sum())  # noqa: E731
    (fewer,) = differences(town(), costs, petitions)
    falls(fewer)


def test_visits_find_what_nobody_spoke_of():
    found = lambda m: float((cases(m)["found_by"] > 0).sum())  # noqa: E731
    none = {"parameters.committee.outreach_base": 0.0, "parameters.committee.outreach_idle": 0.0,
            "parameters.party.mobilise_base": 0.05}  # fmt: skip
    fewer, hours = differences(town("package=station_1_2"), none, found, indicator("hours_initiative"))
    falls(fewer)
    falls(hours, 1.0)


def test_anger_comes_from_problems_that_stay():
    (more,) = differences(town(), {"parameters.self_help.effort": 0.0, "parameters.heat.rise": 0.3},
                          lambda m: float(np.mean(m.store["resident.heat"])))  # fmt: skip
    rises(more, 1.0)
