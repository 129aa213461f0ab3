"""A forecast against its plan, a restated plan against the original one: like with like, of the systems that have both."""

import math
from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from workbook_gen.definition.form import FormCell
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.picture import Comparison, Picture
from workbook_gen.report.areas import ENGLAND, RATES, is_national
from workbook_gen.report.returned import SystemFigures
from workbook_gen.report.tidy import framed

COLUMNS = {
    "comparison": "str",
    "area_code": "str",
    "area": "str",
    "table": "str",
    "line": "str",
    "month": "str",
    "unit": "str",
    "before": "float64",
    "after": "float64",
    "difference": "float64",
    "systems": "int64",
}
"""The columns and their types: `difference` is after less before, whichever of the two is better."""

Pair = tuple[float, float]


def compared(systems: Sequence[SystemFigures], picture: Picture) -> pd.DataFrame:
    """Every system with both figures, then each region and England; an area counts the `systems` that have both."""
    return framed((row for one in picture.comparisons for row in _compared(systems, one)), COLUMNS)


def _compared(systems: Sequence[SystemFigures], asked: Comparison) -> Iterator[tuple[object, ...]]:
    cells: dict[Key, FormCell] = {}
    sums: dict[tuple[str, str], dict[Key, list[Pair]]] = {}
    for one in systems:
        board = one.system.icb
        areas = ((ENGLAND, ENGLAND), (board.region_code, board.region_name))
        for key, cell, pair in _pairs(one, asked):
            cells[key] = cell
            yield _row(asked, (board.code, board.name), key, cell, [pair])
            if is_national(cell) and cell.unit not in RATES:
                for area in areas:
                    sums.setdefault(area, {}).setdefault(key, []).append(pair)
    for area in sorted(sums, key=lambda area: (area[0] != ENGLAND, area[1])):
        yield from (_row(asked, area, key, cells[key], pairs) for key, pairs in sums[area].items())


def _row(asked: Comparison, area: tuple[str, str], key: Key, cell: FormCell, pairs: Sequence[Pair]) -> tuple[object, ...]:
    before, after = (math.fsum(side) for side in zip(*pairs, strict=True))
    month = cell.column.month or ""
    return (asked.key, *area, key.table, key.line, month, cell.unit, before, after, after - before, len(pairs))


def _pairs(one: SystemFigures, asked: Comparison) -> Iterator[tuple[Key, FormCell, Pair]]:
    """Each figure of the later column (or its months), with the one of the earlier column on its line and in its month."""
    for table in one.form.tables.values():
        first: Mapping[str | None, str] = {
            column.month: column.key for column in table.table.columns if asked.before in (column.key, column.group)
        }
        later = [column for column in table.table.columns if asked.after in (column.key, column.group)]
        for line in table.lines:
            for column in later if first else ():
                key = Key(table.table.key, line.key, column.key)
                earlier = first.get(column.month)
                before = one.number(key._replace(column=earlier)) if earlier else None
                after = one.number(key)
                if before is not None and after is not None:
                    yield key, one.form.cells[key], (before, after)
