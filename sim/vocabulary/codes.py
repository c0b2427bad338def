"""The small closed vocabularies of the model: every integer code that a column may hold.

Kernels read these classes as constants; labels in Chinese and English stand in `terms.yaml` of
`sim/vocabulary/words` under the same lower-case names. Order is part of the stored format: append, never reorder.
"""

from collections.abc import Collection
from enum import IntEnum
from typing import TypeVar

T = TypeVar("T", bound=Collection[IntEnum])


def complete(members: type[IntEnum], table: T, where: str) -> T:
    """The table, in which every member has its entry. Raises TypeError naming the first that has none."""
    for member in members:
        if member not in table:
            kind = members.__name__
            raise TypeError(f"{where} has no entry for {kind}.{member.name}; it must have one for every {kind}")
    return table


class Body(IntEnum):
    """Type of an organised actor (`body.type`). Source: model.md "Who acts", A07-A19, A47, A81, A82."""

    STREET_OFFICE = 0  # 街道办事处, one row for the subdistrict
    STREET_DESK = 1  # the subdistrict's service windows that handle one community's items
    PARTY = 2  # community Party organization
    COMMITTEE = 3  # residents' committee
    STATION = 4  # community affairs service station
    SECURITY = 5  # comprehensive management of public security (综治), not the police
    MASS = 6  # mass organizations (群团)
    OWNERS = 7  # owners' committee of one estate
    FIRM = 8  # property firm of one estate
    COMPANY = 9  # service company
    ORGANISATION = 10  # social organisation
    GROUP = 11  # residents' group (群众团队)
    UNIT = 12  # resident unit (驻社区单位)
    COUNCIL = 13  # community council (理事会)
    BOARD = 14  # community supervisory board (监事会)


class Kind(IntEnum):
    """Kind of a felt problem (`case.kind`)."""

    INFORMATION = 0
    CERTIFICATE = 1
    HELP = 2
    REPAIR = 3
    ENVIRONMENT = 4
    NEIGHBOURS = 5
    OWNER_FIRM = 6
    PROJECT = 7
    GRIEVANCE = 8


class Need(IntEnum):
    """What a case needs besides its handler's own work; bit positions in `case.needs`."""

    FIRM = 0  # work or consent of the estate's property firm
    ABOVE = 1  # a decision or signature of the subdistrict office
    LINE = 2  # the comprehensive-management bodies or mass organizations
    MONEY = 3  # a payment
    CONSENT = 4  # agreement of the other residents concerned
    DATE = 5  # an outside date (inspection day, contractor, season)


class File(IntEnum):
    """State of the handling record (`case.file`); exactly one at every moment."""

    NOT_SPOKEN = 0
    SPOKEN = 1
    RECEIVED = 2
    NOT_PASSED_ON = 3
    ROUTED = 4  # on its way: a hand-over is to be decided or is under way
    WAITING = 5  # waiting at a body for staff hours
    IN_WORK = 6
    WAIT_BODY = 7
    WAIT_MEETING = 8
    WAIT_MONEY = 9
    WAIT_CONSENT = 10
    WAIT_DATE = 11
    CLOSED = 12
    DROPPED = 13


class Step(IntEnum):
    """What the body that has a case is doing with it (`case.step`)."""

    INTAKE = 0  # first look by the body that answers for it
    PART = 1  # another body's own part
    FINISH = 2  # the main work
    ROUND = 3  # one round of mediation
    SIGN = 4  # a decision or signature of the office above


class Truth(IntEnum):
    """State of the problem itself (`case.truth`); exactly one at every moment."""

    OPEN = 0
    GOVERNMENT = 1  # solved by office, Party organization, committee, station, line bodies
    MARKET = 2  # solved by property firm or service company
    SOCIETY = 3  # solved by owners' committee, organisation, group, unit, council
    NEIGHBOUR = 4
    SELF = 5
    LAPSED = 6


class Channel(IntEnum):
    """Way in which a felt problem becomes a spoken one (`case.channel`). A30-A37, A54, A75-A80."""

    NONE = 0
    DESK = 1  # walk-in at whoever receives residents
    FIRM_DESK = 2  # the property firm's own desk
    BOX = 3  # A32
    PHONE = 4  # A33, the community's own line
    NET = 5  # A34, groups and web site
    MICROBLOG = 6  # A37
    HOTLINE = 7  # the city's outside hotline
    PATCH = 8  # A27, A31: told to the patch officer or piece-head on a visit
    REPRESENTATIVE = 9  # residents' representative
    PETITION = 10  # A75, letters and visits
    PLATFORM = 11  # A76
    ORGANISATION = 12  # A80
    LEADER_VISIT = 13  # A77


