"""The trees of the rule language: frozen nodes, as written and as bound to a form.

A tree as written holds `Name` and `Reference`; binding replaces them by `Setting`, `Cell`, `Block` and `Count`,
so that a compiler meets only what it can compile.
"""

from dataclasses import dataclass
from typing import Literal, NamedTuple


class Key(NamedTuple):
    """The only identity of a figure: the table, the line and the column it stands in."""

    table: str
    line: str
    column: str

    def __str__(self) -> str:
        return f"{self.table}.{self.line}[{self.column}]"


@dataclass(frozen=True, slots=True)
class Number:
    """A number written in the rule."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text written in the rule; never empty, because a blank equals no text."""

    value: str


@dataclass(frozen=True, slots=True)
class Name:
    """A bare name as written: a parameter, a setting or a line's constant."""

    name: str


@dataclass(frozen=True, slots=True)
class Reference:
    """`table.line[columns]` as written; no table means the rule's own."""

    table: str | None
    line: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """A named cell: a parameter, `months_done`, `months_left`, `issued` or `deadline`."""

    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the form, bound."""

    key: Key


@dataclass(frozen=True, slots=True)
class Block:
    """Several cells, bound: what a range means. Stands only inside `sum`, `min`, `max`, `count_filled`."""

    keys: tuple[Key, ...]


CountKind = Literal["blank", "not_numeric", "wrong_sign", "not_whole"]


@dataclass(frozen=True, slots=True)
class Count:
    """One of a table's four counts over its inputs."""

    table: str
    kind: CountKind


@dataclass(frozen=True, slots=True)
class Negate:
    """Minus."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """`+ - * /` of two numbers."""

    operator: Literal["+", "-", "*", "/"]
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Compare:
    """A comparison of two numbers after rounding their difference to 2 decimals, or of a cell with a text."""

    operator: Literal["<", "<=", "==", "!=", ">=", ">"]
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class And:
    """All parts hold. Every part is evaluated."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one part holds. Every part is evaluated."""

    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The operand does not hold."""

    operand: "Node"


@dataclass(frozen=True, slots=True)
class Call:
    """One of the language's functions."""

    function: str
    arguments: tuple["Node", ...]


Node = Number | Text | Name | Reference | Setting | Cell | Block | Count | Negate | Arithmetic | Compare | And | Or | Not | Call


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in order."""
    match node:
        case Negate(operand) | Not(operand):
            return (operand,)
        case Arithmetic(_, left, right) | Compare(_, left, right):
            return (left, right)
        case And(parts) | Or(parts):
            return parts
        case Call(_, arguments):
            return arguments
        case _:
            return ()


def walk(node: Node) -> list[Node]:
    """The node and all below it, parents first."""
    found = [node]
    for child in children(node):
        found += walk(child)
    return found
