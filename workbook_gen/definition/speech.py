"""A rule as written, said in English with the labels of the form: what `explain` and the rule book show."""

from dataclasses import dataclass
from functools import singledispatch

from workbook_gen.definition.bind import COUNTS
from workbook_gen.definition.calendar import month_name
from workbook_gen.definition.form import Form, FormTable
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
from workbook_gen.findings import listed

_OPERATORS = {"+": "plus", "-": "less", "*": "times", "/": "divided by"}
_COMPARISONS = {
    "<": "is below",
    "<=": "is at most",
    "==": "equals",
    "!=": "differs from",
    ">=": "is at least",
    ">": "is above",
}
_COUNTED = {
    "blank": "the number of answers still blank",
    "not_numeric": "the number of texts where a number belongs",
    "wrong_sign": "the number of figures with the wrong sign",
    "not_whole": "the number of lines with figures that are not whole",
}
_NAMES = {
    "months_done": "the months of actual figures",
    "months_left": "the months to come",
    "issued": "the day of issue",
    "deadline": "the day to return by",
    "direction": "the line's direction (1, or -1 where less is better)",
}


@dataclass(frozen=True)
class Speaker:
    """The form whose labels are used, and the table that bare names belong to (None: the table at hand)."""

    form: Form
    table: str | None

    def elsewhere(self, node: Reference) -> str:
        """Where another table stands: its title on the same sheet, else its sheet."""
        if node.table is None or node.table not in self.form.tables:
            return ""
        table, sheet = self.form.tables[node.table], self.form.sheet_of(node.table)
        same = self.table is not None and self.form.tables[self.table].sheet == sheet.key
        return f" in {table.table.title}" if same else f" on {sheet.title}"

    def table_of(self, node: Reference) -> FormTable | None:
        """The table that a reference reaches; None for whichever is at hand."""
        return self.form.tables.get(node.table or self.table or "")


@singledispatch
def said(node: Node, speaker: Speaker) -> str:
    """The words of a tree that is not bound."""
    raise TypeError(f"{node!r} is bound")


@said.register
def _(node: Number, speaker: Speaker) -> str:
    return f"{node.value:,.15g}"


@said.register
def _(node: Text, speaker: Speaker) -> str:
    return f"“{node.value}”"


@said.register
def _(node: Name, speaker: Speaker) -> str:
    for parameter in speaker.form.collection.parameters:
        if parameter.key == node.name:
            return f"the threshold “{parameter.label}”"
    return _NAMES.get(node.name, f"the {node.name}")


@said.register
def _(node: Reference, speaker: Speaker) -> str:
    table = speaker.table_of(node)
    if node.columns[0] in COUNTS:
        return _COUNTED[node.columns[0]]
    column = _column(node.columns, table)
    if node.line == "line" and node.table is None:
        return f"the line's “{column}”"
    return f"“{_line(node.line, table)}, {column}”{speaker.elsewhere(node)}"


@said.register
def _(node: Negate, speaker: Speaker) -> str:
    return f"minus {_inside(node.operand, speaker)}"


@said.register
def _(node: Arithmetic, speaker: Speaker) -> str:
    plain = isinstance(node.left, Arithmetic) and node.operator in "*/" and node.left.operator in "*/"
    left = said(node.left, speaker) if plain else _inside(node.left, speaker)
    return f"{left} {_OPERATORS[node.operator]} {_inside(node.right, speaker)}"


@said.register
def _(node: Compare, speaker: Speaker) -> str:
    return f"{said(node.left, speaker)} {_COMPARISONS[node.operator]} {said(node.right, speaker)}"


@said.register
def _(node: And, speaker: Speaker) -> str:
    return ", and ".join(_grouped(part, speaker) for part in node.parts)


@said.register
def _(node: Or, speaker: Speaker) -> str:
    return ", or ".join(_grouped(part, speaker) for part in node.parts)


@said.register
def _(node: Not, speaker: Speaker) -> str:
    return f"it is not so that {_grouped(node.operand, speaker)}"


@said.register
def _(node: Call, speaker: Speaker) -> str:
    arguments = [said(argument, speaker) for argument in node.arguments]
    together = listed(arguments)
    match node.function:
        case "sum":
            return f"the sum of {together}"
        case "min":
            return f"the smallest of {together}"
        case "max":
            return f"the largest of {together}"
        case "abs":
            return f"the size of {_inside(node.arguments[0], speaker)}"
        case "round":
            digits = arguments[1] if len(arguments) > 1 else "0"
            return f"{_inside(node.arguments[0], speaker)} rounded to {digits} decimals"
        case "iff":
            return f"{arguments[1]} if {arguments[0]}, else {arguments[2]}"
        case "filled":
            return f"{together} is filled in"
        case "count_filled":
            return f"how many of {together} are filled in"
        case "within":
            return f"{arguments[0]} and {arguments[1]} agree but for the rounding of {arguments[2]} figures"
    raise TypeError(f"{node.function} is not a function of the rule language")


def _inside(node: Node, speaker: Speaker) -> str:
    """A part of a sum, in brackets where it is one itself."""
    words = said(node, speaker)
    return f"({words})" if isinstance(node, Arithmetic | Compare | And | Or) or _is_long(node) else words


def _grouped(node: Node, speaker: Speaker) -> str:
    """A part of a condition, in brackets where it is made of several itself."""
    words = said(node, speaker)
    return f"({words})" if isinstance(node, And | Or) else words


def _is_long(node: Node) -> bool:
    return isinstance(node, Call) and node.function in ("iff", "within")


def _line(name: str, table: FormTable | None) -> str:
    if name in ("line", "previous"):
        return {"line": "the line", "previous": "the line above"}[name]
    if table and name in table.line_by_key:
        return table.line_by_key[name].label
    return f"every line of {name.replace('_', ' ')}"


def _column(names: tuple[str, ...], table: FormTable | None) -> str:
    """A column's label; the columns of a repeat as `month by month`, the month at hand as `the month's`."""
    if names == ("column",) or table is None:
        return "the same column"
    group, month = (names[0], names[-1]) if len(names) > 1 else (names[0], names[0])
    key = "_".join(names)
    if key in table.column_by_key:
        return table.column_by_key[key].label
    if month == "month":
        return f"the month's {_of_group(group if len(names) > 1 else 'months', table)}"
    return f"every month's {_of_group(group, table)}"


def _of_group(group: str, table: FormTable) -> str:
    """What each column of a repeat shows: its label without the month."""
    columns = table.groups.get(group) or next(iter(table.groups.values()))
    first = table.column_by_key[columns[0]]
    name = month_name(first.month) if first.month else ""
    return first.label.replace(name, "").strip() or "figure"
