"""Types and ranges of what a user may choose: structures, communities, eras, shocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Field, model_validator

from sim import codes
from sim.scenario.fields import (
    KINDS,
    BodyName,
    ChannelName,
    Checked,
    Choice,
    Convener,
    Frozen,
    Number,
    Settler,
    about,
    keep,
    member,
    names,
)


class Structure(Choice):
    """A governance structure: seats, convener, rights and reporting, nothing else."""

    theoretical_control: bool = about("flag", "理论对照，非政策建议", "theoretical control, not a policy proposal")
    seats: tuple[BodyName, ...] = about("bodies", "协调会议的席位", "seats in the coordination set")
    heard: tuple[BodyName, ...] = about("bodies", "列席（有发言、无表决）", "bodies heard without a vote")
    convener: Convener = about("body", "召集者", "who convenes")
    deciding: Annotated[str, member(names(codes.Deciding), "way of deciding")] = about(
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
    value: Annotated[Any, AfterValidator(keep)] = Field(
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
