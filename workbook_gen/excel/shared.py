"""Shared formulas: the master's text moved to another cell, as Excel moves relative references when it fills."""

import re
from dataclasses import dataclass

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_NOT_A_REFERENCE = r"""
    "(?:[^"]|"")*+"                                             # a text
  | '(?:[^']|'')*+'                                             # a sheet's name in quotes
  | \[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.){0,255}+\]){0,255}+\]     # a structured reference, another workbook's number
  | \#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|[A-Z_]+[!?]?)  # an error
  | (?:[^\W\d][\w.]*:)?[^\W\d][\w.]*!                           # a sheet's name, or two of a span
  | [^\W\d][\w.]*(?=\()                                         # a function
"""
_REFERENCE = r"""
    (?P<columns>\$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3})(?![\w.(!$\\?])
  | (?P<rows>\$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})(?![\w.(!$\\?])
  | (?P<cell>\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})(?![\w.(!\\?])
"""
_REST = r"""
    (?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?                        # a number
  | [\w.\\?]+                                                   # a name
  | .                                                           # an operator, a bracket, a blank
"""
_TOKEN = re.compile(f"(?:{_NOT_A_REFERENCE})|{_REFERENCE}|(?:{_REST})", re.VERBOSE | re.DOTALL)
_CELL = re.compile(r"(\$?)([A-Za-z]{1,3})(\$?)(\d+)")
_COLUMN = re.compile(r"(\$?)([A-Za-z]{1,3})")
_ROW = re.compile(r"(\$?)(\d+)")
_BROKEN = "#REF!"


def column_number(letters: str) -> int:
    """`A` is 1, `XFD` 16,384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """1 is `A`, 16,384 `XFD`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True, slots=True)
class _Move:
    """How far a formula moves, in rows and columns."""

    rows: int
    columns: int

    def row(self, fixed: str, digits: str) -> str | None:
        """The row moved, unless fixed by `$`; None where it leaves the sheet."""
        number = int(digits) + (0 if fixed else self.rows)
        return f"{fixed}{number}" if 1 <= number <= LAST_ROW else None

    def column(self, fixed: str, letters: str) -> str | None:
        """The column moved, unless fixed by `$`; None where it leaves the sheet."""
        number = column_number(letters) + (0 if fixed else self.columns)
        return f"{fixed}{column_letters(number)}" if 1 <= number <= LAST_COLUMN else None

    def cell(self, text: str) -> str:
        """`$A1` moved. What lies outside every sheet, such as `XFE1`, is a name and stays."""
        match = _CELL.fullmatch(text)
        if match is None or column_number(match[2]) > LAST_COLUMN or int(match[4]) > LAST_ROW:
            return text
        column, row = self.column(match[1], match[2]), self.row(match[3], match[4])
        return _BROKEN if column is None or row is None else column + row

    def columns_of(self, text: str) -> str:
        """`A:$C` moved."""
        ends = [_COLUMN.fullmatch(end) for end in text.split(":")]
        if any(end is None or column_number(end[2]) > LAST_COLUMN for end in ends):
            return text
        return _span([self.column(end[1], end[2]) for end in ends if end])

    def rows_of(self, text: str) -> str:
        """`1:$3` moved."""
        ends = [_ROW.fullmatch(end) for end in text.split(":")]
        if any(end is None or int(end[2]) > LAST_ROW for end in ends):
            return text
        return _span([self.row(end[1], end[2]) for end in ends if end])

    def token(self, match: re.Match[str]) -> str:
        """One token of a formula, moved where it is a reference."""
        if match["cell"]:
            return self.cell(match[0])
        if match["columns"]:
            return self.columns_of(match[0])
        return self.rows_of(match[0]) if match["rows"] else match[0]


def _span(ends: list[str | None]) -> str:
    whole = [end for end in ends if end is not None]
    return ":".join(whole) if len(whole) == len(ends) else _BROKEN


def moved(formula: str, rows: int, columns: int) -> str:
    """The formula as it reads that many rows down and columns to the right; `#REF!` for what leaves the sheet."""
    return _TOKEN.sub(_Move(rows, columns).token, formula)
