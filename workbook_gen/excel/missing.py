"""What lines, columns and tables that are missing take with them: their codes and labels are not told again."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_gen.definition.layout import CODE_COLUMN, Layout, TableLayout
from workbook_gen.excel.locate import Found, Located

_TWICE = "STR-208"


@dataclass(frozen=True)
class Missing:
    """Issued rows and cells of what was not found, by sheet, row and column from 1, and cells of the file that are told of."""

    rows: frozenset[tuple[str, int]]
    cells: frozenset[tuple[str, int, int]]
    told: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, layout: Layout, located: Located) -> "Missing":
        """What the findings about codes have already said."""
        rows: set[tuple[str, int]] = set()
        cells: set[tuple[str, int, int]] = set()
        for sheet in layout.sheets:
            for table in sheet.tables:
                found = located.tables.get(table.table.table.key)
                if not table.empty:
                    rows |= {(sheet.sheet.title, row + 1) for row in _rows(table, found)}
                    cells |= {(sheet.sheet.title, row + 1, column + 1) for row, column in _cells(table, found)}
        told = {(one.sheet, one.cell) for one in located.findings if one.code == _TWICE}
        return cls(frozenset(rows), frozenset(cells), frozenset(told))

    def takes(self, sheet: str, row: int, column: int) -> bool:
        """Whether an issued cell is told with its line, column or table."""
        return (sheet, row) in self.rows or (sheet, row, column) in self.cells

    def tells(self, sheet: str, cell: str) -> bool:
        """Whether a cell of the file is already told to hold a code that stands twice."""
        return (sheet, cell) in self.told


def _rows(table: TableLayout, found: Found | None) -> Iterator[int]:
    if found is None:
        yield from range(table.title_row, table.last_row + 1)
        return
    yield from (row for line, row in table.rows.items() if line not in found.rows)


def _cells(table: TableLayout, found: Found | None) -> Iterator[tuple[int, int]]:
    if found is None:
        return
    for key, column in table.columns.items():
        if key not in found.columns:
            yield table.code_row, column
            yield table.header_row, column
    if not found.columns:
        yield table.title_row, CODE_COLUMN
