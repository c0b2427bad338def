"""Hours, flow of cases and items, and what kept cases waiting."""

from __future__ import annotations

import numpy as np

from sim.observe.measures import mean, ratio
from sim.observe.members import BODIES, CAUSES, CHANNELS, PAYS, STREAMS
from sim.observe.registry import family, indicator
from sim.observe.run import Array, Run
from sim.vocabulary.codes import Body, Pay, Stream

HOURS_UNIT = "hours per 1,000 residents a year"
PUBLIC_TYPES = (
    Body.STREET_OFFICE,
    Body.STREET_DESK,
    Body.PARTY,
    Body.COMMITTEE,
    Body.STATION,
    Body.SECURITY,
    Body.MASS,
)


def worked(hours: Array) -> float:
    """Hours by stream without those that found no work."""
    return float(hours.sum() - hours[Stream.IDLE])


@indicator(
    "share", 0, 1, -1, "hours", source="C1, E16", primary=True, reads=(),
)  # fmt: skip
def admin_share(run: Run) -> float:
    return ratio(run.staff[Stream.ABOVE], worked(run.staff))


@indicator(
    "share", 0, 1, 0, "hours", source="Y9", primary=True, reads=(),
)  # fmt: skip
def demand_share(run: Run) -> float:
    return ratio(run.staff[Stream.DEMAND], worked(run.staff))


@indicator(
    "share", 0, 1, 0, "hours", source="A23, A27, Y3", primary=True, reads=(),
)  # fmt: skip
def outreach_share(run: Run) -> float:
    return ratio(run.staff[Stream.INITIATIVE], worked(run.staff))


@indicator(
    "share", 0, 1, -1, "hours", source="C7, E21", reads=(),
)  # fmt: skip
def overtime_share(run: Run) -> float:
    return ratio(worked(run.hours[Pay.OVERTIME]), worked(run.public))


@indicator(
    "share", 0, 1, -1, "hours", source="A12, A15, A38", primary=True, reads=(),
)  # fmt: skip
def coordination_share(run: Run) -> float:
    return ratio(run.public[Stream.MEETING] + run.public[Stream.COORDINATION], worked(run.public))


@indicator(
    "share", 0, 1, -1, "hours", source="A28, E19", reads=(),
)  # fmt: skip
def ledger_share(run: Run) -> float:
    return ratio(run.public[Stream.LEDGER], worked(run.public))


@indicator(
    "share", 0, 1, 0, "hours", source="model-notes.md", primary=True, reads=(),
)  # fmt: skip
def utilisation(run: Run) -> float:
    return ratio(worked(run.staff), float(run.staff.sum()))


@family(
    "stream", STREAMS, "hours_{}", HOURS_UNIT, 0, np.inf, 0, "hours", source="model.md", reads=(),
)  # fmt: skip
def hours_stream(run: Run, stream: int) -> float:
    return run.per_thousand(float(run.public[stream]))


@family(
    "pay", PAYS, "worked_{}", HOURS_UNIT, 0, np.inf, 0, "hours", source="model.md", reads=(),
)  # fmt: skip
def hours_pay(run: Run, pay: int) -> float:
    return run.per_thousand(worked(run.hours[pay]))


@family(
    "body", BODIES, "worked_by_{}", HOURS_UNIT, 0, np.inf, 0, "hours",
    source="model.md", reads=("body.community", "body.hours_total", "body.type"),
)  # fmt: skip
def hours_body(run: Run, kind: int) -> float:
    chosen = run.body_here & (run.state["body.type"] == kind)
    return run.per_thousand_since(worked(run.body_hours[chosen].sum(axis=(0, 1))))


# --- cases


def of_spoken(run: Run, values: Array) -> float:
    """Mean over spoken cases."""
    return mean(values[run.spoken].astype(float))


@indicator(
    "hand-overs", 0, np.inf, -1, "flow", source="A11, A20, A21", primary=True, reads=("case.handovers", "case.spoken"),
)  # fmt: skip
def handovers_per_case(run: Run) -> float:
    return of_spoken(run, run.case("handovers"))


@family(
    "cause", CAUSES, "wait_{}", "working days", 0, np.inf, -1, "flow",
    source="model.md, Y1, Y4", reads=("case.spoken", "case.wait"),
)  # fmt: skip
def wait_cause(run: Run, cause: int) -> float:
    return of_spoken(run, run.case("wait")[:, cause])


@indicator(
    "working days", 0, np.inf, -1, "flow", source="model.md", primary=True, reads=("case.spoken", "case.wait"),
)  # fmt: skip
def wait_total(run: Run) -> float:
    return of_spoken(run, run.case("wait").sum(axis=1))


@indicator(
    "attempts", 0, np.inf, -1, "flow", source="A26, Y2", reads=("case.attempts",),
)  # fmt: skip
def rework(run: Run) -> float:
    attempts = run.case("attempts")
    return mean(attempts[attempts > 0].astype(float) - 1.0)


@indicator(
    "requests", 0, np.inf, -1, "flow", source="A13", reads=("case.refusals", "case.spoken"),
)  # fmt: skip
def refusals_per_case(run: Run) -> float:
    return of_spoken(run, run.case("refusals"))


