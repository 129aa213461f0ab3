"""Lines 6 and 7: nothing in a workbook is hidden, and nothing is there that cannot be seen."""

import re
from collections.abc import Iterator

from openpyxl.cell.cell import Cell
from openpyxl.styles import Color, PatternFill
from openpyxl.styles.colors import COLOR_INDEX
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.fills import Fill

from workbook_gen.lint.book import MAIN, Book, local
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import Exhibit

NARROWEST, LOWEST, SMALLEST = 3.0, 3.0, 8.0
"""Characters of a column, points of a row and of a letter below which nothing can be seen."""
FILTER = "_xlnm._FilterDatabase"
"""The one name that Excel itself hides: where the filter is."""
WHITE, BLACK = "FFFFFF", "000000"
_NONE = "00000000"
"""What openpyxl gives for a colour that is not said."""

_SILENT = re.compile(r'"\s*"|[_*\\].|\s|\[(?!(?:h+|m+|s+|<|>|=)[^\]]*\])[^\]]*\]')
"""What a section of a number format may hold and yet show nothing."""
_NUMBER_COLOUR = re.compile(r"\[(white|color\s*2)\]", re.IGNORECASE)


def line_06_nothing_hidden(exhibit: Exhibit) -> Iterator[str]:
    """Nothing hidden: sheets, rows, columns; nor folded away, too small to see or filtered out; nor names and drawings."""
    workbook = exhibit.book.trees["xl/workbook.xml"]
    for view in workbook.iter(f"{MAIN}workbookView"):
        if view.get("visibility", "visible") != "visible":
            yield f"The workbook's window is {view.get('visibility')}"
        if view.get("showSheetTabs", "1") in ("0", "false"):
            yield "The workbook hides the tabs of its sheets"
    for sheet in workbook.iter(f"{MAIN}sheet"):
        if sheet.get("state", "visible") != "visible":
            yield f"{sheet.get('name')} is a sheet that is {sheet.get('state')}"
    for name in workbook.iter(f"{MAIN}definedName"):
        if _yes(name.get("hidden")) and name.get("name") != FILTER:
            yield f"{name.get('name')} is a name that is hidden"
    for sheet_name in exhibit.book.sheet_parts:
        yield from _hidden_on(sheet_name, exhibit.book)
    for part, tree in exhibit.book.trees.items():
        if any(local(one) == "cNvPr" and _yes(one.get("hidden")) for one in tree.iter()):
            yield f"{part} holds a drawing that is hidden"


def _hidden_on(sheet: str, book: Book) -> Iterator[str]:
    """Rows and columns of a sheet that are hidden, folded away or too small to see."""
    for one in book.tree_of(sheet).iter():
        match local(one):
            case "sheetFormatPr":
                small = _small(one.get("defaultRowHeight"), LOWEST) or _small(one.get("defaultColWidth"), NARROWEST)
                if _yes(one.get("zeroHeight")) or small:
                    yield f"{sheet} hides every row or column that says nothing else"
            case "row" if _gone(one.attrib) or _small(one.get("ht"), LOWEST):
                yield f"{sheet} row {one.get('r')} is hidden"
            case "col" if _gone(one.attrib) or _small(one.get("width"), NARROWEST):
                yield f"{sheet} columns {one.get('min')} to {one.get('max')} are hidden"
            case "filterColumn":
                yield f"{sheet} is filtered, so that rows are out of sight"


def _gone(said: dict[str, str]) -> bool:
    return _yes(said.get("hidden")) or _yes(said.get("collapsed")) or said.get("outlineLevel", "0") != "0"


def _yes(said: str | None) -> bool:
    return said in ("1", "true")


def _small(size: str | None, least: float) -> bool:
    return size is not None and float(size) < least


def line_07_nothing_invisible(exhibit: Exhibit) -> Iterator[str]:
    """Nothing invisible, in a cell or by a conditional format.

    That is: letters in the colour behind them or too small, number formats that show nothing (`;;;`), formulas kept from view.
    """
    if not exhibit.book.cells:
        yield "The workbook has no cells"
    for (sheet, _, _), seen in exhibit.book.cells.items():
        yield from (f"{sheet} {seen.cell.coordinate} {why}" for why in _unseen(seen.cell))
    for name, sheet_ in exhibit.book.sheets.items():
        for area in sheet_.conditional_formatting:
            for rule in area.rules:
                if rule.dxf is not None:
                    yield from (f"{name} {area.sqref} {why} where its condition holds" for why in _unseen_rule(rule.dxf))


def _unseen(cell: Cell) -> Iterator[str]:
    if not shows(str(cell.number_format)):
        yield f"has a number format that shows nothing: {cell.number_format}"
    if ink(cell) == paper(cell):
        yield f"is written in {ink(cell)}, the colour behind it"
    if _NUMBER_COLOUR.search(str(cell.number_format)) and paper(cell) == WHITE:
        yield f"has a number format that writes in white: {cell.number_format}"
    if cell.font.size is not None and cell.font.size < SMALLEST:
        yield f"is written in letters of {cell.font.size} points"
    if cell.protection.hidden:
        yield "keeps its formula from view"


def _unseen_rule(style: DifferentialStyle) -> Iterator[str]:
    if style.numFmt is not None and not shows(str(style.numFmt.formatCode)):
        yield f"has a number format that shows nothing: {style.numFmt.formatCode}"
    written = hexadecimal(style.font.color, BLACK) if style.font else BLACK
    behind = _behind(style.fill)
    if written == behind:
        yield f"is written in {written}, the colour behind it,"


def shows(number_format: str) -> bool:
    """Whether a number format shows something of every number: positive, negative and zero."""
    sections = re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", number_format)[:3]
    return all(_SILENT.sub("", section) for section in sections)


def ink(cell: Cell) -> str:
    """The colour of a cell's letters, six digits."""
    return hexadecimal(cell.font.color, BLACK)


def paper(cell: Cell) -> str:
    """The colour behind a cell, six digits; white where it is not filled."""
    fill = cell.fill
    match fill.fill_type:
        case None:
            return WHITE
        case "linear" | "path":
            return "a gradient"
    return hexadecimal(fill.fgColor, WHITE)


def _behind(fill: Fill | None) -> str:
    """The colour that a conditional format puts behind a cell: a solid fill's background, white where it puts none."""
    if not isinstance(fill, PatternFill) or fill.bgColor.rgb == _NONE:
        return WHITE
    return hexadecimal(fill.bgColor, WHITE)


def hexadecimal(colour: Color | None, otherwise: str) -> str:
    """A colour as six digits; the theme's paper and ink are white and black, its other colours go by their number."""
    if colour is None:
        return otherwise
    match colour.type:
        case "rgb":
            return str(colour.rgb)[-6:].upper()
        case "indexed" if int(colour.indexed) < len(COLOR_INDEX):
            return COLOR_INDEX[int(colour.indexed)][-6:].upper()
        case "theme":
            return {0: WHITE, 1: BLACK}.get(int(colour.theme), f"theme {colour.theme} {colour.tint}")
    return otherwise


LINES = (
    Line(6, "Nothing hidden: sheets, rows, columns", line_06_nothing_hidden),
    Line(7, "Nothing invisible: white on white, ;;;", line_07_nothing_invisible),
)
