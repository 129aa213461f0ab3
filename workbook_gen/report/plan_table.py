"""PlanData of every return as one table, as NHS England's analysts put it together from the files.

Figures are those of the consolidation: October's actuals and the original plans from the national figures, restated plans as
answered; percentages as fractions and times as fractions of a day. A month that was not restated is empty.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from workbook_gen.excel.plan_data import HEADINGS, plan_rows
from workbook_gen.report.returned import SystemFigures
from workbook_gen.report.tidy import framed

FIGURES = (
    "Value_Actuals",
    "Value_Plans",
    "OriginalBedCore",
    "OriginalBedEsc",
    "OriginalBedAddedEsc",
    "Plan_restated",
    "RestatedBedCore",
    "RestatedBedEsc",
    "RestatedBedAddedEsc",
)
PLAN = {name: "float64" if name in (*FIGURES, "DimDateStart") else "str" for name in HEADINGS}
"""The 26 columns and their types; the date is a serial day, as R reads it from the sheet."""


def plan_table(systems: Sequence[SystemFigures]) -> pd.DataFrame:
    """The rows of every system whose return counts, system by system."""
    return framed((row for one in systems if one.returned for row in rows_of(one)), PLAN)


def rows_of(one: SystemFigures) -> Iterator[tuple[object, ...]]:
    """One system's rows under the 26 headings; None where a cell is empty."""
    for row in plan_rows(one.issuable.layout):
        figures = {}
        for heading, key in row.figures.items():
            value = one.number(key)
            figures[heading] = None if value is None else value / row.divide
        yield tuple(
            row.start
            if heading == "DimDateStart"
            else figures.get(heading)
            if heading in FIGURES
            else row.texts.get(heading, "")
            for heading in HEADINGS
        )
