"""The bodies, one module a kind: what each knows, what it decides, its default rule; and residents as Mesa agents."""

from sim.agents import (  # noqa: F401  so that all widths of observations and decisions are known
    board,
    committee,
    company,
    council,
    firm,
    line,
    organisation,
    owners,
    party,
    street_office,
    unit,
)
