"""What the findings about a file say has happened to it, as sets of cells, sheets and lines that somebody has been told of."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tests.fuzz.plain import PlainCell, PlainSheet
from workbook_gen.definition.layout import Layout, TableLayout, address
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.findings import Finding

_LOST = ("STR-205", "STR-206", "STR-207", "STR-208")
_MANY, _MANY_IN_ALL = 3, 5
"""Codes lost on a sheet, and in a file, that leave little to compare."""
_SHAKEN = (*_LOST, "STR-212", "STR-213", "STR-216")
_ADDRESS = re.compile(r"([A-Z]+)(\d+)")


@dataclass(frozen=True)
class Told:
    """Cells of the file by sheet and address; cells as issued that went with a line, column or table; whole issued sheets.

    `names` are the sheets of the file by the name that each was issued under; `shaken` those on which lines or columns are
    missing, doubled, inserted or moved, `shortened` those of which something is gone; `ruined` those of which so many codes
    are told to be missing or doubled that nothing on them is where it was. `stale` says that totals were not up to date.
    `scattered` are the sheets of which it is told that a table of theirs, or of another, stands elsewhere.
    """

    cells: frozenset[tuple[str, str]]
    lost: frozenset[tuple[str, str]]
    sheets: frozenset[str]
    names: dict[str, str]
    shaken: frozenset[str]
    shortened: frozenset[str]
    ruined: frozenset[str]
    stale: bool
    scattered: frozenset[str] = frozenset()

    def of(self, issued_sheet: str, issued_cell: str, cell: str) -> bool:
        """Whether an issued cell that now stands at `cell` is told of."""
        return (
            issued_sheet in self.sheets
            or (issued_sheet, issued_cell) in self.lost
            or (self.names.get(issued_sheet, issued_sheet), cell) in self.cells
        )


def told(checked: CheckedReturn, layout: Layout, sheets: Iterable[str]) -> Told:
    """What the structural findings tell of a file with these sheets."""
    found = [one for one in checked.findings if one.code.startswith("STR-")]
    gone = {one.expected for one in found if one.code in ("STR-202", "STR-214")}
    codes = Counter(one.sheet for one in found if one.code in _LOST)
    tables = [table for sheet in layout.sheets if sheet.sheet.title in gone for table in sheet.tables]
    return Told(
        cells=frozenset((one.sheet, cell) for one in found for cell in one.cells if one.code != "STR-304"),
        lost=frozenset(
            [
                *(cell for one in found if one.code in _LOST for cell in _taken(one, layout)),
                *(cell for table in tables for cell in _area(table, layout)),
            ]
        ),
        sheets=frozenset(gone),
        names={one.expected: one.found for one in found if one.code == "STR-201"},
        shaken=frozenset(one.sheet for one in found if one.code in _SHAKEN),
        shortened=frozenset(one.sheet for one in found if one.code in ("STR-216", "STR-310")),
        ruined=frozenset(sheet for sheet in sheets if codes[sheet] >= _MANY or codes.total() >= _MANY_IN_ALL),
        stale=any(one.code == "STR-304" for one in found),
        scattered=frozenset(one.sheet for one in found if one.code == "STR-213" and " on sheet " in one.found),
    )


def _taken(finding: Finding, layout: Layout) -> Iterator[tuple[str, str]]:
    """The issued cells that went with a missing line, column or table."""
    table = layout.table(finding.table)
    sheet = layout.sheet_title(finding.table)
    if finding.line:
        yield from ((sheet, address(table.rows[finding.line], column)) for column in range(100))
    elif finding.column:
        column = table.columns[finding.column]
        yield from ((sheet, address(row, column)) for row in range(table.code_row, table.last_row + 1))
    else:
        yield from _area(table, layout)


def _area(table: TableLayout, layout: Layout) -> Iterator[tuple[str, str]]:
    sheet = layout.sheet_title(table.table.table.key)
    for row in range(table.title_row, table.last_row + 1):
        yield from ((sheet, address(row, column)) for column in range(100))


Row = frozenset[tuple[str, PlainCell]]


def rows_moved(before: PlainSheet, after: PlainSheet) -> dict[int, int]:
    """The rows of a sheet that still stand on it as they were, and where. Of several that are alike the first is the first."""
    moved = {}
    places: dict[Row, list[int]] = {}
    for row, content in sorted(_rows(after).items()):
        places.setdefault(content, []).append(row)
    for row, content in sorted(_rows(before).items()):
        if places.get(content):
            moved[row] = row if row in places[content] else places[content][0]
            places[content].remove(moved[row])
    return moved


def _rows(cells: PlainSheet) -> dict[int, Row]:
    rows: dict[int, set[tuple[str, PlainCell]]] = {}
    for place, cell in cells.items():
        if cell.filled:
            column, row = split(place)
            rows.setdefault(row, set()).add((column, cell))
    return {row: frozenset(content) for row, content in rows.items()}


def split(cell: str) -> tuple[str, int]:
    """B12 → (B, 12)."""
    match = _ADDRESS.fullmatch(cell)
    assert match, cell
    return match[1], int(match[2])
