"""A collection expanded for one system: which lines each table has, and what every cell is.

`expand` makes it. No addresses: those are `layout`'s.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from workbook_gen.definition.model import (
    ORGANISATIONS,
    RECORDS,
    Collection,
    Column,
    Line,
    Role,
    Sheet,
    Sign,
    System,
    Table,
)
from workbook_gen.definition.nodes import Arithmetic, Block, Cell, Key, Node, walk


@dataclass(frozen=True, slots=True)
class FormCell:
    """One cell: what it is, and how it is read and shown; of a bound formula the cells that it reads, and whether it divides.

    A `fixed` one is the same in every system.
    """

    key: Key
    role: Role
    column: Column
    line: Line
    unit: str
    dp: int
    sign: Sign
    formula: Node | None = None
    reads: tuple[Key, ...] = ()
    divides: bool = False
    fixed: bool = False

    @property
    def words(self) -> str:
        """The cell in words: `AGY0900, Total agency, forecast`."""
        return f"{self.line.sub_code}, {self.line.label}, {self.column.label}"

    @property
    def required(self) -> bool:
        """Whether the cell must be answered."""
        return self.role == "input" and not self.column.optional

    @property
    def signed(self) -> bool:
        """Whether a sign is expected of the input."""
        return self.role == "input" and self.column.type == "number" and self.sign != "+/-"

    @property
    def whole(self) -> bool:
        """Whether a whole number is expected of the input."""
        return self.role == "input" and self.column.type == "number" and self.dp == 0


@dataclass(frozen=True)
class FormTable:
    """A table with the lines that one system has."""

    table: Table
    sheet: str
    lines: tuple[Line, ...]

    @property
    def fixed(self) -> bool:
        """Whether every system has these lines."""
        return self.table.lines != ORGANISATIONS

    @cached_property
    def line_by_key(self) -> dict[str, Line]:
        """Lines by key, in order."""
        return {line.key: line for line in self.lines}

    @cached_property
    def column_by_key(self) -> dict[str, Column]:
        """Columns by key, in order."""
        return {column.key: column for column in self.table.columns}

    @cached_property
    def sections(self) -> dict[str, tuple[str, ...]]:
        """The line keys of each section."""
        found: dict[str, list[str]] = {RECORDS: []} if isinstance(self.table.lines, int) else {}
        if self.table.lines == ORGANISATIONS:
            found[ORGANISATIONS] = []
        for line in self.lines:
            if line.section:
                found.setdefault(line.section, []).append(line.key)
        return {name: tuple(keys) for name, keys in found.items()}

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The column keys of each repeated column."""
        found: dict[str, list[str]] = {}
        for column in self.table.columns:
            if column.group:
                found.setdefault(column.group, []).append(column.key)
        return {name: tuple(keys) for name, keys in found.items()}

    @cached_property
    def line_names(self) -> frozenset[str]:
        """Every line that the definition knows, whether or not this system has it."""
        names = {line.key for line in self.lines}
        return frozenset(names | {"total"}) if self.table.total else frozenset(names)


@dataclass(frozen=True)
class Form:
    """Everything about one system's return but its figures and its addresses."""

    collection: Collection
    system: System
    tables: dict[str, FormTable]
    cells: dict[Key, FormCell] = field(default_factory=dict)
    order: tuple[Key, ...] = ()

    def role(self, key: Key) -> Role:
        """What the cell is; a cell that this system does not have is not applicable."""
        cell = self.cells.get(key)
        return cell.role if cell else "not_applicable"

    def inputs(self, table: str | None = None) -> Iterator[FormCell]:
        """The input cells, in reading order."""
        return chain.from_iterable(self._inputs.values()) if table is None else iter(self._inputs.get(table, ()))

    @cached_property
    def _inputs(self) -> dict[str, list[FormCell]]:
        """The input cells of each table."""
        found: dict[str, list[FormCell]] = {}
        for cell in self.cells.values():
            if cell.role == "input":
                found.setdefault(cell.key.table, []).append(cell)
        return found

    def sheet_of(self, table: str) -> Sheet:
        """The sheet that a table stands on."""
        return self._sheets[self.tables[table].sheet]

    @cached_property
    def _sheets(self) -> dict[str, Sheet]:
        return {sheet.key: sheet for sheet in self.collection.sheets}

    @cached_property
    def divided(self) -> frozenset[Key]:
        """The totals that divide, themselves or through a total that they read."""
        found: set[Key] = set()
        for key in self.order:
            cell = self.cells[key]
            if cell.divides or not found.isdisjoint(cell.reads):
                found.add(key)
        return frozenset(found)


@dataclass
class FixedCells:
    """What is the same in every system's form, kept from one for the next: tables, their cells, and those cells bound.

    `settled` are the totals that rest on nothing else, in dependency order.
    """

    tables: dict[str, FormTable] = field(default_factory=dict)
    crossed: dict[str, dict[Key, FormCell]] = field(default_factory=dict)
    bound: dict[Key, FormCell] = field(default_factory=dict)
    settled: dict[Key, None] = field(default_factory=dict)


def divides(node: Node) -> bool:
    """Whether a tree itself divides."""
    return any(isinstance(part, Arithmetic) and part.operator == "/" for part in walk(node))


def read_keys(node: Node) -> Iterator[Key]:
    """The cells that a bound tree reads, in order."""
    for part in walk(node):
        if isinstance(part, Cell):
            yield part.key
        elif isinstance(part, Block):
            yield from part.keys
