"""Tables of single things hold what the state holds, in words, and asking for them changes nothing."""

import numpy as np
import pyarrow.parquet as pq
import pytest

import sim
from sim.cli.main import main
from sim.cli.options import DETAIL, split
from sim.model.simulation import Model
from sim.observe import schema
from sim.observe.detail import CASES, CAUSES, ELEMENTS, ESTATES, RESIDENTS, tables
from sim.vocabulary.codes import Body, File, Kind, Pay, Stream, Truth
from sim.vocabulary.columns import COLUMNS
from tests.runs import differing, run, small


@pytest.fixture(scope="module")
def scenario():
    return small("community.problems_per_1000=60", years=3, warmup=1)


@pytest.fixture(scope="module")
def result(scenario):
    return sim.simulate(scenario, detail=DETAIL)


def test_asking_changes_nothing(scenario, result):
    assert differing(run(scenario).store, result.model.store) == []
    assert sim.simulate(scenario).detail == {}


def test_cases_are_the_case_table_in_words(result):
    rows, case = result.detail["cases"].to_pandas(), result.model.store.table("case")
    assert len(rows) == len(case["uid"])
    assert list(rows["kind"]) == [Kind(k).name.lower() for k in case["kind"]]
    assert list(rows["truth"]) == [Truth(t).name.lower() for t in case["truth"]]
    assert list(rows["file"]) == [File(f).name.lower() for f in case["file"]]
    for name in ("spoken", "received", "closed", "solved"):
        assert np.array_equal(rows[name].isna(), case[name] < 0)
        assert np.allclose(rows[name].dropna(), case[name][case[name] >= 0])
    assert np.allclose(rows[[f"wait_{c}" for c in CAUSES]], case["wait"])
    uids = result.model.store["resident.uid"]
    assert np.array_equal(rows["resident"].astype(np.uint64), uids[case["resident"]])
    held = rows.dropna(subset=["owner"])
    owner = result.model.store["body.type"][case["owner"][case["owner"] >= 0]]
    assert list(held["owner"]) == [Body(t).name.lower() for t in owner]
    assert np.array_equal(rows["needs_money"], (case["needs"] >> 3) & 1 == 1)


def test_residents_join_their_cases_and_estates(result):
    residents, cases, estates = (result.detail[n].to_pandas() for n in ("residents", "cases", "estates"))
    assert set(cases["resident"]) <= set(residents["uid"])
    assert set(residents["estate"]) == set(estates["uid"])
    spoken = cases[~cases["spoken"].isna()].groupby("resident").size()
    assert (residents.set_index("uid")["spoke"].reindex(spoken.index) >= spoken).all()


def test_groups_add_up(result):
    groups, residents = result.detail["residents_by_group"].to_pandas(), result.detail["residents"].to_pandas()
    whole = groups.iloc[0]
    assert whole["group"] == "all" and whole["persons"] == len(residents)
    for name, two in groups[groups["group"] != "all"].groupby("group", observed=True):
        assert two["persons"].sum() == len(residents), name
        assert two["felt"].sum() == whole["felt"], name
    owners = residents[(residents["owner"]) & (residents["adult"])]
    told = groups[(groups["group"] == "owner") & groups["inside"]].iloc[0]
    assert told["trust"] == pytest.approx(owners["trust"].mean())


def test_estates_are_looked_at_every_year(result):
    rows = result.detail["estates"].to_pandas()
    assert sorted(set(rows["week"])) == [0, 52, 104, 156, 208]
    assert sorted(set(rows["year"])) == [-1, 0, 1, 2, 3]
    store, last = result.model.store, rows[rows["week"] == 208]
    for name in ("effort", "collection", "decay", "replaced"):
        assert np.array_equal(last[name], store[f"estate.{name}"])
    assert np.array_equal(last["firm"], store["estate.firm"] >= 0)


