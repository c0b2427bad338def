"""Finding a body's row, and booking its hours: small kernels shared by mechanisms."""

from sim.engine.kernel import kernel
from sim.engine.sets import among
from sim.vocabulary.codes import Body, Pay
from sim.vocabulary.sets import PUBLIC_BODIES


@kernel
def alive_row(wanted, c, community, body):
    """Row of the first living body of a type in community c, -1 if there is none."""
    for b in range(community.first_body[c], community.last_body[c]):
        if body.type[b] == wanted and body.alive[b] == 1:
            return b
    return -1


@kernel
def manned(b, body):
    """Whether body b exists and, where it works with paid public staff, has any this week."""
    return body.alive[b] == 1 and (not among(body.type[b], PUBLIC_BODIES) or body.capacity[b, Pay.PUBLIC] > 0.0)


@kernel
def manned_row(wanted, c, community, body):
    """Row of the first body of a type in community c that has somebody to work, -1 if there is none."""
    for b in range(community.first_body[c], community.last_body[c]):
        if body.type[b] == wanted and manned(b, body):
            return b
    return -1


@kernel
def paid_by(kind_of_body):
    """Kind of hours a type of body works with."""
    if among(kind_of_body, PUBLIC_BODIES):
        return Pay.PUBLIC
    if kind_of_body == Body.FIRM or kind_of_body == Body.COMPANY:
        return Pay.FEE
    if kind_of_body == Body.COUNCIL or kind_of_body == Body.BOARD:
        return Pay.BOARD
    return Pay.VOLUNTEER


@kernel
def has(b, body):
    """Hours left for desk work of body b; an organisation can also use those that were bought for it."""
    t = body.type[b]
    more = body.left[b, Pay.FEE] if t == Body.ORGANISATION or t == Body.GROUP else 0.0
    return body.left[b, paid_by(t)] + more


@kernel
def write(b, hours, stream, body):
    """Book desk work of body b in the kind of hours it works with, an organisation's bought hours last."""
    t = body.type[b]
    rest = hours - spend(b, hours, paid_by(t), stream, body)
    if rest > 0.0 and (t == Body.ORGANISATION or t == Body.GROUP):
        spend(b, rest, Pay.FEE, stream, body)


@kernel
def spend(b, hours, pay, stream, body):
    """Book up to `hours` of one kind on a stream; returns what could be booked."""
    spent = min(hours, body.left[b, pay])
    if spent > 0.0:
        body.left[b, pay] -= spent
        body.hours[b, pay, stream] += spent
        return spent
    return 0.0
