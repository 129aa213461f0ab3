"""How a rule instance names its place, its box and what it waits for: the words that workbook, reader and centre share."""

from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import Layout, address
from workbook_gen.findings import listed, where

UNTESTED = "Cannot be worked out."
TO_TEST = "Correct the text that stands where a number belongs, or the total that divides by nothing."
WAITS = "Waits for the answers still blank on "


def place_of(instance: Instance, layout: Layout) -> str:
    """Where a rule is asked: `Agency F12 (AGY0900, Total agency, forecast)`; without a cell of its own, sheet and table."""
    if instance.at is None:
        return where(layout.sheet_title(instance.table), "", layout.form.tables[instance.table].table.title)
    sheet, row, column = layout.cells[instance.at]
    return where(sheet, address(row, column), layout.form.cells[instance.at].words)


def box_of(instance: Instance, layout: Layout) -> str:
    """The cell that an explanation goes into, with its sheet where that is another; empty where nothing explains."""
    if instance.explain is None:
        return ""
    own = layout.cells[instance.at][0] if instance.at else layout.sheet_title(instance.table)
    sheet, row, column = layout.cells[instance.explain]
    return box_words(own, sheet, address(row, column))


def box_words(own: str, sheet: str, cell: str) -> str:
    """A cell as a message on a sheet names it."""
    return cell if sheet == own else f"{sheet} {cell}"


def waiting(instance: Instance, layout: Layout) -> str:
    """What a rule waits for before it can be tested."""
    sheets = dict.fromkeys(layout.sheet_title(table) for table in instance.tables)
    return f"{WAITS}{listed(sheets)}."
