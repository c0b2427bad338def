"""What the program says when a scenario is wrong: what, where, and what would be right."""

import re

import pytest
import yaml

import sim
from sim.scenario import ScenarioError
from sim.scenario.catalogue import Catalogue

CASES = [
    (["yeers=5"], "on the command line: there is no key 'yeers'; did you mean 'years'?"),
    (["years=51"], "years is 51; it must lie between 1 and 50"),
    (["years=five"], "years is 'five'; it must be a whole number"),
    (["years=2.5"], "years is 2.5; it must be a whole number"),
    (["years=true"], "it must be a whole number"),
    (["seed=-1"], "seed is -1; it must be at least 0"),
    (["warmup_years=21"], "it must lie between 0 and 20"),
    (["replicates=0"], "it must be at least 1"),
    (["executor.workers=0"], "it must lie between 1 and 1024"),
    (["community.residents=199"], "it must lie between 200 and 20000"),
    (["community.residents=20001"], "it must lie between 200 and 20000"),
    (["structure.cross_appointment=1.1"], "it must lie between 0 and 1"),
    (["communities=21"], "it must lie between 1 and 20"),
    (["communities=9"], "span is 8 but communities is 9"),
    (["structure=one_plus_tow"], "there is no structure called 'one_plus_tow'; did you mean 'one_plus_two'"),
    (["structure.seats=[party,comittee]"], "'comittee' is no type of body"),
    (["structure.council_weeks=4"], "council_weeks sets a council meeting, but council is false"),
    (["community.kind_mix.help=0.5"], "they must add up to 1"),
    (["community.trust=nan"], "community.trust is nan"),
    (["policy.desks=pooled"], "write policy/desks=pooled"),
    (["policy.desks.pooled=3"], "policy.desks.pooled is 3; it must be true or false"),
    (["years=5,6"], "years is given several values (5,6)"),
    (["years=[5"], "cannot be read"),
    (["years"], "write key=value"),
    (["worker=2"], "did you mean 'workers'?"),
    (["+years=5"], "cannot be used"),
    (["hydra.job.name=x"], "cannot be used"),
    (["structure._target_=os.system"], "never names code to run"),
    (["community.residents=${oc.env:HOME}"], "only other keys may be cited"),
    (["parameters.nothing.here=1"], "there is no parameter 'parameters.nothing.here'"),
    (["parameters.x=1"], "write parameters.<module>.<name>=<number>"),
    (["items=mine"], "there is no list of items called 'mine'"),
    (["base.package=null"], "base names neither a package nor a structure"),
    (["configs=/no/such/folder"], "is no folder"),
]


@pytest.mark.parametrize(("overrides", "words"), CASES, ids=[" ".join(c[0]) for c in CASES])
def test_a_mistake_on_the_command_line_is_explained(overrides, words):
    with pytest.raises(ScenarioError) as said:
        sim.load(overrides)
    text = str(said.value)
    assert words in text
    assert "on the command line" in text
    assert "\n" not in text


def own(tmp_path, change):
    text = Catalogue().path("structure", "one_plus_two").read_text(encoding="utf-8")
    (tmp_path / "structure").mkdir()
    file = tmp_path / "structure" / "mine.yaml"
    file.write_text(change(text.replace("name: one_plus_two", "name: mine")), encoding="utf-8")
    return file


FILES = [
    (lambda t: t.replace("seats:", "seets:"), "there is no key 'structure.seets'; did you mean 'seats'"),
    (lambda t: t.replace("quorum: 0.5", "quorum: half"), "structure.quorum is 'half'; it must be a number"),
    (lambda t: t.replace("quorum: 0.5", "quorum: 2"), "structure.quorum is 2; it must lie between 0 and 1"),
    (lambda t: t.replace("quorum: 0.5\n", ""), "the key 'structure.quorum' is missing"),
    (lambda t: t + "_target_: os.system\n", "remove _target_"),
    (lambda t: t.replace("quorum: 0.5", "quorum: ${oc.env:HOME}"), "only other keys may be cited"),
    (lambda t: t.replace("council: false", "council: no thanks"), "structure.council is 'no thanks'"),
    (lambda t: t.replace("convener: party", "convener: council"), "neither convene"),
]


@pytest.mark.parametrize(("change", "words"), FILES, ids=range(len(FILES)))
def test_a_mistake_in_a_file_names_the_file(tmp_path, change, words):
    file = own(tmp_path, change)
    with pytest.raises(ScenarioError) as said:
        sim.load(["structure=mine", f"configs={tmp_path}"])
    assert words in str(said.value)
    assert str(file) in str(said.value)


def test_a_mistake_in_yaml_names_file_and_line(tmp_path):
    file = own(tmp_path, lambda t: t.replace("quorum: 0.5", "quorum: [0.5"))
    with pytest.raises(ScenarioError, match=rf"in {re.escape(str(file))}, line \d+: this is not YAML"):
        sim.load(["structure=mine", f"configs={tmp_path}"])


def test_a_file_with_code_runs_nothing(tmp_path):
    trace = tmp_path / "trace"
    own(tmp_path, lambda t: t + f"extra: !!python/object/apply:pathlib.Path.touch ['{trace}']\n")
    with pytest.raises(ScenarioError):
        sim.load(["structure=mine", f"configs={tmp_path}"])
    assert not trace.exists()


@pytest.mark.parametrize("group", ["structure", "community", "shock", "policy/channels"])
def test_an_option_that_lacks_a_key_or_has_another_name_is_said(group, tmp_path, capsys):
    from sim.cli.main import main

    shown, source = group.split("/"), Catalogue()
    first = source.options(group)[0]
    text = source.text(source.path(group, first)).replace(f"name: {first}\n", "name: own_one\n", 1)
    data = yaml.safe_load(text)
    file = tmp_path / group / "own_one.yaml"
    file.parent.mkdir(parents=True)

    def asked(content, words):
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        for command in (["show", *shown, "own_one"], ["run", f"{group}=own_one"]):
            assert main([*command, f"configs={tmp_path}", "lang=en"]) == 2
            said = capsys.readouterr().err
            none = "own_one.yaml: shock.events is nothing; it must be a list"
            assert f"own_one.yaml: {words}" in said or none in said

    for key in data:
        dotted = f"{group.replace('/', '.')}.{key}"
        asked({k: v for k, v in data.items() if k != key}, f"the key {dotted!r} is missing; it must be given")
    asked({**data, "name": first}, f"name is {first!r}; it must be that of the file, 'own_one'")
