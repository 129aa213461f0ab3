"""What the national picture shows, as data: its tables, what is compared, and what a figure is held against to find slips."""

from typing import Literal

from pydantic import Field

from workbook_gen.definition.base import Model, Tree
from workbook_gen.definition.bind import Scope, bind
from workbook_gen.definition.brief import Brief
from workbook_gen.definition.errors import ExpressionError
from workbook_gen.definition.model import Identifier, SheetTitle, Words
from workbook_gen.definition.nodes import Node, Reference, walk

OWN_SHEETS = (
    *("Cover", "Contents", "Notes", "Headlines", "Systems"),
    *("Comparison", "Completeness", "Controls", "To ask about", "Sources", "Charts"),
)
"""The sheets that every national workbook has beside its tables."""


class Comparison(Model):
    """Two columns (or groups of months) that are held against each other wherever a table has both."""

    key: Identifier
    label: Words
    before: Identifier
    after: Identifier


class Expected(Model):
    """What some answers are about, where all goes as before: an expression with line, column and month at hand."""

    cells: tuple[Tree, ...]
    value: Tree


class PictureColumn(Model):
    """A column of a national table: an expression over `table.line[column]`, worked out for each system and area.

    With a `weight` an area's figure is the mean of its systems', so weighted.
    """

    key: Identifier
    label: Words
    unit: str
    value: Tree
    weight: Tree | None = None
    dp: int = Field(default=0, ge=0, le=2)
    note: str = ""


class PictureChart(Model):
    """A chart of a national table by region: which of its columns, with title, axis and a text for who cannot see it."""

    kind: Literal["bar", "column"] = "column"
    title: Words
    y: Words
    columns: tuple[Identifier, ...]
    alt: Words


class PictureSheet(Model):
    """A national table: a line a system, its regions and England."""

    key: Identifier
    title: SheetTitle
    description: Words
    columns: tuple[PictureColumn, ...]
    chart: PictureChart | None = None


class Profile(Model):
    """A chart with its table on the page of a system or area: lines over `points`, or one series of steps, a waterfall.

    `columns` holds the figures, series by series; each series has one for every point. `levels` says of each point of a
    waterfall whether it is a level (the plan, the forecast) rather than a step from the point before.
    """

    key: Identifier
    title: Words
    description: Words
    unit: Words
    dp: int = Field(default=0, ge=0, le=2)
    alt: Words
    points: tuple[Words, ...]
    series: tuple[Words, ...]
    columns: tuple[PictureColumn, ...]
    levels: tuple[bool, ...] = ()


class Picture(Model):
    """The national picture of a collection. `size` is the measure by which systems are made comparable.

    `key_figures` name the columns of national tables, as `sheet.column`, that stand beside every system in a list.
    """

    comparisons: tuple[Comparison, ...] = ()
    size: Tree | None = None
    expected: tuple[Expected, ...] = ()
    sheets: tuple[PictureSheet, ...] = ()
    brief: Brief = Brief()
    key_figures: tuple[str, ...] = ()
    profiles: tuple[Profile, ...] = ()


def bound_figure(expression: Node, scope: Scope) -> Node:
    """An expression over `table.line[column]`, bound; the scope notes whether the system has every cell.

    Raises `ExpressionError` for an unknown name, or a line without its table.
    """
    for part in walk(expression):
        if isinstance(part, Reference) and part.table is None:
            raise ExpressionError("Figures are named table.line[column].")
    return bind(expression, scope, "number")
