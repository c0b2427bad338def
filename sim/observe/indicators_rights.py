"""Who decides and who may refuse: counts of what election committees, congress, departments and the gate did."""

from __future__ import annotations

import numpy as np

from sim.observe.measures import ratio
from sim.observe.registry import indicator
from sim.observe.run import Run


def _since(run: Run, column: str) -> float:
    return float(run.since(f"community.{column}")[run.full].sum())


@indicator(
    "items per 1,000 residents a year", 0, np.inf, -1, "items", "转给居委会的政府职责事项数",
    "Duties of government that fell to the residents' committee",
    "改革以来每千名居民每年由居委会承办的、属于政府职责的事项数,无论以何名义下达。",
    "Duties of government that the residents' committee was given, under whatever name, per 1,000 residents a year "
    "since the reform.",
    source="A86", reads=("community.duties_committee",),
)  # fmt: skip
def duties_on_committee(run: Run) -> float:
    return run.per_thousand_since(_since(run, "duties_committee"))


@indicator(
    "share", 0, 1, -1, "items", "居委会承办上级事项占比", "Items from above done by the residents' committee",
    "改革以来上级事项中由居委会承办的比例,其余由政府派出窗口、工作站与街道承办。",
    "Share of items from above, since the reform, that the residents' committee was given; the rest is done by the "
    "government's own desks, station and office.",
    source="A50, A51, A86", reads=("community.items_committee", "community.items_desks"),
)  # fmt: skip
def items_committee_share(run: Run) -> float:
    own = _since(run, "items_committee")
    return ratio(own, own + _since(run, "items_desks"))


@indicator(
    "signatures", 0, 5, -1, "flow", "每件上级决定的签批次数", "Signatures per decision above",
    "改革以来街道对诉求的每项决定所经过的科室签批次数。",
    "Signatures of departments that a decision of the subdistrict office on a case took, since the reform.",
    source="A21", reads=("community.decisions", "community.signatures"),
)  # fmt: skip
def signatures_per_decision(run: Run) -> float:
    return ratio(_since(run, "signatures"), _since(run, "decisions"))


@indicator(
    "names per election", 0, np.inf, 0, "participation", "每次选举审查未通过的候选人", "Candidates struck off",
    "改革以来每次选举中被选举委员会从候选人名单中划去的人数。",
    "Names that the election committee struck off the list of candidates, per election since the reform.",
    source="A69, A72", reads=("community.elections", "community.struck"),
)  # fmt: skip
def candidates_struck(run: Run) -> float:
    return ratio(_since(run, "struck"), _since(run, "elections"))


@indicator(
    "persons per community a year", 0, np.inf, 0, "participation", "被成员代表大会罢免的成员", "Members recalled",
    "改革以来每个社区每年被社区成员代表大会罢免的理事会、监事会成员数。",
    "Members of council and supervisory board whom the congress recalled, per community a year since the reform.",
    source="A19", reads=("community.recalled",),
)  # fmt: skip
def members_recalled(run: Run) -> float:
    return ratio(_since(run, "recalled"), len(run.full) * run.reform_years)
