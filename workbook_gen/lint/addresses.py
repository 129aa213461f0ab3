"""Cells named in words, and the cells that a formula refers to."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError
from openpyxl.utils.cell import column_index_from_string, get_column_letter

from workbook_gen.lint.book import Book, Place

_REFERENCE = re.compile(r"(?:(?:'((?:[^']|'')+)'|([^'!]+))!)?\$?([A-Z]{1,3})\$?(\d+)(?::\$?([A-Z]{1,3})\$?(\d+))?")
_RELATIVE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")


class Area(NamedTuple):
    """A rectangle of cells on a sheet, its rows and columns counted from 1."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    def places(self) -> Iterator[Place]:
        """Its cells, row by row."""
        for row in range(self.top, self.bottom + 1):
            yield from ((self.sheet, row, column) for column in range(self.left, self.right + 1))

    def holds(self, place: Place) -> bool:
        """Whether a cell lies in it."""
        sheet, row, column = place
        return sheet == self.sheet and self.top <= row <= self.bottom and self.left <= column <= self.right


def at(place: Place) -> str:
    """A cell in words: `Agency F12`."""
    sheet, row, column = place
    return f"{sheet} {get_column_letter(column)}{row}"


def area(reference: str, sheet: str = "") -> Area | None:
    """The cells of a reference; a sheet is named in it or is the one given. None for what is no reference to cells."""
    found = _REFERENCE.fullmatch(reference)
    if not found:
        return None
    quoted, plain, left, top, right, bottom = found.groups()
    name = quoted.replace("''", "'") if quoted else plain or sheet
    rows = sorted((int(top), int(bottom or top)))
    columns = sorted((column_index_from_string(left), column_index_from_string(right or left)))
    return Area(name, rows[0], columns[0], rows[1], columns[1])


@lru_cache(maxsize=8192)
def tokens(formula: str) -> tuple[Token, ...]:
    """The parts of a formula, which begins with an equals sign, but for white space; none of what cannot be read as one."""
    try:
        return tuple(token for token in Tokenizer(formula).items if token.type != Token.WSPACE)
    except TokenizerError:
        return ()


def is_reference(token: Token) -> bool:
    """Whether a part of a formula is a reference or a defined name."""
    return token.type == Token.OPERAND and token.subtype == Token.RANGE


def areas(formula: str, sheet: str) -> list[Area]:
    """What a formula on a sheet refers to; defined names are left out."""
    return [found for token in tokens(formula) if is_reference(token) and (found := area(token.value, sheet))]


def formulas(book: Book) -> Iterator[tuple[Place, str]]:
    """Every formula of a workbook with its place."""
    return ((place, seen.formula) for place, seen in book.cells.items() if seen.formula is not None)


def relative(formula: str, place: Place) -> str:
    """A formula with its references as seen from its cell (R[-1]C[0]): copies of one formula read alike."""
    _, row, column = place

    def seen(found: re.Match[str]) -> str:
        fixed_column, letters, fixed_row, number = found.groups()
        down = f"R{number}" if fixed_row else f"R[{int(number) - row}]"
        across = column_index_from_string(letters)
        return down + (f"C{across}" if fixed_column else f"C[{across - column}]")

    def shown(token: Token) -> str:
        if not is_reference(token) or area(token.value) is None:
            return str(token.value)
        sheet, mark, cells = str(token.value).rpartition("!")
        return sheet + mark + _RELATIVE.sub(seen, cells)

    return "".join(map(shown, tokens(formula)))
