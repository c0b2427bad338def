"""Whatever can be imported says what it is."""

from __future__ import annotations

import ast

import pytest

from tests.contracts.source import sources

DECLARED = (
    "indicator",
    "family",
    "closing_family",
    "chart",
)  # decorators that carry the words in both languages themselves
TREES = {path: ast.parse(text) for path, text in sources(".py").items() if text.strip()}


def _decorators(node: ast.AST) -> set[str]:
    found = set()
    for d in getattr(node, "decorator_list", ()):
        at = d.func if isinstance(d, ast.Call) else d
        found.add(at.id if isinstance(at, ast.Name) else getattr(at, "attr", ""))
    return found


@pytest.mark.parametrize("path", TREES)
def test_modules_and_what_they_offer_have_docstrings(path):
    tree = TREES[path]
    assert ast.get_docstring(tree), path
    silent = []
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.ClassDef) or node.name.startswith("_"):
            continue
        if ast.get_docstring(node) or _decorators(node) & set(DECLARED):
            continue
        if node.name in ("step", "main") and path.startswith("model/"):
            continue  # the module says it
        silent.append(node.name)
    assert silent == []
