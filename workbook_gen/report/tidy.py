"""Every figure of every system, one a row: whose it is, what it is, where it comes from."""

from collections.abc import Iterator, Sequence
from typing import Any, Literal

import pandas as pd

from workbook_gen.definition.form import FormCell
from workbook_gen.definition.nodes import Key
from workbook_gen.national.coverage import column_name
from workbook_gen.report.areas import Area
from workbook_gen.report.returned import SystemFigures

Status = Literal["published", "illustrative", "submitted", "computed", "missing"]

FIGURES = {
    "region_code": "str",
    "region": "str",
    "system": "str",
    "organisation": "str",
    "table": "str",
    "line": "str",
    "column": "str",
    "month": "str",
    "unit": "str",
    "value": "float64",
    "text": "str",
    "status": "str",
    "submission": "Int64",
    "cell": "str",
    "source": "str",
}
"""The columns of the tidy table and their types. What does not apply is an empty text; a missing value is NaN."""

TOTALS = {
    "area_code": "str",
    "area": "str",
    "table": "str",
    "line": "str",
    "column": "str",
    "month": "str",
    "unit": "str",
    "value": "float64",
    "method": "str",
    "systems": "int64",
    "expected": "int64",
}
"""The columns of the table of totals and their types."""

CODE_POINTS = {code: " " for code in (*range(32), 127) if code not in (9, 10)}
"""Characters that no CSV or workbook holds well: they become blanks."""


def tidy(systems: Sequence[SystemFigures]) -> pd.DataFrame:
    """The tidy table, system by system in the order of the return.

    A row for each figure, answer and total, and for each required answer or total that is missing; none for what may be left
    blank and is. `organisation` is the provider on its own line, else the ICB; `submission` and `cell` say where to look it up.
    """
    return framed((row for one in systems for row in _rows(one)), FIGURES)


def framed(rows: Iterator[tuple[object, ...]], columns: dict[str, str]) -> pd.DataFrame:
    """Rows as a frame with these columns and types."""
    return pd.DataFrame(list(rows), columns=list(columns)).astype(columns)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame, each by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _rows(one: SystemFigures) -> Iterator[tuple[object, ...]]:
    board = one.system.icb
    for key, cell in one.form.cells.items():
        value = one.values.get(key)
        if cell.role == "not_applicable" or (value is None and not wanted(cell)):
            continue
        status = _status(one, cell, key)
        figure = float(value) if isinstance(value, float | int) else None
        yield (
            board.region_code,
            board.region_name,
            board.code,
            cell.line.organisation.code if cell.line.organisation else board.code,
            *key,
            cell.column.month or "",
            cell.unit,
            figure,
            value.translate(CODE_POINTS) if isinstance(value, str) else "",
            status,
            one.submission if cell.role != "prefill" else None,
            one.place(key),
            _source(cell) if cell.role == "prefill" else "",
        )


def wanted(cell: FormCell) -> bool:
    """Whether a cell has to hold something: a blank one is missing."""
    return cell.required or cell.role in ("prefill", "total")


def _status(one: SystemFigures, cell: FormCell, key: Key) -> Status:
    if key not in one.values:
        return "missing"
    match cell.role:
        case "prefill":
            return "illustrative" if key in one.issuable.illustrative else "published"
        case "input":
            return "submitted"
    return "computed"


def _source(cell: FormCell) -> str:
    """The national table and column that fills a cell."""
    return f"{cell.column.source}.{column_name(cell.column, None if cell.line.organisation else cell.line)}"


def totals_table(areas: Sequence[Area]) -> pd.DataFrame:
    """Every total of England and its regions, one a row; `systems` of `expected` have the figure.

    `method` is `sum`, `worked out` for a share that follows from totals, or `none` where there is no total to give.
    """
    return framed((row for area in areas for row in _total_rows(area)), TOTALS)


def _total_rows(area: Area) -> Iterator[tuple[object, ...]]:
    for key, cell in area.cells.items():
        value = area.values.get(key)
        method = "none" if value is None else "worked out" if key in area.again else "sum"
        counts = (area.reported[key], area.expected[key])
        yield (area.code, area.name, *key, cell.column.month or "", cell.unit, value, method, *counts)
