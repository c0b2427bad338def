"""The 88 items from above."""

import pytest

from sim.scenario.items import item_columns, read_items


def test_counts_and_totals_are_those_of_the_sources():
    items = read_items()
    assert len(items) == 88
    assert len({i.group for i in items}) == 24
    total = sum(i.rate for i in items)
    hours = sum(i.rate * i.hours for i in items)
    assert total == pytest.approx(1250, rel=0.02)
    assert hours == pytest.approx(10_500, rel=0.02)
    assert sum(i.rate for i in items if i.inspected) / total == pytest.approx(0.65, abs=0.03)
    assert sum(5 <= i.deadline <= 20 for i in items) / len(items) > 0.9


def test_duties_bring_no_money_and_names_are_unique():
    items = read_items()
    assert all((i.pay == 0) == (i.tag == "duty") for i in items)
    for names in ({i.zh for i in items}, {i.en for i in items}):
        assert len(names) == 88


def test_columns_fit_the_registry():
    columns = item_columns(read_items())
    assert {len(v) for v in columns.values()} == {88}
