"""Checks: a row for every rule instance, with its result, the figures, and a link to the cell to mend."""

from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import (
    CHECKS_HEADER_ROW,
    DIFFERENCE_COLUMN,
    EXPECTED_COLUMN,
    FOUND_COLUMN,
    GO_COLUMN,
    RESULT_COLUMN,
    SAYS_COLUMN,
    Layout,
)
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.excel.check_row import SAYS_WIDTH, TITLE_WIDTH, CheckRow, check_row
from workbook_gen.excel.contents import Contents, Shown
from workbook_gen.excel.page import Page
from workbook_gen.excel.saying import saying_formula
from workbook_gen.excel.style import DATE_FORMAT, WORD_FILLS, number_format
from workbook_gen.excel.verdict import difference_formula, figure_formula

HEADERS = ("Rule", "Weight", "What should hold", "Result", "Cell", "What to do", "Found", "Expected", "Difference")


def write_checks(page: Page, layout: Layout, contents: Contents) -> None:
    """Write the sheet, with a filter over its rows."""
    page.widths([11, 9, TITLE_WIDTH, 13, 14, SAYS_WIDTH, 14, 14, 14])
    for column, label in enumerate(HEADERS):
        page.put(CHECKS_HEADER_ROW, column, label, "header")
    for position, (instance, shown) in enumerate(zip(layout.instances, contents.shown, strict=True)):
        _write_row(page, layout.check_row(position), instance, shown, layout)
    last = layout.check_row(len(layout.instances) - 1)
    page.word_colours(CHECKS_HEADER_ROW + 1, last, RESULT_COLUMN, WORD_FILLS)
    page.deficits(CHECKS_HEADER_ROW + 1, FOUND_COLUMN, last, DIFFERENCE_COLUMN)
    page.worksheet.autofilter(CHECKS_HEADER_ROW, 0, last, len(HEADERS) - 1)


def _write_row(page: Page, row: int, instance: Instance, shown: Shown, layout: Layout) -> None:
    texts = check_row(instance, layout)
    page.put(row, 0, instance.rule.id, "sub_code")
    page.put(row, 1, instance.rule.severity.capitalize(), "label")
    page.put(row, 2, instance.title, "label")
    page.height(row, texts.height)
    page.formula(row, RESULT_COLUMN, texts.result, shown.word, "result")
    _write_figures(page, row, texts, shown)
    page.formula(row, SAYS_COLUMN, saying_formula(instance, texts.saying, row), shown.says, "label")
    page.link(row, GO_COLUMN, texts.sheet, texts.cell, f"Go to {texts.cell}", "cell_link")


def _write_figures(page: Page, row: int, texts: CheckRow, shown: Shown) -> None:
    sides = ((FOUND_COLUMN, texts.found, shown.found), (EXPECTED_COLUMN, texts.expected, shown.expected))
    for column, text, value in sides:
        if text is None:
            page.put(row, column, None, "cell_number")
        else:
            page.formula(row, column, figure_formula(text, row), "" if value is None else value, "cell_number", texts.number)
    if texts.found is None or texts.expected is None:
        page.put(row, DIFFERENCE_COLUMN, None, "cell_number")
        return
    difference = "" if shown.found is None or shown.expected is None else round_half_away(shown.found - shown.expected, 2)
    number = number_format("", 0) if texts.number == DATE_FORMAT else texts.number
    page.formula(row, DIFFERENCE_COLUMN, difference_formula(row), difference, "cell_number", number)
