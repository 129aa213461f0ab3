"""Binding: every name of a tree to the line, column, table or named cell it means, for the cell or rule at hand.

After binding a tree holds only what the compilers know, and each part has the kind (number, text, truth, range) that its place
needs. A cell that this system does not have reads as 0; the scope notes it, and a rule that reads one directly is not made.
"""

from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from workbook_gen.definition.errors import ExpressionError, nearest
from workbook_gen.definition.expression import RANGE_FUNCTIONS
from workbook_gen.definition.form import Form, FormTable
from workbook_gen.definition.nodes import (
    And,
    Arithmetic,
    Block,
    Call,
    Cell,
    Compare,
    Count,
    CountKind,
    Key,
    Name,
    Negate,
    Node,
    Not,
    Number,
    Or,
    Reference,
    Setting,
    Text,
)

NodeKind = Literal["number", "text", "truth", "range"]

COUNTS: tuple[CountKind, ...] = get_args(CountKind)
SETTINGS = ("months_done", "months_left", "issued", "deadline")
"""Named cells that every collection has, beside its parameters."""


@dataclass
class Scope:
    """Where an expression stands: its form, table, and the line, column and month at hand."""

    form: Form
    table: str
    line: str | None = None
    column: str | None = None
    month: str | None = None
    labels: dict[str, str] = field(default_factory=dict)
    absent: bool = False


def bind(node: Node, scope: Scope, kind: NodeKind | None = None) -> Node:
    """The tree with every name bound. Raises `ExpressionError` for an unknown name or a part of the wrong kind."""
    bound, found = _bind(node, scope)
    if kind is not None and found != kind:
        raise ExpressionError(f"A {found} stands where a {kind} belongs.")
    return bound


def _bind(node: Node, scope: Scope) -> tuple[Node, NodeKind]:
    match node:
        case Number() | Setting() | Count():
            return node, "number"
        case Text():
            return node, "text"
        case Name(name):
            return _name(name, scope)
        case Reference():
            return _reference(node, scope)
        case Negate(operand):
            return Negate(bind(operand, scope, "number")), "number"
        case Arithmetic(operator, left, right):
            return Arithmetic(operator, bind(left, scope, "number"), bind(right, scope, "number")), "number"
        case Compare():
            return _compare(node, scope), "truth"
        case And(parts):
            return And(tuple(bind(part, scope, "truth") for part in parts)), "truth"
        case Or(parts):
            return Or(tuple(bind(part, scope, "truth") for part in parts)), "truth"
        case Not(operand):
            return Not(bind(operand, scope, "truth")), "truth"
        case Call():
            return _call(node, scope)
        case _:
            raise ExpressionError(f"{node} is already bound.")


def _name(name: str, scope: Scope) -> tuple[Node, NodeKind]:
    if name in scope.labels:
        return Text(scope.labels[name]), "text"
    if name == "direction" and scope.line:
        return Number(float(scope.form.tables[scope.table].line_by_key[scope.line].direction)), "number"
    known = [parameter.key for parameter in scope.form.collection.parameters] + list(SETTINGS)
    if name in known:
        return Setting(name), "number"
    raise ExpressionError(f"There is no parameter '{name}'. {nearest(name, known)}")


def _compare(node: Compare, scope: Scope) -> Node:
    left, left_kind = _bind(node.left, scope)
    right, right_kind = _bind(node.right, scope)
    if left_kind == right_kind == "number":
        return Compare(node.operator, left, right)
    if isinstance(right, Text) and left_kind == "text" and not isinstance(left, Text) and node.operator in ("==", "!="):
        if isinstance(left, Number):  # a text cell that this system does not have equals no text
            return Compare(node.operator, left, Number(1.0))
        return Compare(node.operator, left, right)
    raise ExpressionError(
        f"A {left_kind} cannot be compared with a {right_kind} by {node.operator}: two numbers can, and a text cell == a text."
    )


def _call(node: Call, scope: Scope) -> tuple[Node, NodeKind]:
    if node.function in RANGE_FUNCTIONS or node.function == "filled":
        return _call_of_cells(node, scope)
    if node.function == "iff":
        condition, first, second = node.arguments
        arguments = (bind(condition, scope, "truth"), bind(first, scope, "number"), bind(second, scope, "number"))
        return Call("iff", arguments), "number"
    if node.function == "round" and not all(isinstance(digits, Number) for digits in node.arguments[1:]):
        raise ExpressionError("The digits of round() are a plain number.")
    arguments_bound = tuple(bind(argument, scope, "number") for argument in node.arguments)
    return Call(node.function, arguments_bound), "truth" if node.function == "within" else "number"


