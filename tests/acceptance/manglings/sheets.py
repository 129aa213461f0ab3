"""Sheets renamed, reordered, added, copied, hidden and deleted."""

from tests.acceptance.manglings.kind import Kind, Told, edited, sheet_wide
from tests.acceptance.manglings.parts import add_sheet, delete_sheet, set_state, worksheet
from tests.changes import code_cell
from tests.shifting import rename_sheet
from tests.spoil import MAIN, Spoiled

WORKINGS = '<row r="2"><c r="B2" t="inlineStr"><is><t>Our sums</t></is></c><c r="C2"><f>1+1</f><v>2</v></c></row>'
CHART = f'<chartsheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews></chartsheet>'
OUR_OWN = ("Cover", "Guidance", "Checks", "PlanData", "About")


def copy_of_bridge(file: Spoiled, _: str) -> None:
    file.tree("Bridge")
    add_sheet(file, "Bridge (2)", file.members[file.parts["Bridge"]])


def told_of_the_copy(code: str) -> tuple[Told, ...]:
    codes = (("STR-208", "Bridge (2)", code_cell(code, table)[1]) for table in ("bridge", "bridge_chart"))
    return (("STR-203", "Bridge (2)", ""), *codes)


def deleted(name: str) -> Kind:
    """One of our own sheets, which hold nothing to fill in, deleted."""
    return Kind(
        f"{name} deleted",
        f"deleted the sheet {name}, as there is nothing to fill in on it",
        edited(lambda file, _: delete_sheet(file, name)),
        lambda _: (("STR-214", "", ""),),
        says=(f"Sheet '{name}' is missing",),
    )


def swap_names(file: Spoiled, _: str) -> None:
    for old, new in (("Agency", "between"), ("Bridge", "Agency"), ("between", "Bridge")):
        rename_sheet(file, old, new)


KINDS = (
    Kind(
        "sheet renamed",
        "called the sheet 'Agency final'",
        edited(lambda file, _: rename_sheet(file, "Agency", "Agency final")),
        sheet_wide("STR-201", "Agency final"),
        says=("Agency final", "'Agency'"),
    ),
    Kind(
        "names of two sheets exchanged",
        "renamed two sheets, each to the other's name",
        edited(swap_names),
        sheet_wide("STR-201", "Agency", "Bridge"),
    ),
    Kind(
        "sheets reordered",
        "dragged a sheet to another place",
        edited(lambda file, _: file.reorder("Agency", before="Allocation")),
        sheet_wide("STR-204", ""),
        says=("Agency, Allocation",),
    ),
    Kind(
        "sheet added",
        "added a sheet for the workings",
        edited(lambda file, _: add_sheet(file, "Workings", worksheet(WORKINGS))),
        sheet_wide("STR-203", "Workings"),
        says=("Workings",),
    ),
    Kind(
        "chart added as a sheet",
        "moved a chart of their own to a new sheet",
        edited(lambda file, _: add_sheet(file, "Chart1", CHART.encode(), "chartsheet")),
        sheet_wide("STR-203", "Chart1"),
    ),
    Kind(
        "sheet copied",
        "kept a copy of a sheet beside it, so that every code on it stands twice",
        edited(copy_of_bridge),
        told_of_the_copy,
        lost=("bridge.",),
    ),
    Kind(
        "sheet hidden",
        "hid a sheet",
        edited(lambda file, _: set_state(file, "Bridge", "hidden")),
        sheet_wide("STR-210", "Bridge"),
    ),
    Kind(
        "sheet very hidden",
        "hid a sheet by a macro, so that no menu shows it",
        edited(lambda file, _: set_state(file, "Bridge", "veryHidden")),
        sheet_wide("STR-210", "Bridge"),
    ),
    Kind(
        "sheet deleted",
        "deleted a sheet with inputs, as it did not concern them",
        edited(lambda file, _: delete_sheet(file, "Agency")),
        lambda _: (("STR-202", "", ""),),
        says=("Agency", "AGY1"),
        lost=("agency.", "agency_control.", "pay_share."),
    ),
    *map(deleted, OUR_OWN),
)
