"""Hours, flow of cases and items, and what kept cases waiting."""

from __future__ import annotations

import numpy as np

from sim.codes import Body, Pay, Stream
from sim.observe.measures import mean, ratio
from sim.observe.registry import family, indicator
from sim.observe.run import Array, Run
from sim.observe.words import BODIES, CAUSES, CHANNELS, PAYS, STREAMS

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
    "share", 0, 1, -1, "hours", "行政事务占工时比例", "Administrative share of hours worked",
    "居委会、工作站及街道窗口实际工作的财政供养与加班工时中,用于上级事项的比例。",
    "Share of public and overtime hours worked by committee, station and desk that went to items from above.",
    source="C1, E16", primary=True, reads=(),
)  # fmt: skip
def admin_share(run: Run) -> float:
    return ratio(run.staff[Stream.ABOVE], worked(run.staff))


@indicator(
    "share", 0, 1, 0, "hours", "居民诉求占工时比例", "Residents' share of hours worked",
    "居委会、工作站及街道窗口实际工时中用于居民诉求的比例。",
    "Share of public and overtime hours worked by committee, station and desk that went to residents' cases.",
    source="Y9", primary=True, reads=(),
)  # fmt: skip
def demand_share(run: Run) -> float:
    return ratio(run.staff[Stream.DEMAND], worked(run.staff))


@indicator(
    "share", 0, 1, 0, "hours", "走访与自主工作占工时比例", "Outreach share of hours worked",
    "居委会、工作站及街道窗口实际工时中用于走访、文化、福利等自主工作的比例。",
    "Share of public and overtime hours worked by committee, station and desk on visits and own initiative.",
    source="A23, A27, Y3", primary=True, reads=(),
)  # fmt: skip
def outreach_share(run: Run) -> float:
    return ratio(run.staff[Stream.INITIATIVE], worked(run.staff))


@indicator(
    "share", 0, 1, -1, "hours", "加班占公共工时比例", "Overtime share",
    "公共机构实际工时中加班的比例。", "Share of overtime in the hours worked by the public bodies of the communities.",
    source="C7, E21", reads=(),
)  # fmt: skip
def overtime_share(run: Run) -> float:
    return ratio(worked(run.hours[Pay.OVERTIME]), worked(run.public))


@indicator(
    "share", 0, 1, -1, "hours", "会议与协调占公共工时比例", "Meeting and coordination share",
    "公共机构实际工时中用于会议、协调与移交的比例。",
    "Share of public and overtime hours worked that went to meetings, messages and hand-overs.",
    source="A12, A15, A38", primary=True, reads=(),
)  # fmt: skip
def coordination_share(run: Run) -> float:
    return ratio(run.public[Stream.MEETING] + run.public[Stream.COORDINATION], worked(run.public))


@indicator(
    "share", 0, 1, -1, "hours", "台账占公共工时比例", "Ledger share",
    "公共机构实际工时中用于台账的比例。", "Share of public and overtime hours worked that went to ledgers.",
    source="A28, E19", reads=(),
)  # fmt: skip
def ledger_share(run: Run) -> float:
    return ratio(run.public[Stream.LEDGER], worked(run.public))


@indicator(
    "share", 0, 1, 0, "hours", "工时利用率", "Utilisation",
    "居委会、工作站及街道窗口可用工时中实际工作的比例。",
    "Hours worked over hours available (worked or without work) of committee, station and desk.",
    source="model-notes.md", primary=True, reads=(),
)  # fmt: skip
def utilisation(run: Run) -> float:
    return ratio(worked(run.staff), float(run.staff.sum()))


@family(
    STREAMS, "hours_{}", HOURS_UNIT, 0, np.inf, 0, "hours", "公共工时:{}", "Public hours: {}",
    "每千名居民每年财政供养与加班工时:{}。", "Public and overtime hours of the bodies of the communities: {}.",
    source="model.md", reads=(),
)  # fmt: skip
def hours_stream(run: Run, stream: int) -> float:
    return run.per_thousand(float(run.public[stream]))


