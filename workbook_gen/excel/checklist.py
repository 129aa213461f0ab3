"""Checks: a row for every rule instance, with its result, the figures, and a link to the cell to mend."""

from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import (
    CHECKS_HEADER_ROW,
    DIFFERENCE_COLUMN,
    EXPECTED_COLUMN,
    FIRST_COLUMN,
    FOUND_COLUMN,
    GO_COLUMN,
    RESULT_COLUMN,
    SAYS_COLUMN,
    Layout,
    address,
)
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.excel.contents import Contents, Shown
from workbook_gen.excel.page import Page, height_of
from workbook_gen.excel.saying import room_for, saying_formula
from workbook_gen.excel.style import DATE_FORMAT, WORD_FILLS, number_format
from workbook_gen.excel.verdict import difference_formula, figure_formula, figure_number, result_formula

HEADERS = ("Rule", "Weight", "What should hold", "Result", "Cell", "What to do", "Found", "Expected", "Difference")
_TITLE_WIDTH, _SAYS_WIDTH = 46, 96


def write_checks(page: Page, layout: Layout, contents: Contents) -> None:
    """Write the sheet, with a filter over its rows."""
    page.widths([11, 9, _TITLE_WIDTH, 13, 14, _SAYS_WIDTH, 14, 14, 14])
    for column, label in enumerate(HEADERS):
        page.put(CHECKS_HEADER_ROW, column, label, "header")
    for position, (instance, shown) in enumerate(zip(layout.instances, contents.shown, strict=True)):
        _write_row(page, layout.check_row(position), instance, shown, layout)
    last = layout.check_row(len(layout.instances) - 1)
    page.word_colours(CHECKS_HEADER_ROW + 1, last, RESULT_COLUMN, WORD_FILLS)
    page.deficits(CHECKS_HEADER_ROW + 1, FOUND_COLUMN, last, DIFFERENCE_COLUMN)
    page.worksheet.autofilter(CHECKS_HEADER_ROW, 0, last, len(HEADERS) - 1)


def _write_row(page: Page, row: int, instance: Instance, shown: Shown, layout: Layout) -> None:
    text = room_for(instance, layout)
    page.put(row, 0, instance.rule.id, "sub_code")
    page.put(row, 1, instance.rule.severity.capitalize(), "label")
    page.put(row, 2, instance.title, "label")
    page.height(row, max(height_of(instance.title, _TITLE_WIDTH), height_of(text, _SAYS_WIDTH)))
    page.formula(row, RESULT_COLUMN, result_formula(instance, layout), shown.word, "result")
    _write_figures(page, row, instance, shown, layout)
    page.formula(row, SAYS_COLUMN, saying_formula(instance, row, layout), shown.says, "label")
    sheet, at, column = mend(instance, layout)
    page.link(row, GO_COLUMN, sheet, address(at, column), f"Go to {address(at, column)}", "cell_link")


def _write_figures(page: Page, row: int, instance: Instance, shown: Shown, layout: Layout) -> None:
    number = figure_number(instance, layout)
    sides = ((FOUND_COLUMN, instance.found, shown.found), (EXPECTED_COLUMN, instance.expected, shown.expected))
    for column, node, value in sides:
        if node is None:
            page.put(row, column, None, "cell_number")
        else:
            text = figure_formula(node, row, layout)
            page.formula(row, column, text, "" if value is None else value, "cell_number", number)
    if instance.found is None or instance.expected is None:
        page.put(row, DIFFERENCE_COLUMN, None, "cell_number")
        return
    difference = "" if shown.found is None or shown.expected is None else round_half_away(shown.found - shown.expected, 2)
    number = number_format("", 0) if number == DATE_FORMAT else number
    page.formula(row, DIFFERENCE_COLUMN, difference_formula(row), difference, "cell_number", number)


def mend(instance: Instance, layout: Layout) -> tuple[str, int, int]:
    """The cell to go to: the one named, or the first input of the table that the rule asks about."""
    key: Key | None = instance.at
    if key is not None:
        return layout.cells[key]
    first = next(iter(layout.form.inputs(instance.table)), None)
    if first is not None:
        return layout.cells[first.key]
    table = layout.table(instance.table)
    return layout.sheet_title(instance.table), table.title_row, FIRST_COLUMN
