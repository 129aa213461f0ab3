"""formualizer as an engine: a workbook loaded and evaluated in this process, whatever values it was written with."""

from collections.abc import Mapping
from pathlib import Path

from formualizer import ExcelEvaluationError, RangeAddress, Workbook
from openpyxl import load_workbook

from tests.engines.answers import EngineError
from tests.engines.libreoffice import Cells
from workbook_gen.definition.values import CellError

ERRORS = {
    "Div": "#DIV/0!",
    "Na": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
}
"""How formualizer names Excel's errors. Any other (a cycle, say) is its own failure."""


def formualizer_values(path: Path) -> Cells:
    """The values of every cell once formualizer has evaluated the workbook; a date is a serial day, as with LibreOffice.

    Raises `EngineError` where formualizer gives up.
    """
    book = Workbook.load_path(str(path))
    book.set_temporal_egress("serial")
    try:
        book.evaluate_all()
    except ExcelEvaluationError as error:
        raise EngineError(f"formualizer cannot evaluate {path.name}: {error}") from error
    return {
        (sheet, row, column): value
        for sheet, (rows, columns) in _extents(path).items()
        for row, cells in enumerate(book.sheet(sheet).get_values(RangeAddress(sheet, 1, 1, rows, columns)))
        for column, cell in enumerate(cells)
        if (value := _value(cell)) not in (None, "")
    }


def _extents(path: Path) -> dict[str, tuple[int, int]]:
    """How many rows and columns each sheet says that it has; XlsxWriter and LibreOffice say it truly."""
    book = load_workbook(path, read_only=True)
    try:
        return {sheet.title: (sheet.max_row or 1, sheet.max_column or 1) for sheet in book.worksheets}
    finally:
        book.close()


def _value(cell: object) -> float | bool | str | CellError | None:
    match cell:
        case None | bool() | str():
            return cell
        case int() | float():
            return float(cell)
        case Mapping() if cell.get("type") == "Error" and cell.get("kind") in ERRORS:
            return CellError(ERRORS[cell["kind"]])
    raise EngineError(f"formualizer answers {cell!r}.")
