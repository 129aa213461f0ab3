"""How wide the columns of a sheet are, and how high the rows in which words are typed."""

from workbook_gen.definition.bind import COUNTS
from workbook_gen.definition.layout import FIRST_COLUMN, SheetLayout, TableLayout
from workbook_gen.excel.page import WORDS_HEIGHT

CODE_WIDTH, WORD_WIDTH, CHOICE_WIDTH = 11, 13, 18
LABEL_WIDTH, SHORT_LABEL_WIDTH = 46, 28
MONEY_WIDTH, NUMBER_WIDTH = 14, 12
TEXT_WIDTH, SHARED_TEXT_WIDTH = 44, 24
SHARED_WORDS_HEIGHT = 46
WIDE_SHEET = 200
"""Characters, and points."""


def column_widths(sheet: SheetLayout) -> list[float]:
    """Characters a column: numbers fit their extreme; one of words is wide, less where figures share it on a wide sheet."""
    widths: list[float] = [CODE_WIDTH, _label_width(sheet), WORD_WIDTH]
    shared = set()
    for column in range(FIRST_COLUMN, max(sheet.last_column, FIRST_COLUMN + len(COUNTS) - 1) + 1):
        wanted = {
            _width(placed, key)
            for placed in sheet.tables
            for key, place in placed.columns.items()
            if place == column and not placed.empty
        }
        if TEXT_WIDTH in wanted and wanted & {MONEY_WIDTH, NUMBER_WIDTH}:
            shared.add(column)
        widths.append(max(wanted, default=WORD_WIDTH))
    if sum(widths) <= WIDE_SHEET:
        return widths
    return [SHARED_TEXT_WIDTH if column in shared else width for column, width in enumerate(widths)]


def _width(table: TableLayout, key: str) -> float:
    column = table.table.column_by_key[key]
    if column.type == "text" or column.options == "organisations":
        return TEXT_WIDTH
    if column.type != "number":
        return CHOICE_WIDTH
    units = {line.unit or column.unit for line in table.table.lines}
    return MONEY_WIDTH if "£000" in units else NUMBER_WIDTH


def _label_width(sheet: SheetLayout) -> float:
    """Narrow where every label is short: the rows of a table of records are numbered."""
    labels = [line.label for table in sheet.tables for line in table.table.lines]
    return LABEL_WIDTH if max(map(len, labels), default=0) > SHORT_LABEL_WIDTH else SHORT_LABEL_WIDTH


def words_height(table: TableLayout, widths: list[float]) -> float:
    """The height of a row in which words are typed: more where the column of words is narrow."""
    words = [place for key, place in table.columns.items() if _width(table, key) == TEXT_WIDTH]
    return SHARED_WORDS_HEIGHT if any(widths[place] == SHARED_TEXT_WIDTH for place in words) else WORDS_HEIGHT
