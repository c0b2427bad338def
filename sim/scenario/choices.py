"""Types and ranges of what a user may choose: structures, overlays, communities, eras."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from sim import codes


def _names(enum: Any) -> tuple[str, ...]:
    return tuple(member.name.lower() for member in enum)


BODIES = _names(codes.Body)
CHANNELS = _names(codes.Channel)[1:]
KINDS = _names(codes.Kind)


def _member(names: tuple[str, ...], what: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in names:
            raise ValueError(f"{value!r} is no {what}; it can be {', '.join(names)}")
        return value

    return AfterValidator(check)


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("must be a finite number")
    return value


BodyName = Annotated[str, _member(BODIES, "type of body")]
ChannelName = Annotated[str, _member(CHANNELS, "channel")]
Convener = Annotated[str, _member((*BODIES, "rotating"), "convener")]
Settler = Annotated[str, _member((*BODIES, "nobody"), "body that settles deadlock")]
Number = Annotated[float, AfterValidator(_finite)]


class FrozenDict(dict[Any, Any]):
    """A dictionary that cannot be changed once made."""

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise TypeError("a scenario cannot be changed; load another one")

    __setitem__ = __delitem__ = update = clear = pop = popitem = setdefault = __ior__ = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        return (FrozenDict, (dict(self),))


def _freeze(value: Mapping[str, Any]) -> FrozenDict:
    return FrozenDict({k: _freeze(v) if isinstance(v, Mapping) else v for k, v in value.items()})


def _keep(value: Any) -> Any:
    return _freeze(value) if isinstance(value, Mapping) else value


Frozen = AfterValidator(_freeze)


def about(unit: str, zh: str, en: str, low: float | None = None, high: float | None = None) -> Any:
    """A required field with its unit, its range and its meaning in both languages."""
    return Field(ge=low, le=high, description=en, json_schema_extra={"unit": unit, "zh": zh})


class Checked(BaseModel):
    """Base of all parts: strict types, no unknown keys, no change after loading."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Words(Checked):
    """The same words in Chinese and English."""

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Choice(Checked):
    """What every option of every group says about itself."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    description: Words
    source: str = Field(min_length=1)


class Structure(Choice):
    """A governance structure: seats, convener, rights and reporting, nothing else."""

    theoretical_control: bool = about("flag", "理论对照，非政策建议", "theoretical control, not a policy proposal")
    seats: tuple[BodyName, ...] = about("bodies", "协调会议的席位", "seats in the coordination set")
    heard: tuple[BodyName, ...] = about("bodies", "列席（有发言、无表决）", "bodies heard without a vote")
    convener: Convener = about("body", "召集者", "who convenes")
    deciding: Annotated[str, _member(_names(codes.Deciding), "way of deciding")] = about(
        "rule", "决定方式", "how the seated bodies decide"
    )
    settles: Settler = about("body", "僵局由谁定", "who settles deadlock")
    receives: tuple[BodyName, ...] = about("bodies", "受理居民诉求的主体", "bodies that receive residents' cases")
    assigns: tuple[tuple[BodyName, BodyName], ...] = about(
        "pairs", "前者可安排后者的工时", "the first may set the split of hours of the second"
    )
    reports_to: Annotated[Mapping[BodyName, BodyName], Frozen] = about("bodies", "向谁报告", "who reports to whom")
    items_only: bool = about("flag", "居委会与工作站只办下沉事项", "committee and station do items from above only")
    station_apart: bool = about("flag", "工作站单设", "the station is a body of its own")
    council: bool = about("flag", "设理事会", "a council decides on the common budget")
    council_weeks: int = about("weeks", "理事会会议间隔（0为不开）", "weeks between council meetings, 0 none", 0, 260)
    board: bool = about("flag", "设监事会", "a supervisory board samples files")
    board_weeks: int = about(
        "weeks", "监事会会议间隔（0为不开）", "weeks between meetings of the board, 0 none", 0, 260
    )
    congress_weeks: int = about(
        "weeks", "社区成员代表大会间隔（0为不开）", "weeks between sittings of the congress, 0 none", 0, 260
    )
    quorum: Number = about("share", "到会比例要求", "share of seated bodies that must be present", 0, 1)
    cross_appointment: Number = about("share", "交叉任职比例", "share of community staff in posts of two bodies", 0, 1)
    cross_pairs: tuple[tuple[BodyName, BodyName], ...] = about(
        "pairs", "交叉任职的主体对", "pairs of bodies between which posts are crossed"
    )
    one_head: bool = about("flag", "书记、主任一肩挑", "the secretary is also head of the committee")

    @model_validator(mode="after")
    def _fits(self) -> Structure:
        for key in ("seats", "heard", "receives"):
            values = getattr(self, key)
            if len(set(values)) != len(values):
                raise ValueError(f"{key} names a body twice")
        both = set(self.seats) & set(self.heard)
        if both:
            raise ValueError(f"{min(both)} stands in seats and in heard; a body is seated or heard, not both")
        if not self.seats:
            raise ValueError("seats is empty; at least one body must be seated")
        for a, b in (*self.assigns, *self.cross_pairs):
            if a == b:
                raise ValueError(f"assigns or cross_pairs names {a} with itself")
        if self.convener in ("council", "board") or self.settles in ("council", "board"):
            raise ValueError(
                "the council and the supervisory board neither convene the coordination set nor settle deadlock"
            )
        if self.council_weeks and not self.council:
            raise ValueError(
                "council_weeks sets a council meeting, but council is false; set council: true or council_weeks: 0"
            )
        if self.board_weeks and not self.board:
            raise ValueError("board_weeks sets a board meeting, but board is false; set board: true or board_weeks: 0")
        if self.congress_weeks and not (self.council or self.board):
            raise ValueError(
                "congress_weeks sets a congress, but there is no council and no board to elect; "
                "set council: true or board: true, or congress_weeks: 0"
            )
        for key in ("council", "board"):
            if key in (*self.seats, *self.heard) and not getattr(self, key):
                raise ValueError(f"{key} has a seat but {key} is false")
        if "station" in self.seats and not self.station_apart:
            raise ValueError("station has a seat, but station_apart is false; set station_apart: true")
        for start in self.reports_to:
            seen, at = {start}, self.reports_to[start]
            while at in self.reports_to:
                if at in seen:
                    raise ValueError(f"reports_to goes in a circle at {at}")
                seen.add(at)
                at = self.reports_to[at]
        return self


class Delegation(Choice):
    """Where the 88 items and their staff, money and signing rights sit, each on its own."""

    items_down: bool = about("flag", "事项下沉", "the 88 items are done in the community")
    staff_down: bool = about("flag", "人员随事项下沉", "their desk staff sit in the community")
    money_down: bool = about("flag", "经费下沉", "their money is in the community's purse")
    rights_down: bool = about("flag", "签批权下沉", "the right to sign is in the community")


class Desks(Choice):
    """Desks by line or all-round posts."""

    pooled: bool = about("flag", "一人多岗", "all-round posts instead of desks by line")
    lines_broken: bool = about(
        "flag", "突破条线：一人可代各科室签批", "one officer of the subdistrict may sign for all its departments"
    )


class Patches(Choice):
    """Patch duty of the cadres and volunteer piece-heads."""

    patches: bool = about("flag", "分片包干", "each cadre is responsible for a patch")
    piece_head_households: int = about(
        "households", "每名片长联系户数（0为无）", "households per piece-head, 0 none", 0, 1000
    )


class DataPolicy(Choice):
    """How records are kept."""

    mode: Annotated[str, _member(_names(codes.Data), "way of keeping records")] = about(
        "code", "数据方式", "by hand, shared, or shared and open to residents"
    )
    levels: int = about("levels", "数据联接的层级数", "levels linked: community, subdistrict, district, city", 1, 4)
    budget_shown: bool = about("flag", "公开内容含收支", "openness in content: the budget is shown too")
    shown_on: Annotated[str, _member(_names(codes.Form), "form of openness")] = about(
        "code", "公开形式", "openness in form: where records and budget are shown"
    )
    shown_weeks: int = about("weeks", "公开间隔", "openness in time: weeks between publications", 1, 260)
    file_right: bool = about(
        "flag", "公开程序：可申请查阅并须答复", "openness in procedure: who asks for a file must be answered"
    )


class Tiers(Choice):
    """Tiers of decision for a sunk item."""

    tiers: int = about("tiers", "下沉事项的决定层级", "tiers of decision for a sunk item", 1, 4)


class Channels(Choice):
    """Channels that exist, and the aids that make them easier to find."""

    open: tuple[ChannelName, ...] = about("channels", "开通的渠道", "channels that exist")
    card: bool = about("flag", "居民联系卡", "contact cards")
    notice: bool = about("flag", "分片包干公示牌", "public notice of patch duty")
    diary: bool = about("flag", "民情日志", "diary of residents' conditions")
    anonymous_box: bool = about("flag", "联系箱可匿名", "a note in the contact box need not be signed")
    petition_office: bool = about("flag", "信访接待开放", "the office for letters and visits receives residents")
    petition_days: int = about("working days", "信访答复期限", "date of the answer to a petition", 1, 250)


class MeetingWeeks(Checked):
    """Weeks between meetings of each kind, 0 none."""

    coordination: int = about("weeks", "协调会议", "coordination set of the structure", 0, 260)
    representatives: int = about("weeks", "居民代表会议", "residents' representatives meeting", 0, 260)
    four_party: int = about("weeks", "四方联席会议", "four-party joint meeting", 0, 260)
    talks: int = about("weeks", "民情恳谈会", "talks on residents' conditions", 0, 260)
    deliberation: int = about("weeks", "协商议事会", "deliberation council", 0, 260)
    hearing: int = about("weeks", "听证会", "hearing", 0, 260)
    mediation: int = about("weeks", "协调会（矛盾）", "coordination meeting on a conflict", 0, 260)
    appraisal: int = about("weeks", "评议会", "appraisal meeting", 0, 260)


class Meetings(Choice):
    """Which meetings are held how often, and whether they are held as set."""

    weeks: MeetingWeeks
    institutionalised: bool = about("flag", "制度化", "held on the dates that are laid down")
    open_agenda: bool = about("flag", "居民可提议题", "residents may put matters on the agenda")
    published: bool = about("flag", "公布会议记录与结果", "minutes and results are published")
    responsibility: bool = about(
        "flag", "民主决议责任制", "each resolution gets a named owner, a date and a public list"
    )
    rational_cycle: bool = about(
        "flag", "矛盾调解理性循环", "mediation in laid-down rounds: cool down, hear, propose, follow up"
    )
    quorum: Number = about(
        "share", "居民代表会议法定人数", "share of representatives without whom their meeting decides nothing", 0, 1
    )
    own_budget: bool = about(
        "flag", "代表会议决定共同预算", "representatives decide on the common budget where there is no council"
    )


class Supervision(Choice):
    """Who judges the bodies besides those above."""

    appraisal: bool = about("flag", "居民评议计入考核", "residents' appraisal counts in the judgement of bodies")
    court: bool = about("flag", "司法救济", "residents may go to court against a body, whose decision binds it")
    score_pay: Number = about(
        "share", "与评议挂钩的报酬比例", "share of pay that depends on the residents' score", 0, 0.5
    )
    score_grants: bool = about("flag", "项目资金参考评议", "project money is shared out by the residents' score too")
    score_votes: bool = about("flag", "选举前公布评议结果", "the residents' score is read out before the election")
    board_hears: bool = about(
        "flag", "监事会受理未上报反映", "residents may report to the supervisory board what was not taken up"
    )


class Elections(Choice):
    """The five steps of the residents' committee election."""

    mode: Annotated[str, _member(_names(codes.Election), "way of voting")] = about(
        "code", "投票方式", "how votes are cast"
    )
    runner: Annotated[str, _member(_names(codes.Runner), "runner of the election")] = about(
        "code", "选举委员会由谁推举", "who puts forward the election committee"
    )
    roll: Annotated[str, _member(_names(codes.Roll), "voter roll")] = about(
        "code", "选民登记", "who is counted as a voter"
    )
    open_nomination: bool = about("flag", "居民提名", "residents may nominate")
    representatives: bool = about("flag", "选举居民代表", "residents elect representatives by block")
    term_years: int = about("years", "任期", "term of office", 1, 10)
    proxies: int = about("votes", "一人可代票数", "votes one person may carry for others", 0, 10)


