"""What a person meets while filling in: room for words, a protection that does not hinder, and Tab in reading order."""

from collections.abc import Iterator

from workbook_gen.lint.addresses import area, at
from workbook_gen.lint.book import MAIN
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import CHECKS, Exhibit
from workbook_gen.lint.rows import check_rows

TALL = 30
"""Points that the row of a box for words is high, at least."""
CHARACTERS = 2_000
"""Characters that a box for words takes, at most."""
_ALLOWED = {"1", "true"}


def line_22_text_inputs(exhibit: Exhibit) -> Iterator[str]:
    """Boxes for words wrap, stand in rows of at least 30 points, and take as many characters as the definition says.

    That is 2,000 unless it says fewer, as for a name; it never says more.
    """
    boxes = [cell for cell in exhibit.form.inputs() if cell.column.type == "text"]
    for cell in boxes:
        if cell.key not in exhibit.found:
            yield f"the box {cell.key} is not found by its codes"
            continue
        place = exhibit.found[cell.key]
        yield from (f"{at(place)} {fault}" for fault in _box_faults(exhibit, place, cell.column.length))
    if not boxes:
        yield "the form has no box for words"


def _box_faults(exhibit: Exhibit, place: tuple[str, int, int], length: int) -> Iterator[str]:
    sheet = exhibit.book.sheets[place[0]]
    if not exhibit.book.cells[place].cell.alignment.wrap_text:
        yield "does not wrap"
    height = sheet.row_dimensions[place[1]].height if place[1] in sheet.row_dimensions else None
    if height is None or height < TALL:
        yield f"stands in a row of {height or 15:g} points; {TALL} are asked"
    limits = [
        (str(rule.type), str(rule.operator), str(rule.formula1))
        for rule in sheet.data_validations.dataValidation
        if exhibit.book.cells[place].cell.coordinate in rule.sqref
    ]
    if limits != [("textLength", "lessThanOrEqual", str(length))] or length > CHARACTERS:
        yield f"does not take {min(length, CHARACTERS):,} characters: {limits}"


def line_41_protection(exhibit: Exhibit) -> Iterator[str]:
    """Protection allows selecting and copying, column widths and row heights; a filter only on Checks, over all its rows."""
    for name in exhibit.book.sheets:
        yield from (f"{name}: {fault}" for fault in _protection_faults(exhibit, name))


def _protection_faults(exhibit: Exhibit, name: str) -> Iterator[str]:
    tree = exhibit.book.tree_of(name)
    found, filtered = tree.find(f"{MAIN}sheetProtection"), tree.find(f"{MAIN}autoFilter")
    flags = {} if found is None else dict(found.attrib)
    if flags.get("sheet") not in _ALLOWED:
        yield "it is not protected"
    for flag, words in (("selectLockedCells", "locked cells"), ("selectUnlockedCells", "inputs")):
        if flags.get(flag, "0") in _ALLOWED:
            yield f"it keeps {words} from being selected and copied"
    for flag, words in (("formatColumns", "column widths"), ("formatRows", "row heights")):
        if flags.get(flag, "1") in _ALLOWED:
            yield f"it keeps {words} from being changed"
    if (flags.get("autoFilter", "1") in _ALLOWED) == (name == CHECKS):
        yield "it does not allow filtering" if name == CHECKS else "it allows filtering"
    if name == CHECKS:
        yield from _filter_faults(exhibit, "" if filtered is None else filtered.get("ref", ""))
    elif filtered is not None:
        yield f"it has a filter on {filtered.get('ref')}"


def _filter_faults(exhibit: Exhibit, reference: str) -> Iterator[str]:
    rows, found = check_rows(exhibit.book), area(reference, CHECKS)
    if found is None:
        yield "it has no filter"
    elif not rows or found.top != rows[0].places["Rule"][1] - 1 or found.bottom != rows[-1].places["Rule"][1]:
        yield f"its filter on {reference} is not that of all its rows"
    elif not all(found.holds(place) for place in rows[0].places.values()):
        yield f"its filter on {reference} leaves out columns"


def line_42_tab_order(exhibit: Exhibit) -> Iterator[str]:
    """Tab goes through the inputs in reading order.

    Tab takes the unlocked cells of a sheet row by row, each from left to right: that is to be the order of the definition,
    table by table and line by line, with nothing unlocked between.
    """
    for sheet in exhibit.own_sheets:
        asked = [cell.key for cell in exhibit.form.inputs() if exhibit.form.sheet_of(cell.key.table).title == sheet]
        expected = [exhibit.found.get(key) for key in asked]
        tabbed = [place for place, seen in exhibit.book.cells.items() if place[0] == sheet and not seen.cell.protection.locked]
        tabbed.sort()
        for number, (one, other) in enumerate(zip(tabbed, expected, strict=False), 1):
            if one != other:
                yield f"{at(one)} is stop {number} of Tab; {at(other) if other else asked[number - 1]} is asked there"
                break
        else:
            if len(tabbed) != len(expected):
                yield f"{sheet} has {len(tabbed)} stops of Tab; the definition has {len(expected)} inputs"
    if not any(exhibit.form.inputs()):
        yield "the form has no input"


LINES = (
    Line(22, "Boxes for words wrap, stand in rows of 30 points or more, and take 2,000 characters", line_22_text_inputs),
    Line(41, "Protection allows selecting, widths and heights; a filter on Checks only", line_41_protection),
    Line(42, "Tab goes through the inputs in reading order", line_42_tab_order),
)
