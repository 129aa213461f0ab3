"""What a worksheet says beside its cells: protection, rows and columns hidden, and areas merged."""

import re

from workbook_gen.excel.markup import truth, whole_number
from workbook_gen.excel.refusal import damaged
from workbook_gen.excel.room import Room
from workbook_gen.excel.shared import LAST_COLUMN, LAST_ROW, column_number

_AREA = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?", re.ASCII)
BESIDE = frozenset(("worksheet", "sheetProtection", "mergeCell", "col"))
"""The elements that say something beside the cells."""


class Beside:
    """Collects it for one sheet."""

    def __init__(self, sheet: str, room: Room) -> None:
        self._sheet, self._room = sheet, room
        self.recognised = self.protected = False
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[str] = []

    def meet(self, kind: str, attributes: dict[str, str]) -> None:
        """One of these elements."""
        if kind == "worksheet":
            self.recognised = True
        elif kind == "sheetProtection":
            self.protected = truth(attributes.get("sheet"))
        elif kind == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif kind == "col" and truth(attributes.get("hidden")):
            self._hide_columns(attributes)

    def hide_row(self, row: int) -> None:
        """A row that is hidden."""
        self.hidden_rows.add(row)
        self._room.hidden_rows.add()

    def _hide_columns(self, attributes: dict[str, str]) -> None:
        first, last = (whole_number(attributes.get(end, "")) for end in ("min", "max"))
        if first is None or last is None or not 1 <= first <= last or not self.hidden_columns.isdisjoint((first, last)):
            raise damaged(f"the sheet '{self._sheet}' hides columns that make no sense")
        self.hidden_columns.update(range(first, min(last, LAST_COLUMN) + 1))

    def _merge(self, area: str) -> None:
        corners = _corners(area)
        if corners is None:
            raise damaged(f"the sheet '{self._sheet}' merges cells that are none: {area[:40]}")
        top, left, bottom, right = corners
        self._room.merged.add()
        self._room.merged_cells.add((bottom - top + 1) * (right - left + 1))
        self.merged.append(area)


def _corners(area: str) -> tuple[int, int, int, int] | None:
    """Top, left, bottom and right of an area on a sheet; None where it is none."""
    match = _AREA.fullmatch(area)
    if match is None:
        return None
    left, top = column_number(match[1]), int(match[2])
    right, bottom = (column_number(match[3]), int(match[4])) if match[3] else (left, top)
    is_sound = 1 <= top <= bottom <= LAST_ROW and left <= right <= LAST_COLUMN
    return (top, left, bottom, right) if is_sound else None
