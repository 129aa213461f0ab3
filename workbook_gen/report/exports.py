"""The consolidation as files for other programs: tables as CSV and Parquet, and a PlanData file a system.

A table is `tables/NAME.csv` and, where pyarrow is installed, `tables/NAME.parquet`; those of the Central Metrics Library lie in
`central_metrics_library/`, the files for regional analysts in `plan_data/`. There is none for a system that has not returned.
"""

from collections.abc import Iterator, Sequence

import pandas as pd

from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.dictionary import MEANINGS, cells_table, columns_table
from workbook_gen.report.flat import has_parquet, to_csv, to_parquet
from workbook_gen.report.metrics import metrics
from workbook_gen.report.national import NationalTable
from workbook_gen.report.pack.plan_file import ENDING, plan_file
from workbook_gen.report.plan_table import plan_table, rows_of
from workbook_gen.report.tidy import framed

TABLES, LIBRARY, PLAN_FILES = "tables", "central_metrics_library", "plan_data"
SLIPS = {name: "float64" if name in ("found", "expected") else "str" for name in MEANINGS["slips"]}


def tables_of(found: Consolidation) -> dict[str, pd.DataFrame]:
    """Every table by its name."""
    return {
        "figures": found.figures,
        "totals": found.totals,
        "comparisons": found.comparisons,
        "completeness": found.completeness,
        "controls": found.controls,
        "slips": slips_table(found),
        "plan_data": plan_table(found.systems),
        "dictionary": cells_table(found.collection, found.national),
        "columns": columns_table(),
    }


def slips_table(found: Consolidation) -> pd.DataFrame:
    """What looks like a slip of the hand, one a row, with where it stands in the file that came back."""
    rows = (
        (
            one.system.code,
            slip.kind,
            *slip.cells[0],
            ", ".join(one.place(key) for key in slip.cells),
            slip.found,
            slip.expected,
            f"{one.form.cells[slip.cells[0]].words}: {slip.words}",
        )
        for one, slip in found.slips
    )
    return framed(rows, SLIPS)


def exports(found: Consolidation, national: Sequence[NationalTable]) -> Iterator[tuple[str, bytes]]:
    """Every file by its path in the report's folder, one after another."""
    for folder, tables in ((TABLES, tables_of(found)), (LIBRARY, metrics(found, national))):
        for name, frame in tables.items():
            yield f"{folder}/{name}.csv", to_csv(frame)
            if has_parquet():
                yield f"{folder}/{name}.parquet", to_parquet(frame)
    for one in found.systems:
        if one.returned:
            yield f"{PLAN_FILES}/{one.system.code}{ENDING}", plan_file(tuple(rows_of(one)), found.collection)
