"""Rows inserted, deleted, sorted, moved and hidden."""

from tests.acceptance.manglings.kind import Kind, Told, edited, sheet_wide
from tests.acceptance.manglings.places import LABELLED, NUMBER, OTHER_NUMBER
from tests.changes import open_rows, row_of, spoiled, swap_rows, told_of_sorting
from tests.returns import issuable
from tests.shifting import move_lines
from tests.spoil import Spoiled, q

SHEET = "Agency"


def opened(file: Spoiled, code: str) -> int:
    """Insert a row above a line; its number."""
    row = row_of(code, NUMBER)
    move_lines(file, SHEET, rows=lambda number: number + (number >= row))
    return row


def insert_filled(file: Spoiled, code: str) -> None:
    row = opened(file, code)
    rows = file.tree(SHEET).find(q("sheetData"))
    assert rows is not None
    position = [int(one.attrib["r"]) for one in rows].index(row + 1)
    new = rows.makeelement(q("row"), {"r": str(row)})
    new.extend(new.makeelement(q("c"), {"r": f"{letter}{row}"}) for letter in "BF")
    rows.insert(position, new)
    file.put(SHEET, f"B{row}", "of which locums")
    file.put(SHEET, f"F{row}", 12.0)


def told_of_the_filled_row(code: str) -> tuple[Told, ...]:
    return (("STR-212", SHEET, ""), ("STR-308", SHEET, f"B{row_of(code, NUMBER)}"))


def drop_line(file: Spoiled, code: str) -> None:
    gone = row_of(code, NUMBER)
    move_lines(file, SHEET, rows=lambda row: None if row == gone else row - (row > gone))


def drop_sentence(file: Spoiled, code: str) -> None:
    """Delete the row of the second sentence below the title of a table, in which no code stands."""
    gone = issuable(code).layout.table("agency").title_row + 3
    move_lines(file, SHEET, rows=lambda row: None if row == gone else row - (row > gone))


def swap_sentences(file: Spoiled, code: str) -> None:
    """Let the sentences below the titles of two tables change places."""
    one, other = (issuable(code).layout.table(key).title_row + 2 for key in ("agency", "agency_limit"))
    move_lines(file, SHEET, rows=lambda row: {one: other, other: one}.get(row, row))


def move_line(file: Spoiled, code: str) -> None:
    """Cut a line and insert it further down, among lines of the same total: what reads it goes on reading it."""
    row = row_of(code, NUMBER)
    order = {row: row + 2, row + 1: row, row + 2: row + 1}
    move_lines(file, SHEET, rows=lambda number: order.get(number, number))


def hide_row(file: Spoiled, code: str) -> None:
    row = next(row for row in file.tree(SHEET).iter(q("row")) if row.attrib["r"] == str(row_of(code, LABELLED)))
    row.attrib["hidden"] = "1"


def group_rows(file: Spoiled, code: str) -> None:
    for row in file.tree(SHEET).iter(q("row")):
        if row_of(code, LABELLED) <= int(row.attrib["r"]) <= row_of(code, OTHER_NUMBER):
            row.attrib["outlineLevel"] = "1"


KINDS = (
    Kind(
        "blank row inserted in a table",
        "inserted a row between two lines and left it blank",
        open_rows(NUMBER, 1),
        sheet_wide("STR-212", SHEET),
    ),
    Kind(
        "filled row inserted in a table",
        "inserted a row for a line of their own",
        edited(insert_filled),
        told_of_the_filled_row,
        says=("of which locums",),
    ),
    Kind(
        "rows inserted above a table",
        "inserted three rows above the lines",
        open_rows(LABELLED, 3),
        sheet_wide("STR-212", SHEET),
    ),
    Kind(
        "line deleted",
        "deleted a line that they had nothing for",
        edited(drop_line),
        sheet_wide("STR-205", SHEET),
        says=("AGY0200", "Medical and dental"),
        lost=("agency.medical[",),
    ),
    Kind(
        "sentence's row deleted",
        "deleted the row of a sentence that they knew by heart",
        edited(drop_sentence),
        sheet_wide("STR-216", SHEET),
        says=("row ",),
    ),
    Kind(
        "sentences change places",
        "put the sentence of one table under the title of another, and the other's here",
        edited(swap_sentences),
        sheet_wide("STR-213", SHEET),
        says=("rows in another order",),
    ),
    Kind(
        "lines sorted",
        "sorted the lines, by which formulas elsewhere read another line than they did",
        spoiled(swap_rows),
        lambda code: (("STR-213", SHEET, ""), *told_of_sorting(code)),
    ),
    Kind(
        "line moved",
        "cut a line and inserted it two lines further down",
        edited(move_line),
        sheet_wide("STR-213", SHEET),
    ),
    Kind("row hidden", "hid a line", edited(hide_row), sheet_wide("STR-211", SHEET), says=("row ",)),
    Kind("rows grouped", "grouped the lines of a table, to fold them away", edited(group_rows)),
)
