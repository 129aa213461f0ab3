"""Changes that people make to the sheets, rows, columns, labels and figures of a workbook, and what each is to tell."""

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

from tests.returns import completed, issuable, place_of, sound
from tests.shifting import changed_reading, lose_sheet, move_lines, sort_lines
from tests.spoil import Spoiled, place, sheet_of, with_openpyxl
from workbook_gen.definition.layout import CODE_COLUMN, address
from workbook_gen.definition.nodes import Key

YTD = Key("agency", "medical", "ytd")
TOTAL = Key("agency", "total", "fot")
INPUT = Key("agency", "medical", "dec")
LABEL = Key("agency", "nursing", "nov")

SPARE = ("Assurance", "A2")
"""A cell with a sentence, in which nobody looks for codes."""

Told = tuple[str, str, str]
Change = Callable[[bytes, str], bytes]


@dataclass(frozen=True)
class Way:
    """A change to the file of a system; what it tells (code, sheet, cell); the tables, lines or columns it takes away."""

    name: str
    change: Change
    told: Callable[[str], tuple[Told, ...]] = lambda code: ()
    lost: tuple[str, ...] = ()
    says: tuple[str, ...] = ()


def spoiled(change: Callable[[Spoiled, str], None]) -> Change:
    """A change to the package's XML."""

    def work(data: bytes, code: str) -> bytes:
        opened = Spoiled(data)
        change(opened, code)
        return opened.data()

    return work


def by_openpyxl(change: Callable[[Workbook, str], None]) -> Change:
    """A change made with openpyxl."""
    return lambda data, code: with_openpyxl(data, lambda book: change(book, code))


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


def drop_line(file: Spoiled, code: str) -> None:
    drop_rows(file, "Agency", row_of(code, INPUT), row_of(code, INPUT))


def drop_table(file: Spoiled, code: str) -> None:
    table = issuable(code).layout.table("agency_control")
    drop_rows(file, "Agency", table.title_row + 1, table.last_row + 1)


def drop_rows(file: Spoiled, sheet: str, top: int, bottom: int) -> None:
    """Delete rows; those below move up."""
    size = bottom - top + 1
    move_lines(file, sheet, rows=lambda row: row if row < top else row - size if row > bottom else None)


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


def reorder(file: Spoiled, _: str) -> None:
    file.reorder("Agency", before="Allocation")


def insert_column(file: Spoiled, _: str) -> None:
    move_lines(file, "Position", columns=lambda column: column + (column >= 4))


def column_number(code: str, key: Key) -> int:
    """The column of a cell as issued."""
    return column_index_from_string("".join(sign for sign in place_of(code, key)[1] if sign.isalpha()))


def drop_column(file: Spoiled, code: str) -> None:
    gone = column_number(code, Key("position", code.lower(), "dec"))
    move_lines(file, "Position", columns=lambda column: None if column == gone else column - (column > gone))


def drop_sheet(name: str) -> Change:
    """Delete a sheet; what read it reads #REF!."""

    def work(data: bytes, code: str) -> bytes:
        file = Spoiled(data)
        lose_sheet(file, name)
        return with_openpyxl(file.data(), lambda book: book.remove(sheet_of(book, name)))

    return work


def add_sheet(book: Workbook, _: str) -> None:
    book.create_sheet("Workings")["B2"] = "Our sums"


def copy_sheet(book: Workbook, _: str) -> None:
    book.copy_worksheet(sheet_of(book, "Bridge")).title = "Bridge (2)"


def hide_rows(book: Workbook, code: str) -> None:
    sheet_of(book, "Agency").row_dimensions[row_of(code, LABEL)].hidden = True
    sheet_of(book, "Agency").column_dimensions["E"].hidden = True
    sheet_of(book, "Bridge").sheet_state = "hidden"


def move_code(file: Spoiled, code: str) -> None:
    file.put(*code_cell(code, "agency", column="dec"), None)
    file.put(*SPARE, "AGY1M09")


def change_formula(data: bytes, code: str) -> bytes:
    """A total that reads another cell, its value as before."""
    file = Spoiled(data)
    total = sound(code).values[TOTAL]
    assert isinstance(total, float)
    file.put(*place_of(code, TOTAL), total, formula="N(C99)")
    return file.data()


def clear_results(file: Spoiled, _: str) -> None:
    for row in (9, 10, 11):
        file.put("Checks", f"D{row}", None)


def write_in_margin(book: Workbook, _: str) -> None:
    sheet_of(book, "Agency")["Z3"] = "see email"
    sheet_of(book, "Agency")["Z4"] = 12
    sheet_of(book, "Checks")["M5"] = "ours"
