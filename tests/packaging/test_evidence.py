"""Every figure that the program cites stands in the evidence table."""

import re
from pathlib import Path

import pytest

import sim
from sim.vocabulary.evidence import evidence, table


def test_reads_a_figure() -> None:
    """The one official Wuxi figure of the period is there as printed."""
    figure = evidence("E23")
    assert (figure.place, figure.sure) == ("Wuxi", "A")
    assert figure.value.startswith("21,253 requests")


def test_every_figure_is_complete() -> None:
    """An id, what it is, and where it comes from."""
    for id, figure in table().items():
        assert re.fullmatch(r"E\d\d", id)
        assert figure.topic and figure.value and figure.source
        assert figure.sure in set("ABCD")


def test_unknown_id_says_so() -> None:
    """The message names the id and the file."""
    with pytest.raises(KeyError, match="no figure 'E99' in evidence.csv"):
        evidence("E99")


def test_every_cited_id_resolves() -> None:
    """No source `E..` in the program points nowhere."""
    folder = Path(sim.__file__).parent
    cited = {
        (id, path.name)
        for path in folder.rglob("*")
        if path.suffix in {".py", ".psv", ".yaml"}
        for id in re.findall(r"\bE\d\d\b", path.read_text(encoding="utf-8"))
    }
    assert not {(id, name) for id, name in cited if id not in table()}
