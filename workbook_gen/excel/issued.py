"""A workbook as it was issued, cell by cell: what the writer puts into each, without a file."""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from workbook_gen.definition.layout import Layout
from workbook_gen.excel.contents import Contents
from workbook_gen.excel.write import draw, let_go


class IssuedCell(NamedTuple):
    """A cell as issued: a constant, or a formula without its equals sign; both None where it is empty."""

    value: str | float | None
    formula: str | None
    locked: bool

    @property
    def holds(self) -> bool:
        """Whether the cell was issued with something in it."""
        return self.formula is not None or self.value not in (None, "")


class IssuedSheet(dict[tuple[int, int], IssuedCell]):
    """The cells of a sheet by row and column, both from 1; what every file that comes back is asked about them is kept."""

    @cached_property
    def locked(self) -> dict[tuple[int, int], IssuedCell]:
        """The cells that nobody fills in and that have something in them."""
        return {place: cell for place, cell in self.items() if cell.locked and cell.holds}

    @cached_property
    def last_row(self) -> int:
        """The last row with a cell."""
        return max((row for row, _ in self), default=0)

    @cached_property
    def filled_rows(self) -> frozenset[int]:
        """The rows with something in them."""
        return frozenset(row for (row, _), cell in self.items() if cell.holds)

    @cached_property
    def filled_columns(self) -> frozenset[int]:
        """The columns with something in them."""
        return frozenset(column for (_, column), cell in self.items() if cell.holds)

    @cached_property
    def rows_by_texts(self) -> dict[tuple[str, ...], int]:
        """Each row by the texts that it begins with, where it is the only one with these."""
        return rows_by_texts((place, cell.value) for place, cell in self.items())


IssuedSheets = dict[str, IssuedSheet]
"""The cells of each sheet."""
_NAMING = 3
"""The columns whose texts name a row of our own sheets."""


def rows_by_texts(values: Iterable[tuple[tuple[int, int], object]]) -> dict[tuple[str, ...], int]:
    """Each row by the texts that it begins with, where it is the only one with these. Of values by row and column."""
    rows: dict[int, list[str]] = {}
    naming = [one for one in values if one[0][1] <= _NAMING and isinstance(one[1], str) and one[1]]
    for (row, _), text in sorted(naming):
        rows.setdefault(row, []).append(str(text))
    texts = {row: tuple(one) for row, one in rows.items()}
    counts = Counter(texts.values())
    return {one: row for row, one in texts.items() if counts[one] == 1}


def issued_cells(layout: Layout, contents: Contents, settings: dict[str, float]) -> IssuedSheets:
    """Every cell that the writer writes. `contents` are those of the untouched return, under the stamp of its issue."""
    workbook = draw(layout, contents, settings, io.BytesIO())
    strings = {number: text for text, number in workbook.str_table.string_table.items()}
    cells = {
        sheet.name: IssuedSheet(((row + 1, column + 1), cell) for row, column, cell in _cells(sheet.table, strings))
        for sheet in workbook.worksheets()
    }
    let_go(workbook)
    return cells


def _cells(table: dict[int, dict[int, Any]], strings: dict[int, str]) -> Iterator[tuple[int, int, IssuedCell]]:
    """The cells of one of XlsxWriter's tables."""
    for row, cells in table.items():
        for column, cell in cells.items():
            locked = cell.format is None or bool(cell.format.locked)
            match type(cell).__name__:
                case "Formula":
                    yield row, column, IssuedCell(None, cell.formula, locked)
                case "String":
                    yield row, column, IssuedCell(strings[cell.string], None, locked)
                case "Number":
                    yield row, column, IssuedCell(float(cell.number), None, locked)
                case "Blank":
                    yield row, column, IssuedCell(None, None, locked)
                case other:
                    raise TypeError(f"the writer writes no {other}")
