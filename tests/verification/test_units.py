"""Units of the numbers: every one can be read, and where numbers are multiplied their units come out right."""

from __future__ import annotations

import pytest

from sim.observe import prices
from sim.observe.indicators import INDICATORS
from sim.scenario.parameters import registry
from tests.verification.units import NoUnit, dimension, times


def test_the_unit_of_every_number_and_indicator_can_be_read() -> None:
    for module, params in registry().items():
        for name, param in params.items():
            try:
                dimension(param.unit)
            except NoUnit as word:
                pytest.fail(f"{module}.{name}: {word} in the unit {param.unit!r} is no known unit")
    for item in INDICATORS.values():
        try:
            dimension(item.unit)
        except NoUnit as word:
            pytest.fail(f"indicator {item.name}: {word} in the unit {item.unit!r} is no known unit")


def test_what_is_read_is_what_was_written() -> None:
    assert dimension("yuan/m2/month") == {"yuan": 1, "m2": -1, "time": -1}
    assert dimension("weeks x 100 households/case") == {"time": 1, "household": 1, "case": -1}
    assert dimension("sd of log days") == dimension("share") == {}
    with pytest.raises(NoUnit):
        dimension("furlongs/week")


def unit(name: str) -> str:
    module, _, last = name.partition(".")
    return (prices.PARAMS if module == "prices" else registry()[module])[last].unit


@pytest.mark.parametrize(
    ("product", "expected"),
    [
        # price of an hour times hours is money
        ((unit("prices.price_public"), "hours"), {"yuan": 1}),
        ((unit("prices.price_resident"), unit("patience.trip_hours")), {"yuan": 1}),
        # ledgers, each with hours a week by hand: hours a week
        ((unit("items.ledger_lines"), unit("items.ledger_hand"), "1/ledger"), {"hour": 1, "time": -1}),
        # households that an initiator can ask in a week, over households: a rate
        ((unit("founding.contacts"), "1/household"), {"time": -1}),
        # a share kept a week is a rate; offers a year are a rate
        ((unit("staffing.strain_memory"),), {"time": -1}),
        ((unit("staffing.offers"), "1/offer"), {"time": -1}),
        # grievance from complaints: a number without unit, from cases a week and 100 households
        ((unit("founding.from_complaints"), "cases/week/100 households"), {}),
        # heat from an overdue case in a week, over weeks: an index
        ((unit("heat.rise"), "weeks"), {}),
        # utility of a unit of heat times heat is utility
        ((unit("patience.anger"), "index"), {"utils": 1}),
        # utility by ten years of age, times ten years
        ((unit("voting.age_weight"), "10 years"), {"utils": 1}),
    ],
)
def test_products_that_the_model_forms_have_the_unit_of_what_they_enter(
    product: tuple[str, ...], expected: dict[str, int]
) -> None:
    assert times(*product) == expected
