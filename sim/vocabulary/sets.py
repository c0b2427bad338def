"""Named sets of codes, kept as bits; a kernel asks with `sim.engine.sets.among` whether a code is in one."""

from sim.vocabulary.codes import Account, Body, File, Kind, Meeting, Seat, Truth


def code_set(*codes: int) -> int:
    """The set of these codes.

    >>> code_set(0, 3)
    9
    """
    return sum(1 << int(code) for code in set(codes))


# bodies
PUBLIC_BODIES = code_set(
    Body.STREET_OFFICE, Body.STREET_DESK, Body.PARTY, Body.COMMITTEE, Body.STATION, Body.SECURITY, Body.MASS
)  # with paid public staff
MAIN_LINE = code_set(Body.STREET_OFFICE, Body.STREET_DESK, Body.PARTY, Body.COMMITTEE, Body.STATION)  # take what comes
OF_THE_COMMUNITY = code_set(Body.PARTY, Body.COMMITTEE, Body.STATION, Body.SECURITY, Body.MASS)  # public, own posts
CORE = code_set(Body.PARTY, Body.COMMITTEE, Body.STATION)
LOOK_UP = code_set(Body.STREET_OFFICE, Body.STREET_DESK, Body.PARTY)  # put first, in the chair, what is seen from above
DESKS = code_set(Body.COMMITTEE, Body.STATION, Body.STREET_DESK)  # two streams of work, overtime
LENDERS = code_set(Body.ORGANISATION, Body.GROUP, Body.UNIT)  # rooms, goods, skilled people (A81)

# seats of residents
COUNCIL_SEATS = code_set(Seat.COUNCIL, Seat.COUNCIL_REPRESENTATIVE)
BOARD_SEATS = code_set(Seat.BOARD, Seat.BOARD_REPRESENTATIVE)
DOUBLE_SEATS = code_set(Seat.COUNCIL_REPRESENTATIVE, Seat.BOARD_REPRESENTATIVE)

# files
UNHEARD = code_set(File.NOT_SPOKEN, File.SPOKEN)
UNANSWERED = code_set(File.NOT_SPOKEN, File.SPOKEN, File.RECEIVED)  # nobody answers for it yet
PARKED = code_set(File.WAIT_MONEY, File.WAIT_CONSENT, File.WAIT_DATE)
WITH_THE_OWNER = code_set(File.NOT_PASSED_ON, File.ROUTED, File.WAITING, File.IN_WORK)  # waits for nobody else
AT_A_BODY = code_set(File.WAITING, File.IN_WORK)
ENDED = code_set(File.CLOSED, File.DROPPED)

# problems
BY_A_BODY = code_set(Truth.GOVERNMENT, Truth.MARKET, Truth.SOCIETY)  # solved by one
FOR_SALE = code_set(Kind.HELP, Kind.REPAIR, Kind.ENVIRONMENT)  # what can be bought at all

# money and meetings
# the world outside a community, whose accounts may be negative
OUTSIDE_ACCOUNTS = (Account.FISCAL, Account.RESIDENTS, Account.STAFF, Account.SUPPLIERS, Account.DONORS)
OUTSIDE = code_set(*OUTSIDE_ACCOUNTS)
OPEN_AGENDA = (Meeting.REPRESENTATIVES, Meeting.FOUR_PARTY, Meeting.TALKS, Meeting.DELIBERATION)  # residents put it up
ROUNDS = (*OPEN_AGENDA, Meeting.HEARING, Meeting.MEDIATION)  # hold rounds on cases
WITH_RESIDENTS = (*ROUNDS, Meeting.APPRAISAL)