@family(
    PAYS, "worked_{}", HOURS_UNIT, 0, np.inf, 0, "hours", "实际工作:{}", "Hours worked: {}",
    "每千名居民每年实际工作的{}。", "{} that the bodies of the communities worked, without hours that found no work.",
    source="model.md", reads=(),
)  # fmt: skip
def hours_pay(run: Run, pay: int) -> float:
    return run.per_thousand(worked(run.hours[pay]))


@family(
    BODIES, "worked_by_{}", HOURS_UNIT, 0, np.inf, 0, "hours", "实际工时:{}", "Hours worked by {}",
    "每千名居民每年{}实际工作的各类工时(自改革起;街道办事处按完整模拟社区的人口比例计)。",
    "Hours of all kinds worked by {} since the reform; of the subdistrict office the share of the communities "
    "simulated in full, by residents.", source="model.md", reads=("body.community", "body.hours_total", "body.type"),
)  # fmt: skip
def hours_body(run: Run, kind: int) -> float:
    chosen = run.body_here & (run.state["body.type"] == kind)
    return run.per_thousand_since(worked(run.body_hours[chosen].sum(axis=(0, 1))))


# --- cases


def of_spoken(run: Run, values: Array) -> float:
    """Mean over spoken cases."""
    return mean(values[run.spoken].astype(float))


@indicator(
    "hand-overs", 0, np.inf, -1, "flow", "每件诉求移交次数", "Hand-overs per spoken case",
    "每件已表达诉求在机构之间移交的平均次数。", "Mean number of hand-overs between bodies per spoken case.",
    source="A11, A20, A21", primary=True, reads=("case.handovers", "case.spoken"),
)  # fmt: skip
def handovers_per_case(run: Run) -> float:
    return of_spoken(run, run.case("handovers"))


@family(
    CAUSES, "wait_{}", "working days", 0, np.inf, -1, "flow", "等待时间:{}", "Waiting for {}",
    "每件已表达诉求因“{}”而等待的平均工作日数。", "Mean working days that a spoken case has waited for {}.",
    source="model.md, Y1, Y4", reads=("case.spoken", "case.wait"),
)  # fmt: skip
def wait_cause(run: Run, cause: int) -> float:
    return of_spoken(run, run.case("wait")[:, cause])


@indicator(
    "working days", 0, np.inf, -1, "flow", "等待时间合计", "Waiting in all",
    "每件已表达诉求各种原因等待的平均工作日数合计。", "Mean working days that a spoken case has waited, all causes.",
    source="model.md", primary=True, reads=("case.spoken", "case.wait"),
)  # fmt: skip
def wait_total(run: Run) -> float:
    return of_spoken(run, run.case("wait").sum(axis=1))


@indicator(
    "attempts", 0, np.inf, -1, "flow", "返工次数", "Rework per worked case",
    "每件已动手办理的诉求在首次之外的办理次数。", "Work attempts beyond the first per case that was worked on.",
    source="A26, Y2", reads=("case.attempts",),
)  # fmt: skip
def rework(run: Run) -> float:
    attempts = run.case("attempts")
    return mean(attempts[attempts > 0].astype(float) - 1.0)


@indicator(
    "requests", 0, np.inf, -1, "flow", "每件诉求被拒请求数", "Refused requests per spoken case",
    "每件已表达诉求中被其他机构拒绝的请求平均数。", "Mean requests that another body refused per spoken case.",
    source="A13", reads=("case.refusals", "case.spoken"),
)  # fmt: skip
def refusals_per_case(run: Run) -> float:
    return of_spoken(run, run.case("refusals"))


@indicator(
    "hours", 0, np.inf, 0, "flow", "每件诉求办理工时", "Staff hours per spoken case",
    "每件已表达诉求所用办理工时的平均数。", "Mean staff hours spent per spoken case.", source="model-notes.md",
    reads=("case.spent", "case.spoken"),
)  # fmt: skip
def hours_per_case(run: Run) -> float:
    return of_spoken(run, run.case("spent"))


