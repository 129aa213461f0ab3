"""One worksheet in one streaming pass: every cell's value, formula and lock, and what is hidden or protected."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from workbook_gen.definition.values import CellError
from workbook_gen.excel.instant import serial_of
from workbook_gen.excel.markup import MainNames, parse, truth
from workbook_gen.excel.refusal import PackageRefused, damaged, too_large
from workbook_gen.excel.shared import LAST_COLUMN, LAST_ROW, column_letters, column_number, moved
from workbook_gen.excel.strings import unescape

MAXIMUM_CELLS = 2_000_000
MAXIMUM_FORMULA = 8_192
"""Characters of a formula, as in Excel."""
MAXIMUM_SHARED = 50_000_000
"""Characters of all shared formulas of a workbook, written out."""

Scanned = float | str | bool | CellError | None


class ScannedCell(NamedTuple):
    """A cell as the file holds it.

    `value` is the cached one where there is a formula; None where the cell is empty. `formula` is the text without `=`,
    empty where the file does not say which formula it is.
    """

    value: Scanned
    formula: str | None
    locked: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What a worksheet part holds. Cells by row and column, both from 1; hidden rows and columns by number; areas merged."""

    cells: dict[tuple[int, int], ScannedCell]
    protected: bool
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[str, ...] = ()


@dataclass(slots=True)
class Book:
    """What the cells of all sheets share: texts, cell formats that are not locked, and the room that is left."""

    strings: list[str]
    unlocked: frozenset[str]
    date1904: bool
    cells_left: int = MAXIMUM_CELLS
    shared_left: int = MAXIMUM_SHARED


class _Columns(dict[str, int]):
    """The number of each column met, by its letters; 0 for what is none."""

    def __missing__(self, letters: str) -> int:
        sound = letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3
        number = column_number(letters) if sound else 0
        self[letters] = number if number <= LAST_COLUMN else 0
        return self[letters]