class Gate(Choice):
    """The access gate for items, and what comes with an item."""

    gate: bool = about("flag", "准入制度", "access gate for items")
    gatekeeper: Annotated[str, _member(_names(codes.Gatekeeper), "gatekeeper")] = about(
        "code", "把关者", "who decides at the gate"
    )
    funds_follow: bool = about("flag", "费随事转", "money comes with each item")
    rights_follow: bool = about("flag", "权随责走", "the right to sign comes with each entrusted item")
    rated: bool = about("flag", "拒收计入年终考核", "what a community refuses counts in the year-end inspection")
    bought: bool = about("flag", "街道可付费再派", "the office may send a refused duty again with money")
    gate_desks: bool = about(
        "flag", "准入也适用于窗口与工作站", "the gate holds for items of the service desks too, not the committee alone"
    )
    head_pay: Number = about(
        "share", "居委会主任报酬与街道考核挂钩比例", "share of the committee head's pay that hangs on rating", 0, 0.5
    )


class Owners(Choice):
    """What it takes to found an owners' committee."""

    founding_share: Number = about("share", "成立业委会所需业主同意比例", "share of owners who must agree", 0, 1)
    founding_help: Number = about("share", "街道指导力度", "share of the office's guidance that founders get", 0, 1)


class Resources(Choice):
    """Finding, cultivating and admitting those who could help."""

    broker: bool = about("flag", "资源对接人", "somebody keeps a list of idle resources and needs")
    cultivation: Number = about(
        "yuan/year", "组织培育经费", "money for cultivating organisations and groups", 0, 10_000_000
    )
    entry_bar: Number = about(
        "share", "服务企业准入门槛", "height of the entry bar for service companies, 0 none", 0, 1
    )
    autonomy: Number = about("share", "社会组织代言自主度", "freedom of organisations to speak for members", 0, 1)


