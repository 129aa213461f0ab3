"""Labels changed and emptied, notes in the margin."""

from xml.etree import ElementTree as ET

from tests.acceptance.manglings.kind import Kind, Told, edited
from tests.acceptance.manglings.places import LABELLED
from tests.changes import label_cell, row_of
from tests.spoil import Spoiled, q
from workbook_gen.definition.layout import column_name

SHEET = "Agency"


def type_beside(file: Spoiled, sheet: str, letter: str, row: int, value: float | str) -> None:
    """Type into a cell to the right of all that was issued."""
    home = next(one for one in file.tree(sheet).iter(q("row")) if one.attrib["r"] == str(row))
    ET.SubElement(home, q("c"), {"r": f"{letter}{row}"})
    file.put(sheet, f"{letter}{row}", value)


def write_in_margin(file: Spoiled, code: str) -> None:
    row = row_of(code, LABELLED)
    type_beside(file, SHEET, "Z", row, "see email")
    type_beside(file, SHEET, "Z", row + 1, 12.0)
    type_beside(file, "Checks", "M", 9, "ours")


def told_of_the_margin(code: str) -> tuple[Told, ...]:
    return (("STR-308", SHEET, f"Z{row_of(code, LABELLED)}"), ("STR-308", "Checks", "M9"))


def head(file: Spoiled, code: str) -> None:
    file.put(SHEET, header(code), "Month 8")


def header(code: str) -> str:
    """The heading of November."""
    return f"{column_name(4)}{row_of(code, LABELLED) - 1}"


KINDS = (
    Kind(
        "label changed",
        "called a line by another name",
        edited(lambda file, code: file.put(*label_cell(code), "Nurses")),
        lambda code: (("STR-303", *label_cell(code)),),
        says=("Nurses", "Registered nursing"),
    ),
    Kind(
        "label emptied",
        "emptied a label",
        edited(lambda file, code: file.put(*label_cell(code), None)),
        lambda code: (("STR-310", *label_cell(code)),),
        says=("The first was issued as Registered nursing",),
    ),
    Kind(
        "heading of a column changed",
        "called a month by its number",
        edited(head),
        lambda code: (("STR-303", SHEET, header(code)),),
        says=("Month 8",),
    ),
    Kind(
        "notes in the margin",
        "wrote beside the tables, on two sheets",
        edited(write_in_margin),
        told_of_the_margin,
        says=("cells filled where nothing was issued: 2.", "'see email'"),
    ),
)
