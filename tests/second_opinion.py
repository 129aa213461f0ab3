"""A second opinion on what our scan reads: openpyxl's of the same bytes, and where the two differ, with a reason or without."""

import datetime
import re
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter as letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from workbook_gen.definition.values import CellError
from workbook_gen.excel.package import open_package
from workbook_gen.excel.scan import Scan, scan

HALF_A_MILLISECOND = 0.0005 / 86_400
"""In days: openpyxl takes a date through a clock that ticks in milliseconds."""


class Day(float):
    """A serial day that openpyxl has taken through a clock."""


class Error(str):
    """An Excel error, as both name it."""


class Held(NamedTuple):
    """What a cell holds. An empty text is nothing, because openpyxl cannot tell the two apart."""

    value: object
    formula: str | None
    locked: bool


Cells = dict[tuple[int, int], Held]
"""The cells of a sheet that hold something, by row and column from 1."""


@dataclass(frozen=True)
class Opinion:
    """A workbook as one of the two reads it: the cells of each sheet, and those that lie under a merge and not first."""

    sheets: dict[str, Cells]
    merged: frozenset[tuple[str, int, int]] = frozenset()


class Difference(NamedTuple):
    """A cell on which the two differ, and in what: its value, its formula or its lock."""

    sheet: str
    cell: str
    what: str
    ours: object
    theirs: object
    reason: str = ""


@dataclass(frozen=True)
class Compared:
    """How many cells were compared, and what differs."""

    cells: int
    formulas: int
    differences: tuple[Difference, ...]

    @property
    def unexplained(self) -> list[Difference]:
        """The differences that nothing explains."""
        return [one for one in self.differences if not one.reason]

    @property
    def reasons(self) -> Counter[str]:
        """How many differences each reason explains."""
        return Counter(one.reason for one in self.differences if one.reason)


def scanned(data: bytes) -> Scan:
    """What our scan reads."""
    return scan(open_package(data))


def compared(data: bytes) -> Compared:
    """A workbook as our scan and as openpyxl read it."""
    return compare(ours(scanned(data)), theirs(data))


def ours(found: Scan) -> Opinion:
    """Our scan's opinion."""
    sheets = {
        sheet.name: {
            place: Held(_value(cell.value), cell.formula, cell.locked)
            for place, cell in sheet.cells.items()
            if cell.value not in (None, "") or cell.formula is not None
        }
        for sheet in found.sheets
        if sheet.kind == "worksheet"
    }
    return Opinion(sheets)


def theirs(data: bytes) -> Opinion:
    """openpyxl's opinion, of both its loads: one knows values, the other formulas."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(BytesIO(data))
    sheets: dict[str, Cells] = {}
    merged = set()
    for sheet, twin in zip(values.worksheets, formulas.worksheets, strict=True):
        assert isinstance(sheet, Worksheet)
        assert isinstance(twin, Worksheet)
        sheets[sheet.title] = dict(_cells(sheet, twin, values.epoch))
        for area in sheet.merged_cells.ranges:
            merged |= {(sheet.title, row, column) for row, column in list(area.cells)[1:]}
    return Opinion(sheets, frozenset(merged))


def _cells(sheet: Worksheet, twin: Worksheet, epoch: datetime.datetime) -> Iterator[tuple[tuple[int, int], Held]]:
    for row, row_of_twin in zip(sheet.iter_rows(), twin.iter_rows(), strict=True):
        for cell, other in zip(row, row_of_twin, strict=True):
            formula = _formula(other.value, other.data_type)
            value = Error(cell.value) if cell.data_type == "e" else _value(_dated(cell.value, epoch))
            if value is not None or formula is not None:
                yield (int(cell.row or 0), int(cell.column or 0)), Held(value, formula, bool(cell.protection.locked))


def _dated(value: object, epoch: datetime.datetime) -> object:
    """A date, a time or a length of time as the serial day that the file holds."""
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return Day(to_excel(value, epoch=epoch))  # type: ignore[no-untyped-call]
    return value


def _formula(value: object, kind: str) -> str | None:
    if isinstance(value, ArrayFormula):
        return str(value.text).removeprefix("=")
    if isinstance(value, DataTableFormula):
        return f"TABLE({value.r1 or ''},{value.r2 or ''})"
    return str(value).removeprefix("=") if kind == "f" else None


def _value(value: object) -> object:
    if isinstance(value, CellError):
        return Error(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return None if value == "" else value


def compare(one: Opinion, other: Opinion) -> Compared:
    """Cell by cell. Raises `AssertionError` where the two do not see the same sheets in the same order."""
    assert list(one.sheets) == list(other.sheets)
    differences = [
        Difference(sheet, f"{letter(column)}{row}", what, mine, yours, _reason(other, (sheet, row, column), mine, yours))
        for sheet, cells in one.sheets.items()
        for row, column in sorted(cells.keys() | other.sheets[sheet].keys())
        for what, mine, yours in _differing(cells.get((row, column)), other.sheets[sheet].get((row, column)))
    ]
    every = [held for cells in one.sheets.values() for held in cells.values()]
    return Compared(len(every), sum(held.formula is not None for held in every), tuple(differences))


def _differing(mine: Held | None, yours: Held | None) -> Iterator[tuple[str, object, object]]:
    """In what two cells differ; a cell that one of them does not see differs as a whole."""
    if mine is None or yours is None:
        yield "cell", mine, yours
        return
    if not _same(mine.value, yours.value):
        yield "value", mine.value, yours.value
    if mine.formula != yours.formula:
        yield "formula", mine.formula, yours.formula
    if mine.locked != yours.locked:
        yield "lock", mine.locked, yours.locked


def _same(mine: object, yours: object) -> bool:
    if isinstance(yours, Day):
        return isinstance(mine, float) and abs(mine - yours) <= HALF_A_MILLISECOND
    return type(mine) is type(yours) and mine == yours


def _reason(other: Opinion, at: tuple[str, int, int], mine: object, yours: object) -> str:
    """Why the two may differ here; empty where nothing explains it."""
    if at in other.merged and yours is None:
        return MERGED
    return next((reason for reason, explains in REASONS.items() if explains(mine, yours)), "")


def _is_no_day(mine: object, yours: object) -> bool:
    return isinstance(mine, float) and not 0 <= mine < LAST_DAY_OF_1904 and yours == Error("#VALUE!")


def _is_escaped(mine: object, yours: object) -> bool:
    if not isinstance(mine, str) or not isinstance(yours, str):
        return False
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), yours) == mine


def _is_leap_day_of_1900(mine: object, yours: object) -> bool:
    return isinstance(yours, Day) and (mine, yours) == (60.0, 59.0)


ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
LAST_DAY_OF_1904 = 2_957_004.0
"""31 December 9999, counted from 1904: Excel has no later day."""

MERGED = "openpyxl empties all cells of a merged area but the first, and the file holds them"
NO_DAY = "openpyxl calls a number formatted as a date an error where no calendar has that day"
ESCAPED = "openpyxl leaves Excel's escapes of signs that XML does not have, such as _x000D_"
LEAP_DAY = "29 February 1900 is a day in Excel and in no calendar, so openpyxl takes it for the day before"

REASONS: dict[str, Callable[[object, object], bool]] = {
    NO_DAY: _is_no_day,
    ESCAPED: _is_escaped,
    LEAP_DAY: _is_leap_day_of_1900,
}
"""What may explain a difference, and how it is known."""
