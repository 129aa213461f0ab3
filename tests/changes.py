"""Changes that people make to the sheets, rows, columns, labels and figures of a workbook, and what each is to tell."""

from collections.abc import Callable

from openpyxl.utils import column_index_from_string

from tests.returns import completed, issuable, place_of
from tests.shifting import changed_reading, move_lines, sort_lines
from tests.spoil import Spoiled, place
from workbook_gen.definition.layout import CODE_COLUMN, address
from workbook_gen.definition.nodes import Key

YTD = Key("agency", "medical", "ytd")
TOTAL = Key("agency", "total", "fot")
INPUT = Key("agency", "medical", "dec")
LABEL = Key("agency", "nursing", "nov")

SPARE = ("Assurance", "A2")
"""A cell with a sentence, in which nobody looks for codes."""

Told = tuple[str, str, str]
"""What is told: the code, the sheet and the first cell."""

Change = Callable[[bytes, str], bytes]


def spoiled(change: Callable[[Spoiled, str], None]) -> Change:
    """A change to the package's XML."""

    def work(data: bytes, code: str) -> bytes:
        opened = Spoiled(data)
        change(opened, code)
        return opened.data()

    return work


def row_of(code: str, key: Key) -> int:
    """The row of a cell as issued."""
    return place(place_of(code, key)[1])[0]


def put(key: Key, value: float | str | None) -> Change:
    """Another value in place of what a cell holds, a formula included."""
    return spoiled(lambda file, code: file.put(*place_of(code, key), value))


def open_rows(key: Key, count: int) -> Change:
    """Empty rows above the row of a cell."""

    def work(file: Spoiled, code: str) -> None:
        row = row_of(code, key)
        move_lines(file, place_of(code, key)[0], rows=lambda number: number + count if number >= row else number)

    return spoiled(work)


SORTED = (INPUT, Key("agency", "other", "dec"))
"""Two lines that change places."""


def swapped(code: str) -> dict[int, int]:
    """The rows that change places, both ways."""
    one, other = (row_of(code, key) for key in SORTED)
    return {one: other, other: one}


def swap_rows(file: Spoiled, code: str) -> None:
    """Two lines change places, as after sorting."""
    sort_lines(file, "Agency", swapped(code))


def told_of_sorting(code: str) -> tuple[Told, ...]:
    """Formulas elsewhere that go on reading the row, and so another line than issued."""
    before, after = Spoiled(completed(code)), Spoiled(completed(code))
    swap_rows(after, code)
    changed = changed_reading(before, after, "Agency", swapped(code))
    return tuple(("STR-307", sheet, cells[0]) for sheet, cells in changed.items())


def code_cell(code: str, table: str, *, line: str = "", column: str = "") -> tuple[str, str]:
    """Where a sub code, a main code or a table's code stands."""
    layout = issuable(code).layout
    found = layout.table(table)
    row = found.rows[line] if line else found.code_row if column else found.title_row
    return layout.sheet_title(table), address(row, found.columns[column] if column else CODE_COLUMN)


def repeat_code(table: str, *, line: str = "", column: str = "", at: Callable[[str], tuple[str, str]]) -> Change:
    """A code typed once more, in another cell."""

    def work(file: Spoiled, code: str) -> None:
        found = issuable(code).layout.table(table).table
        text = found.line_by_key[line].sub_code if line else found.table.code + found.column_by_key[column].code
        file.put(*at(code), text)

    return spoiled(work)


def label_cell(code: str) -> tuple[str, str]:
    """Where a line's label stands."""
    return "Agency", f"B{row_of(code, LABEL)}"


def column_number(code: str, key: Key) -> int:
    """The column of a cell as issued."""
    return column_index_from_string("".join(sign for sign in place_of(code, key)[1] if sign.isalpha()))


def move_code(file: Spoiled, code: str) -> None:
    file.put(*code_cell(code, "agency", column="dec"), None)
    file.put(*SPARE, "AGY1M09")
