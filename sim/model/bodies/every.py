"""All that bodies know and decide: importing this makes the widths of both known, before any state is made."""

from sim.model.bodies import board, committee, council, firm, line, owners, party, street_office  # noqa: F401
from sim.model.companies import company  # noqa: F401
from sim.model.organisations import organisation  # noqa: F401
from sim.model.units import unit  # noqa: F401
