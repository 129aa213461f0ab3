"""What the cells of all sheets share: texts, formats that are not locked, shared formulas, and how a value is written."""

import math
from dataclasses import dataclass, field

from workbook_gen.definition.values import CellError
from workbook_gen.excel.cells import Place, Scanned
from workbook_gen.excel.instant import serial_of
from workbook_gen.excel.markup import truth, whole_number
from workbook_gen.excel.room import Room
from workbook_gen.excel.shared import moved
from workbook_gen.excel.strings import counted

MAXIMUM_FORMULA = 8_192
"""Characters of a formula, as in Excel."""
LONGEST_NUMBER = 100
"""Characters of a number; Excel writes at most 24."""
LONGEST_ERROR = 40
_FEW = 10
"""Digits of a number that needs no second look."""


class Unreadable(Exception):
    """A value that makes no sense; the words follow on the cell's address."""


@dataclass(slots=True)
class Book:
    """What the cells of all sheets share, and the room that is left for them."""

    strings: list[str]
    unlocked: frozenset[str]
    date1904: bool
    room: Room = field(default_factory=Room)
    numbered: dict[bytes, str] = field(init=False)
    """The texts by their numbers, as plain cells write these."""

    def __post_init__(self) -> None:
        self.numbered = {b"%d" % number: text for number, text in enumerate(self.strings)}

    def value(self, kind: str, text: str) -> Scanned:
        """The value written as `text` in a cell of that type, other than a number. Raises `Unreadable`."""
        if kind == "s":
            return self._shared_string(text)
        if kind == "str":
            return counted(text, self.room)
        if kind == "b":
            return truth(text)
        if kind == "e" and len(text) <= LONGEST_ERROR:
            return CellError(text)
        if kind == "d":
            return serial_of(text, self.date1904) if len(text) <= LONGEST_NUMBER else counted(text, self.room)
        raise Unreadable(f"has a value of an unknown type {kind[:LONGEST_ERROR]}")

    def _shared_string(self, text: str) -> str | None:
        if not text:
            return None
        place = int(text) if len(text) < _FEW and text.isdigit() and text.isascii() else whole_number(text)
        if place is None or place >= len(self.strings):
            raise Unreadable(f"holds text number {text[:LONGEST_NUMBER]} of {len(self.strings):,}")
        return self.strings[place]


def number(text: str) -> float | None:
    """The number as Excel writes it; a blank where nothing is written. Raises `Unreadable`."""
    if not text:
        return None
    try:
        found = float(text) if len(text) <= LONGEST_NUMBER else math.nan
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or "_" in text or not text.isascii():
        raise Unreadable(f"holds '{text[:LONGEST_NUMBER]}' as a number")
    return found


class Formulas:
    """The formulas of a sheet, the shared ones written out."""

    def __init__(self, room: Room) -> None:
        self._room = room
        self._masters: dict[str, tuple[str, int, int]] = {}

    def read(self, attributes: dict[str, str], text: str, row: int, column: int) -> str:
        """The formula of the cell at hand; empty for a shared one whose master the file does not hold."""
        kind = attributes.get("t")
        if kind == "dataTable":
            text = f"TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
        elif kind == "shared":
            text = self._shared(attributes.get("si", ""), text, row, column)
        self._room.formulas.add(len(text))
        return text

    def count(self, found: dict[Place, str]) -> dict[Place, str]:
        """Formulas that are neither shared nor of a table: they are what is written."""
        self._room.formulas.add(sum(map(len, found.values())))
        return found

    def _shared(self, group: str, text: str, row: int, column: int) -> str:
        if text:
            self._masters[group] = (text, row, column)
            return text
        if group not in self._masters:
            return ""
        master, top, left = self._masters[group]
        self._room.written_out.add(len(master))
        return moved(master, row - top, column - left)
