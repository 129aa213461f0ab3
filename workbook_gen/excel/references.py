"""A returned formula as it would read in the issued workbook: its references taken back to where their cells were issued."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from workbook_gen.definition.layout import column_name, quoted
from workbook_gen.excel.align import AlignedSheet, Lines
from workbook_gen.excel.shared import column_number

NOWHERE = "#REF!"
_LONGEST = 1_000
"""Rows of an area that are looked at one by one."""

_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?<![\w.!\]])(?:(?P<sheet>'(?:[^']|''){1,62}+'|[^\W\d][\w.]*)!)?
    (?P<cell>\$?[A-Z]{1,3}\$?[1-9]\d{0,6})(?::(?P<last>\$?[A-Z]{1,3}\$?[1-9]\d{0,6}))?(?![\w(!])
  | (?P<blank>\s+)
    """,
    re.VERBOSE,
)
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")


@dataclass(frozen=True)
class References:
    """The sheets of a file as they are aligned with the issue."""

    sheets: tuple[AlignedSheet, ...]

    @cached_property
    def _by_name(self) -> dict[str, AlignedSheet]:
        return {one.sheet.name: one for one in self.sheets}

    @cached_property
    def _by_issued(self) -> dict[str, AlignedSheet]:
        return {one.issued: one for one in self.sheets}

    @cached_property
    def moved(self) -> bool:
        """Whether anything stands elsewhere than issued."""
        return any(
            one.sheet.name != one.issued
            or any(number != issued for lines in (one.rows, one.columns) for number, issued in lines.known.items())
            for one in self.sheets
        )

    def is_as_issued(self, formula: str, home: AlignedSheet, issued: str) -> bool:
        """Whether a formula says what was issued, blanks apart."""
        return (formula == issued and not self.moved) or self.as_issued(formula, home) == issued

    def as_issued(self, formula: str, home: AlignedSheet) -> str:
        """The formula without blanks, its references as issued; one that leads nowhere becomes #REF!."""
        return _TOKEN.sub(lambda match: self._token(match, home), formula)

    def _token(self, match: re.Match[str], home: AlignedSheet) -> str:
        if match["text"]:
            return match[0]
        if match["blank"]:
            return ""
        if not self.moved and match["sheet"] is None:
            return match[0]
        sheet = unquoted(match["sheet"]) if match["sheet"] else home.sheet.name
        aligned = self._by_name.get(sheet)
        if aligned is None:
            return NOWHERE
        own = "" if match["sheet"] is None else f"{quoted(aligned.issued)}!"
        return own + _back(match["cell"], match["last"] or match["cell"], aligned)

    def leads_nowhere(self, issued: str, home: str) -> bool:
        """Whether an issued formula of that sheet reads a cell whose sheet, row or column the file no longer has."""
        return any(match["cell"] and self._is_lost(match, home) for match in _TOKEN.finditer(issued))

    def _is_lost(self, match: re.Match[str], home: str) -> bool:
        aligned = self._by_issued.get(unquoted(match["sheet"]) if match["sheet"] else home)
        corners = [_parts(one) for one in (match["cell"], match["last"]) if one]
        return aligned is None or not all(aligned.holds(corner.row, corner.column) for corner in corners)


def unquoted(sheet: str) -> str:
    """A sheet's name without the quotes that it may have in a formula."""
    return sheet[1:-1].replace("''", "'") if sheet.startswith("'") else sheet


def _back(first: str, last: str, aligned: AlignedSheet) -> str:
    """An area as issued: its corners where its rows and columns came from, so that lines sorted within it change nothing."""
    one, other = _parts(first), _parts(last)
    rows = _span(one.row, other.row, aligned.rows)
    columns = _span(one.column, other.column, aligned.columns)
    if rows is None or columns is None:
        return NOWHERE
    start, end = one.at(rows[0], columns[0]), other.at(rows[1], columns[1])
    return start if first == last else f"{start}:{end}"


def _span(first: int, last: int, lines: Lines) -> tuple[int, int] | None:
    """The first and last as issued; None where either has been inserted, or what lay between them now lies elsewhere."""
    edges = lines.issued(first), lines.issued(last)
    if edges[0] is None or edges[1] is None:
        return None
    if abs(last - first) > _LONGEST:
        return edges[0], edges[1]
    found = [lines.issued(number) for number in range(min(first, last), max(first, last) + 1)]
    numbers = {number for number in found if number is not None}
    top, bottom = min(numbers), max(numbers)
    elsewhere = (number for number in range(top, bottom + 1) if number not in numbers and lines.holds(number))
    return None if any(elsewhere) else (top, bottom)


class _Parts(NamedTuple):
    """A reference to one cell: its row and column from 1, and whether each is fixed by `$`."""

    row: int
    column: int
    fixed_row: str
    fixed_column: str

    def at(self, row: int, column: int) -> str:
        """The reference with the same marks to another cell."""
        return f"{self.fixed_column}{column_name(column - 1)}{self.fixed_row}{row}"


def _parts(cell: str) -> _Parts:
    match = _CELL.fullmatch(cell)
    assert match is not None
    return _Parts(int(match[4]), column_number(match[2]), match[3], match[1])
