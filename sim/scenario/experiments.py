"""Named questions: one file each in experiments/, with the study that answers it and, for a hypothesis, its judge.

A plain question is data (NAME.yaml): question, claims of the article, how to read the answer, chart, and the study,
either written out with the keys of configs/study or named. A hypothesis is a short program (NAME.py): the same in
constants, and a function `verdict(runs)` which says what is claimed of the runs and what would refute it
(sim.analysis.claims). Such a file is run when it is asked for or listed, and not before.
"""

from __future__ import annotations

import functools
import re
import runpy
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, model_validator

from sim.scenario.check import checked
from sim.scenario.fields import Checked, Frozen, Words
from sim.scenario.hypotheses import READ, TRACE
from sim.scenario.places import experiments_dir
from sim.vocabulary.errors import ScenarioError, close

COLLECTION = "hypotheses.json"  # in a results folder of several studies that are judged together
OF_QUESTION = ("LABEL", "CLAIMS", "QUESTION", "CHART", "STUDY")  # constants of a hypothesis, and READ if it has its own
OF_CLAIM = ("CLAIM", "REFUTED_IF", "NOT_SHOWN")  # and TRACE, what is followed through beside the common quantities


class Hypothesis(Checked):
    """A claim that the model can refute, and the function that says what of the runs does so."""

    id: str = Field(pattern=r"^Y\d+$")
    claim: Words
    refuted_if: Words
    not_shown: Words
    trace: tuple[str, ...] = Field(min_length=1)
    verdict: Callable[[Any], Any]
    path: Path


