"""Contract of everything that can be chosen: it loads, it runs, something reads it, and the model knows no names."""

from __future__ import annotations

import re

import numpy as np
import pytest

from sim.scenario.catalogue import POLICY, Catalogue
from sim.scenario.choices import Community
from sim.scenario.fields import KINDS
from tests.contracts.source import sources
from tests.laws.worlds import options
from tests.runs import changed, load, run, small

CATALOGUE = Catalogue()
FEW = 13  # weeks
MODEL = ("engine", "model", "observe", "scenario", "vocabulary")  # rooms that know no option by its name
NAMES = {n for g in ("structure", "package") for n in CATALOGUE.options(g) if "_" in n or g == "structure"}
WORDS = {"name", "label", "description", "source", "ranges", "kind_mix"}


def runs(scenario):
    """A few weeks of a scenario, without an accident."""
    from sim.model.simulation import Model

    model = Model(scenario).run_until(FEW)
    assert model.tick == FEW
    for name, values in model.store.columns.items():
        if values.dtype.kind == "f":
            assert np.isfinite(values).all(), name
    return model


@pytest.mark.parametrize("name", CATALOGUE.options("structure"))
def test_every_structure_runs(name):
    assert runs(small(f"structure={name}", residents=300)).settings.structure.name == name


@pytest.mark.parametrize("name", CATALOGUE.options("package"))
def test_every_package_runs(name):
    assert runs(small(f"package={name}", residents=300)).settings.package == name


@pytest.mark.parametrize("name", CATALOGUE.options("community"))
def test_every_community_runs(name):
    assert runs(small(f"community={name}", residents=300)).settings.community.name == name


@pytest.mark.parametrize("name", CATALOGUE.options("era"))
def test_every_era_runs(name):
    assert runs(small(f"era={name}", "package=proposed", residents=300)).settings.era.name == name


@pytest.mark.parametrize("group", POLICY)
def test_every_overlay_runs(group):
    base = small("package=grand_2012", residents=300)
    for option in options(f"policy/{group}"):
        assert getattr(runs(changed(base, {f"policy.{group}": option})).settings.policy, group).name == option["name"]


def test_what_comes_from_outside_runs():
    for name in CATALOGUE.options("shock"):
        run(load("community.residents=300", "years=4", "warmup_years=0", f"shock={name}"))


def test_a_run_of_a_whole_subdistrict():
    model = run(changed(small(residents=300), communities=3, span=3))
    assert model.store["community.full"].sum() == 3
    assert len(np.unique(model.store["case.community"][: model.store.used("case")])) == 3


def test_the_model_knows_no_structure_by_name():
    model = {p: t for p, t in sources(".py", ".psv").items() if p.split("/")[0] in MODEL and "/words/" not in p}
    assert len(model) > 50
    for path, text in model.items():
        if path.startswith("scenario/"):  # where a choice is read, one may stand as an example of how it is written
            text = re.sub(r"such as `?(load\(\[)?[\[\"]*structure=\w+", "", text)
        for name in CATALOGUE.options("structure") if path.startswith("scenario/") else NAMES:
            assert not re.search(rf"\b{re.escape(name)}\b", text), f"{path} names the structure or package {name}"


@pytest.mark.parametrize("key", [k for k in (*Community.model_fields, *KINDS) if k not in WORDS])
def test_every_fact_of_a_community_is_read(key):
    if key in KINDS:
        return  # read by number, see `install_facts`
    word = re.compile(rf"\b(place|community)\.{key}\b|\"{key}\"")
    readers = [p for p, t in sources(".py").items() if p != "scenario/choices.py" and word.search(t)]
    assert readers, f"no code reads community.{key}"
