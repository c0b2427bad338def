"""Work answers to hours, hops, tiers, desks and meetings."""

from __future__ import annotations

import numpy as np

from sim.vocabulary.codes import Body, File, Meeting, Stream
from tests.response.pairs import differences, falls, indicator, rises, town
from tests.runs import cases, changed, from_the_start, run, small


def hours(stream):
    return lambda m: float(m.store["body.hours_total"][:, :, stream].sum())


def waited(cause):
    return lambda m: float(cases(m)["wait"][:, cause].sum())


def test_more_staff_less_waiting_for_staff():
    wait, backlog = differences(town("package=station_1_2", community__staff=7), {"community.staff": 14}, waited(0),
                                indicator("item_hours_waiting"))  # fmt: skip
    falls(wait)
    falls(backlog)


def test_no_coordination_meeting_no_hours_in_it():
    base = town("package=grand_2012")
    none = {"policy.meetings.weeks.coordination": 0}
    spent = lambda m: float(m.store["community.meeting_hours"][:, Meeting.COORDINATION].sum())  # noqa: E731
    (fewer,) = differences(base, none, spent)
    falls(fewer)
    without = run(from_the_start(changed(base, none)))
    assert spent(without) == 0 and without.store["community.meetings_total"][:, Meeting.COORDINATION].sum() == 0
    case = cases(without)  # projects may still wait for an assembly of residents, but nothing for another body's seat
    assert not ((case["file"] == File.WAIT_MEETING) & (case["next"] >= 0)).any()


def test_slower_hand_overs_later_closing():
    slow = {"parameters.calendar.hop_by_hand": 8.0, "parameters.calendar.hop_shared": 4.0}
    wait, time = differences(town("package=station_1_2"), slow, waited(1), indicator("closing_median"))
    rises(wait, 1.0)
    rises(time)


def test_fewer_tiers_less_waiting_for_others():
    (wait,) = differences(town("package=station_1_2"), {"policy.tiers.tiers": 1}, indicator("wait_body"))
    falls(wait)


def test_pooled_desks_wait_less_than_desks_by_line():
    base = town("package=station_1_2", community__staff=9)
    wait, skill = differences(base, {"policy.desks.pooled": True}, waited(0),
                              lambda m: float(np.max(m.store["body.lines"][1:])))  # fmt: skip
    falls(skill, 1.0)
    falls(wait)


def test_shared_data_save_messages_and_ledgers():
    ledgers, hop = differences(town("package=station_1_2"), {"policy.data.mode": "shared"}, hours(Stream.LEDGER),
                               indicator("wait_body"))  # fmt: skip
    falls(ledgers, 1.0)
    falls(hop)


def test_rights_below_fewer_cases_for_the_office():
    (fewer,) = differences(town("package=station_1_2"), {"policy.delegation.rights_down": True},
                           indicator("passed_on_share"))  # fmt: skip
    falls(fewer)


def test_items_below_take_hours_below():
    base = town("package=before_reform")
    down = {"policy.delegation.items_down": True}
    above = lambda m: float(m.recorder.series(m.store)["core_hours_above"].sum())  # noqa: E731
    (more,) = differences(base, down, above)
    rises(more, 1.0)


def test_a_gate_lets_fewer_items_in():
    gate = {"policy.gate.gate": True, "parameters.items.strict": 1.0}
    above = lambda m: float(m.recorder.series(m.store)["core_hours_above"].sum())  # noqa: E731
    refused, done = differences(town("package=station_1_2"), gate, indicator("items_refused"), above)
    rises(refused, 1.0)
    falls(done)


def test_more_items_crowd_out_residents():
    solved, above = differences(town("package=station_1_2", community__staff=8), {"parameters.items.scale": 2.5},
                                indicator("solved_by_government"), indicator("admin_share"))  # fmt: skip
    falls(solved)
    rises(above, 1.0)


def test_who_writes_no_replies_closes_less_on_paper():
    none = {"parameters.committee.reply_base": 0.1}
    (fewer,) = differences(town("package=station_1_2"), none, indicator("closed_unsolved_share"))
    falls(fewer)


def test_who_looks_into_files_finds_fewer_paper_ones():
    """Fear of being looked into deters; looking takes hours, which the office then lacks for what waits with it."""
    afraid = {"parameters.closing.fear_inspection": 5.0}
    (fewer,) = differences(town("package=station_1_2"), afraid, indicator("closed_paper_share"))
    falls(fewer)
    (seen,) = differences(town("package=station_1_2"), {"parameters.street_office.inspect_base": 0.3},
                          hours(Stream.OVERSIGHT))  # fmt: skip
    rises(seen, 1.0)


def test_who_does_not_dare_passes_less_up():
    timid = {"parameters.committee.pass_base": 0.2}
    (more,) = differences(town("package=station_1_2", community__kind_mix={
        "information": 0.1, "certificate": 0.1, "help": 0.1, "repair": 0.1, "environment": 0.1, "neighbours": 0.1,
        "owner_firm": 0.0, "project": 0.0, "grievance": 0.4}), timid,
        lambda m: float(m.recorder.series(m.store)["not_passed_new"].sum()))  # fmt: skip
    rises(more)


def test_poor_work_is_done_twice():
    again, solved = differences(town("package=station_1_2"), {"parameters.working.rework": 0.4}, indicator("rework"),
                                indicator("solved_by_government"))  # fmt: skip
    rises(again)
    falls(solved)


def test_whoever_sits_at_both_desks_takes_along_what_came_to_the_wrong_one():
    """A case at the wrong desk is handed over between two bodies; only crossed posts make that quick (A12)."""

    def wrong(crossed, carried):
        words = (f"structure.cross_appointment={crossed}", f"parameters.routing.hop_carried={carried}")
        m = run(small("package=station_1_2", "parameters.receiving.misrouted=0.6", *words, residents=1500))
        return float(cases(m)["wait"][:, 1].sum()), m.store["community.handover"][0]

    alone, between = wrong(0.0, 0.0)
    assert between[Body.COMMITTEE, Body.STATION] > 0 and between[Body.STATION, Body.COMMITTEE] > 0
    assert between.diagonal()[[Body.COMMITTEE, Body.STATION]].tolist() == [0.0, 0.0]
    assert wrong(0.0, 1.0)[0] == alone  # nobody sits at both
    assert wrong(0.8, 0.0)[0] < wrong(0.8, 1.0)[0]