class Experiment(Checked):
    """One file of experiments/."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9_]*$")
    label: Words
    claims: tuple[str, ...] = Field(min_length=1)
    question: Words
    read: Words
    chart: str
    study: str | Annotated[Mapping[str, Any], Frozen] = ""
    collects: tuple[str, ...] = ()
    hypothesis: Hypothesis | None = None

    @model_validator(mode="after")
    def _fits(self) -> Experiment:
        if bool(self.study) == bool(self.collects):
            raise ValueError("an experiment has either a study or a list of experiments that it collects")
        if not all(re.fullmatch(r"[KY]\d+", claim) for claim in self.claims):
            raise ValueError("claims are written K1 to K22 or Y1 to Y12")
        return self

    def card(self) -> dict[str, Any]:
        """The study written out as a file of configs/study would be."""
        if not isinstance(self.study, Mapping):
            raise TypeError(f"experiment {self.name} names its study {self.study!r} and holds none")
        words = {"label": self.label, "description": self.read, "question": self.question}
        plain = {key: {"zh": w.zh, "en": w.en} for key, w in words.items()}
        charts = list(dict.fromkeys([self.chart, *self.study.get("charts", ())]))
        return {"name": self.name, **plain, "source": ", ".join(self.claims), **_lists(self.study), "charts": charts}

    def places(self) -> list[str]:
        """Archetypes that the study varies; none where its design names none."""
        design = self.study.get("design") if isinstance(self.study, Mapping) else None
        return [str(p) for p in ((design or {}).get("uncertainties") or {}).get("community") or ()]


def _lists(value: Any) -> Any:
    """Mappings and lists as YAML gives them."""
    if isinstance(value, Mapping):
        return {k: _lists(v) for k, v in value.items()}
    return [_lists(v) for v in value] if isinstance(value, list | tuple) else value


def names() -> list[str]:
    """Names of all experiments, hypotheses in the order of their numbers; no file is read for that."""
    found = {path.stem for kind in ("*.yaml", "*.py") for path in experiments_dir().glob(f"[!_.]{kind}")}
    return sorted(found, key=lambda name: [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", name)])


def path_of(name: str) -> Path:
    """File of an experiment, whether or not it is there."""
    program = experiments_dir() / f"{name}.py"
    return program if program.is_file() else program.with_suffix(".yaml")


@functools.lru_cache(maxsize=128)
def experiment(name: str) -> Experiment:
    """The experiment of that name. Raises ScenarioError when there is none or its file is wrong."""
    from sim.scenario.catalogue import read_yaml

    if name not in names():
        raise ScenarioError(f"there is no experiment {name!r}; {close(name, names())}")
    path = path_of(name)
    if path.suffix == ".py":
        return _program(name, path)
    found = checked(Experiment, read_yaml(path, path.read_text(encoding="utf-8")), f"in {path}")
    if found.name != name:
        raise ScenarioError(f"in {path}: name is {found.name!r}; it must be the name of the file, {name!r}")
    return found


def _program(name: str, path: Path) -> Experiment:
    """The hypothesis of a program, which is run for that."""
    if path.with_suffix(".yaml").is_file():
        raise ScenarioError(f"{path} and {name}.yaml beside it are both called {name}; take one of them away")
    try:
        held = runpy.run_path(str(path))
    except (Exception, SystemExit) as failed:
        raise ScenarioError(f"in {path}{line_of(failed, path)}: {what(failed)}; it must run without an error") from None
    for key in (*OF_QUESTION, *OF_CLAIM):
        if key not in held:
            raise ScenarioError(f"in {path}: {key} is missing; a hypothesis states {', '.join(OF_QUESTION + OF_CLAIM)}")
    if not callable(held.get("verdict")):
        raise ScenarioError(f"in {path}: there is no function verdict(runs), which says what is claimed of the runs")
    for key, value in (("CLAIMS", held["CLAIMS"]), ("TRACE", held.setdefault("TRACE", ()))):
        if not isinstance(value, list | tuple) or not all(isinstance(v, str) for v in value):
            raise ScenarioError(f"in {path}: {key} is {value!r}; it must be a list of names")
    own = [claim for claim in held["CLAIMS"] if claim.startswith("Y")]
    if not own:
        raise ScenarioError(f"in {path}: CLAIMS is {held['CLAIMS']!r}; it must name a hypothesis, such as ('Y4', 'K1')")
    if not isinstance(held["STUDY"], Mapping):
        raise ScenarioError(f"in {path}: STUDY is {held['STUDY']!r}; it must be a study, such as compared(...) gives")
    stated = {key.lower(): held[key] for key in OF_CLAIM}
    trace = tuple(dict.fromkeys((*TRACE, *held["TRACE"])))
    hypothesis = {"id": own[0], **stated, "trace": trace, "verdict": held["verdict"], "path": path}
    asked = {"name": name, **{key.lower(): held[key] for key in OF_QUESTION}, "read": held.get("READ", READ)}
    return checked(Experiment, asked | {"hypothesis": hypothesis}, f"in {path}")


def what(failed: BaseException) -> str:
    """An error of a program in one line."""
    return f"{type(failed).__name__}: {' '.join(str(failed).split()):.200}"


def line_of(failed: BaseException, path: Path) -> str:
    """The line of a program at which an error came up, as it is put behind the name of the file."""
    if isinstance(failed, SyntaxError):
        return f", line {failed.lineno}" if failed.lineno and failed.filename == str(path) else ""
    lines = [f.lineno for f in traceback.extract_tb(failed.__traceback__) if f.filename == str(path)]
    return f", line {lines[-1]}" if lines else ""


def studies() -> list[str]:
    """Experiments that hold a study of their own, so that they can be run under their name; programs always do."""
    return [name for name in names() if path_of(name).suffix == ".py" or isinstance(experiment(name).study, Mapping)]


def hypothesis_of(name: str) -> Hypothesis | None:
    """The hypothesis that a study of this name tests, None when it tests none."""
    return experiment(name).hypothesis if name in names() else None


def collects(name: str) -> tuple[str, ...]:
    """The studies that a name stands for together; none for a study of its own."""
    return experiment(name).collects if name in names() else ()


def is_collection(folder: str | Path) -> bool:
    """Whether a results folder holds several studies that are judged together."""
    return (Path(folder) / COLLECTION).is_file()
