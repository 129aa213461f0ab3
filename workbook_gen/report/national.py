"""The national tables: each figure that picture.toml asks for, of every system, region and England.

An area's figures are of the systems that have every figure of the table, so that they can be held against each other; the
expressions are worked out from what these systems add up to.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbook_gen.checks.evaluate import Facts, Undefined, number
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.bind import Scope
from workbook_gen.definition.form import read_keys
from workbook_gen.definition.nodes import Key, Node
from workbook_gen.definition.picture import PictureColumn, PictureSheet, bound_figure
from workbook_gen.report.areas import ENGLAND, Area, area_of
from workbook_gen.report.returned import SystemFigures
from workbook_gen.report.tidy import wanted

NOT_APPLICABLE = "[z]"
MISSING = "[x]"
"""How a table shows what a system does not have, and what has not come back."""


@dataclass(frozen=True)
class NationalRow:
    """A line of a national table: a system, a region or England, and its figures.

    `systems` of `expected` have every figure; `missing` are the systems that do not, by code. A figure that is not there is
    `MISSING` or `NOT_APPLICABLE`.
    """

    level: str
    code: str
    name: str
    region: str
    systems: int
    expected: int
    submission: int | None
    figures: tuple[float | str, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class NationalTable:
    """A national table: what it shows, and its rows: England, regions by name, systems by region and code."""

    sheet: PictureSheet
    rows: tuple[NationalRow, ...]

    def of(self, level: str) -> tuple[NationalRow, ...]:
        """The rows of a level: England, Region or System."""
        return tuple(row for row in self.rows if row.level == level)


def national_tables(sheets: Sequence[PictureSheet], systems: Sequence[SystemFigures]) -> tuple[NationalTable, ...]:
    """Every national table of the picture."""
    areas: dict[tuple[str, tuple[str, ...]], Area] = {}
    return tuple(_table(sheet, systems, areas) for sheet in sheets)


def _table(
    sheet: PictureSheet, systems: Sequence[SystemFigures], areas: dict[tuple[str, tuple[str, ...]], Area]
) -> NationalTable:
    own = {one.system.code: tuple(system_figure(column, one) for column in sheet.columns) for one in systems}
    rows = []
    regions = sorted({(one.system.icb.region_name, one.system.icb.region_code) for one in systems})
    for name, code in ((ENGLAND, ENGLAND), *regions):
        members = [one for one in systems if code in (ENGLAND, one.system.icb.region_code)]
        whole = [one for one in members if MISSING not in own[one.system.code]]
        known = (code, tuple(one.system.code for one in whole))
        area = areas[known] if known in areas else areas.setdefault(known, area_of(code, name, whole))
        missing = tuple(one.system.code for one in members if one not in whole)
        level = "England" if code == ENGLAND else "Region"
        figures = tuple(area_figure(column, area) for column in sheet.columns)
        rows.append(NationalRow(level, code, name, name, len(whole), len(members), None, figures, missing))
    ordered = sorted(systems, key=lambda one: (one.system.icb.region_name, one.system.code))
    rows += [_system_row(one, own[one.system.code]) for one in ordered]
    return NationalTable(sheet, tuple(rows))


def _system_row(one: SystemFigures, figures: tuple[float | str, ...]) -> NationalRow:
    board = one.system.icb
    whole = MISSING not in figures
    missing = () if whole else (board.code,)
    return NationalRow("System", board.code, board.name, board.region_name, int(whole), 1, one.submission, figures, missing)


def system_figure(column: PictureColumn, one: SystemFigures) -> float | str:
    """A column's figure of one system."""
    node, absent = _bound(column.value, one)
    if absent:
        return NOT_APPLICABLE
    if any([key not in one.values and wanted(one.form.cells[key]) for key in read_keys(node)]):
        return MISSING
    return _worked_out(node, Facts(one.values, settings_of(one.form.collection), {}))


def area_figure(column: PictureColumn, area: Area) -> float | str:
    """A column's figure of an area: a weighted mean, or the expression worked out from the totals."""
    if not area.systems:
        return MISSING
    if column.weight is not None:
        return _weighted(column, column.weight, area)
    for one in area.systems:
        node, absent = _bound(column.value, one)
        if not absent:
            if not set(read_keys(node)) <= area.values.keys():
                return NOT_APPLICABLE
            return _worked_out(node, Facts(area.values, settings_of(one.form.collection), {}))
    return NOT_APPLICABLE


def _weighted(column: PictureColumn, weight: Node, area: Area) -> float | str:
    pairs = [(system_figure(column, one), _weight(weight, one)) for one in area.systems]
    known = [(figure, share) for figure, share in pairs if isinstance(figure, float) and share]
    whole = math.fsum(share for _, share in known)
    return math.fsum(figure * share for figure, share in known) / whole if whole else NOT_APPLICABLE


def _weight(weight: Node, one: SystemFigures) -> float:
    found = _worked_out(_bound(weight, one)[0], Facts(one.values, settings_of(one.form.collection), {}))
    return found if isinstance(found, float) else 0.0


def _bound(expression: Node, one: SystemFigures) -> tuple[Node, bool]:
    """The expression on a system's form, and whether it reads a cell that this system does not have."""
    scope = Scope(one.form, "")
    node = bound_figure(expression, scope)
    return node, scope.absent


def _worked_out(node: Node, facts: Facts) -> float | str:
    try:
        return float(number(node, facts))
    except Undefined:
        return NOT_APPLICABLE


def origins(
    table: NationalTable, systems: Sequence[SystemFigures]
) -> Iterator[tuple[SystemFigures, PictureColumn, tuple[Key, ...]]]:
    """Of every figure of every system, the cells that it is worked out from."""
    for one in systems:
        for column in table.sheet.columns:
            node, absent = _bound(column.value, one)
            if not absent:
                yield one, column, tuple(read_keys(node))
