"""Columns inserted, deleted, moved and hidden."""

from tests.acceptance.manglings.kind import Kind, Told, edited, sheet_wide
from tests.acceptance.manglings.parts import find
from tests.changes import column_number
from tests.shifting import move_lines
from tests.spoil import Spoiled, place, q
from workbook_gen.definition.layout import column_name
from workbook_gen.definition.nodes import Key

SHEET = "Position"


def november(code: str) -> int:
    """The column of November."""
    return column_number(code, Key("position", code.lower(), "nov"))


def insert(file: Spoiled, code: str) -> None:
    first = november(code)
    move_lines(file, SHEET, columns=lambda column: column + (column >= first))


def insert_filled(file: Spoiled, code: str) -> None:
    insert(file, code)
    number = november(code)
    for row in file.tree(SHEET).iter(q("row")):
        if row.attrib["r"] == "14":
            left = [cell for cell in row if column_of(cell.attrib["r"]) < number]
            row.insert(len(left), row.makeelement(q("c"), {"r": f"{column_name(number - 1)}14"}))
    file.put(SHEET, f"{column_name(number - 1)}14", "October")


def column_of(cell: str) -> int:
    return place(cell)[1]


def told_of_the_filled_column(code: str) -> tuple[Told, ...]:
    return (("STR-212", SHEET, ""), ("STR-308", SHEET, f"{column_name(november(code) - 1)}14"))


def drop(file: Spoiled, code: str) -> None:
    gone = november(code) + 1
    move_lines(file, SHEET, columns=lambda column: None if column == gone else column - (column > gone))


def exchange(file: Spoiled, code: str) -> None:
    """Cut a month within the half-year and insert it behind the next: what reads it goes on reading it."""
    first = november(code) + 1
    order = {first: first + 1, first + 1: first}
    move_lines(file, SHEET, columns=lambda column: order.get(column, column))


def hide(file: Spoiled, _: str) -> None:
    columns = find(file.tree(SHEET), "cols")
    wide = next(one for one in columns if int(one.attrib["min"]) <= 5 <= int(one.attrib["max"]))
    position = list(columns).index(wide)
    columns.remove(wide)
    for first, last in ((5, 5), (6, int(wide.attrib["max"])), (int(wide.attrib["min"]), 4))[::-1]:
        if first <= last:
            part = columns.makeelement(q("col"), {**wide.attrib, "min": str(first), "max": str(last)})
            columns.insert(position, part)
            position += 1
            if first == last == 5:
                part.attrib["hidden"] = "1"


KINDS = (
    Kind(
        "blank column inserted",
        "inserted a column before November and left it blank",
        edited(insert),
        sheet_wide("STR-212", SHEET),
    ),
    Kind(
        "filled column inserted",
        "inserted a column for a month of their own",
        edited(insert_filled),
        told_of_the_filled_column,
    ),
    Kind(
        "column deleted",
        "deleted December",
        edited(drop),
        sheet_wide("STR-206", SHEET),
        says=("POS1M09", "December"),
        lost=("position.*[dec]",),
    ),
    Kind(
        "columns exchanged",
        "cut December and inserted it behind January",
        edited(exchange),
        sheet_wide("STR-213", SHEET),
    ),
    Kind("column hidden", "hid a column", edited(hide), sheet_wide("STR-211", SHEET), says=("column E",)),
)
