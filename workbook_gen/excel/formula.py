"""Tree + layout -> the text of an Excel formula, one function a node, in the order of `checks/evaluate.py`.

Only functions that are old and plain. A text in a number's cell is 0, as in the reference: an input read singly stands in N().
"""

from dataclasses import dataclass
from functools import singledispatch

from workbook_gen.definition.layout import Layout, address, area, quoted
from workbook_gen.definition.nodes import (
    And,
    Arithmetic,
    Block,
    Call,
    Cell,
    Compare,
    Count,
    Key,
    Negate,
    Node,
    Not,
    Number,
    Or,
    Setting,
    Text,
)

_COMPARISONS = {"==": "=", "!=": "<>"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a formula stands: references to its own sheet need no sheet name.

    Under a repeated column (`repeated`) a reference to a column that is not repeated is fixed by `$`, so that the formulas of
    a line are copies of each other.
    """

    layout: Layout
    sheet: str
    repeated: bool = False

    def cell(self, key: Key) -> str:
        """The reference to one cell."""
        sheet, row, column = self.layout.cells[key]
        fixed = self.repeated and self.layout.form.cells[key].column.group is None
        return self.on(sheet, f"${address(row, column)}" if fixed else address(row, column))

    def on(self, sheet: str, reference: str) -> str:
        """A reference on a sheet, with the sheet's name where it is another."""
        return reference if sheet == self.sheet else f"{quoted(sheet)}!{reference}"

    def areas(self, keys: tuple[Key, ...]) -> list[str]:
        """The references to several cells, as few rectangles as they make."""
        return [self.on(sheet, area(*corners)) for sheet, corners in self.layout.rectangles(keys)]


def formula(node: Node, place: Place) -> str:
    """The formula of a bound tree, with its equals sign."""
    return "=" + compile_node(node, place)


@singledispatch
def compile_node(node: Node, place: Place) -> str:
    """The text of a bound tree, without the equals sign."""
    raise TypeError(f"{node!r} is not bound")


@compile_node.register
def _(node: Number, place: Place) -> str:
    return f"{node.value:.15g}"


@compile_node.register
def _(node: Text, place: Place) -> str:
    return '"' + node.value.replace('"', '""') + '"'


@compile_node.register
def _(node: Setting, place: Place) -> str:
    return node.name


@compile_node.register
def _(node: Cell, place: Place) -> str:
    reference = place.cell(node.key)
    cell = place.layout.form.cells[node.key]
    return f"N({reference})" if cell.role == "input" and cell.column.numeric else reference


@compile_node.register
def _(node: Count, place: Place) -> str:
    sheet, row, column = place.layout.counts[node.table, node.kind]
    return place.on(sheet, address(row, column))


@compile_node.register
def _(node: Negate, place: Place) -> str:
    return f"-{_operand(node.operand, place)}"


@compile_node.register
def _(node: Arithmetic, place: Place) -> str:
    left = compile_node(node.left, place)
    if isinstance(node.left, Arithmetic) and node.operator in "*/" and node.left.operator in "+-":
        left = f"({left})"
    right = compile_node(node.right, place)
    if isinstance(node.right, Negate) or (isinstance(node.right, Arithmetic) and not _binds_tighter(node)):
        right = f"({right})"
    return f"{left}{node.operator}{right}"


@compile_node.register
def _(node: Compare, place: Place) -> str:
    operator = _COMPARISONS.get(node.operator, node.operator)
    if isinstance(node.right, Text):
        return f"{compile_node(node.left, place)}{operator}{compile_node(node.right, place)}"
    difference = compile_node(Arithmetic("-", node.left, node.right), place)
    if node.right == Number(0.0):
        difference = compile_node(node.left, place)
    return f"ROUND({difference},2){operator}0"


@compile_node.register
def _(node: And, place: Place) -> str:
    return f"AND({_list(node.parts, place)})"


@compile_node.register
def _(node: Or, place: Place) -> str:
    return f"OR({_list(node.parts, place)})"


@compile_node.register
def _(node: Not, place: Place) -> str:
    return f"NOT({compile_node(node.operand, place)})"


@compile_node.register
def _(node: Call, place: Place) -> str:
    match node.function, node.arguments:
        case ("sum" | "min" | "max") as function, arguments:
            return f"{function.upper()}({_references(arguments, place)})"
        case "abs", (operand,):
            return f"ABS({compile_node(operand, place)})"
        case "round", (operand, *digits):
            return f"ROUND({compile_node(operand, place)},{compile_node(digits[0], place) if digits else '0'})"
        case "iff", arguments:
            return f"IF({_list(arguments, place)})"
        case "filled", (cell,):
            return filled(cell, place)
        case "count_filled", arguments:
            keys = [key for argument in arguments for key in _keys(argument)]
            return "(" + "+".join(f"N({filled(Cell(key), place)})" for key in keys) + ")" if keys else "0"
        case "within", (left, right, figures):
            difference = compile_node(Arithmetic("-", left, right), place)
            allowed = compile_node(Arithmetic("/", figures, Number(2.0)), place)
            return f"ROUND(ABS({difference})-{allowed},2)<=0"
    raise TypeError(f"{node.function} is not a function of the rule language")


def filled(node: Node, place: Place) -> str:
    """Whether a cell holds more than spaces."""
    return f"LEN(TRIM({','.join(place.cell(key) for key in _keys(node))}))>0"


def _keys(node: Node) -> tuple[Key, ...]:
    return node.keys if isinstance(node, Block) else (node.key,) if isinstance(node, Cell) else ()


def _list(nodes: tuple[Node, ...], place: Place) -> str:
    return ",".join(compile_node(node, place) for node in nodes)


def _references(arguments: tuple[Node, ...], place: Place) -> str:
    """Arguments of SUM, MIN and MAX: cells as they stand, so that blanks and texts are skipped; other arguments as numbers."""
    parts: list[str] = []
    for argument in arguments:
        keys = _keys(argument)
        parts += place.areas(keys) if keys else [] if isinstance(argument, Block) else [compile_node(argument, place)]
    return ",".join(parts) or "0"


def _operand(node: Node, place: Place) -> str:
    text = compile_node(node, place)
    return f"({text})" if isinstance(node, Arithmetic | Negate | Compare) else text


def _binds_tighter(node: Arithmetic) -> bool:
    """Whether the right operand needs no brackets: a product or quotient after a plus or minus."""
    return isinstance(node.right, Arithmetic) and node.right.operator in "*/" and node.operator in "+-"