class Money(Choice):
    """The community's money from above and beside."""

    work_funds: Number = about("yuan/year", "工作经费", "work funds by population", 0, 100_000_000)
    pay: Number = about("yuan/month", "工作人员报酬", "staff pay", 0, 100_000)
    extra_posts: Number = about(
        "posts", "增加的岗位工时（由在岗人员承担）", "hours of so many further posts, worked by the staff", 0, 20
    )
    growth: Number = about("1/year", "经费与报酬年增长率", "yearly growth of work funds and pay", -0.5, 0.5)
    street_keeps: Number = about("share", "街道留用比例", "share of item money that stays at the subdistrict", 0, 1)
    project_money: Number = about("yuan/year", "部门项目资金", "departments' project money", 0, 100_000_000)
    paired_support: Number = about("yuan/year", "结对帮扶", "one outside donor", 0, 100_000_000)
    gifts: bool = about("flag", "募集捐助", "gifts are asked for")
    by_size: bool = about("flag", "工作经费按人口分档", "work funds step with the number of residents")


class Policy(Checked):
    """All overlays."""

    delegation: Delegation
    desks: Desks
    patches: Patches
    data: DataPolicy
    tiers: Tiers
    channels: Channels
    meetings: Meetings
    supervision: Supervision
    elections: Elections
    gate: Gate
    owners: Owners
    resources: Resources
    money: Money


