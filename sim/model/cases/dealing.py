"""How bodies deal with each other: readiness, memory, the table they share, and what a meeting is for."""

from sim.engine.kernel import kernel
from sim.engine.mechanism import register_params
from sim.model.bodies.firm import Dec as FirmDec
from sim.model.bodies.line import Dec as LineDec
from sim.model.bodies.owners import Dec as OwnersDec
from sim.model.organisations.organisation import Dec as OrganisationDec
from sim.model.units.unit import Dec as UnitDec
from sim.vocabulary.codes import Body, Kind, Meeting
from sim.vocabulary.params import Param

PARAMS = {
    "relation_weight": Param(0.5, "1", 0.0, 1.0, "assumption", "weight of the remembered relation in the next dealing"),
    "relation_rate": Param(0.05, "share", 0.0, 0.3, "assumption", "weight of one dealing in the remembered relation"),
}
register_params("dealing", PARAMS)


@kernel
def readiness(b, kind_of_body, body):
    """The body's decided readiness to take what another body asks of it."""
    if kind_of_body == Body.FIRM:
        return body.dec[b, FirmDec.ACCEPT]
    if kind_of_body == Body.SECURITY or kind_of_body == Body.MASS:
        return body.dec[b, LineDec.ACCEPT]
    if kind_of_body == Body.OWNERS:
        return body.dec[b, OwnersDec.ACCEPT]
    if kind_of_body == Body.ORGANISATION or kind_of_body == Body.GROUP:
        return body.dec[b, OrganisationDec.SERVE]
    if kind_of_body == Body.UNIT:
        return body.dec[b, UnitDec.LEND]
    return 1.0


@kernel
def deal(a, b, went_well, rate, body):
    """Bodies a and b remember a dealing with each other."""
    good = 1.0 if went_well else 0.0
    body.relation[a, body.type[b]] += rate * (good - body.relation[a, body.type[b]])
    body.relation[b, body.type[a]] += rate * (good - body.relation[b, body.type[a]])


@kernel
def at_table(c, kind_of_body, rule):
    """Whether a type of body sits in the coordination set of community c or is heard there."""
    return rule.seated[c, kind_of_body] == 1 or rule.heard[c, kind_of_body] == 1


@kernel
def fits(m, k):
    """Whether meeting m holds rounds on cases of kind k that need consent."""
    if k == Kind.PROJECT:
        return m == Meeting.REPRESENTATIVES or m == Meeting.DELIBERATION or m == Meeting.HEARING
    if k == Kind.OWNER_FIRM:
        return m == Meeting.MEDIATION or m == Meeting.FOUR_PARTY
    return k == Kind.NEIGHBOURS and m == Meeting.MEDIATION
