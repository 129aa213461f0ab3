"""Fonts, frozen panes and the printed page."""

import re
from collections.abc import Iterator

from openpyxl.worksheet.worksheet import Worksheet

from workbook_gen.lint.addresses import at
from workbook_gen.lint.book import MAIN, Book
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import CHECKS, PLAN_DATA, Exhibit
from workbook_gen.lint.rows import check_rows
from workbook_gen.lint.status import status_of

SANS = {
    "Aptos",
    "Arial",
    "Calibri",
    "DejaVu Sans",
    "Frutiger",
    "Helvetica",
    "Liberation Sans",
    "Open Sans",
    "Segoe UI",
    "Verdana",
}
SMALLEST = 11
MOST_ROWS, MOST_COLUMNS = 8, 6
_A4 = 9
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def line_31_fonts(exhibit: Exhibit) -> Iterator[str]:
    """Every cell, every run of letters within one, and every text of a chart is in a sans font of at least 11 points.

    The footer of the printed page is not a cell, and may be smaller.
    """
    faults: dict[tuple[str, str], str] = {}
    for place, seen in exhibit.book.cells.items():
        font = seen.cell.font
        fault = _font_fault(str(font.name), float(font.sz or 0))
        if fault:
            faults.setdefault((place[0], fault), f"{at(place)} is {fault}")
    yield from faults.values()
    for part, tree in exhibit.book.trees.items():
        for run in tree.iter(f"{MAIN}rPr"):
            face, size = run.find(f"{MAIN}rFont"), run.find(f"{MAIN}sz")
            fault = _font_fault("" if face is None else face.get("val", ""), 0 if size is None else float(size.get("val", 0)))
            if fault:
                yield f"a part of a text in {part} is {fault}"
    for part in sorted(name for name in exhibit.book.trees if re.fullmatch(r"xl/charts/chart\d+\.xml", name)):
        yield from (f"{part}: {fault}" for fault in dict.fromkeys(_chart_faults(exhibit.book, part)))
    if not exhibit.book.cells:
        yield "the workbook has no cell"


def _font_fault(name: str, size: float) -> str:
    return "" if name in SANS and size >= SMALLEST else f"in {name or 'no named font'}, {size:g} points"


def _chart_faults(book: Book, part: str) -> Iterator[str]:
    tree = book.trees[part]
    for kind in ("title", "legend", "catAx", "valAx", "dateAx"):
        for one in tree.iter(f"{_CHART}{kind}"):
            fonts = [*one.iter(f"{_DRAWN}defRPr"), *one.iter(f"{_DRAWN}rPr")]
            faults = (
                _drawn_fault(font.get("sz"), [face.get("typeface", "") for face in font.iter(f"{_DRAWN}latin")])
                for font in fonts
            )
            yield from (f"the {kind} is {fault}" for fault in faults if fault)
            if not fonts:
                yield f"the {kind} has no font of its own"


def _drawn_fault(size: str | None, faces: list[str]) -> str:
    return _font_fault(faces[0] if faces else "", float(size or 0) / 100)


def line_33_frozen_panes(exhibit: Exhibit) -> Iterator[str]:
    """Frozen panes show titles, labels and status, in at most 8 rows and 6 columns.

    The return's own sheets freeze the rows to their status line and the columns to their labels; Checks those to its headings
    and its result words. Cover, Guidance and About are read from the top: what they freeze, if anything, obeys the limits and
    shows the status line. PlanData is an interface and is left out.
    """
    for name, sheet in exhibit.book.sheets.items():
        if name != PLAN_DATA:
            yield from (f"{name}: {fault}" for fault in _pane_faults(exhibit, name, sheet))


