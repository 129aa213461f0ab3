"""Lines 8 to 12 and 18: how a workbook opens, its sheets, contents and links, its colour key and change log, protection."""

import re
from collections import Counter
from collections.abc import Iterator

from openpyxl.cell.cell import Cell

from workbook_gen.lint.book import MAIN, Book
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import ABOUT, COVER, PLAN_DATA, Exhibit
from workbook_gen.lint.visible import hexadecimal, ink, paper

LONGEST_NAME = 31
CUSTOM = "docProps/custom.xml"
SECRETS = ("password", "hashValue", "saltValue", "algorithmName", "workbookPassword", "workbookHashValue", "revisionsPassword")

_FIRST = ("A1", "$A$1")
_LINK = re.compile(r"^#?(?:'((?:[^']|'')+)'|([^'!]+))!\$?[A-Z]{1,3}\$?[1-9]\d*(?::\$?[A-Z]{1,3}\$?[1-9]\d*)?$")
_HYPERLINK = re.compile(r'HYPERLINK\("(#[^"]+)"')
_CHANGE = re.compile(r"(\S+), (\d{1,2} [A-Z][a-z]+ \d{4})")


def line_08_opens_at_the_top(exhibit: Exhibit) -> Iterator[str]:
    """Opens at Cover A1, every sheet at its top: one sheet chosen, none scrolled, the cursor in A1 of each."""
    book = exhibit.book
    names = list(book.sheet_parts)
    if not names or names[0] != COVER:
        yield f"The first sheet is not {COVER}"
    for view in book.trees["xl/workbook.xml"].iter(f"{MAIN}workbookView"):
        for attribute in ("activeTab", "firstSheet"):
            if (number := int(view.get(attribute, "0"))) != 0:
                yield f"The workbook opens with {attribute} {number}, not at {COVER}"
    for name in names:
        yield from _off_the_top(name, book)


def _off_the_top(sheet: str, book: Book) -> Iterator[str]:
    tree = book.tree_of(sheet)
    for view in tree.iter(f"{MAIN}sheetView"):
        if (view.get("tabSelected") in ("1", "true")) != (sheet == COVER):
            yield f"{sheet} is {'not ' if sheet == COVER else ''}chosen when the workbook opens"
        if view.get("topLeftCell", "A1") != "A1":
            yield f"{sheet} opens at {view.get('topLeftCell')}"
    for pane in tree.iter(f"{MAIN}pane"):
        first = _below(pane.get("xSplit", "0"), pane.get("ySplit", "0"))
        if pane.get("topLeftCell", first) != first:
            yield f"{sheet} opens at {pane.get('topLeftCell')} below its frozen rows, not at {first}"
    active = {pane.get("activePane", "topLeft") for pane in tree.iter(f"{MAIN}pane")} or {"topLeft"}
    for selection in tree.iter(f"{MAIN}selection"):
        if selection.get("pane", "topLeft") in active and selection.get("activeCell", "A1") not in _FIRST:
            yield f"{sheet} opens with the cursor in {selection.get('activeCell')}"


def _below(columns: str, rows: str) -> str:
    """The first cell that is not frozen."""
    return f"{chr(ord('A') + int(columns))}{int(rows) + 1}"


def line_09_sheet_names(exhibit: Exhibit) -> Iterator[str]:
    """Sheet names unique, at most 31 characters; and they are those of the return: its own between the five of every one."""
    names = [sheet.get("name", "") for sheet in exhibit.book.trees["xl/workbook.xml"].iter(f"{MAIN}sheet")]
    for name, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            yield f"{count} sheets are called {name}"
    yield from (f"{name} has {len(name)} characters, more than {LONGEST_NAME}" for name in names if len(name) > LONGEST_NAME)
    yield from (f"There is no sheet {name}" for name in exhibit.all_sheets if name not in names)
    yield from (f"{name} is no sheet of this return" for name in names if name not in exhibit.all_sheets)
    if sorted(names) == sorted(exhibit.all_sheets) and names != list(exhibit.all_sheets):
        yield f"The sheets stand in the order {', '.join(names)}"


def line_10_contents(exhibit: Exhibit) -> Iterator[str]:
    """Contents with links, each sheet links back; every link can be seen and leads to a sheet that is there.

    Nothing need lead to or from PlanData, which is an interface.
    """
    found = {sheet: list(_links(sheet, exhibit.book)) for sheet in exhibit.book.sheet_parts}
    led = {target for _, target, _ in found.get(COVER, [])}
    for sheet in exhibit.book.sheet_parts:
        if sheet not in (COVER, PLAN_DATA):
            if sheet not in led:
                yield f"{COVER} has no link to {sheet}"
            if COVER not in {target for _, target, _ in found[sheet]}:
                yield f"{sheet} has no link back to {COVER}"
        # openpyxl gives a cell with a link the link's own text, so the part itself is asked what it shows.
        shown = {cell.get("r") for cell in exhibit.book.tree_of(sheet).iter(f"{MAIN}c") if len(cell)}
        for cell, target, written in found[sheet]:
            if target not in exhibit.book.sheet_parts:
                yield f"{sheet} {cell} leads nowhere: {written}"
            elif cell.partition(":")[0] not in shown:
                yield f"{sheet} {cell} is a link that nobody sees"