class _Formulas:
    """The formulas of a sheet, the shared ones written out."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._masters: dict[str, tuple[str, int, int]] = {}

    def read(self, attributes: dict[str, str], text: str, row: int, column: int) -> str:
        """The formula of the cell at hand; empty for a shared one whose master the file does not hold."""
        kind = attributes.get("t")
        if kind == "dataTable":
            return f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        if kind != "shared":
            return text
        group = attributes.get("si", "")
        if text:
            self._masters[group] = (text, row, column)
            return text
        return self._child(group, row, column)

    def _child(self, group: str, row: int, column: int) -> str:
        if group not in self._masters:
            return ""
        master, top, left = self._masters[group]
        text = moved(master, row - top, column - left)
        self._book.shared_left -= len(text)
        if self._book.shared_left < 0:
            raise too_large(MAXIMUM_SHARED + 1, MAXIMUM_SHARED, "characters of formulas")
        return text


class _Pass:
    """The pass over one sheet: called by expat several times a cell, so the common cases come first."""

    def __init__(self, sheet: str, book: Book) -> None:
        self.sheet, self.book = sheet, book
        self.unlocked = book.unlocked
        self.kinds = MainNames()
        self.columns = _Columns()
        self.formulas = _Formulas(book)
        self.cells: dict[tuple[int, int], ScannedCell] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[str] = []
        self.protected = self.recognised = self.phonetic = False
        self.row = self.column = 0
        self.row_text = "0"
        self.cell: dict[str, str] | None = None
        self.formula_attributes: dict[str, str] = {}
        self.formula: str | None = None
        self.value: str | None = None
        self.runs: list[str] = []
        self.pieces: list[str] = []
        self.text = self.pieces.append

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self.kinds[name]
        if self.cell is not None:
            self.begin_inside(kind, attributes)
        elif kind == "c":
            self.cell = attributes
            self.column = self.place(attributes["r"]) if "r" in attributes else self.column + 1
        elif kind == "row":
            self.begin_row(attributes)
        else:
            self.begin_other(kind, attributes)

    def end(self, name: str) -> None:
        if self.cell is None:
            return
        kind = self.kinds[name]
        if kind == "c":
            self.end_cell(self.cell)
        elif kind == "v":
            self.value = "".join(self.pieces)
        elif kind == "f":
            self.end_formula("".join(self.pieces))
        elif kind == "t" and not self.phonetic:
            self.runs += self.pieces
        elif kind == "rPh":
            self.phonetic = False

    def begin_inside(self, kind: str, attributes: dict[str, str]) -> None:
        self.pieces.clear()
        if kind == "f":
            self.formula_attributes = attributes
        elif kind == "rPh":
            self.phonetic = True
        elif kind == "c":
            raise self.strange("stands inside another cell")

    def begin_other(self, kind: str, attributes: dict[str, str]) -> None:
        if kind == "worksheet":
            self.recognised = True
        elif kind == "mergeCell":
            self.merged.append(attributes.get("ref", ""))
        elif kind == "sheetProtection":
            self.protected = truth(attributes.get("sheet"))
        elif kind == "col" and truth(attributes.get("hidden")):
            first, last = self.whole(attributes.get("min", "")), self.whole(attributes.get("max", ""))
            self.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))

    def begin_row(self, attributes: dict[str, str]) -> None:
        given = attributes.get("r")
        self.row = self.row + 1 if given is None else self.whole(given)
        self.column = 0
        self.row_text = str(self.row)
        if not 1 <= self.row <= LAST_ROW:
            raise damaged(f"the sheet '{self.sheet}' has a row {self.row:,}; a sheet ends at {LAST_ROW:,}")
        if truth(attributes.get("hidden")):
            self.hidden_rows.add(self.row)
        if len(self.cells) > self.book.cells_left:
            raise too_large(MAXIMUM_CELLS - self.book.cells_left + len(self.cells), MAXIMUM_CELLS, "cells")

    def place(self, address: str) -> int:
        """The column of an address, which must stand in the row at hand."""
        letters = address[: -len(self.row_text)]
        column = self.columns[letters]
        if not column or not address.endswith(self.row_text):
            raise damaged(f"the sheet '{self.sheet}' has a cell {address[:20]} in row {self.row:,}")
        return column

    def end_formula(self, text: str) -> None:
        if len(text) > MAXIMUM_FORMULA:
            raise self.strange(f"has a formula of {len(text):,} characters; Excel's longest has {MAXIMUM_FORMULA:,}")
        self.formula = self.formulas.read(self.formula_attributes, text, self.row, self.column)

    def end_cell(self, attributes: dict[str, str]) -> None:
        kind = attributes.get("t", "n")
        text = self.value
        value: Scanned = None
        if kind == "inlineStr":
            value = self.inline()
        elif text is not None:
            value = self.number(text) if kind == "n" else self.read(kind, text)
        place = (self.row, self.column)
        if place in self.cells or self.column > LAST_COLUMN or not self.row:
            raise self.strange("stands twice or outside the sheet")
        self.cells[place] = ScannedCell(value, self.formula, attributes.get("s", "0") not in self.unlocked)
        self.cell = self.formula = self.value = None

    def inline(self) -> str:
        text = unescape("".join(self.runs))
        self.runs.clear()
        return text

    def read(self, kind: str, text: str) -> Scanned:
        """The value written as `text` in a cell of that type."""
        if kind == "s":
            return self.shared_string(text)
        if kind == "str":
            return unescape(text)
        if kind == "b":
            return truth(text)
        if kind == "e":
            return CellError(text)
        if kind == "d":
            return serial_of(text, self.book.date1904)
        raise self.strange(f"has a value of an unknown type {kind}")

    def number(self, text: str) -> float | None:
        """The number as Excel writes it; a blank where nothing is written."""
        if not text:
            return None
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number) or "_" in text:
            raise self.strange(f"holds '{text}' as a number")
        return number

    def shared_string(self, text: str) -> str | None:
        if not text:
            return None
        number = self.whole(text)
        if not 0 <= number < len(self.book.strings):
            raise self.strange(f"holds text number {number:,} of {len(self.book.strings):,}")
        return self.book.strings[number]

    def whole(self, text: str) -> int:
        try:
            return int(text)
        except ValueError as error:
            raise self.strange(f"is counted as '{text[:20]}'") from error

    def strange(self, what: str) -> PackageRefused:
        """The refusal that names the cell at hand."""
        address = f"{column_letters(self.column)}{self.row}" if self.row else "at the top"
        return damaged(f"the sheet '{self.sheet}', {address}, {what}")


def scan_worksheet(sheet: str, part: str, content: bytes, book: Book) -> Contents:
    """Read a worksheet part. PackageRefused where it is damaged or passes a bound; `<dimension>` is not read."""
    reading = _Pass(sheet, book)
    parse(part, content, reading)
    if not reading.recognised:
        raise damaged(f"the sheet '{sheet}' is no worksheet inside")
    book.cells_left -= len(reading.cells)
    if book.cells_left < 0:
        raise too_large(MAXIMUM_CELLS - book.cells_left, MAXIMUM_CELLS, "cells")
    return Contents(
        cells=reading.cells,
        protected=reading.protected,
        hidden_rows=frozenset(reading.hidden_rows),
        hidden_columns=frozenset(reading.hidden_columns),
        merged=tuple(reading.merged),
    )
