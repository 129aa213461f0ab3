"""What the row of a rule instance on Checks holds, wherever on Checks the row stands."""

from dataclasses import dataclass

from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import CHECKS, FIRST_COLUMN, Layout, address
from workbook_gen.excel.page import height_of
from workbook_gen.excel.saying import Saying, room_for, saying_of
from workbook_gen.excel.verdict import figure_number, figure_text, result_formula

TITLE_WIDTH, SAYS_WIDTH = 46, 96


@dataclass(frozen=True, slots=True)
class CheckRow:
    """The formula of the result, the figures as text of a formula, their number format, words, and where to go."""

    result: str
    found: str | None
    expected: str | None
    number: str
    saying: Saying
    height: float
    sheet: str
    cell: str


def check_row(instance: Instance, layout: Layout) -> CheckRow:
    """The row of an instance; a fixed one's is worked out once for all systems in which it reads the same cells."""
    if not instance.fixed:
        return _make(instance, layout)
    what = (CHECKS, instance.rule.id, instance.table, instance.line, instance.month)
    return layout.once(what, instance.reach, lambda: _make(instance, layout))


def _make(instance: Instance, layout: Layout) -> CheckRow:
    text = room_for(instance, layout)
    sheet, row, column = _mend(instance, layout)
    return CheckRow(
        result=result_formula(instance, layout),
        found=figure_text(instance.found, layout),
        expected=figure_text(instance.expected, layout),
        number=figure_number(instance, layout),
        saying=saying_of(instance, layout),
        height=max(height_of(instance.title, TITLE_WIDTH), height_of(text, SAYS_WIDTH)),
        sheet=sheet,
        cell=address(row, column),
    )


def _mend(instance: Instance, layout: Layout) -> tuple[str, int, int]:
    """The cell to go to: the one named, or the first input of the table that the rule asks about."""
    if instance.at is not None:
        return layout.cells[instance.at]
    first = next(iter(layout.form.inputs(instance.table)), None)
    if first is not None:
        return layout.cells[first.key]
    table = layout.table(instance.table)
    return layout.sheet_title(instance.table), table.title_row, FIRST_COLUMN