class Stream(IntEnum):
    """What an hour was spent on (second axis of `body.hours`)."""

    ABOVE = 0  # items that come from above
    DEMAND = 1  # residents' cases
    INITIATIVE = 2  # own initiative: visits, culture, welfare
    MEETING = 3
    COORDINATION = 4  # messages and hand-overs between bodies
    LEDGER = 5  # ledgers, diaries, double entry
    OVERSIGHT = 6  # inspecting, sampling, call-back
    IDLE = 7  # available and not used


class Pay(IntEnum):
    """Kind of an hour (first axis of `body.hours`)."""

    PUBLIC = 0  # paid from public money
    OVERTIME = 1  # public staff beyond contract
    FEE = 2  # paid from property fees or prices
    VOLUNTEER = 3  # volunteers, owners' committee, representatives
    BOARD = 4  # council and supervisory board members


class Meeting(IntEnum):
    """Meetings with a calendar of their own (axis of `rule.meeting_weeks`). A19, A38-A40, A62-A67."""

    COORDINATION = 0  # the coordination set of the structure
    REPRESENTATIVES = 1  # A63
    FOUR_PARTY = 2  # A38
    TALKS = 3  # A39
    DELIBERATION = 4  # A40, A64
    HEARING = 5  # A65
    MEDIATION = 6  # A66, coordination meeting on a conflict
    APPRAISAL = 7  # A67
    COUNCIL = 8  # A17
    BOARD = 9  # A18
    CONGRESS = 10  # A19


class Tag(IntEnum):
    """Legal tag of an item from above (`item.tag`). A86."""

    DUTY = 0  # duty of government that may not be shifted
    ASSIST = 1  # to be assisted, with money and conditions
    ENTRUST = 2  # entrusted, with rights and funds


class TaskState(IntEnum):
    """State of an item from above (`task.state`)."""

    OPEN = 0
    DONE = 1
    PAPER = 2  # done on paper only
    REFUSED = 3


class Account(IntEnum):
    """Holders in the double-entry ledger, one set a community (axis of `community.balance`)."""

    FISCAL = 0  # the state's budget; may be negative, it is the outside
    RESIDENTS = 1  # residents as payers and payees; outside
    STAFF = 2  # staff as payees; outside
    SUPPLIERS = 3  # outside
    DONORS = 4  # units, firms, persons as givers; outside
    STREET = 5  # the subdistrict's purse for this community
    WORK = 6  # work funds of the community (A84)
    ITEM = 7  # funds that follow tasks (A58, A86)
    OWN = 8  # own income and collective assets' yield (A59, A60)
    PROJECT = 9  # departments' project money (A89)
    COMMON = 10  # common budget decided by council or representatives
    FIRM = 11  # property firms
    OWNERS = 12  # owners' common funds
    ORGANISATIONS = 13  # social organisations and residents' groups
    COMPANIES = 14  # service companies
    GOODS = 15  # goods given to the community, at their stated price (A91)
    TECHNOLOGY = 16  # technical help promised to the community, at its stated price (A91)


class Use(IntEnum):
    """What a payment was for (`journal.use`)."""

    ALLOCATION = 0
    PAY = 1
    OFFICE = 2
    CASE = 3
    PROJECT = 4
    ITEM = 5
    FEE = 6
    WAGE = 7  # firms' and companies' staff
    PURCHASE = 8  # services bought from organisations and companies
    GIFT = 9
    COMMON_INCOME = 10
    DIVIDEND = 11
    ELECTION = 12
    TRANSITION = 13
    PROFIT = 14
    ASSET = 15


class Purpose(IntEnum):
    """What a random number is for; the second word of its key. Never reuse or reorder."""

    HOUSEHOLD = 1
    RESIDENT = 2
    TIES = 3
    ESTATE = 4
    STAFF = 5
    BODY = 6
    FELT = 10
    CASE_NATURE = 11
    CASE_WORK = 12
    CASE_ROUTE = 13
    CASE_CLOSE = 14
    VOICE = 15
    PATIENCE = 16
    SELF_HELP = 17
    CALL_BACK = 18
    OUTREACH = 19
    TASK = 20
    TASK_WORK = 21
    ABOVE_LOAD = 22
    MEETING = 23
    CONSENT = 24
    QUIT = 25
    HIRE = 26
    FEE = 27
    FIRM = 28
    FOUNDING = 29
    VOTE = 30
    NOMINATE = 31
    RESOURCE = 32
    ENTRY = 33
    OVERSIGHT = 34
    GATE = 35
    ATTITUDE = 36
    MONEY = 37
    COUNCIL = 38
    MOBILISE = 39
    OBSTRUCT = 40
    LOOK_UP = 41
    HEARING = 42
    CONGRESS = 43
    ELECTING = 44
    MEANS = 45


