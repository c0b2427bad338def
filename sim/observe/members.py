"""The codes that families of indicators run over: {key: code}. Labels stand in the catalogue of words."""

from sim.vocabulary.codes import Account, Body, Channel, Kind, Pay, Stream, Truth, Use

Members = dict[str, int]

KINDS: Members = {
    "information": Kind.INFORMATION,
    "certificate": Kind.CERTIFICATE,
    "help": Kind.HELP,
    "repair": Kind.REPAIR,
    "environment": Kind.ENVIRONMENT,
    "neighbours": Kind.NEIGHBOURS,
    "owner_firm": Kind.OWNER_FIRM,
    "project": Kind.PROJECT,
    "grievance": Kind.GRIEVANCE,
}
SOLVERS: Members = {
    "government": Truth.GOVERNMENT,
    "market": Truth.MARKET,
    "society": Truth.SOCIETY,
    "neighbour": Truth.NEIGHBOUR,
    "self": Truth.SELF,
}
STREAMS: Members = {
    "above": Stream.ABOVE,
    "demand": Stream.DEMAND,
    "initiative": Stream.INITIATIVE,
    "meeting": Stream.MEETING,
    "coordination": Stream.COORDINATION,
    "ledger": Stream.LEDGER,
    "oversight": Stream.OVERSIGHT,
    "idle": Stream.IDLE,
}
PAYS: Members = {
    "public": Pay.PUBLIC,
    "overtime": Pay.OVERTIME,
    "fee": Pay.FEE,
    "volunteer": Pay.VOLUNTEER,
    "board": Pay.BOARD,
}
BODIES: Members = {
    "street_office": Body.STREET_OFFICE,
    "street_desk": Body.STREET_DESK,
    "party": Body.PARTY,
    "committee": Body.COMMITTEE,
    "station": Body.STATION,
    "security": Body.SECURITY,
    "mass": Body.MASS,
    "owners": Body.OWNERS,
    "firm": Body.FIRM,
    "company": Body.COMPANY,
    "organisation": Body.ORGANISATION,
    "group": Body.GROUP,
    "unit": Body.UNIT,
    "council": Body.COUNCIL,
    "board": Body.BOARD,
}
CHANNELS: Members = {
    "desk": Channel.DESK,
    "firm_desk": Channel.FIRM_DESK,
    "box": Channel.BOX,
    "phone": Channel.PHONE,
    "net": Channel.NET,
    "microblog": Channel.MICROBLOG,
    "hotline": Channel.HOTLINE,
    "patch": Channel.PATCH,
    "representative": Channel.REPRESENTATIVE,
    "petition": Channel.PETITION,
    "platform": Channel.PLATFORM,
    "organisation": Channel.ORGANISATION,
    "leader_visit": Channel.LEADER_VISIT,
}
CAUSES: Members = {
    "staff": 0,
    "body": 1,
    "meeting": 2,
    "money": 3,
    "consent": 4,
    "date": 5,
}
# positions in Run.groups
GROUPS: Members = {
    "vulnerable": 0,
    "migrants": 1,
    "owners": 2,
    "party": 3,
    "old": 4,
}
ATTITUDES: Members = {
    "trust": 0,
    "standing": 1,
    "efficacy": 2,
    "belonging": 3,
    "satisfaction": 4,
}
SOURCES: Members = {
    "fiscal": Account.FISCAL,
    "residents": Account.RESIDENTS,
    "suppliers": Account.SUPPLIERS,
    "donors": Account.DONORS,
}
USES: Members = {
    "allocation": Use.ALLOCATION,
    "pay": Use.PAY,
    "office": Use.OFFICE,
    "case": Use.CASE,
    "project": Use.PROJECT,
    "item": Use.ITEM,
    "fee": Use.FEE,
    "wage": Use.WAGE,
    "purchase": Use.PURCHASE,
    "gift": Use.GIFT,
    "common_income": Use.COMMON_INCOME,
    "dividend": Use.DIVIDEND,
    "election": Use.ELECTION,
    "transition": Use.TRANSITION,
    "profit": Use.PROFIT,
    "asset": Use.ASSET,
}


def subset(members: Members, *keys: str) -> Members:
    """Some members, in the order asked."""
    return {key: members[key] for key in keys}
