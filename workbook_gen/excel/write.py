"""Collection + Layout + Contents -> the bytes of a workbook. Same input, same bytes."""

import io
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import CellFormulaTuple, Worksheet

from workbook_gen.definition.layout import Layout
from workbook_gen.excel.contents import Contents
from workbook_gen.excel.draw import draw
from workbook_gen.excel.query_sheet import QuerySheet
from workbook_gen.excel.style import FONT, SIZE


class PlainSheet(Worksheet):  # type: ignore[misc]
    """A worksheet that takes formulas as they are: ours hold no braces of arrays and no function newer than Excel 2007.

    XlsxWriter looks for every newer function in each formula, which takes longer than all the rest of a workbook.
    """

    def _write_formula(self, row: int, col: int, formula: str, cell_format: Format | None = None, value: Any = 0) -> int:
        self._check_dimensions(row, col)
        self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return 0

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


def write_workbook(layout: Layout, contents: Contents, settings: dict[str, float], queries: QuerySheet | None = None) -> bytes:
    """The workbook for one system. `settings` are the values of the named cells (months done, thresholds, …).

    With `queries` it has the sheet Queries after Cover, and opens there; without, not a byte is other than as issued.
    """
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    workbook.formats[0].set_font_name(FONT)
    workbook.formats[0].set_font_size(SIZE)
    draw(workbook, layout, contents, settings, queries, kind=PlainSheet)
    workbook.close()
    let_go(workbook)
    return stream.getvalue()


def let_go(workbook: Workbook) -> None:
    """Part a workbook that is done with from its sheets, which hold on to it: together they would lie about as garbage."""
    workbook.worksheets().clear()
    workbook.sheetnames.clear()