def _links(sheet: str, book: Book) -> Iterator[tuple[str, str, str]]:
    """The links of a sheet within the workbook: the cell, the sheet that it leads to (empty: none), what is written."""
    for one in book.tree_of(sheet).iter(f"{MAIN}hyperlink"):
        written = one.get("location", "")
        yield one.get("ref", ""), _sheet_in(written), written
    for (name, _, _), seen in book.cells.items():
        if name == sheet and seen.formula:
            for written in _HYPERLINK.findall(seen.formula):
                yield seen.cell.coordinate, _sheet_in(written), written


def _sheet_in(location: str) -> str:
    match = _LINK.match(location)
    return (match[1] or match[2]).replace("''", "'") if match else ""


def line_11_colour_key(exhibit: Exhibit) -> Iterator[str]:
    """The colour key on Cover is made from the very formats used: every look of a figure's cell is in it, with words beside.

    A look is fill, letters and border; the number format and the lock are not part of it.
    """
    key: dict[tuple[object, ...], str] = {}
    for (sheet, row, column), seen in exhibit.book.cells.items():
        if sheet == COVER and seen.value is None and seen.formula is None and seen.cell.fill.fill_type is not None:
            look = _look(seen.cell)
            if look in key:
                yield f"{COVER} {seen.cell.coordinate} looks like {key[look]}"
            key.setdefault(look, seen.cell.coordinate)
            if not exhibit.book.text(COVER, row, column + 1).strip():
                yield f"{COVER} {seen.cell.coordinate} has no words beside it"
    if not key:
        yield f"{COVER} has no colour key"
    told = set()
    for one, place in exhibit.found.items():
        cell = exhibit.book.cells[place].cell
        if (role := exhibit.form.cells[one].role, look := _look(cell)) not in told and look not in key:
            yield f"{place[0]} {cell.coordinate}: a cell of the role {role} that looks like nothing in the key on {COVER}"
        told.add((role, look))


def _look(cell: Cell) -> tuple[object, ...]:
    font, border = cell.font, cell.border
    sides = tuple((side.style, hexadecimal(side.color, "")) if side else None for side in (border.left, border.top))
    return (paper(cell), ink(cell), font.name, font.size, bool(font.bold), bool(font.italic), sides)


def line_12_change_log(exhibit: Exhibit) -> Iterator[str]:
    """A change log on About, whose last version is the file's: the definition's changes in order, with version and date."""
    collection = exhibit.form.collection
    wanted = [(one.version, f"{one.date:%-d %B %Y}", one.text) for one in collection.changes]
    found = []
    for row in exhibit.book.rows(ABOUT) if ABOUT in exhibit.book.sheets else ():
        if match := _CHANGE.fullmatch(exhibit.book.text(ABOUT, row, 1)):
            found.append((match[1], match[2], exhibit.book.text(ABOUT, row, 2)))
    if not found:
        yield f"{ABOUT} has no change log"
        return
    yield from (f"{ABOUT} does not tell the change of version {one[0]}: {one[2]}" for one in wanted if one not in found)
    yield from (f"{ABOUT} tells a change that is none: {one[0]}, {one[2]}" for one in found if one not in wanted)
    if sorted(found) == sorted(wanted) and found != wanted:
        yield f"{ABOUT} tells the changes in another order"
    versions = {"the definition": collection.version, CUSTOM: _stamped_version(exhibit.book)}
    yield from (
        f"The change log on {ABOUT} ends with version {found[-1][0]}, the version of {where} is {version}"
        for where, version in versions.items()
        if version != found[-1][0]
    )


def _stamped_version(book: Book) -> str | None:
    """The version that the file's properties say."""
    properties = book.trees.get(CUSTOM, ())
    return next(("".join(one.itertext()) for one in properties if one.get("name", "").endswith("_version")), None)


def line_18_protected(exhibit: Exhibit) -> Iterator[str]:
    """Every sheet protected, without password; no password on the workbook either."""
    for sheet in exhibit.book.sheet_parts:
        found = list(exhibit.book.tree_of(sheet).iter(f"{MAIN}sheetProtection"))
        if not any(one.get("sheet") in ("1", "true") for one in found):
            yield f"{sheet} is not protected"
        if any(one.get(secret) for one in found for secret in SECRETS):
            yield f"{sheet} is protected with a password"
    for one in exhibit.book.trees["xl/workbook.xml"].iter(f"{MAIN}workbookProtection"):
        if any(one.get(secret) for secret in SECRETS):
            yield "The workbook is protected with a password"


LINES = (
    Line(8, "Opens at Cover A1, every sheet at its top", line_08_opens_at_the_top),
    Line(9, "Sheet names unique, at most 31 characters", line_09_sheet_names),
    Line(10, "Contents with links, each sheet links back", line_10_contents),
    Line(11, "Colour key made from the very formats used", line_11_colour_key),
    Line(12, "Change log, whose last version is the file's", line_12_change_log),
    Line(18, "Every sheet protected, without password", line_18_protected),
)
