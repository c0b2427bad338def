"""Finding a body's row: small kernels shared by mechanisms."""

from sim.kernel import kernel


@kernel
def alive_row(wanted, c, community_first_body, community_last_body, body_type, body_alive):
    """Row of the first living body of a type in community c, -1 if there is none."""
    for b in range(community_first_body[c], community_last_body[c]):
        if body_type[b] == wanted and body_alive[b] == 1:
            return b
    return -1


@kernel
def spend(b, hours, pay, stream, body_left, body_hours):
    """Book up to `hours` of one kind on a stream; returns what could be booked."""
    spent = min(hours, body_left[b, pay])
    if spent > 0.0:
        body_left[b, pay] -= spent
        body_hours[b, pay, stream] += spent
        return spent
    return 0.0
