"""A workbook as it was issued, cell by cell: what the writer puts into each, without a file."""

import io
from collections.abc import Iterator
from typing import Any, NamedTuple

from workbook_gen.definition.layout import Layout
from workbook_gen.excel.contents import Contents
from workbook_gen.excel.write import draw, let_go


class IssuedCell(NamedTuple):
    """A cell as issued: a constant, or a formula without its equals sign; both None where it is empty."""

    value: str | float | None
    formula: str | None
    locked: bool


IssuedSheets = dict[str, dict[tuple[int, int], IssuedCell]]
"""The cells of each sheet by row and column, both from 1."""


def issued_cells(layout: Layout, contents: Contents, settings: dict[str, float]) -> IssuedSheets:
    """Every cell that the writer writes. `contents` are those of the untouched return, under the stamp of its issue."""
    workbook = draw(layout, contents, settings, io.BytesIO())
    strings = {number: text for text, number in workbook.str_table.string_table.items()}
    cells = {
        sheet.name: {(row + 1, column + 1): cell for row, column, cell in _cells(sheet.table, strings)}
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
