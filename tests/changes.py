"""Changes that people make to the sheets, rows, columns, labels and figures of a workbook, and what each is to tell."""

from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.utils import column_index_from_string

from tests.returns import issuable, place_of
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
        file.move_rows(place_of(code, key)[0], lambda number: number + count if number >= row else number)

    return spoiled(work)


def swap_rows(one: Key, other: Key) -> Change:
    """Two lines change places, as after sorting."""

    def work(file: Spoiled, code: str) -> None:
        first, second = row_of(code, one), row_of(code, other)
        file.move_rows(place_of(code, one)[0], lambda number: {first: second, second: first}.get(number, number))

    return spoiled(work)


def drop_line(file: Spoiled, code: str) -> None:
    drop_rows(file, "Agency", row_of(code, INPUT), row_of(code, INPUT))


def drop_table(file: Spoiled, code: str) -> None:
    table = issuable(code).layout.table("agency_control")
    drop_rows(file, "Agency", table.title_row + 1, table.last_row + 1)


def drop_rows(file: Spoiled, sheet: str, top: int, bottom: int) -> None:
    """Delete rows; those below move up."""
    size = bottom - top + 1
    file.move_rows(sheet, lambda row: row if row < top else row - size if row > bottom else None)


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


def insert_rows(book: Workbook, code: str) -> None:
    sheet_of(book, "Agency").insert_rows(row_of(code, LABEL) - 3, amount=2)


def insert_column(book: Workbook, code: str) -> None:
    sheet_of(book, "Position").insert_cols(4)


def column_number(code: str, key: Key) -> int:
    """The column of a cell as issued."""
    return column_index_from_string("".join(sign for sign in place_of(code, key)[1] if sign.isalpha()))


def drop_column(book: Workbook, code: str) -> None:
    sheet_of(book, "Position").delete_cols(column_number(code, Key("position", code.lower(), "dec")))


def drop_sheet(book: Workbook, _: str) -> None:
    del book["Agency"]


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


WAYS = (
    Way("prefilled figure changed", put(YTD, 1.0), lambda code: (("STR-301", *place_of(code, YTD)),)),
    Way("prefilled figure cleared", put(YTD, None), lambda code: (("STR-301", *place_of(code, YTD)),), says=("a blank",)),
    Way(
        "prefilled figure typed over",
        put(YTD, "see note"),
        lambda code: (("STR-301", *place_of(code, YTD)),),
        says=("'see note'",),
    ),
    Way("total overwritten", put(TOTAL, 1.0), lambda code: (("STR-302", *place_of(code, TOTAL)),)),
    Way("total cleared", put(TOTAL, None), lambda code: (("STR-302", *place_of(code, TOTAL)),), says=("a blank",)),
    Way(
        "sheet renamed",
        spoiled(lambda file, _: file.rename("Agency", "Agency final")),
        lambda _: (("STR-201", "Agency final", ""),),
        says=("Agency final", "'Agency'"),
    ),
    Way("sheets in another order", spoiled(reorder), lambda _: (("STR-204", "", ""),), says=("Agency, Allocation",)),
    Way("sheet added", by_openpyxl(add_sheet), lambda _: (("STR-203", "Workings", ""),), says=("Workings",)),
    Way("rows inserted above a table", open_rows(LABEL, 3)),
    Way("rows inserted in a table", open_rows(INPUT, 1)),
    Way("rows inserted with openpyxl", by_openpyxl(insert_rows)),
    Way("column inserted", by_openpyxl(insert_column)),
    Way("lines sorted", swap_rows(INPUT, Key("agency", "other", "dec"))),
    Way("rows, columns and a sheet hidden", by_openpyxl(hide_rows)),
    Way(
        "label changed",
        spoiled(lambda file, code: file.put(*label_cell(code), "Nurses")),
        lambda code: (("STR-303", *label_cell(code)),),
        says=("Nurses", "Registered nursing"),
    ),
    Way("protection removed", spoiled(lambda file, _: file.unprotect("Agency")), lambda _: (("STR-209", "Agency", ""),)),
    Way(
        "sheet deleted",
        by_openpyxl(drop_sheet),
        lambda _: (("STR-202", "", ""),),
        lost=("agency.", "agency_control.", "pay_share."),
        says=("Agency", "AGY1"),
    ),
    Way(
        "line deleted",
        spoiled(drop_line),
        lambda _: (("STR-205", "Agency", ""),),
        lost=("agency.medical[",),
        says=("AGY0200", "Medical and dental"),
    ),
    Way(
        "table deleted",
        spoiled(drop_table),
        lambda _: (("STR-207", "Agency", ""),),
        lost=("agency_control.",),
        says=("AGY5",),
    ),
    Way(
        "column deleted",
        by_openpyxl(drop_column),
        lambda _: (("STR-206", "Position", ""),),
        lost=("position.*[dec]",),
        says=("POS1M09", "December"),
    ),
    Way(
        "main code moved",
        spoiled(move_code),
        lambda _: (("STR-206", "Agency", ""),),
        lost=("agency.*[dec]",),
        says=("AGY1M09",),
    ),
    Way(
        "sub code twice",
        repeat_code("agency", line="medical", at=lambda code: code_cell(code, "agency", line="other")),
        lambda code: (("STR-205", "Agency", ""), ("STR-208", *code_cell(code, "agency", line="other"))),
        lost=("agency.medical[", "agency.other["),
        says=("AGY0200",),
    ),
    Way(
        "main code twice",
        repeat_code("agency", column="dec", at=lambda _: SPARE),
        lambda _: (("STR-208", *SPARE),),
        lost=("agency.*[dec]",),
        says=("AGY1M09", "Agency "),
    ),
    Way(
        "sheet copied",
        by_openpyxl(copy_sheet),
        lambda code: (
            ("STR-203", "Bridge (2)", ""),
            *(("STR-208", "Bridge (2)", code_cell(code, table)[1]) for table in ("bridge", "bridge_chart")),
        ),
        lost=("bridge.",),
    ),
)
