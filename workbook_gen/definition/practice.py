"""How a completed practice return is made, as data: what each input holds, and the ways in which returns go right or wrong."""

from collections.abc import Iterator
from datetime import date

from pydantic import Field

from workbook_gen.definition.base import Model, Tree
from workbook_gen.definition.bind import Scope, bind
from workbook_gen.definition.errors import ExpressionError
from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.nodes import Block, Cell, Key, Node, Reference


class Recipe(Model):
    """What some inputs hold: an expression (moved by up to `spread` per cent), or a plain answer."""

    cells: tuple[Tree, ...]
    value: Tree | None = None
    number: float | None = None
    text: str | None = None
    day: date | None = Field(default=None, alias="date")
    option: int | None = Field(default=None, ge=1)
    spread: float = Field(default=0, ge=0, le=50)


class Way(Model):
    """One way of filling in: its own inputs come after the common ones, its blanks last of all.

    With `explain` every failing look is explained in its box, but for the rules in `leave`.
    """

    key: str
    label: str
    explain: bool = True
    explanation: str = "Practice return: agreed with the region; the recovery plan sets out the action and the date."
    leave: tuple[str, ...] = ()
    weight: int = Field(default=1, ge=1)
    blank: tuple[Tree, ...] = ()
    inputs: tuple[Recipe, ...] = ()


class Practice(Model):
    """The recipes that all ways share, and the ways."""

    inputs: tuple[Recipe, ...] = ()
    ways: tuple[Way, ...]


def cells_of(target: Node, form: Form) -> Iterator[FormCell]:
    """The input cells that a target names; none where this system does not have them.

    Raises `ExpressionError` for an unknown name, or a cell that is not an input.
    """
    if not isinstance(target, Reference) or target.table is None:
        raise ExpressionError("Cells are named table.line[column] or table.section[group].")
    bound = bind(target, Scope(form, target.table))
    keys: tuple[Key, ...] = bound.keys if isinstance(bound, Block) else (bound.key,) if isinstance(bound, Cell) else ()
    for key in keys:
        if form.role(key) != "input":
            raise ExpressionError(f"{key} is no input.")
        yield form.cells[key]


def bound_value(recipe: Recipe, cell: FormCell, form: Form) -> Node | None:
    """The recipe's expression with the cell's line, column and month at hand; None for a plain answer."""
    if recipe.value is None:
        return None
    return bind(recipe.value, Scope(form, cell.key.table, cell.key.line, cell.key.column, cell.column.month), "number")
