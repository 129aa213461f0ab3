"""How much has been answered, and whether what was consolidated is what the centre gave out."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence

import pandas as pd

from workbook_gen.national.data import NationalData
from workbook_gen.national.items import Item
from workbook_gen.national.prefill import item_of
from workbook_gen.report.returned import SystemFigures
from workbook_gen.report.tidy import framed

COMPLETENESS = {"region": "str", "system": "str", "sheet": "str", "asked": "int64", "answered": "int64"}
CONTROLS = {
    "table": "str",
    "column": "str",
    "label": "str",
    "unit": "str",
    "status": "str",
    "england_total": "float64",
    "consolidated": "float64",
    "difference": "float64",
}


def completeness_of(systems: Sequence[SystemFigures]) -> pd.DataFrame:
    """The required answers of each system and sheet (`sheet` is its key), and how many there are."""
    return framed(_complete_rows(systems), COMPLETENESS)


def _complete_rows(systems: Sequence[SystemFigures]) -> Iterator[tuple[object, ...]]:
    for one in systems:
        asked: Counter[str] = Counter()
        answered: Counter[str] = Counter()
        for cell in one.form.inputs():
            if cell.required:
                sheet = one.form.tables[cell.key.table].sheet
                asked[sheet] += 1
                answered[sheet] += cell.key in one.values
        board = one.system.icb
        yield from ((board.region_name, board.code, sheet, count, answered[sheet]) for sheet, count in asked.items())


def controls_of(systems: Sequence[SystemFigures], national: NationalData) -> pd.DataFrame:
    """Each national column that fills cells of the return: its England total, and what all systems' cells add up to.

    A column that fills several cells is counted once a cell and organisation, so it is taken from the first table that uses it.
    """
    found: dict[tuple[str, str], tuple[Item, dict[str, float]]] = {}
    for one in systems:
        for key, figure in one.issuable.prefill.items():
            cell = one.form.cells[key]
            item = item_of(national, one.form.tables[key.table].table, cell.line, cell.column)
            whose = cell.line.organisation.code if cell.line.organisation else one.system.code
            found.setdefault((item.table, item.column), (item, {}))[1].setdefault(whose, figure)
    return framed((_control(item, figures) for item, figures in found.values()), CONTROLS)


def _control(item: Item, figures: dict[str, float]) -> tuple[object, ...]:
    total = math.fsum(figures.values()) if item.england_total is not None else None
    difference = None if total is None or item.england_total is None else total - item.england_total
    return (item.table, item.column, item.label, item.unit, item.status, item.england_total, total, difference)
