"""A workbook as it was issued, cell by cell: what the writer puts into each, without a file."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from workbook_gen.definition.layout import Layout
from workbook_gen.excel.cells import Place, shared_place
from workbook_gen.excel.contents import Contents
from workbook_gen.excel.draw import draw


class IssuedCell(NamedTuple):
    """A cell as issued: a constant, or a formula without its equals sign; both None where it is empty."""

    value: str | float | None
    formula: str | None
    locked: bool

    @property
    def holds(self) -> bool:
        """Whether the cell was issued with something in it."""
        return self.formula is not None or self.value not in (None, "")


class IssuedSheet(dict[Place, IssuedCell]):
    """The cells of a sheet by row and column, both from 1; what every file that comes back is asked about them is kept."""

    @cached_property
    def formulas(self) -> dict[Place, str]:
        """The formulas that nobody fills in."""
        return {place: cell.formula for place, cell in self.items() if cell.locked and cell.formula is not None}

    @cached_property
    def constants(self) -> dict[Place, str | float]:
        """The texts and figures that nobody fills in."""
        held = {place: cell.value for place, cell in self.items() if cell.locked and cell.formula is None}
        return {place: value for place, value in held.items() if value not in (None, "")}

    @cached_property
    def content(self) -> frozenset[Place]:
        """The places of these formulas, texts and figures."""
        return frozenset((*self.formulas, *self.constants))

    @cached_property
    def last_row(self) -> int:
        """The last row with a cell."""
        return max((row for row, _ in self), default=0)

    @cached_property
    def filled_rows(self) -> frozenset[int]:
        """The rows with something in them."""
        return frozenset(row for (row, _), cell in self.items() if cell.holds)

    @cached_property
    def filled_columns(self) -> frozenset[int]:
        """The columns with something in them."""
        return frozenset(column for (_, column), cell in self.items() if cell.holds)

    @cached_property
    def rows_by_texts(self) -> dict[tuple[str, ...], int]:
        """Each row by the texts that it begins with, where it is the only one with these."""
        return rows_by_texts({place: cell.value for place, cell in self.items()}, {})


IssuedSheets = dict[str, IssuedSheet]
"""The cells of each sheet."""
_NAMING = 3
"""The columns whose texts name a row of our own sheets."""


def rows_by_texts(held: Mapping[Place, object], formulas: Mapping[Place, str]) -> dict[tuple[str, ...], int]:
    """Each row by the texts that it begins with, where it is the only one with these. Of cells as issued or as scanned."""
    rows: dict[int, list[str]] = {}
    for place in sorted(place for place in held if place[1] <= _NAMING):
        value = held[place]
        if isinstance(value, str) and value and place not in formulas:
            rows.setdefault(place[0], []).append(value)
    texts = {row: tuple(one) for row, one in rows.items()}
    counts = Counter(texts.values())
    return {one: row for row, one in texts.items() if counts[one] == 1}


def issued_cells(layout: Layout, contents: Contents, settings: dict[str, float]) -> IssuedSheets:
    """Every cell that the writer writes. `contents` are those of the untouched return, under the stamp of its issue."""
    book = _Book()
    draw(book, layout, contents, settings, kind=_Sheet)
    return {name: sheet.cells for name, sheet in book.sheets.items()}


class _Ignored:
    """Takes every call and does nothing: how a workbook looks, and what stands beside its cells."""

    def __getattr__(self, name: str) -> "_Ignored":
        return self

    def __call__(self, *arguments: Any, **options: Any) -> "_Ignored":
        return self


_IGNORED = _Ignored()


class _Sheet:
    """Stands in for a worksheet of XlsxWriter, and keeps the cells that are written. A format is whether it is locked."""

    def __init__(self) -> None:
        self.cells = IssuedSheet()

    def write_blank(self, row: int, column: int, value: None, locked: bool) -> None:
        self.cells[shared_place(row + 1, column + 1)] = IssuedCell(None, None, locked)

    def write_string(self, row: int, column: int, text: str, locked: bool) -> None:
        self.cells[shared_place(row + 1, column + 1)] = IssuedCell(text, None, locked)

    def write_number(self, row: int, column: int, number: float, locked: bool) -> None:
        self.cells[shared_place(row + 1, column + 1)] = IssuedCell(float(number), None, locked)

    def write_formula(self, row: int, column: int, formula: str, locked: bool, value: object) -> None:
        self.cells[shared_place(row + 1, column + 1)] = IssuedCell(None, formula.removeprefix("="), locked)

    def write_url(self, row: int, column: int, target: str, locked: bool, text: str, tip: str) -> None:
        self.write_string(row, column, text, locked)

    def __getattr__(self, name: str) -> _Ignored:
        return _IGNORED


class _Book:
    """Stands in for a workbook of XlsxWriter."""

    def __init__(self) -> None:
        self.sheets: dict[str, _Sheet] = {}

    def add_worksheet(self, name: str, kind: type[_Sheet]) -> _Sheet:
        self.sheets[name] = kind()
        return self.sheets[name]

    def add_format(self, properties: dict[str, Any]) -> bool:
        return bool(properties.get("locked", True))

    def __getattr__(self, name: str) -> _Ignored:
        return _IGNORED
