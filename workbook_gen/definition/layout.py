"""Where everything stands: the only place with rows and columns (counted from 0).

A sheet has its title, purpose, units and status in rows 1 to 4, then its thresholds, then its tables one below the
other, each with its code and title beside the four counts, a row of main codes, one header row and its lines: code, label, the
word on what is doubtful, then the columns of the definition. Charts stand below.
"""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from itertools import groupby
from typing import Any, TypeVar

from workbook_gen.definition.bind import COUNTS, SETTINGS
from workbook_gen.definition.form import Form, FormTable
from workbook_gen.definition.instances import FixedInstances, Instance, make_instances
from workbook_gen.definition.model import Chart, Collection, Parameter, Sheet
from workbook_gen.definition.nodes import CountKind, Key

COVER, GUIDANCE, CHECKS, PLAN_DATA, ABOUT = "Cover", "Guidance", "Checks", "PlanData", "About"
QUERIES = "Queries"
"""The sheet that stands only in a workbook that goes back to an ICB with what the centre asks about its return."""

STATUS_ROW = 3
LINK_ROW = 4
TOP_ROWS = 6
"""Rows above the first block of a sheet: title, purpose, units, status, the link back and an empty one."""
FROZEN_ROWS = 5
CODE_COLUMN, LABEL_COLUMN, CHECK_COLUMN, FIRST_COLUMN = 0, 1, 2, 3
SETTING_COLUMN = 2
CHECKS_HEADER_ROW = 6
RESULT_COLUMN, GO_COLUMN, SAYS_COLUMN, FOUND_COLUMN, EXPECTED_COLUMN, DIFFERENCE_COLUMN = 3, 4, 5, 6, 7, 8
CHART_ROWS = 19

_PLAIN = re.compile(r"^[A-Za-z_][A-Za-z0-9_]*$")
_LIKE_A_CELL = re.compile(r"^[A-Za-z]{1,3}\d+$")

T = TypeVar("T")
Address = tuple[str, int, int]
Corners = tuple[int, int, int, int]


@cache
def column_name(column: int) -> str:
    """0 → A, 26 → AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def address(row: int, column: int, *, absolute: bool = False) -> str:
    """(4, 2) → C5, or $C$5."""
    mark = "$" if absolute else ""
    return f"{mark}{column_name(column)}{mark}{row + 1}"


def area(top: int, left: int, bottom: int, right: int, *, absolute: bool = False) -> str:
    """The reference to a rectangle; one cell is one address."""
    first, last = address(top, left, absolute=absolute), address(bottom, right, absolute=absolute)
    return first if first == last else f"{first}:{last}"


def merged(addresses: Iterable[str]) -> str:
    """Cells as few areas as they make, in order: F12, G12, F14 → F12:G12, F14."""
    return ", ".join(area(*corners) for corners in rectangles({_place(one) for one in addresses}))


def _place(cell: str) -> tuple[int, int]:
    """F12 → (11, 5)."""
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(cell[len(letters) :]) - 1, column - 1


@lru_cache
def quoted(sheet: str) -> str:
    """A sheet's name as it stands in a formula."""
    plain = _PLAIN.match(sheet) and not _LIKE_A_CELL.match(sheet)
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


@dataclass(frozen=True)
class TableLayout:
    """Where one table stands on its sheet."""

    table: FormTable
    title_row: int
    note_rows: tuple[int, ...]
    code_row: int
    header_row: int
    rows: dict[str, int]
    columns: dict[str, int]
    check_column: int | None
    last_row: int

    @property
    def empty(self) -> bool:
        """Whether this system has no line in the table; a sentence says so."""
        return not self.rows

    @property
    def last_column(self) -> int:
        """The table's last column."""
        return FIRST_COLUMN + len(self.columns) - 1


@dataclass(frozen=True)
class SheetLayout:
    """Where the thresholds, tables and charts of one sheet stand."""

    sheet: Sheet
    parameters: tuple[tuple[Parameter, int], ...]
    tables: tuple[TableLayout, ...]
    charts: tuple[tuple[Chart, int], ...]

    @property
    def last_column(self) -> int:
        """The last column that a table of the sheet uses."""
        return max((table.last_column for table in self.tables if not table.empty), default=FIRST_COLUMN)

    @property
    def last_row(self) -> int:
        """The last row that a table or a chart of the sheet uses."""
        charts = [row + CHART_ROWS - 2 for _, row in self.charts]
        return max([table.last_row for table in self.tables] + charts)