class KindMix(Checked):
    """Share of each kind among felt problems; they add up to one."""

    information: Number = about("share", "咨询", "information", 0, 1)
    certificate: Number = about("share", "证明与待遇", "certificate or benefit", 0, 1)
    help: Number = about("share", "帮扶", "help for the old or needy", 0, 1)
    repair: Number = about("share", "维修与物业", "repair and property service", 0, 1)
    environment: Number = about("share", "环境与安全", "environment and safety", 0, 1)
    neighbours: Number = about("share", "邻里纠纷", "dispute between neighbours", 0, 1)
    owner_firm: Number = about("share", "业主与物业纠纷", "dispute between owners and firm", 0, 1)
    project: Number = about("share", "公共项目", "collective project", 0, 1)
    grievance: Number = about("share", "涉干部申诉", "grievance that implicates a cadre or an office above", 0, 1)

    @model_validator(mode="after")
    def _whole(self) -> KindMix:
        total = sum(getattr(self, k) for k in KINDS)
        if abs(total - 1.0) > 1e-6:
            raise ValueError(f"the shares of kind_mix add up to {total:g}; they must add up to 1")
        return self


class Community(Choice):
    """A community archetype: midpoints as values, the ranges of the evidence beside them in `ranges`."""

    residents: int = about("persons", "常住人口", "residents", 200, 20_000)
    estates: int = about("estates", "小区数", "estates", 1, 40)
    residents_per_household: Number = about("persons", "户均人口", "residents per household", 1, 8)
    commercial_share: Number = about(
        "share", "商品房小区占比", "share of estates built and sold as commercial housing", 0, 1
    )
    owner_share: Number = about("share", "业主占成年人比例", "owners among adults", 0, 1)
    migrant_share: Number = about("share", "外来人口占比", "residents registered elsewhere or tenants", 0, 1)
    insider_share: Number = about(
        "share", "集体经济组织成员占比", "households that are members of the village collective", 0, 1
    )
    aged60_share: Number = about("share", "60岁以上占比", "residents aged 60 and over", 0, 1)
    party_share: Number = about("share", "党员占成年人比例", "Party members among adults", 0, 1)
    income: Number = about("ratio", "相对收入", "income relative to the city mean", 0.05, 20)
    income_spread: Number = about("Gini", "社会经济差距", "spread of income, like a Gini index", 0.01, 0.9)
    ties: Number = about("ties", "成年人本地联系数", "local ties per adult (insiders, where there are any)", 0, 60)
    ties_others: Number = about("ties", "非成员本地联系数", "local ties per adult who is no insider", 0, 60)
    same_group_share: Number = about("share", "同群联系占比", "share of ties within the same group", 0, 1)
    unit_tie: Number = about("share", "利益在单位的程度", "share of interests that lie in a work unit elsewhere", 0, 1)
    stay_years: Number = about("years", "预期居住年数", "planned years to stay (insiders, where there are any)", 0, 60)
    stay_years_others: Number = about(
        "years", "非成员预期居住年数", "planned years to stay of those who are no insiders", 0, 60
    )
    firm_share: Number = about("share", "有物业企业的小区占比", "share of estates with a property firm", 0, 1)
    fee_collection: Number = about("share", "起始物业费收缴率", "fee collection at the start", 0, 1)
    owners_committee_share: Number = about(
        "share", "起始业委会覆盖率", "estates with an owners' committee at the start", 0, 1
    )
    problems_per_1000: Number = about(
        "1/month", "每千人每月感受到的问题", "problems felt per 1,000 residents a month", 0, 200
    )
    report_chance: Number = about("share", "起始诉求表达概率", "chance to report a felt problem at the start", 0, 1)
    digital_share: Number = about("share", "使用数字渠道的居民占比", "residents who use digital channels", 0, 1)
    staff: int = about("persons", "社区工作者（含窗口）", "paid staff, desk staff included", 1, 200)
    work_funds: Number = about("yuan/year", "工作经费", "work funds", 0, 10_000_000)
    own_income: Number = about("yuan/year", "自有收入", "own income", 0, 100_000_000)
    own_committed: Number = about("share", "自有收入承诺分配比例", "share of own income committed to members", 0, 1)
    volunteer_share: Number = about("share", "活跃志愿者占成年人比例", "active volunteers among adults", 0, 1)
    units: int = about("bodies", "驻社区单位数", "resident units within reach", 0, 40)
    trust: Number = about(
        "share", "起始信任", "trust in the committee at the start (insiders, where there are any)", 0, 1
    )
    trust_others: Number = about("share", "非成员起始信任", "trust at the start of those who are no insiders", 0, 1)
    kind_mix: KindMix
    ranges: Annotated[Mapping[str, tuple[Number, Number]], Frozen] = Field(
        description="range of the evidence for each key", json_schema_extra={"unit": "as the key", "zh": "取值范围"}
    )

    @property
    def households(self) -> int:
        """Households that the stated residents make up."""
        return max(1, round(self.residents / self.residents_per_household))

    @model_validator(mode="after")
    def _ranges_known(self) -> Community:
        for key, (low, high) in self.ranges.items():
            if key != "households" and key not in type(self).model_fields:
                raise ValueError(f"ranges names {key!r}, which is no key of a community")
            if low > high:
                raise ValueError(f"ranges.{key} runs from {low:g} to {high:g}; the lower end comes first")
        return self


