"""The tables of a return as they stand in the sheets: title, row of main codes, header and lines, found by their codes."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_gen.definition.form import FormTable
from workbook_gen.lint.book import Book
from workbook_gen.lint.exhibit import Exhibit


@dataclass(frozen=True)
class Standing:
    """One table. `mains` are the main codes by column; `headers` the rows between them and the first line.

    `lines` goes from the first line to the last row in which something stands: what column A says of each row, empty where
    it says nothing.
    """

    table: FormTable
    sheet: str
    title_row: int
    mains: dict[int, str]
    headers: tuple[int, ...]
    lines: dict[int, str]

    @property
    def code(self) -> str:
        """The table's code."""
        return self.table.table.code


def standing_tables(exhibit: Exhibit) -> tuple[Standing, ...]:
    """Every table whose code stands in column A of one of the return's own sheets, in order; one that stands twice twice."""
    tables = {table.table.code: table for table in exhibit.form.tables.values()}
    found: list[Standing] = []
    for sheet in exhibit.own_sheets:
        if sheet in exhibit.book.sheets:
            starts = [row for row in exhibit.book.rows(sheet) if exhibit.book.text(sheet, row, 1) in tables]
            ends = [*(row - 1 for row in starts[1:]), exhibit.book.rows(sheet).stop - 1]
            for start, end in zip(starts, ends, strict=False):
                found.append(_standing(exhibit.book, sheet, start, end, tables[exhibit.book.text(sheet, start, 1)]))
    return tuple(found)


def _standing(book: Book, sheet: str, start: int, end: int, table: FormTable) -> Standing:
    used = [row for row in range(start + 1, end + 1) if any(True for _ in used_columns(book, sheet, row))]
    mains: dict[int, str] = {}
    codes = start
    for row in used:
        mains = {
            column: text for column in used_columns(book, sheet, row) if _is_main(text := book.text(sheet, row, column), table)
        }
        if mains:
            codes = row
            break
    below = range(codes + 1, used[-1] + 1) if mains else range(0)
    subs = {line.sub_code for line in table.lines}
    first = next((row for row in below if book.text(sheet, row, 1) in subs), below.stop)
    lines = {row: book.text(sheet, row, 1) for row in range(first, below.stop)}
    return Standing(table, sheet, start, mains, tuple(range(codes + 1, first)) if mains else (), lines)


def _is_main(text: str, table: FormTable) -> bool:
    return text.startswith(table.table.code) and " " not in text and text != table.table.code


def used_columns(book: Book, sheet: str, row: int) -> Iterator[int]:
    """The columns of a row in which something stands, a formula included."""
    for column in range(1, (book.sheets[sheet].max_column or 0) + 1):
        seen = book.cells.get((sheet, row, column))
        if seen and (seen.value is not None or seen.formula is not None):
            yield column
