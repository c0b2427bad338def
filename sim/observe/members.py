"""The codes that families of indicators run over: {key: code}. Labels stand in the catalogue of words."""

from enum import IntEnum

from sim.vocabulary.codes import Account, Body, Channel, Kind, Pay, Stream, Truth, Use

Members = dict[str, int]


def all_of(codes: type[IntEnum]) -> Members:
    """Every member of a vocabulary."""
    return {code.name.lower(): code for code in codes}


def subset(members: Members, *keys: str) -> Members:
    """Some members, in the order asked."""
    return {key: members[key] for key in keys}


KINDS = all_of(Kind)
SOLVERS: Members = {
    "government": Truth.GOVERNMENT,
    "market": Truth.MARKET,
    "society": Truth.SOCIETY,
    "neighbour": Truth.NEIGHBOUR,
    "self": Truth.SELF,
}
STREAMS = all_of(Stream)
PAYS = all_of(Pay)
BODIES = all_of(Body)
CHANNELS = {key: code for key, code in all_of(Channel).items() if code != Channel.NONE}
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
USES = all_of(Use)
