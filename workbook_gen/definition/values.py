"""What a cell can hold, and the calendar that dates are counted in."""

from collections.abc import Mapping
from datetime import date, timedelta

from workbook_gen.definition.nodes import Key

_EPOCH = date(1899, 12, 30)


class CellError(str):
    """An Excel error such as #DIV/0!; a value, so that it travels through totals as in Excel."""

    __slots__ = ()


Value = float | str | CellError | None
"""A number (a date is a serial day), a text, an Excel error, or blank."""

Values = Mapping[Key, Value]


def serial(day: date) -> float:
    """The serial day that a spreadsheet holds for a date from March 1900 on."""
    return float((day - _EPOCH).days)


def day_of(number: float) -> date:
    """The date of a serial day; OverflowError where there is none."""
    return _EPOCH + timedelta(days=int(number))
