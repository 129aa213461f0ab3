"""Tree + values -> value: the reference meaning of the rule language, one function a node.

`excel/formula.py` compiles the same nodes in the same order; the tests hold the two together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import singledispatch
from math import isfinite

from workbook_gen.definition.nodes import (
    And,
    Arithmetic,
    Block,
    Call,
    Cell,
    Compare,
    Count,
    CountKind,
    Negate,
    Node,
    Not,
    Number,
    Or,
    Setting,
    Text,
)
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.definition.values import CellError, Value, Values

DIVISION = CellError("#DIV/0!")
OVERFLOW = CellError("#NUM!")


class Undefined(Exception):
    """The expression has no value: it divides by zero, or reads an Excel error."""

    def __init__(self, error: CellError) -> None:
        self.error = error
        super().__init__(error)


@dataclass(frozen=True, slots=True)
class Facts:
    """What an expression may read: cells (totals included), named cells, and the four counts of each table."""

    values: Values
    settings: Mapping[str, float]
    counts: Mapping[tuple[str, CountKind], int]


def number(node: Node, facts: Facts) -> float:
    """The number that a node means; a blank or a text is 0. Raises `Undefined`."""
    value = _MEANINGS.get(type(node), _evaluate)(node, facts)
    return float(value) if isinstance(value, float | int) else 0.0


def truth(node: Node, facts: Facts) -> bool:
    """Whether a node holds. Raises `Undefined`."""
    return bool(_MEANINGS.get(type(node), _evaluate)(node, facts))


@singledispatch
def _evaluate(node: Node, facts: Facts) -> Value | bool:
    raise TypeError(f"{node!r} is not bound")


@_evaluate.register
def _(node: Number, facts: Facts) -> float:
    return node.value


@_evaluate.register
def _(node: Text, facts: Facts) -> str:
    return node.value


@_evaluate.register
def _(node: Setting, facts: Facts) -> float:
    return facts.settings[node.name]


@_evaluate.register
def _(node: Cell, facts: Facts) -> Value:
    return _sound(facts.values.get(node.key))


@_evaluate.register
def _(node: Count, facts: Facts) -> float:
    return float(facts.counts[node.table, node.kind])


@_evaluate.register
def _(node: Negate, facts: Facts) -> float:
    return -number(node.operand, facts)


@_evaluate.register
def _(node: Arithmetic, facts: Facts) -> float:
    left, right = number(node.left, facts), number(node.right, facts)
    if node.operator == "/" and right == 0:
        raise Undefined(DIVISION)
    match node.operator:
        case "+":
            result = left + right
        case "-":
            result = left - right
        case "*":
            result = left * right
        case "/":
            result = left / right
    return _finite(result)


@_evaluate.register
def _(node: Compare, facts: Facts) -> bool:
    if isinstance(node.right, Text):
        value = _evaluate(node.left, facts)
        same = isinstance(value, str) and value.lower() == node.right.value.lower()
        return same if node.operator == "==" else not same
    difference = round_half_away(number(node.left, facts) - number(node.right, facts), 2)
    match node.operator:
        case "<":
            return difference < 0
        case "<=":
            return difference <= 0
        case "==":
            return difference == 0
        case "!=":
            return difference != 0
        case ">=":
            return difference >= 0
        case ">":
            return difference > 0


@_evaluate.register
def _(node: And, facts: Facts) -> bool:
    return all([truth(part, facts) for part in node.parts])


@_evaluate.register
def _(node: Or, facts: Facts) -> bool:
    return any([truth(part, facts) for part in node.parts])


@_evaluate.register
def _(node: Not, facts: Facts) -> bool:
    return not truth(node.operand, facts)


@_evaluate.register
def _(node: Call, facts: Facts) -> float | bool:
    match node.function, node.arguments:
        case "sum", arguments:
            return _finite(sum(_numbers(arguments, facts)))
        case "min", arguments:
            return min(_numbers(arguments, facts), default=0.0)
        case "max", arguments:
            return max(_numbers(arguments, facts), default=0.0)
        case "abs", (operand,):
            return abs(number(operand, facts))
        case "round", (operand, *digits):
            return round_half_away(number(operand, facts), int(number(digits[0], facts)) if digits else 0)
        case "iff", (condition, first, second):
            return number(first if truth(condition, facts) else second, facts)
        case "filled", (cell,):
            return _filled(cell, facts) == 1
        case "count_filled", arguments:
            return float(sum(_filled(argument, facts) for argument in arguments))
        case "within", (left, right, figures):
            slack = abs(number(left, facts) - number(right, facts)) - number(figures, facts) / 2
            return round_half_away(slack, 2) <= 0
    raise TypeError(f"{node.function} is not a function of the rule language")


def _finite(value: float) -> float:
    if not isfinite(value):
        raise Undefined(OVERFLOW)
    return value


def _sound(value: Value) -> Value:
    if isinstance(value, CellError):
        raise Undefined(value)
    return value


def _numbers(arguments: tuple[Node, ...], facts: Facts) -> list[float]:
    """The numbers that `sum`, `min` and `max` see: blanks and texts in cells are skipped, other arguments are numbers."""
    found = []
    for argument in arguments:
        if isinstance(argument, Cell | Block):
            found += [value for value in _cells(argument, facts) if isinstance(value, float | int)]
        else:
            found.append(number(argument, facts))
    return found


def _cells(node: Node, facts: Facts) -> list[Value]:
    keys = node.keys if isinstance(node, Block) else (node.key,) if isinstance(node, Cell) else ()
    found = [facts.values.get(key) for key in keys]
    for value in found:
        if isinstance(value, CellError):
            raise Undefined(value)
    return found


def _filled(node: Node, facts: Facts) -> int:
    return sum(value is not None and str(value).strip(" ") != "" for value in _cells(node, facts))


_MEANINGS = _evaluate.registry
"""The functions above by node: a file asks thousands of times, and singledispatch itself takes longer than most of them."""
