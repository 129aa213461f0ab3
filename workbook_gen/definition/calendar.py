"""Months of a collection's financial year: their names, numbers, codes and dates."""

from datetime import date

from workbook_gen.definition.model import Collection

_NAMES = {
    "jan": "January",
    "feb": "February",
    "mar": "March",
    "apr": "April",
    "may": "May",
    "jun": "June",
    "jul": "July",
    "aug": "August",
    "sep": "September",
    "oct": "October",
    "nov": "November",
    "dec": "December",
}
MONTHS = tuple(_NAMES)
"""The keys of the twelve months, January first."""


def month_name(month: str) -> str:
    """`nov` → `November`."""
    return _NAMES[month]


def month_date(year_start: date, month: str) -> date:
    """The first day of the month in the year that begins at `year_start`."""
    number = MONTHS.index(month) + 1
    return date(year_start.year + (number < year_start.month), number, 1)


def month_number(year_start: date, month: str) -> int:
    """The month's number in the year that begins at `year_start`, 1 to 12: October is 7 in a year from April."""
    return (MONTHS.index(month) + 1 - year_start.month) % 12 + 1


def month_code(year_start: date, month: str) -> str:
    """The month as it stands in a column's code: `M08`."""
    return f"M{month_number(year_start, month):02}"


def months_done(collection: Collection) -> int:
    """How many months are actual."""
    return month_number(collection.year_start, collection.actual_to)


def months_left(collection: Collection) -> int:
    """How many months are forecast."""
    return len(collection.months)