@dataclass(frozen=True)
class Layout:
    """Key <-> cell for one system, its rule instances and their rows on Checks."""

    form: Form
    sheets: tuple[SheetLayout, ...]
    cells: dict[Key, Address]
    counts: dict[tuple[str, CountKind], Address]
    settings: dict[str, Address]
    instances: tuple[Instance, ...]
    known: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    def once(self, what: Hashable, tables: Iterable[str], work: Callable[[], T]) -> T:
        """What the work gives, done once for all layouts of a collection in which these tables stand in the same places.

        `what` says what it is. It may rest on nothing else in which the systems differ: tables and cells that are fixed.
        """
        key = (what, tuple(self._tables[table].title_row for table in tables))
        if key not in self.known:
            self.known[key] = work()
        return self.known[key]  # type: ignore[no-any-return]

    @cached_property
    def keys(self) -> dict[str, dict[tuple[int, int], Key]]:
        """The keys of the cells of each sheet, by row and column as a file counts them, from 1."""
        found: dict[str, dict[tuple[int, int], Key]] = {}
        for key, (sheet, row, column) in self.cells.items():
            found.setdefault(sheet, {})[row + 1, column + 1] = key
        return found

    def table(self, key: str) -> TableLayout:
        """Where a table stands."""
        return self._tables[key]

    @cached_property
    def _tables(self) -> dict[str, TableLayout]:
        return {table.table.table.key: table for sheet in self.sheets for table in sheet.tables}

    def sheet_title(self, table: str) -> str:
        """The title of the sheet that a table stands on."""
        return self.form.sheet_of(table).title

    def rectangles(self, keys: Iterable[Key]) -> list[tuple[str, Corners]]:
        """The fewest rectangles of whole runs that cover just these cells, sheet by sheet, in order."""
        found: list[tuple[str, Corners]] = []
        for sheet, places in groupby((self.cells[key] for key in keys), key=lambda place: place[0]):
            found += [(sheet, corners) for corners in rectangles({(row, column) for _, row, column in places})]
        return found

    def check_row(self, position: int) -> int:
        """The row on Checks of the instance at a position."""
        return CHECKS_HEADER_ROW + 1 + position

    def check_rows(self, sheet: str) -> tuple[int, int] | None:
        """The first and last row on Checks of a sheet's instances, which stand together; None where it has none."""
        return self._check_rows.get(sheet)

    @cached_property
    def _check_rows(self) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for position, instance in enumerate(self.instances):
            row, sheet = self.check_row(position), self.form.tables[instance.table].sheet
            found[sheet] = (found.get(sheet, (row, row))[0], row)
        return found


def make_layout(form: Form, fixed: FixedInstances | None = None, known: dict[Hashable, Any] | None = None) -> Layout:
    """Place every table of a form, and its rule instances. `fixed` and `known` are what other layouts have worked out."""
    cells: dict[Key, Address] = {}
    counts: dict[tuple[str, CountKind], Address] = {}
    first = guidance_settings_row(form.collection) + 1
    settings: dict[str, Address] = {name: (GUIDANCE, first + n, SETTING_COLUMN) for n, name in enumerate(SETTINGS)}
    sheets = []
    for sheet in form.collection.sheets:
        placed = _sheet(form, sheet)
        sheets.append(placed)
        settings |= {parameter.key: (sheet.title, row, SETTING_COLUMN) for parameter, row in placed.parameters}
        for table in placed.tables:
            key = table.table.table.key
            for line, row in table.rows.items():
                cells |= {Key(key, line, name): (sheet.title, row, column) for name, column in table.columns.items()}
            if any(form.inputs(key)):
                places = {kind: (sheet.title, table.title_row, FIRST_COLUMN + n) for n, kind in enumerate(COUNTS)}
                counts |= {(key, kind): place for kind, place in places.items()}
    instances = make_instances(form, fixed)
    return Layout(form, tuple(sheets), cells, counts, settings, instances, {} if known is None else known)


def guidance_settings_row(collection: Collection) -> int:
    """The header row of the settings on Guidance, below its text: the paragraphs and an empty row a section."""
    return TOP_ROWS + sum(len(section.text) + 1 for section in collection.guidance.sections) + 1


def _sheet(form: Form, sheet: Sheet) -> SheetLayout:
    row = TOP_ROWS
    parameters = []
    for parameter in form.collection.parameters:
        if parameter.sheet == sheet.key:
            row += 1
            parameters.append((parameter, row))
    row = row + 2 if parameters else row
    tables = []
    for table in sheet.tables:
        placed = _table(form, form.tables[table.key], row)
        tables.append(placed)
        row = placed.last_row + 3
    charts = []
    for chart in sheet.charts:
        charts.append((chart, row))
        row += CHART_ROWS
    return SheetLayout(sheet, tuple(parameters), tuple(tables), tuple(charts))


def _table(form: Form, table: FormTable, row: int) -> TableLayout:
    columns = {column.key: FIRST_COLUMN + n for n, column in enumerate(table.table.columns)}
    notes = bool(table.table.note) + _has_prefill(table)
    note_rows = tuple(range(row + 1, row + 1 + notes))
    code_row = row + 1 + notes
    header_row = code_row + 1
    rows = {line.key: header_row + 1 + n for n, line in enumerate(table.lines)}
    numbers = any(cell.column.numeric for cell in form.inputs(table.table.key))
    check_column = CHECK_COLUMN if numbers and rows else None
    last_row = header_row + len(rows) if rows else row + 1
    return TableLayout(table, row, note_rows, code_row, header_row, rows, columns, check_column, last_row)


def _has_prefill(table: FormTable) -> bool:
    return any(column.kind == "prefill" for column in table.table.columns)


def rectangles(places: set[tuple[int, int]]) -> list[Corners]:
    """Cells as rectangles: runs along each row, joined with the same run in the rows below."""
    open_runs: dict[tuple[int, int], tuple[int, int]] = {}
    found: list[Corners] = []
    for row, columns in groupby(sorted(places), key=lambda place: place[0]):
        runs = set(_runs([column for _, column in columns]))
        for run, (top, bottom) in list(open_runs.items()):
            if run not in runs or bottom != row - 1:
                found.append((top, run[0], bottom, run[1]))
                del open_runs[run]
        for run in runs:
            open_runs[run] = (open_runs[run][0] if run in open_runs else row, row)
    found += [(top, left, bottom, right) for (left, right), (top, bottom) in open_runs.items()]
    return sorted(found)


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs


def layout_digest(layout: Layout) -> str:
    """A digest of where everything stands and what it is: two workbooks with the same one are read alike."""
    lines = [f"{key} {place} {layout.form.role(key)}" for key, place in layout.cells.items()]
    lines += [f"{name} {place}" for name, place in layout.settings.items()]
    lines += [instance.name for instance in layout.instances]
    return sha256("\n".join(lines).encode()).hexdigest()
