"""Which row and column of the issued workbook each row and column of a returned sheet is, wherever it has been moved to."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from workbook_gen.definition.layout import CODE_COLUMN, Layout, TableLayout
from workbook_gen.excel.issued import IssuedSheets, rows_by_texts
from workbook_gen.excel.locate import Found, Located
from workbook_gen.excel.scan import Scan, ScannedSheet

_OUT_OF_ORDER = 1_000
"""How many lines are looked at between two that have changed places."""


@dataclass
class Lines:
    """Rows, or columns, of a returned sheet and what they were issued as; between the known ones the order is kept.

    `missing` are those issued whose code was not found; `end` is what follows the last, returned and issued; `filled` are those
    that were issued with something in them. What is known must be so before anything is asked.
    """

    known: dict[int, int] = field(default_factory=dict)
    missing: set[int] = field(default_factory=set)
    end: tuple[int, int] = (0, 0)
    filled: Set[int] = frozenset()

    @cached_property
    def unmoved(self) -> bool:
        """Whether every one is where it was issued."""
        return not self.missing and all(number == issued for number, issued in self.known.items())

    def issued(self, number: int) -> int | None:
        """What was issued there; None for one that has been inserted."""
        if self.unmoved:
            return number
        if number <= self._last[0]:
            return self._places.get(number)
        guess = self._last[1] + number - self._last[0]
        return None if guess in self._back else guess

    def holds(self, issued: int) -> bool:
        """Whether the one issued as that number is still there."""
        return self.unmoved or issued in self._back or (issued > self._last[1] and self.issued(self.returned(issued)) == issued)

    def inserted(self) -> list[int]:
        """Those before the last known that were issued nowhere."""
        return [number for number in range(1, max(self.known, default=0)) if self.issued(number) is None]

    def lost(self) -> list[int]:
        """Those issued with something in them that are nowhere any more, but for those whose code was not found."""
        return sorted(number for number in self.filled - self.missing if not self.holds(number))

    def returned(self, issued: int) -> int:
        """Where the one issued as that number now is, if it still is anywhere."""
        return issued if self.unmoved else self._back.get(issued, self._last[0] + issued - self._last[1])

    @cached_property
    def _last(self) -> tuple[int, int]:
        """The last one known, or the end: what follows it has shrunk by what is missing, and by no more."""
        last = max(self.known.items(), default=(0, 0))
        if self.end[0] <= last[0] or self.end[1] <= max(self.known.values(), default=0):
            return last
        taken = set(self.known.values())
        rest = [number for number in range(last[1] + 1, self.end[1]) if number not in taken]
        gone = min(len(self.missing.intersection(rest)), max(0, len(rest) - (self.end[0] - last[0] - 1)))
        return last[0] + 1 + len(rest) - gone, self.end[1]

    @cached_property
    def _back(self) -> dict[int, int]:
        return {issued: number for number, issued in self._places.items()}

    @cached_property
    def _places(self) -> dict[int, int]:
        """Those that are known, and those between."""
        places, taken = dict(self.known), set(self.known.values())
        for (before, was), (after, then) in pairwise([(0, 0), *sorted({**self.known, self._last[0]: self._last[1]}.items())]):
            free = (number for number in self._between(was, then, after - before - 1) if number not in taken)
            found = dict(zip(range(before + 1, after), free, strict=False))
            places |= found
            taken |= set(found.values())
        return places

    def _between(self, was: int, then: int, room: int) -> list[int]:
        """The issued numbers that fill a gap: of one that has shrunk those found missing are left out, as many as it must."""
        if then < was:
            return list(range(was + 1, was + 1 + min(room, _OUT_OF_ORDER)))
        numbers = range(was + 1, then)
        gone = [number for number in numbers if number in self.missing][: max(0, len(numbers) - room)]
        return [number for number in numbers if number not in gone]


@dataclass
class AlignedSheet:
    """A returned sheet, the issued sheet that it is, and its rows and columns as issued."""

    sheet: ScannedSheet
    issued: str
    rows: Lines = field(default_factory=Lines)
    columns: Lines = field(default_factory=Lines)

    def place(self, row: int, column: int) -> tuple[int, int] | None:
        """The issued row and column of a returned cell; None where either has been inserted."""
        issued = self.rows.issued(row), self.columns.issued(column)
        return None if issued[0] is None or issued[1] is None else (issued[0], issued[1])

    def holds(self, row: int, column: int) -> bool:
        """Whether the row and the column of an issued cell are still there."""
        return self.rows.holds(row) and self.columns.holds(column)

    def returned(self, row: int, column: int) -> tuple[int, int]:
        """The row and column in the file of an issued cell that is still there."""
        return self.rows.returned(row), self.columns.returned(column)


def align(scan: Scan, layout: Layout, located: Located, issued: IssuedSheets) -> tuple[AlignedSheet, ...]:
    """Every returned sheet that is one of ours, by the tables on it, by its name, or by its title."""
    found: dict[str, AlignedSheet] = {}
    for sheet in layout.sheets:
        for table in sheet.tables:
            at = located.tables.get(table.table.table.key)
            if at is not None:
                aligned = found.setdefault(at.sheet.name, AlignedSheet(at.sheet, sheet.sheet.title))
                if aligned.issued == sheet.sheet.title:
                    _know_table(aligned, table, at)
    taken = {aligned.issued for aligned in found.values()}
    for name in issued:
        if name not in taken:
            one = _named(scan.sheets, name, issued, found)
            if one is not None:
                found[one.name] = AlignedSheet(one, name)
    for aligned in found.values():
        _know_texts(aligned, issued)
        _know_missing(aligned, layout, located)
        before = issued[aligned.issued]
        aligned.rows.end = (max(aligned.sheet.cells.held, default=(0, 0))[0] + 1, before.last_row + 1)
        aligned.rows.filled, aligned.columns.filled = before.filled_rows, before.filled_columns
    return tuple(found.values())


def _know_table(aligned: AlignedSheet, table: TableLayout, found: Found) -> None:
    rows, columns = aligned.rows.known, aligned.columns.known
    rows[found.title_row] = table.title_row + 1
    if found.rows or found.columns:
        rows[found.code_row] = table.code_row + 1
        rows[found.code_row + 1] = table.header_row + 1
    columns[found.code_column] = CODE_COLUMN + 1
    rows |= {row: table.rows[line] + 1 for line, row in found.rows.items()}
    columns |= {column: table.columns[key] + 1 for key, column in found.columns.items()}


def _know_missing(aligned: AlignedSheet, layout: Layout, located: Located) -> None:
    for table in (table for sheet in layout.sheets if sheet.sheet.title == aligned.issued for table in sheet.tables):
        found = located.tables.get(table.table.table.key)
        if found is None and not table.empty:
            aligned.rows.missing |= set(range(table.title_row + 1, table.last_row + 2))
        elif found is not None:
            aligned.rows.missing |= {row + 1 for line, row in table.rows.items() if line not in found.rows}
            aligned.columns.missing |= {column + 1 for key, column in table.columns.items() if key not in found.columns}


def _named(
    sheets: Iterable[ScannedSheet], name: str, issued: IssuedSheets, taken: dict[str, AlignedSheet]
) -> ScannedSheet | None:
    """The sheet of that name, or the one that begins with the same title."""
    free = [sheet for sheet in sheets if sheet.name not in taken and (sheet.name == name or sheet.name not in issued)]
    titled = [sheet for sheet in free if (1, 1) in sheet.cells.held and sheet.cells[1, 1].value == issued[name][1, 1].value]
    return next((sheet for sheet in free if sheet.name == name), titled[0] if titled else None)


def _know_texts(aligned: AlignedSheet, issued: IssuedSheets) -> None:
    """Rows by the texts that they begin with, where just one row on either side has these."""
    before = issued[aligned.issued].rows_by_texts
    after = rows_by_texts(aligned.sheet.cells.held, aligned.sheet.cells.formulas)
    taken = set(aligned.rows.known.values())
    known = {row: before[texts] for texts, row in after.items() if texts in before and before[texts] not in taken}
    aligned.rows.known = {**known, **aligned.rows.known}