class Election(IntEnum):
    """How votes are cast in the residents' committee election. A73."""

    PERSONAL = 0
    HOUSEHOLD = 1
    PROXY = 2


class Runner(IntEnum):
    """Who puts forward the election committee. A69."""

    STREET = 0
    PARTY = 1
    RESIDENTS = 2


class Roll(IntEnum):
    """Who is counted as a voter. A70."""

    REGISTERED = 0  # household registration in the community
    RESIDENT_YEAR = 1  # and those who have lived there a year and ask to be put on the roll
    ALL_ADULTS = 2


class Data(IntEnum):
    """How records are kept. A28, A68."""

    BY_HAND = 0
    SHARED = 1
    OPEN = 2


class Form(IntEnum):
    """Where records and budget are shown. A68."""

    NOTICE_BOARD = 0  # on a wall in the community
    NET = 1  # where anybody with a device can look them up


class Gatekeeper(IntEnum):
    """Who decides at the gate. A86."""

    DISTRICT = 0
    COMMUNITY = 1


class Department(IntEnum):
    """Departments (条线) of the subdistrict office, each with posts and a queue of its own. A21."""

    CIVIL_AFFAIRS = 0
    LABOUR = 1  # labour, employment and social security
    CONSTRUCTION = 2  # urban construction and housing
    ORDER = 3  # urban management, safety and justice
    GENERAL = 4  # Party and government office, finance, letters and visits


class Deciding(IntEnum):
    """How a body with several seats decides."""

    CONVENER = 0  # the convener settles
    MAJORITY = 1
    CONSENSUS = 2  # every seated body concerned must agree
    BILATERAL = 3  # any two may agree


class Rows(IntEnum):
    """Growing tables (place in `rows.used`)."""

    CASE = 0
    TASK = 1
    ACTIVE = 2  # the list of cases whose file or problem is still open
    JOURNAL = 3


class Wait(IntEnum):
    """What a case waits for (axis of `case.wait`)."""

    STAFF = 0
    BODY = 1  # another body
    MEETING = 2
    MONEY = 3
    CONSENT = 4
    DATE = 5


class Skill(IntEnum):
    """Skills of staff (axis of `person.skill` and `body.skill`; `kind.skill`)."""

    ITEMS = 0
    SERVICE = 1
    MEDIATION = 2


class CourtVerdict(IntEnum):
    """How a lawsuit stands (`case.verdict`)."""

    NONE = 0
    PENDING = 1
    FOR = 2  # for the resident
    AGAINST = 3


class Callback(IntEnum):
    """Answer when the petition office calls back (`case.callback`)."""

    NOT_ASKED = 0
    SATISFIED = 1
    DISSATISFIED = 2


class FoundBy(IntEnum):
    """How a problem became known (`case.found_by`)."""

    OWN_VOICE = 0
    VISIT = 1
    PIECE_HEAD = 2
    MEETING = 3
    ORGANISATION = 4


class Implicates(IntEnum):
    """Whom a case implicates (`case.implicates`)."""

    NOBODY = 0
    CADRE = 1  # a cadre of the community
    ABOVE = 2  # an office above


class Seat(IntEnum):
    """Seat of a resident (`resident.seat`): one who is a representative too counts one more."""

    NONE = 0
    COUNCIL = 1
    COUNCIL_REPRESENTATIVE = 2
    BOARD = 3
    BOARD_REPRESENTATIVE = 4


class Stage(IntEnum):
    """Stage of an election (`community.ballot_stage`)."""

    NONE = 0
    NOMINATION = 1  # week of registration and nomination
    CAMPAIGN = 2
    VOTE = 3


class Entry(IntEnum):
    """What an entry of the journal says (axis of `journal.entry`)."""

    WEEK = 0
    COMMUNITY = 1
    SOURCE = 2
    TARGET = 3
    BODY = 4  # row, -1 none
    USE = 5
    YUAN = 6
