"""The overlays: what a policy may set beside the seats, one class a group of configs/policy."""

from __future__ import annotations

from typing import Annotated

from sim import codes
from sim.scenario.fields import ChannelName, Checked, Choice, Number, about, member, names


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
    drawn: bool = about("flag", "按工作量划片", "patches are drawn by known cases and households, not fixed groups")
    redraw_weeks: int = about("weeks", "重新划片的间隔", "weeks between drawings of the patches", 4, 260)


class DataPolicy(Choice):
    """How records are kept."""

    mode: Annotated[str, member(names(codes.Data), "way of keeping records")] = about(
        "code", "数据方式", "by hand, shared, or shared and open to residents"
    )
    levels: int = about("levels", "数据联接的层级数", "levels linked: community, subdistrict, district, city", 1, 4)
    budget_shown: bool = about("flag", "公开内容含收支", "openness in content: the budget is shown too")
    shown_on: Annotated[str, member(names(codes.Form), "form of openness")] = about(
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
    names_person: bool = about("flag", "决议责任到人", "the list names a person, not the body alone")
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

    mode: Annotated[str, member(names(codes.Election), "way of voting")] = about(
        "code", "投票方式", "how votes are cast"
    )
    runner: Annotated[str, member(names(codes.Runner), "runner of the election")] = about(
        "code", "选举委员会由谁推举", "who puts forward the election committee"
    )
    roll: Annotated[str, member(names(codes.Roll), "voter roll")] = about(
        "code", "选民登记", "who is counted as a voter"
    )
    open_nomination: bool = about("flag", "居民提名", "residents may nominate")
    representatives: bool = about("flag", "选举居民代表", "residents elect representatives by block")
    term_years: int = about("years", "任期", "term of office", 1, 10)
    proxies: int = about("votes", "一人可代票数", "votes one person may carry for others", 0, 10)


class Gate(Choice):
    """The access gate for items, and what comes with an item."""

    gate: bool = about("flag", "准入制度", "access gate for items")
    gatekeeper: Annotated[str, member(names(codes.Gatekeeper), "gatekeeper")] = about(
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
    lending: bool = about(
        "flag", "场地、物资、技术可借用", "units and organisations are asked for rooms, goods and technology too"
    )
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
    gifts_in_kind: bool = about("flag", "接受物资与技术捐助", "goods and technical help are asked for beside money")
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
