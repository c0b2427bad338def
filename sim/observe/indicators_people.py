"""Residents' attitudes and participation, dealings between bodies, estates and organisations."""

from __future__ import annotations

import numpy as np

from sim.observe.indicators_work import PUBLIC_TYPES, worked
from sim.observe.measures import NAN, gini, mean, ratio
from sim.observe.members import ATTITUDES, GROUPS, subset
from sim.observe.registry import family, indicator
from sim.observe.run import Array, Run
from sim.vocabulary.codes import Body, Stream, Truth
from sim.vocabulary.words import Text

COMPARED = subset(GROUPS, "vulnerable", "migrants", "owners")


def attitude_indicator(key: str, source: str) -> None:
    """Register the mean of one attitude over adults, and the same for each compared group."""
    code = ATTITUDES[key]

    @family(
        "attitude", {key: code}, "{}", "share", 0, 1, +1, "attitudes",
        source=source, primary=True, reads=(), text="attitude",
    )  # fmt: skip
    def at_end(run: Run, _: int) -> float:
        return run.last(key)

    @family(
        "group", COMPARED, f"{key}_{{}}", "share", 0, 1, +1, "attitudes",
        source=source, reads=("resident.adult", "resident.age", "resident.belonging", "resident.community",
        "resident.efficacy", "resident.migrant", "resident.owner", "resident.party", "resident.satisfaction",
        "resident.standing", "resident.trust", "resident.vulnerable"),
        text="attitude_of", attitude=Text(f"attitude.{key}"),
    )  # fmt: skip
    def of_group(run: Run, group: int) -> float:
        return float(run.attitudes[code, group])


for _key, _source in (
    ("trust", "K1, K16, dossier 6"),
    ("standing", "A52"),
    ("efficacy", "A54, A68"),
    ("belonging", "A48, E56"),
    ("satisfaction", "model.md"),
):
    attitude_indicator(_key, _source)


@indicator(
    "index", 0, np.inf, -1, "attitudes", source="A56", reads=(),
)  # fmt: skip
def heat(run: Run) -> float:
    return run.average("heat")


# --- participation


@indicator(
    "share", 0, 1, +1, "participation", source="A05, E50", primary=True, reads=(),
)  # fmt: skip
def volunteers(run: Run) -> float:
    return ratio(run.last("volunteers"), run.adults)


@indicator(
    "attendances per 100 adults a year", 0, np.inf, +1, "participation",
    source="A05, A49, A62", reads=("resident.attended",),
)  # fmt: skip
def attendance(run: Run) -> float:
    return ratio(float(run.since("resident.attended").sum()) * 100.0, run.adults * run.reform_years)


@indicator(
    "share", 0, 1, 0, "participation", source="A73, A74", reads=(),
)  # fmt: skip
def turnout_official(run: Run) -> float:
    return min(run.last("turnout_official"), 1.0) if run.voted else NAN


@indicator(
    "share", 0, 1, +1, "participation", source="A05, A74, C5", reads=(),
)  # fmt: skip
def turnout_personal(run: Run) -> float:
    return run.last("turnout_personal") if run.voted else NAN


@indicator(
    "share", -1, 1, 0, "participation", source="A73, A74", reads=(),
)  # fmt: skip
def turnout_gap(run: Run) -> float:
    return turnout_official(run) - turnout_personal(run)


@family(
    "group", GROUPS, "turnout_{}", "share", 0, 1, 0, "participation", source="C5, E42-E46", reads=(),
)  # fmt: skip
def turnout_group(run: Run, group: int) -> float:
    return mean(run.state["resident.voted"][run.adult & run.groups[group]] != 0) if run.voted else NAN


@indicator(
    "share", 0, 1, 0, "participation", source="A73", reads=(),
)  # fmt: skip
def proxy_share(run: Run) -> float:
    return mean(run.state["resident.voted_for"][run.adult] != 0) if run.voted else NAN


@indicator(
    "elections", 0, np.inf, 0, "participation", source="A69-A74",
    reads=("community.elections",),
)  # fmt: skip
def elections_held(run: Run) -> float:
    return mean(run.since("community.elections")[run.full].astype(float))


@indicator(
    "meetings per community a year", 0, np.inf, 0, "participation", source="A38-A40, A62",
    reads=(),
)  # fmt: skip
def meetings_held(run: Run) -> float:
    return ratio(run.total("meetings"), len(run.full) * run.years)


@indicator(
    "trips", 0, np.inf, -1, "participation", source="model.md", reads=("resident.spoke", "resident.trips"),
)  # fmt: skip
def trips_per_case(run: Run) -> float:
    return ratio(float(run.since("resident.trips").sum()), float(run.since("resident.spoke").sum()))


# --- the three weakenings (A05)


@indicator(
    "share", 0, 1, +1, "weakenings", source="A05, A45", reads=(),
)  # fmt: skip
def weakening_function(run: Run) -> float:
    return ratio(run.core[Stream.INITIATIVE], worked(run.core))


@indicator(
    "share", 0, 1, +1, "weakenings", source="A05, A45", reads=("case.truth",),
)  # fmt: skip
def weakening_self_governance(run: Run) -> float:
    truth = run.case("truth")[run.solved]
    return mean((truth == Truth.SOCIETY) | (truth == Truth.NEIGHBOUR) | (truth == Truth.SELF))