def _call_of_cells(node: Call, scope: Scope) -> tuple[Node, NodeKind]:
    arguments = []
    counts_filled = node.function in ("filled", "count_filled")
    for argument in node.arguments:
        bound, kind = _bind(argument, scope)
        if counts_filled and not isinstance(bound, Cell | Block):
            if not (isinstance(argument, Reference) and isinstance(bound, Number)):
                raise ExpressionError(f"{node.function}() asks about cells, not about a {kind}.")
            continue  # a cell that this system does not have is not filled
        if node.function == "filled" and isinstance(bound, Block):
            raise ExpressionError("filled() asks about one cell; count_filled() about a range.")
        if not counts_filled and (kind not in ("number", "range") or _holds_text(bound, scope)):
            raise ExpressionError(f"{node.function}() is of numbers.")
        arguments.append(bound)
    if not arguments and counts_filled:
        return (Number(0.0), "number") if node.function != "filled" else (Compare("==", Number(1), Number(0)), "truth")
    return Call(node.function, tuple(arguments)), "truth" if node.function == "filled" else "number"


def _holds_text(node: Node, scope: Scope) -> bool:
    keys = node.keys if isinstance(node, Block) else ()
    return any(not scope.form.cells[key].column.numeric for key in keys)


def _reference(node: Reference, scope: Scope) -> tuple[Node, NodeKind]:
    if node.table is None and len(node.columns) == 1 and node.columns[0] in COUNTS:
        return _count(node, scope)
    tables = scope.form.tables
    name = node.table or scope.table
    if name not in tables:
        raise ExpressionError(f"There is no table '{name}'. {nearest(name, tables)}")
    table = tables[name]
    lines, many_lines = _lines(node.line, table, scope)
    columns, many_columns = _columns(node.columns, table, scope)
    keys = [Key(name, line, column) for line in lines for column in columns]
    present = tuple(key for key in keys if scope.form.role(key) != "not_applicable")
    if many_lines or many_columns:
        return Block(present), "range"
    kind: NodeKind = "number" if table.column_by_key[columns[0]].numeric else "text"
    if not present:
        scope.absent = scope.absent or node.line != "previous"
        return Number(0.0), kind
    return Cell(present[0]), kind


def _count(node: Reference, scope: Scope) -> tuple[Node, NodeKind]:
    name = scope.table if node.line == "table" else node.line
    if name not in scope.form.tables:
        raise ExpressionError(f"There is no table '{name}'. {nearest(name, scope.form.tables)}")
    kind: CountKind = node.columns[0]  # type: ignore[assignment]
    wanted = {"blank": "required", "wrong_sign": "signed", "not_whole": "whole"}.get(kind)
    cells = scope.form.inputs(name)
    if not any(getattr(cell, wanted) if wanted else cell.column.numeric for cell in cells):
        scope.absent = True
        return Number(0.0), "number"
    return Count(name, kind), "number"


def _lines(name: str, table: FormTable, scope: Scope) -> tuple[tuple[str, ...], bool]:
    if name in ("line", "previous"):
        if scope.line is None:
            raise ExpressionError(f"'{name}' stands only where a line is at hand: in a formula, or for_each line.")
        keys = list(table.line_by_key)
        if scope.line not in table.line_by_key and isinstance(table.table.lines, tuple):
            raise ExpressionError(f"Table '{table.table.key}' has no line '{scope.line}'. {nearest(scope.line, keys)}")
        if name == "line" or scope.line not in table.line_by_key:
            return ((scope.line,) if scope.line in table.line_by_key else ()), False
        above = keys.index(scope.line) - 1
        return (() if above < 0 else (keys[above],)), False
    if name in table.sections:
        return table.sections[name], True
    if name in table.line_by_key:
        return (name,), False
    if name in table.line_names:
        return (), False
    known = [*table.line_names, *table.sections, "line"]
    raise ExpressionError(f"Table '{table.table.key}' has no line or section '{name}'. {nearest(name, known)}")


def _columns(names: tuple[str, ...], table: FormTable, scope: Scope) -> tuple[tuple[str, ...], bool]:
    first = names[0]
    if len(names) == 2:
        return _month_of_group(first, names[1], table, scope), False
    if first == "column":
        if scope.column is None:
            raise ExpressionError("'column' stands only in a line's formula.")
        first = scope.column
    if first == "month":
        return _month_of_group("months", "month", table, scope), False
    if first in table.groups:
        return table.groups[first], True
    if first in table.column_by_key:
        return (first,), False
    known = [*table.column_by_key, *table.groups]
    raise ExpressionError(f"Table '{table.table.key}' has no column '{first}'. {nearest(first, known)}")


def _month_of_group(group: str, month: str, table: FormTable, scope: Scope) -> tuple[str, ...]:
    if month == "month":
        if scope.month is None:
            raise ExpressionError("'month' stands only where a month is at hand: for_each month, or under a repeated column.")
        month = scope.month
    if group not in table.groups:
        raise ExpressionError(f"Table '{table.table.key}' has no repeated '{group}'. {nearest(group, table.groups)}")
    found = tuple(key for key in table.groups[group] if table.column_by_key[key].month == month)
    if not found:
        months = [column.month or "" for column in table.table.columns if column.group == group]
        raise ExpressionError(f"'{group}' has no month '{month}'. {nearest(month, months)}")
    return found


def at_line(scope: Scope, line: str | None, month: str | None) -> Scope:
    """The same scope with another line and month at hand, nothing absent yet."""
    return replace(scope, line=line, month=month, absent=False)
