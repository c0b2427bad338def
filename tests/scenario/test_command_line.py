"""The command line: quick, light, and clear in both languages."""

import subprocess
import sys

import pytest

from sim.cli.listing import KINDS
from sim.cli.main import COMMANDS, main
from sim.cli.options import split
from sim.scenario import ScenarioError
from sim.scenario.catalogue import POLICY, Catalogue

HEAVY = ("numba", "matplotlib", "mesa")


def run(*words):
    return subprocess.run([sys.executable, "-m", "sim", *words], capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize("words", [["--help"], ["list"], *(["list", k] for k in KINDS)], ids=" ".join)
def test_help_and_lists_import_nothing_heavy(words):
    code = (
        f"import sys; from sim.cli.main import main; status = main({words!r}); "
        f"assert status == 0; loaded = [m for m in {HEAVY!r} if m in sys.modules]; assert not loaded, loaded"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_list_speaks_both_languages(kind, lang, capsys):
    assert main(["list", kind, f"lang={lang}"]) == 0
    assert capsys.readouterr().out.strip()


def shown():
    catalogue = Catalogue()
    for group in ("structure", "package", "community", "era", "study"):
        yield from ([group, name] for name in catalogue.options(group))
    for name in POLICY:
        yield ["policy", name]
        yield from ([f"policy/{name}", option] for option in catalogue.options(f"policy/{name}"))
    yield ["items", "article_2012"]


@pytest.mark.parametrize("words", list(shown()), ids=" ".join)
def test_every_choice_can_be_shown(words, capsys):
    for lang in ("zh", "en"):
        assert main(["show", *words, f"lang={lang}"]) == 0
    assert "None" not in capsys.readouterr().out


def test_registered_things_can_be_shown(capsys):
    from sim.cli.registries import charts, indicators
    from sim.engine.mechanism import REGISTRY
    from sim.scenario.parameters import registry

    params = [f"{m}.{n}" for m, ps in registry().items() for n in ps]
    known = {"mechanism": REGISTRY, "indicator": indicators(), "chart": charts(), "parameter": params}
    for kind, names in known.items():
        for name in list(names)[:3]:
            assert main(["show", kind, name, "lang=en"]) == 0
            assert name in capsys.readouterr().out


def test_own_options_are_taken_off_the_line():
    options, rest = split(["lang=zh,en", "only=a,b", "workers=2", "years=5", "dry_run=true", "--repair", "configs=my"])
    assert options == {
        "lang": "zh",
        "langs": ("zh", "en"),
        "only": ("a", "b"),
        "workers": 2,
        "dry_run": True,
        "repair": True,
        "configs": "my",
    }
    assert rest == ["years=5", "configs=my"]


@pytest.mark.parametrize(
    "word", ["lang=fr", "workers=0", "workers=two", "port=70000", "dry_run=maybe", "detail=some", "only=", "--what"]
)
def test_a_wrong_option_is_refused(word):
    with pytest.raises(ScenarioError, match="on the command line"):
        split([word])


@pytest.mark.parametrize(
    "words",
    [["ran"], ["list", "structure_s"], ["show", "structure", "one_plus_tow"], ["run", "yeers=5"], ["study"], ["show"]],
    ids=" ".join,
)
def test_a_mistake_ends_with_status_2_and_one_sentence(words, capsys):
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("gongzhi: ")
    assert said.err.count("\n") == 1


def test_python_m_sim_is_the_program():
    done = run("--help")
    assert done.returncode == 0
    assert "gongzhi" in done.stdout
    done = run("run", "structure=nothing")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_the_version_is_that_of_the_program_the_model_and_what_they_stand_on(capsys):
    import platform
    from importlib.metadata import version

    from sim.identity import MODEL_VERSION

    for words in (["--version"], ["version"], ["-V", "lang=zh"]):
        assert main(words) == 0
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("gongzhi 0.") and lines[1].endswith(f" {MODEL_VERSION}")
        assert {f"Python {platform.python_version()}", f"Mesa {version('mesa')}"} <= set(lines)
    assert main(["version", "x"]) == 2


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_takes(name, capsys):
    seen = []
    for words in ([name, "-h"], ["help", name, "lang=zh"]):
        assert main(words) == 0
        seen.append(capsys.readouterr().out)
    assert all(text.startswith(f"gongzhi {name}") and "lang=" in text for text in seen) and seen[0] != seen[1]
    assert ("dry_run=" in seen[0]) == (name in ("study", "calibrate"))


def test_a_mistyped_option_is_guessed(capsys):
    assert main(["study", "structures", "--dryrun"]) == 2
    assert "did you mean dry_run=?" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_ctrl_c_while_the_program_is_loaded_shows_no_traceback():
    code = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "class Finder:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'sim.cli.main': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Finder())\n"
        "from sim.__main__ import main\n"
        "sys.exit(main())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, encoding="utf-8")
    assert (done.returncode, done.stderr) == (130, "stopped\n")


@pytest.mark.skipif(sys.platform == "win32", reason="file names are always Unicode there")
def test_names_that_python_cannot_hold_are_said_before_anything_is_written(tmp_path):
    import os

    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-m", "sim", "run", f"results_dir={tmp_path}/结果"],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, **plain},
    )  # fmt: skip
    assert done.returncode == 2 and "结果" in done.stderr and "PYTHONUTF8=1" in done.stderr
    assert not list(tmp_path.iterdir())
