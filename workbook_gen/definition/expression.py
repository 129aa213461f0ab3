"""The rule language: a text, written like Python, into our own tree. Anything else is an `ExpressionError`."""

import ast
import re
from functools import lru_cache
from itertools import pairwise

from workbook_gen.definition.errors import ExpressionError, nearest
from workbook_gen.definition.nodes import (
    And,
    Arithmetic,
    Call,
    Compare,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Or,
    Reference,
    Text,
)

FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "sum": (1, None),
    "min": (1, None),
    "max": (1, None),
    "abs": (1, 1),
    "round": (1, 2),
    "iff": (3, 3),
    "filled": (1, 1),
    "count_filled": (1, None),
    "within": (3, 3),
}
"""Each function with the fewest and the most arguments it takes."""

RANGE_FUNCTIONS = frozenset({"sum", "min", "max", "count_filled"})
"""The functions that a range may stand in."""

_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_COMPARISONS = {ast.Lt: "<", ast.LtE: "<=", ast.Eq: "==", ast.NotEq: "!=", ast.GtE: ">=", ast.Gt: ">"}
_LARGEST = 1e15
_HOLE = re.compile(r"\{([^{}]*)\}")


@lru_cache(maxsize=4096)
def parse(text: str) -> Node:
    """The tree of a rule's or formula's text. Raises `ExpressionError` for what is not in the language."""
    try:
        return _node(ast.parse(text.strip(), mode="eval").body)
    except SyntaxError as error:
        raise ExpressionError(f"'{text}' cannot be read: {error.msg}.") from error
    except RecursionError as error:
        raise ExpressionError("The expression is nested too deeply.") from error


def parse_template(text: str) -> tuple[str | Node, ...]:
    """A message: its words, and the tree of each `{expression}` in it."""
    parts: list[str | Node] = []
    for position, piece in enumerate(_HOLE.split(text)):
        if position % 2:
            parts.append(parse(piece))
        elif "{" in piece or "}" in piece:
            raise ExpressionError(f"A brace is not closed in '{text}'.")
        elif piece:
            parts.append(piece)
    return tuple(parts)


def _node(node: ast.expr) -> Node:
    match node:
        case ast.Constant(value=bool()) | ast.Constant(value=None):
            raise ExpressionError(f"{ast.unparse(node)} is not part of the rule language.")
        case ast.Constant(value=int() | float() as value):
            return _number(value)
        case ast.Constant(value=str() as value):
            return _text(value)
        case ast.Name(id=name):
            return Name(name)
        case ast.Subscript():
            return _reference(node)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Negate(_node(operand))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return Not(_node(operand))
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
            return Arithmetic(_ARITHMETIC[type(operator)], _node(left), _node(right))  # type: ignore[arg-type]
        case ast.BoolOp(op=operator, values=values):
            parts = tuple(_node(value) for value in values)
            return And(parts) if isinstance(operator, ast.And) else Or(parts)
        case ast.Compare():
            return _comparison(node)
        case ast.Call():
            return _call(node)
    raise ExpressionError(f"'{ast.unparse(node)}' is not part of the rule language.")


def _number(value: float) -> Number:
    if abs(value) > _LARGEST:
        raise ExpressionError(f"A number is too large: at most {_LARGEST:.0e}.")
    return Number(float(f"{value:.15g}"))  # what a formula can hold


def _text(value: str) -> Text:
    if not value.strip():
        raise ExpressionError("A blank equals no text; use filled(…) to ask whether a cell is blank.")
    return Text(value)


def _reference(node: ast.Subscript) -> Reference:
    columns = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    names = tuple(column.id for column in columns if isinstance(column, ast.Name))
    if len(names) != len(columns) or not 1 <= len(names) <= 2:
        raise ExpressionError(f"'{ast.unparse(node)}': a column, or a group and a month, stands in the brackets.")
    match node.value:
        case ast.Name(id=line):
            return Reference(None, line, names)
        case ast.Attribute(value=ast.Name(id=table), attr=line):
            return Reference(table, line, names)
    raise ExpressionError(f"'{ast.unparse(node)}': write line[column] or table.line[column].")


def _comparison(node: ast.Compare) -> Node:
    operands = [_node(operand) for operand in (node.left, *node.comparators)]
    parts: list[Node] = []
    for (left, right), operator in zip(pairwise(operands), node.ops, strict=True):
        if type(operator) not in _COMPARISONS:
            raise ExpressionError(f"'{ast.unparse(node)}' is not part of the rule language.")
        parts.append(Compare(_COMPARISONS[type(operator)], left, right))  # type: ignore[arg-type]
    return parts[0] if len(parts) == 1 else And(tuple(parts))


def _call(node: ast.Call) -> Call:
    if not isinstance(node.func, ast.Name) or node.keywords:
        raise ExpressionError(f"'{ast.unparse(node)}' is not part of the rule language.")
    name = node.func.id
    if name not in FUNCTIONS:
        raise ExpressionError(f"There is no function '{name}'. {nearest(name, FUNCTIONS)}")
    fewest, most = FUNCTIONS[name]
    if len(node.args) < fewest or (most is not None and len(node.args) > most):
        raise ExpressionError(f"{name}() takes {fewest if fewest == most else f'{fewest} or more'} argument(s).")
    return Call(name, tuple(_node(argument) for argument in node.args))