@indicator(
    "cases per 1,000 residents", 0, np.inf, -1, "flow", "在办诉求数", "Open spoken cases",
    "每千名居民已表达而未办结、未放弃的诉求周平均数。",
    "Weekly mean of spoken cases whose file is neither closed nor dropped, per 1,000 residents.", source="model.md",
    reads=(),
)  # fmt: skip
def open_cases(run: Run) -> float:
    return ratio(run.average("open_cases") * 1000.0, run.residents)


@indicator(
    "working days", 0, np.inf, -1, "flow", "在办诉求已等待天数", "Mean age of open spoken cases",
    "在办诉求自表达以来的平均工作日数(按周和件加权)。",
    "Mean working days since speaking of open spoken cases, over all weeks.", source="model.md", reads=(),
)  # fmt: skip
def open_age(run: Run) -> float:
    return ratio(run.total("days_open"), run.total("open_cases"))


# --- items from above


@indicator(
    "items per 1,000 residents a year", 0, np.inf, 0, "items", "上级事项完成数", "Items from above finished",
    "每千名居民每年完成的上级事项(含纸面完成)。",
    "Items from above finished, on paper included, per 1,000 residents a year.", source="A25, E15",
    reads=(),
)  # fmt: skip
def items_done(run: Run) -> float:
    return run.rate("items_done")


@indicator(
    "share", 0, 1, -1, "items", "上级事项纸面完成率", "Items done on paper only",
    "已完成上级事项中仅在纸面完成的比例。", "Share of finished items from above that were done on paper only.",
    source="model-notes.md", reads=(),
)  # fmt: skip
def items_paper_share(run: Run) -> float:
    return ratio(run.total("items_paper"), run.total("items_done"))


@indicator(
    "share", 0, 1, -1, "items", "上级事项逾期完成率", "Items finished late",
    "已完成上级事项中超过期限的比例。", "Share of finished items from above that were finished after their deadline.",
    source="A02", reads=(),
)  # fmt: skip
def items_late_share(run: Run) -> float:
    return ratio(run.total("items_done_late"), run.total("items_done"))


@indicator(
    "items per 1,000 residents a year", 0, np.inf, 0, "items", "准入关口拒绝事项数", "Items refused at the gate",
    "每千名居民每年在准入关口被拒绝的上级事项数。", "Items refused at the access gate per 1,000 residents a year.",
    source="A86, Y9", reads=(),
)  # fmt: skip
def items_refused(run: Run) -> float:
    return run.rate("items_refused")


@indicator(
    "items per 1,000 residents a year", 0, np.inf, -1, "items", "改名再下达事项数",
    "Refused items that came back renamed",
    "每千名居民每年被拒绝后以其他名称再次下达的事项数。",
    "Refused items that came back under another name, per 1,000 residents a year.",
    source="A86, Y9", reads=(),
)  # fmt: skip
def items_renamed(run: Run) -> float:
    return run.rate("items_renamed")


@indicator(
    "items per 1,000 residents", 0, np.inf, -1, "items", "逾期上级事项", "Late items from above",
    "每千名居民已过期限而未完成的上级事项周平均数。",
    "Weekly mean of items from above that are open past their deadline, per 1,000 residents.", source="A02", reads=(),
)  # fmt: skip
def items_late(run: Run) -> float:
    return ratio(run.average("items_late") * 1000.0, run.residents)


@indicator(
    "hours per 1,000 residents", 0, np.inf, -1, "items", "待办上级事项工时", "Hours of items waiting",
    "每千名居民待办上级事项所需工时的周平均数。",
    "Weekly mean of hours of items from above still to do, per 1,000 residents.",
    source="A02", reads=(),
)  # fmt: skip
def item_hours_waiting(run: Run) -> float:
    return ratio(run.average("item_hours") * 1000.0, run.residents)


@indicator(
    "share", 0, 1, 0, "items", "上级认定的按期完成率", "Inspected items reported done in time",
    "各社区经检查事项报告按期完成的平滑比例(运行结束时,按人口加权)。",
    "Smoothed share of inspected items that were reported done in time, at the end, weighted by residents.",
    source="A04, A45", reads=("community.delivered",),
)  # fmt: skip
def delivered(run: Run) -> float:
    weight = run.state["community.residents"][run.full].astype(float)
    return ratio(float((run.state["community.delivered"][run.full] * weight).sum()), float(weight.sum()))