class Era(Choice):
    """Dated parameters."""

    year: int = about("year", "年份", "year for which the dated values stand", 1980, 2100)
    term_years: int = about("years", "居委会任期", "term of office of the residents' committee", 1, 10)
    pay: Number = about("yuan/month", "工作人员报酬", "staff pay, topped up", 0, 100_000)
    pay_raised: Number = about("yuan/month", "提高后的报酬", "staff pay after the proposed raise", 0, 100_000)
    founding_share: Number = about(
        "share", "成立业委会所需比例", "share of owners who must agree to an owners' committee", 0, 1
    )
    one_head: bool = about("flag", "一肩挑", "the secretary is also head of the committee")
    channels: tuple[ChannelName, ...] = about("channels", "当时存在的渠道", "channels that existed then")


class Event(Checked):
    """One change from outside: from `week` on, and where `until` is given up to but not including that week.

    `value` replaces what `key` holds, `times` multiplies it; an event says one of the two.
    """

    week: int = about("week", "从哪一周起（自shock.start算起）", "first week, counted from shock.start", 0, 3640)
    until: int | None = Field(
        default=None, ge=1, le=3640, description="week in which it ends, nothing for good",
        json_schema_extra={"unit": "week", "zh": "到哪一周恢复原状（空为不恢复）"},
    )  # fmt: skip
    key: str = Field(
        min_length=1, description="what changes", json_schema_extra={"unit": "key", "zh": "改变的键"}
    )
    value: Annotated[Any, AfterValidator(_keep)] = Field(
        default=None, description="what it becomes", json_schema_extra={"unit": "as the key", "zh": "改为"}
    )
    times: Number | None = Field(
        default=None, ge=0, le=100, description="what it is multiplied by",
        json_schema_extra={"unit": "ratio", "zh": "乘以"},
    )  # fmt: skip

    @model_validator(mode="after")
    def _fits(self) -> Event:
        if (self.value is None) == (self.times is None):
            raise ValueError(f"the event on {self.key} must say either value or times")
        if self.until is not None and self.until <= self.week:
            raise ValueError(
                f"the event on {self.key} begins in week {self.week} and ends in week {self.until}; it must end later"
            )
        return self


class Shock(Choice):
    """What happens from outside, at which week. Weeks of the events are counted from `start`."""

    start: int = about(
        "week",
        "起点周（自运行开始算起，含预热）",
        "week from which the events are counted; week 0 is the first week of the run, warm-up included",
        0,
        3640,
    )
    events: tuple[Event, ...] = about("events", "事件", "events")
