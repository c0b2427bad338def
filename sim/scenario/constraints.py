"""Conditions that the points of a design must keep to, such as `community.staff <= 2 * policy.money.extra_posts + 9`.

A condition is arithmetic, comparisons, `and`, `or`, `not` and brackets over the factors' keys, numbers and words;
nothing else is understood, and nothing is ever run as code.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.vocabulary.errors import ScenarioError, close

KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:[./][A-Za-z0-9_]+)*")
WORDS = ("and", "or", "not", "true", "false", "True", "False")
EXAMPLE = "write a condition such as: community.staff <= 12 and era != '2012'"
ARITHMETIC: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
Condition = Callable[[Mapping[str, Any]], bool]


def condition(text: str, keys: Sequence[str]) -> Condition:
    """The condition as a function of the values of `keys`. Raises ScenarioError when it cannot be read."""
    names: dict[str, str] = {}

    def stand_in(found: re.Match[str]) -> str:
        word = found[0]
        if word in WORDS:
            return word.capitalize() if word in ("true", "false") else word
        if word not in keys:
            raise ScenarioError(f"the condition {text!r} names {word}, which is not varied; {close(word, keys)}")
        return names.setdefault(word, f"_{len(names)}")

    parts = re.split(r"('[^']*'|\"[^\"]*\")", text)  # what stands in quotation marks is a word, not a key
    written = "".join(part if at % 2 else KEY.sub(stand_in, part) for at, part in enumerate(parts))
    try:
        tree = ast.parse(written.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        raise ScenarioError(f"the condition {text!r} cannot be read; {EXAMPLE}") from None
    _refuse_what_is_not_known(tree, text)
    stand_ins = {short: key for key, short in names.items()}

    def holds(values: Mapping[str, Any]) -> bool:
        try:
            return bool(_value(tree, {short: values[key] for short, key in stand_ins.items()}))
        except (TypeError, ZeroDivisionError) as wrong:
            raise ScenarioError(f"the condition {text!r} makes no sense at {dict(values)}: {wrong}") from None

    return holds


def _refuse_what_is_not_known(tree: ast.AST, text: str) -> None:
    for node in ast.walk(tree):
        known = isinstance(
            node, ast.BoolOp | ast.UnaryOp | ast.BinOp | ast.Compare | ast.Name | ast.expr_context | ast.boolop
        )
        known |= isinstance(node, ast.Not | ast.USub) or type(node) in ARITHMETIC or type(node) in COMPARISONS
        known |= isinstance(node, ast.Constant) and isinstance(node.value, int | float | str | bool)
        if not known:
            raise ScenarioError(f"the condition {text!r} cannot be read; {EXAMPLE}")


def _value(node: ast.AST, values: Mapping[str, Any]) -> Any:
    match node:
        case ast.Constant():
            return node.value
        case ast.Name():
            return values[node.id]
        case ast.BoolOp():
            each = (_value(part, values) for part in node.values)
            return all(each) if isinstance(node.op, ast.And) else any(each)
        case ast.UnaryOp():
            inner = _value(node.operand, values)
            return not inner if isinstance(node.op, ast.Not) else -inner
        case ast.BinOp():
            return ARITHMETIC[type(node.op)](_value(node.left, values), _value(node.right, values))
        case ast.Compare():
            sides = [_value(side, values) for side in (node.left, *node.comparators)]
            signs = [COMPARISONS[type(sign)] for sign in node.ops]
            return all(sign(a, b) for sign, a, b in zip(signs, sides, sides[1:], strict=False))
    raise TypeError(type(node).__name__)


def all_of(texts: Sequence[str], keys: Sequence[str]) -> Condition:
    """One function that asks all conditions."""
    each = [condition(text, keys) for text in texts]
    return lambda values: all(holds(values) for holds in each)
