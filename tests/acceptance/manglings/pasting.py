"""What is lost or set by pasting and formatting: told of where it is worth a word, and read all the same."""

from xml.etree import ElementTree as ET

from tests.acceptance.manglings.kind import Edit, Kind, Told, edited
from tests.acceptance.manglings.parts import find
from tests.acceptance.manglings.places import LABELLED
from tests.changes import row_of
from tests.returns import answers, issuable, place_of
from tests.spoil import Spoiled, q

ACTIONS = ("conditionalFormatting", "dataValidations", "hyperlinks")


def titles(code: str) -> list[str]:
    """The sheets that are filled in."""
    return [sheet.sheet.title for sheet in issuable(code).layout.sheets]


def unprotect_all(file: Spoiled, _: str) -> None:
    for name in file.parts:
        file.unprotect(name)


def told_of_all(code: str) -> tuple[Told, ...]:
    return tuple(("STR-209", title, "") for title in titles(code))


def lose(*names: str) -> Edit:
    """Elements of every sheet that are gone."""

    def work(file: Spoiled, code: str) -> None:
        found = 0
        for sheet in titles(code):
            tree = file.tree(sheet)
            gone = [one for one in tree if one.tag in {q(name) for name in names}]
            found += len(gone)
            for one in gone:
                tree.remove(one)
        assert found > 10

    return work


def lose_formats(file: Spoiled, code: str) -> None:
    """Every answer in the format of a new workbook, which is locked."""
    places = {place_of(code, key) for key in answers(code)}
    for sheet in titles(code):
        for cell in file.tree(sheet).iter(q("c")):
            if (sheet, cell.attrib["r"]) in places:
                cell.attrib.pop("s", None)


def filter_checks(file: Spoiled, _: str) -> None:
    """Show what is to do on Checks: the filter hides the other rows."""
    column = ET.SubElement(find(file.tree("Checks"), "autoFilter"), q("filterColumn"), {"colId": "3"})
    ET.SubElement(ET.SubElement(column, q("filters")), q("filter"), {"val": "Fix"})
    for row in file.tree("Checks").iter(q("row")):
        if int(row.attrib["r"]) > 8:
            row.attrib["hidden"] = "1"


def zoom(file: Spoiled, code: str) -> None:
    for sheet in titles(code):
        view = next(file.tree(sheet).iter(q("sheetView")))
        view.attrib.update({"zoomScale": "70", "showFormulas": "1", "rightToLeft": "1"})
        for row in file.tree(sheet).iter(q("row")):
            row.attrib.update({"ht": "40", "customHeight": "1"})


def flatten(file: Spoiled, code: str) -> None:
    """A row of no height, which is not a hidden one."""
    row = next(row for row in file.tree("Agency").iter(q("row")) if row.attrib["r"] == str(row_of(code, LABELLED)))
    row.attrib.update({"ht": "1", "customHeight": "1"})


KINDS = (
    Kind(
        "protection removed from a sheet",
        "took the protection off a sheet",
        edited(lambda file, _: file.unprotect("Agency")),
        lambda _: (("STR-209", "Agency", ""),),
    ),
    Kind("protection removed from all", "took the protection off every sheet", edited(unprotect_all), told_of_all),
    Kind(
        "conditional formats lost",
        "pasted over cells, and their colours with them",
        edited(lose("conditionalFormatting")),
    ),
    Kind("validations lost", "pasted over cells, and their lists with them", edited(lose("dataValidations"))),
    Kind("links and colours and lists lost", "pasted whole sheets", edited(lose(*ACTIONS))),
    Kind("formats of inputs lost", "pasted with the formats of another workbook", edited(lose_formats)),
    Kind("Checks filtered", "filtered Checks, and saved it so", edited(filter_checks)),
    Kind("view changed", "zoomed, showed formulas and made rows higher", edited(zoom)),
    Kind("row made low", "pulled a row almost shut", edited(flatten)),
)