# A05: each weakening and the indicators that show it
WEAKENINGS = {
    "function": ("weakening_function",),
    "participation": ("volunteers", "attendance", "turnout_personal"),
    "self_governance": ("weakening_self_governance",),
}


# --- dealings between bodies


def relation_between(run: Run, first: Array, second: tuple[int, ...]) -> float:
    """Mean relation of the bodies `first` to the types `second` that exist, own type left out."""
    state = run.state
    alive = run.body_here & (state["body.alive"] != 0)
    kinds = state["body.type"]
    present = np.intersect1d(kinds[alive], np.array(second))
    rows = np.flatnonzero(alive & first)
    if not len(rows) or not len(present):
        return NAN
    other = present[None, :] != kinds[rows][:, None]
    return mean(state["body.relation"][rows][:, present][other])


@indicator(
    "share", 0, 1, +1, "relations", source="K1, model.md",
    reads=("body.alive", "body.community", "body.relation", "body.type"),
)  # fmt: skip
def relation_public(run: Run) -> float:
    return relation_between(run, np.isin(run.state["body.type"], PUBLIC_TYPES), PUBLIC_TYPES)


@indicator(
    "share", 0, 1, +1, "relations",
    source="K16, model.md", reads=("body.alive", "body.community", "body.relation", "body.type"),
)  # fmt: skip
def relation_firm(run: Run) -> float:
    kinds = run.state["body.type"]
    there = relation_between(run, np.isin(kinds, PUBLIC_TYPES), (Body.FIRM,))
    back = relation_between(run, kinds == Body.FIRM, PUBLIC_TYPES)
    return 0.5 * (there + back)


@indicator(
    "index", 0, 1, 0, "relations", source="model.md", reads=("community.attention",),
)  # fmt: skip
def attention_inequality(run: Run) -> float:
    attention = run.state["community.attention"]
    return gini(attention, np.ones(len(attention)))


@indicator(
    "ratio", 0, np.inf, 0, "relations", source="model.md", reads=(),
)  # fmt: skip
def attention(run: Run) -> float:
    return run.average("attention") * len(run.state["community.full"])


# --- estates, firms, organisations


def over_estates(run: Run, column: str, firms_only: bool) -> float:
    """Mean over estates of full communities, weighted by households."""
    state = run.state
    here = state["community.full"][state["estate.community"]] != 0
    if firms_only:
        firm = state["estate.firm"]
        here &= (firm >= 0) & (state["body.alive"][np.maximum(firm, 0)] != 0)
    weight = state["estate.households"][here].astype(float)
    return ratio(float((state[column][here] * weight).sum()), float(weight.sum()))


@indicator(
    "share", 0, 1, +1, "estates",
    source="dossier 6", reads=("body.alive", "estate.collection", "estate.community", "estate.firm",
    "estate.households"),
)  # fmt: skip
def fee_collection(run: Run) -> float:
    return over_estates(run, "estate.collection", firms_only=True)


@indicator(
    "share", 0, 1, +1, "estates", source="A46",
    reads=("body.alive", "estate.community", "estate.effort", "estate.firm", "estate.households"),
)  # fmt: skip
def service_effort(run: Run) -> float:
    return over_estates(run, "estate.effort", firms_only=True)


@indicator(
    "index", 0, 1, -1, "estates", source="model.md", reads=("estate.community", "estate.decay", "estate.households"),
)  # fmt: skip
def decay(run: Run) -> float:
    return over_estates(run, "estate.decay", firms_only=False)


@indicator(
    "firms per estate", 0, np.inf, 0, "estates", source="model.md",
    reads=("estate.community", "estate.replaced"),
)  # fmt: skip
def firms_replaced(run: Run) -> float:
    here = run.state["community.full"][run.state["estate.community"]] != 0
    return mean(run.since("estate.replaced")[here].astype(float))


def committee_share(run: Run, commercial: bool) -> float:
    """Share of estates, of all or of commercial ones, that have an owners' committee."""
    state = run.state
    here = state["community.full"][state["estate.community"]] != 0
    if commercial:
        here &= state["estate.commercial"] != 0
    place = state["estate.committee"][here]
    return mean((place >= 0) & (state["body.alive"][np.maximum(place, 0)] != 0))


@indicator(
    "share", 0, 1, 0, "estates", source="E52", reads=("body.alive", "estate.committee", "estate.community"),
)  # fmt: skip
def owners_committees(run: Run) -> float:
    return committee_share(run, commercial=False)


@indicator(
    "share", 0, 1, 0, "estates",
    source="C6, E52", reads=("body.alive", "estate.commercial", "estate.committee", "estate.community"),
)  # fmt: skip
def owners_committees_commercial(run: Run) -> float:
    return committee_share(run, commercial=True)


@family(
    "alive", {"firms": 0, "companies": 1, "organisations": 2, "groups": 3},
    "{}_alive", "bodies per community", 0, np.inf, 0, "estates", source="A46, A80, A82",
    reads=(),
)  # fmt: skip
def bodies_alive(run: Run, code: int) -> float:
    return ratio(run.last(("firms", "companies", "organisations", "groups")[code]), len(run.full))