def test_hours_of_bodies_add_up_over_the_years(result):
    rows, store = result.detail["bodies"].to_pandas(), result.model.store
    for pay in Pay:
        for stream in Stream:
            told = rows.groupby("uid")[f"hours_{pay.name.lower()}_{stream.name.lower()}"].sum()
            total = dict(zip(store["body.uid"].tolist(), store["body.hours_total"][:, pay, stream], strict=True))
            assert all(total[uid] == pytest.approx(hours, abs=1e-6) for uid, hours in told.items())


def test_decisions_are_means_over_the_year(scenario, result):
    rows = result.detail["decisions"].to_pandas()
    model, sums, weeks = Model(scenario), 0.0, 0
    row = int(np.flatnonzero(model.store["body.type"] == Body.COMMITTEE)[0])
    while model.tick < 52:
        model.step()
        sums, weeks = sums + model.store["body.dec"][row, 2], weeks + 1
    told = rows[(rows["week"] == 52) & (rows["type"] == "committee") & (rows["decision"] == "pass_up")]
    assert list(told["value"]) == [pytest.approx(sums / weeks)]


def test_every_election_has_a_row(result):
    rows, store = result.detail["elections"].to_pandas(), result.model.store
    assert len(rows) == store["community.elections"].sum() == 1
    one = rows.iloc[0]
    assert one["turnout_personal"] == pytest.approx(one["voted"] / one["adults"])
    assert one["roll"] > 0 and one["mode"] == "proxy"


def test_elements_and_words_are_checked():
    assert tuple(ELEMENTS) == DETAIL
    assert split(["detail=full,cases"])[0]["detail"] == ("full", "cases")
    with pytest.raises(ValueError, match="no detail 'case'; it can be cases"):
        Model(small()).watch(("case",))


def test_columns_carry_unit_and_meaning(result):
    for name, made in result.detail.items():
        assert made.schema.metadata[b"note"] == b"simulated, does not assess any real community"
        for field, told in zip(made.schema, tables()[name].fields, strict=True):
            assert field.name == told.name
            assert field.metadata[b"unit"].decode() == told.unit != ""
            assert field.metadata[b"meaning"].decode() == told.meaning != ""
    for table, prefix in ((CASES, "case"), (RESIDENTS, "resident"), (ESTATES, "estate")):
        for field in table.fields:
            column = COLUMNS.get(f"{prefix}.{field.name}")
            if column is not None and field.take is not None and field.unit in (column.unit, "word"):
                assert field.words or field.never or field.meaning == column.meaning


def test_run_writes_the_tables(tmp_path, capsys):
    words = ["run", "community.residents=300", "years=1", "warmup_years=0", "lang=en", f"results_dir={tmp_path}"]
    assert main([*words, "detail=full,cases,estates"]) == 0
    assert "all indicators" in capsys.readouterr().out
    (folder,) = tmp_path.iterdir()
    assert sorted(p.name for p in (folder / "detail").iterdir()) == ["cases.parquet", "estates.parquet"]
    made = pq.read_table(folder / "detail" / "estates.parquet")
    assert made.schema.field("effort").metadata[b"unit"] == b"share"
    assert set(made["week"].to_pylist()) == {0, 52}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_schema_is_shown(lang, capsys):
    assert main(["show", "schema", f"lang={lang}"]) == 0
    text = capsys.readouterr().out
    for name in schema.names():
        assert f"{name}  " in text
    assert schema.heads(lang)[2] in text
    assert main(["show", "schema", "cases", f"lang={lang}"]) == 0
    assert "how much it hurts" in capsys.readouterr().out
    assert main(["show", "schema", "case", f"lang={lang}"]) == 2


def test_every_weekly_series_is_described(result):
    told = [name for name, _, _ in schema.described("series", "en")[1]]
    assert set(told) == {"week", *result.series}


@pytest.mark.parametrize("words", ["list shocks", "show shock custom", "show shock epidemic"])
def test_shocks_are_listed_and_shown(words, capsys):
    for lang in ("zh", "en"):
        assert main([*words.split(), f"lang={lang}"]) == 0
        assert "None" not in capsys.readouterr().out