@indicator(
    "hours", 0, np.inf, 0, "flow", source="model-notes.md",
    reads=("case.spent", "case.spoken"),
)  # fmt: skip
def hours_per_case(run: Run) -> float:
    return of_spoken(run, run.case("spent"))


@indicator(
    "cases per 1,000 residents", 0, np.inf, -1, "flow", source="model.md",
    reads=(),
)  # fmt: skip
def open_cases(run: Run) -> float:
    return ratio(run.average("open_cases") * 1000.0, run.residents)


@indicator(
    "working days", 0, np.inf, -1, "flow", source="model.md", reads=(),
)  # fmt: skip
def open_age(run: Run) -> float:
    return ratio(run.total("days_open"), run.total("open_cases"))


# --- items from above


@indicator(
    "items per 1,000 residents a year", 0, np.inf, 0, "items", source="A25, E15",
    reads=(),
)  # fmt: skip
def items_done(run: Run) -> float:
    return run.rate("items_done")


@indicator(
    "share", 0, 1, -1, "items", source="model-notes.md", reads=(),
)  # fmt: skip
def items_paper_share(run: Run) -> float:
    return ratio(run.total("items_paper"), run.total("items_done"))


@indicator(
    "share", 0, 1, -1, "items", source="A02", reads=(),
)  # fmt: skip
def items_late_share(run: Run) -> float:
    return ratio(run.total("items_done_late"), run.total("items_done"))


@indicator(
    "items per 1,000 residents a year", 0, np.inf, 0, "items", source="A86, Y9", reads=(),
)  # fmt: skip
def items_refused(run: Run) -> float:
    return run.rate("items_refused")


@indicator(
    "items per 1,000 residents a year", 0, np.inf, -1, "items", source="A86, Y9", reads=(),
)  # fmt: skip
def items_renamed(run: Run) -> float:
    return run.rate("items_renamed")


@indicator(
    "items per 1,000 residents", 0, np.inf, -1, "items", source="A02", reads=(),
)  # fmt: skip
def items_late(run: Run) -> float:
    return ratio(run.average("items_late") * 1000.0, run.residents)


@indicator(
    "hours per 1,000 residents", 0, np.inf, -1, "items", source="A02", reads=(),
)  # fmt: skip
def item_hours_waiting(run: Run) -> float:
    return ratio(run.average("item_hours") * 1000.0, run.residents)


@indicator(
    "share", 0, 1, 0, "items", source="A04, A45", reads=("community.delivered",),
)  # fmt: skip
def delivered(run: Run) -> float:
    weight = run.state["community.residents"][run.full].astype(float)
    return ratio(float((run.state["community.delivered"][run.full] * weight).sum()), float(weight.sum()))


# --- channels


@family(
    "channel", CHANNELS, "channel_{}", "share", 0, 1, 0, "channels", source="A30-A37, A75-A80",
    reads=("case.channel", "case.spoken"),
)  # fmt: skip
def channel_share(run: Run, channel: int) -> float:
    return mean(run.case("channel")[run.spoken] == channel)


@indicator(
    "share", 0, 1, 0, "channels", source="A33, A75", reads=("case.outside", "case.spoken"),
)  # fmt: skip
def outside_share(run: Run) -> float:
    return mean(run.case("outside")[run.spoken] != 0)


@indicator(
    "share", 0, 1, 0, "channels", source="A06, A23",
    reads=("case.found_by", "case.spoken"),
)  # fmt: skip
def found_share(run: Run) -> float:
    return mean(run.case("found_by")[run.spoken] > 0)


@indicator(
    "share", 0, 1, -1, "channels", source="A54, A55", reads=("rule.channel_on",),
)  # fmt: skip
def channels_closed(run: Run) -> float:
    weight = run.state["community.adults"][run.full].astype(float)
    exist = ratio(float((run.state["rule.channel_on"][run.full].sum(axis=1) * weight).sum()), float(weight.sum()))
    return max(1.0 - ratio(run.average("channels_open"), exist), 0.0)


# --- escalation, each apart

ESCALATION_UNIT = "per 1,000 residents a year"


@indicator(
    ESCALATION_UNIT, 0, np.inf, -1, "escalation", source="A56, Y8", primary=True,
    reads=(),
)  # fmt: skip
def repeat_petitions(run: Run) -> float:
    return run.rate("repeat_petitions")


@indicator(
    ESCALATION_UNIT, 0, np.inf, -1, "escalation", source="A56, Y8", primary=True,
    reads=(),
)  # fmt: skip
def skip_petitions(run: Run) -> float:
    return run.rate("skip_petitions")


@indicator(
    ESCALATION_UNIT, 0, np.inf, -1, "escalation", source="A56, Y8", primary=True, reads=(),
)  # fmt: skip
def collective_petitions(run: Run) -> float:
    return run.rate("collective_petitions")


@indicator(
    ESCALATION_UNIT, 0, np.inf, 0, "escalation", source="A79", primary=True,
    reads=(),
)  # fmt: skip
def court_cases(run: Run) -> float:
    return run.rate("court_cases")


@indicator(
    ESCALATION_UNIT, 0, np.inf, -1, "escalation", source="model.md", reads=(),
)  # fmt: skip
def repeats(run: Run) -> float:
    return run.rate("repeats")