def _pane_faults(exhibit: Exhibit, name: str, sheet: Worksheet) -> Iterator[str]:
    pane, (rows, columns) = sheet.sheet_view.pane, _to_show(exhibit, name)
    if pane is None:
        if name in exhibit.own_sheets or name == CHECKS:
            yield "no pane is frozen"
        return
    down, across = int(pane.ySplit or 0), int(pane.xSplit or 0)
    if pane.state != "frozen":
        yield f"the pane is {pane.state}, not frozen"
    if down > MOST_ROWS or across > MOST_COLUMNS:
        yield f"{down} rows and {across} columns are frozen; {MOST_ROWS} and {MOST_COLUMNS} are allowed"
    if down < rows:
        yield f"{down} rows are frozen; titles and status take {rows}"
    if across < columns:
        yield f"{across} columns are frozen; labels take {columns}"
    if sheet.sheet_view.topLeftCell not in (None, "A1"):
        yield f"the frozen rows begin at {sheet.sheet_view.topLeftCell}"


def _to_show(exhibit: Exhibit, name: str) -> tuple[int, int]:
    """How many rows and columns titles, status and labels take."""
    status = status_of(exhibit.book, name)
    rows = status[1] if status else 1
    if name == CHECKS:
        found = check_rows(exhibit.book)
        return (found[0].places["Result"][1] - 1, found[0].places["Result"][2]) if found else (rows, 1)
    columns = [place[2] for place in exhibit.found.values() if place[0] == name]
    return rows, min(columns, default=1) - 1


def line_34_printed_page(exhibit: Exhibit) -> Iterator[str]:
    """Every sheet prints on A4 landscape, one page wide, its title rows on every page, with a footer.

    The title rows begin with the first; a sheet that is fitted on one page needs none. The footer names the organisation with
    its code, the collection's version, and the page.
    """
    for name, sheet in exhibit.book.sheets.items():
        yield from (f"{name}: {fault}" for fault in _page_faults(exhibit, name, sheet))


def _page_faults(exhibit: Exhibit, name: str, sheet: Worksheet) -> Iterator[str]:
    setup, fitted = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    if str(setup.paperSize) != str(_A4) or setup.orientation != "landscape":
        yield f"it prints on paper {setup.paperSize}, {setup.orientation}; A4 landscape is asked"
    if not (fitted and fitted.fitToPage) or setup.fitToWidth not in (None, 1):
        yield "it is not fitted to one page wide"
    repeated = re.fullmatch(r"\$?(\d+):\$?(\d+)", str(sheet.print_title_rows or "").rpartition("!")[2])
    one_page = bool(fitted and fitted.fitToPage) and setup.fitToHeight in (None, 1)
    if not one_page and (not repeated or repeated[1] != "1"):
        yield "its title rows do not repeat"
    if name == CHECKS and repeated and (rows := check_rows(exhibit.book)) and int(repeated[2]) < rows[0].places["Rule"][1] - 1:
        yield "its headings do not repeat"
    yield from _footer_faults(exhibit, name)


def _footer_faults(exhibit: Exhibit, name: str) -> Iterator[str]:
    found = exhibit.book.tree_of(name).find(f"{MAIN}headerFooter")
    odd = None if found is None else found.find(f"{MAIN}oddFooter")
    text = odd.text or "" if odd is not None else ""
    board, plain = exhibit.form.system.icb, text.replace("&&", "\0")
    words = plain.replace("\0", "&")
    if board.name not in words or not re.search(rf"\b{re.escape(board.code)}\b", words):
        yield f"its footer does not name {board.name} ({board.code})"
    if not re.search(rf"(?<![\w.]){re.escape(exhibit.form.collection.version)}(?![\w.])", words):
        yield f"its footer does not name version {exhibit.form.collection.version}"
    if "&P" not in plain:
        yield "its footer does not number the page"
    if found is not None and {found.get("differentFirst"), found.get("differentOddEven")} & {"1", "true"}:
        yield "some pages have another footer"


LINES = (
    Line(31, "A sans font of at least 11 points in cells and charts", line_31_fonts),
    Line(33, "Frozen panes show titles, labels and status, in at most 8 rows and 6 columns", line_33_frozen_panes),
    Line(34, "A4 landscape, one page wide; titles repeat; footer with organisation, version, page", line_34_printed_page),
)