# --- channels


@family(
    CHANNELS, "channel_{}", "share", 0, 1, 0, "channels", "表达渠道构成:{}", "Spoken through {}",
    "已表达诉求中首次通过{}表达的比例。", "Share of spoken cases first spoken through {}.", source="A30-A37, A75-A80",
    reads=("case.channel", "case.spoken"),
)  # fmt: skip
def channel_share(run: Run, channel: int) -> float:
    return mean(run.case("channel")[run.spoken] == channel)


@indicator(
    "share", 0, 1, 0, "channels", "外部记录率", "Recorded outside the community",
    "已表达诉求中由社区以外机构记录的比例。", "Share of spoken cases recorded by somebody outside the community.",
    source="A33, A75", reads=("case.outside", "case.spoken"),
)  # fmt: skip
def outside_share(run: Run) -> float:
    return mean(run.case("outside")[run.spoken] != 0)


@indicator(
    "share", 0, 1, 0, "channels", "主动发现率", "Found by others than the resident's own voice",
    "已表达诉求中由走访、片长、会议或组织发现的比例。",
    "Share of spoken cases found by a visit, a piece-head, a meeting or an organisation.", source="A06, A23",
    reads=("case.found_by", "case.spoken"),
)  # fmt: skip
def found_share(run: Run) -> float:
    return mean(run.case("found_by")[run.spoken] > 0)


@indicator(
    "share", 0, 1, -1, "channels", "渠道关闭率", "Channels closed",
    "制度设有的表达渠道中,窗口期内平均未开放的比例。",
    "Share of the channels that exist by rule which residents could not use, mean over the window.",
    source="A54, A55", reads=("rule.channel_on",),
)  # fmt: skip
def channels_closed(run: Run) -> float:
    weight = run.state["community.adults"][run.full].astype(float)
    exist = ratio(float((run.state["rule.channel_on"][run.full].sum(axis=1) * weight).sum()), float(weight.sum()))
    return max(1.0 - ratio(run.average("channels_open"), exist), 0.0)


# --- escalation, each apart

ESCALATION_UNIT = "per 1,000 residents a year"


@indicator(
    ESCALATION_UNIT, 0, np.inf, -1, "escalation", "重复信访", "Repeat petitions",
    "每千名居民每年重复信访次数。", "Repeat petitions per 1,000 residents a year.", source="A56, Y8", primary=True,
    reads=(),
)  # fmt: skip
def repeat_petitions(run: Run) -> float:
    return run.rate("repeat_petitions")


@indicator(
    ESCALATION_UNIT, 0, np.inf, -1, "escalation", "越级信访", "Skip-level petitions",
    "每千名居民每年越级信访次数。", "Skip-level petitions per 1,000 residents a year.", source="A56, Y8", primary=True,
    reads=(),
)  # fmt: skip
def skip_petitions(run: Run) -> float:
    return run.rate("skip_petitions")


@indicator(
    ESCALATION_UNIT, 0, np.inf, -1, "escalation", "集体上访参与", "Collective petitions joined",
    "每千名居民每年参与集体上访的诉求次数。",
    "Collective petitions joined, counted per case, per 1,000 residents a year.",
    source="A56, Y8", primary=True, reads=(),
)  # fmt: skip
def collective_petitions(run: Run) -> float:
    return run.rate("collective_petitions")


@indicator(
    ESCALATION_UNIT, 0, np.inf, 0, "escalation", "诉讼", "Court cases",
    "每千名居民每年进入诉讼的诉求数。", "Cases taken to court per 1,000 residents a year.", source="A79", primary=True,
    reads=(),
)  # fmt: skip
def court_cases(run: Run) -> float:
    return run.rate("court_cases")


@indicator(
    ESCALATION_UNIT, 0, np.inf, -1, "escalation", "重复表达", "Spoken again",
    "每千名居民每年对同一问题再次表达的次数。", "Times a problem was spoken again per 1,000 residents a year.",
    source="model.md", reads=(),
)  # fmt: skip
def repeats(run: Run) -> float:
    return run.rate("repeats")
