"""Names and places of the numbers that the recorder keeps each week for each community.

`FIELDS` lists the names in the order of storage; the constants below are the places, read by the kernel.
"""

from sim.vocabulary.codes import Pay, Stream

STREAMS = len(Stream)
PAYS = len(Pay)

HOURS = 0  # hours of all bodies of the community, by kind of pay and stream
STAFF = HOURS + PAYS * STREAMS  # public and overtime hours of committee, station and desk, by stream
CORE = STAFF + STREAMS  # the same of Party organization, committee and station
OPEN = CORE + STREAMS
DAYS_OPEN = OPEN + 1
UNSOLVED = OPEN + 2
NOT_PASSED = OPEN + 3
NOT_PASSED_NEW = OPEN + 4
COUNTERS = OPEN + 5  # petitions, skips, collective, court, repeats, refusals, dropped
ITEMS_OPEN = COUNTERS + 7
ITEM_HOURS = ITEMS_OPEN + 1
ITEMS_LATE = ITEMS_OPEN + 2
ITEMS_DONE = ITEMS_OPEN + 3
ITEMS_PAPER = ITEMS_OPEN + 4
ITEMS_REFUSED = ITEMS_OPEN + 5
ITEMS_RENAMED = ITEMS_OPEN + 6
ITEMS_DONE_LATE = ITEMS_OPEN + 7
HANDOVERS = ITEMS_OPEN + 8
TRUST = HANDOVERS + 1
STANDING = TRUST + 1
EFFICACY = TRUST + 2
BELONGING = TRUST + 3
SATISFACTION = TRUST + 4
HEAT = TRUST + 5
VOLUNTEERS = TRUST + 6
TURNOUT_OFFICIAL = VOLUNTEERS + 1
TURNOUT_PERSONAL = VOLUNTEERS + 2
ELECTIONS = VOLUNTEERS + 3
EFFORT = ELECTIONS + 1
COLLECTION = EFFORT + 1
DECAY = EFFORT + 2
OWNERS = EFFORT + 3
FIRMS = EFFORT + 4
COMPANIES = EFFORT + 5
ORGANISATIONS = EFFORT + 6
GROUPS = EFFORT + 7
DEPARTED = EFFORT + 8
EMPLOYED = EFFORT + 9
SPENDABLE = EFFORT + 10
FREE_MONEY = EFFORT + 11
DEBT = EFFORT + 12
MEETINGS = EFFORT + 13
CHANNELS = EFFORT + 14
ATTENTION = EFFORT + 15

FIELDS: tuple[str, ...] = (
    *(f"hours_{p.name.lower()}_{s.name.lower()}" for p in Pay for s in Stream),
    *(f"staff_hours_{s.name.lower()}" for s in Stream),
    *(f"core_hours_{s.name.lower()}" for s in Stream),
    "open_cases",
    "days_open",
    "unsolved_cases",
    "not_passed_on",
    "not_passed_new",
    "repeat_petitions",
    "skip_petitions",
    "collective_petitions",
    "court_cases",
    "repeats",
    "refusals",
    "dropped",
    "items_open",
    "item_hours",
    "items_late",
    "items_done",
    "items_paper",
    "items_refused",
    "items_renamed",
    "items_done_late",
    "handovers",
    "trust",
    "standing",
    "efficacy",
    "belonging",
    "satisfaction",
    "heat",
    "volunteers",
    "turnout_official",
    "turnout_personal",
    "elections",
    "effort",
    "collection",
    "decay",
    "owners_committees",
    "firms",
    "companies",
    "organisations",
    "groups",
    "quits",
    "employed",
    "spendable",
    "free_money",
    "debt",
    "meetings",
    "channels_open",
    "attention",
)
# means over the communities, weighted by adults; the other series are sums
MEANS = frozenset(
    {
        "trust",
        "standing",
        "efficacy",
        "belonging",
        "satisfaction",
        "heat",
        "turnout_official",
        "turnout_personal",
        "effort",
        "collection",
        "decay",
        "channels_open",
        "attention",
    }
)
# recorded as totals since the start; the series hold what was added each week
CUMULATIVE = frozenset({"handovers", "elections", "quits", "items_done", "items_paper", "items_done_late"})
