"""The overlays: what a policy may set beside the seats, one class a group of configs/policy."""

from __future__ import annotations

from typing import Annotated

from sim.scenario.fields import ChannelName, Checked, Choice, Number, about, member, names
from sim.vocabulary import codes


class Delegation(Choice):
    """Where the 88 items and their staff, money and signing rights sit, each on its own."""

    items_down: bool = about("flag")
    staff_down: bool = about("flag")
    money_down: bool = about("flag")
    rights_down: bool = about("flag")


class Desks(Choice):
    """Desks by line or all-round posts."""

    pooled: bool = about("flag")
    lines_broken: bool = about("flag")


class Patches(Choice):
    """Patch duty of the cadres and volunteer piece-heads."""

    patches: bool = about("flag")
    piece_head_households: int = about("households", 0, 1000)
    drawn: bool = about("flag")
    redraw_weeks: int = about("weeks", 4, 260)


class DataPolicy(Choice):
    """How records are kept."""

    mode: Annotated[str, member(names(codes.Data), "way of keeping records")] = about("code")
    levels: int = about("levels", 1, 4)
    budget_shown: bool = about("flag")
    shown_on: Annotated[str, member(names(codes.Form), "form of openness")] = about("code")
    shown_weeks: int = about("weeks", 1, 260)
    file_right: bool = about("flag")


class Tiers(Choice):
    """Tiers of decision for a sunk item."""

    tiers: int = about("tiers", 1, 4)


class Channels(Choice):
    """Channels that exist, and the aids that make them easier to find."""

    open: tuple[ChannelName, ...] = about("channels")
    card: bool = about("flag")
    notice: bool = about("flag")
    diary: bool = about("flag")
    anonymous_box: bool = about("flag")
    petition_office: bool = about("flag")
    petition_days: int = about("working days", 1, 250)


class MeetingWeeks(Checked):
    """Weeks between meetings of each kind, 0 none."""

    coordination: int = about("weeks", 0, 260)
    representatives: int = about("weeks", 0, 260)
    four_party: int = about("weeks", 0, 260)
    talks: int = about("weeks", 0, 260)
    deliberation: int = about("weeks", 0, 260)
    hearing: int = about("weeks", 0, 260)
    mediation: int = about("weeks", 0, 260)
    appraisal: int = about("weeks", 0, 260)


class Meetings(Choice):
    """Which meetings are held how often, and whether they are held as set."""

    weeks: MeetingWeeks
    institutionalised: bool = about("flag")
    open_agenda: bool = about("flag")
    published: bool = about("flag")
    responsibility: bool = about("flag")
    names_person: bool = about("flag")
    rational_cycle: bool = about("flag")
    quorum: Number = about("share", 0, 1)
    own_budget: bool = about("flag")


class Supervision(Choice):
    """Who judges the bodies besides those above."""

    appraisal: bool = about("flag")
    court: bool = about("flag")
    score_pay: Number = about("share", 0, 0.5)
    score_grants: bool = about("flag")
    score_votes: bool = about("flag")
    board_hears: bool = about("flag")


class Elections(Choice):
    """The five steps of the residents' committee election."""

    mode: Annotated[str, member(names(codes.Election), "way of voting")] = about("code")
    runner: Annotated[str, member(names(codes.Runner), "runner of the election")] = about("code")
    roll: Annotated[str, member(names(codes.Roll), "voter roll")] = about("code")
    open_nomination: bool = about("flag")
    representatives: bool = about("flag")
    term_years: int = about("years", 1, 10)
    proxies: int = about("votes", 0, 10)


class Gate(Choice):
    """The access gate for items, and what comes with an item."""

    gate: bool = about("flag")
    gatekeeper: Annotated[str, member(names(codes.Gatekeeper), "gatekeeper")] = about("code")
    funds_follow: bool = about("flag")
    rights_follow: bool = about("flag")
    rated: bool = about("flag")
    bought: bool = about("flag")
    gate_desks: bool = about("flag")
    head_pay: Number = about("share", 0, 0.5)


class Owners(Choice):
    """What it takes to found an owners' committee."""

    founding_share: Number = about("share", 0, 1)
    founding_help: Number = about("share", 0, 1)


class Resources(Choice):
    """Finding, cultivating and admitting those who could help."""

    broker: bool = about("flag")
    lending: bool = about("flag")
    cultivation: Number = about("yuan/year", 0, 10_000_000)
    entry_bar: Number = about("share", 0, 1)
    autonomy: Number = about("share", 0, 1)


class Money(Choice):
    """The community's money from above and beside."""

    work_funds: Number = about("yuan/year", 0, 100_000_000)
    pay: Number = about("yuan/month", 0, 100_000)
    extra_posts: Number = about("posts", 0, 20)
    growth: Number = about("1/year", -0.5, 0.5)
    street_keeps: Number = about("share", 0, 1)
    project_money: Number = about("yuan/year", 0, 100_000_000)
    paired_support: Number = about("yuan/year", 0, 100_000_000)
    gifts: bool = about("flag")
    gifts_in_kind: bool = about("flag")
    by_size: bool = about("flag")


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
