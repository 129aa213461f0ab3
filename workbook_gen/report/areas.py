"""Regions and England: each total is the sum of its parts, and says of how many systems.

Shares and means (%, minutes) are not added up: where the return works them out, they are worked out again from the totals
that they rest on; where a system answers them, an area has none.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from workbook_gen.checks.evaluate import Facts, Undefined, number
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.form import FormCell, read_keys
from workbook_gen.definition.nodes import Key
from workbook_gen.report.returned import SystemFigures

ENGLAND = "England"
RATES = ("%", "minutes")
"""Units of shares and means, which are not added up."""


@dataclass(frozen=True)
class Area:
    """A region or England: what its systems add up to, of how many systems each figure is, and how many have that cell.

    `again` are the figures worked out again from totals rather than added up.
    """

    code: str
    name: str
    systems: tuple[SystemFigures, ...]
    cells: Mapping[Key, FormCell]
    values: Mapping[Key, float]
    reported: Mapping[Key, int]
    expected: Mapping[Key, int]
    again: frozenset[Key]


def areas_of(systems: Sequence[SystemFigures]) -> tuple[Area, ...]:
    """England, then its regions by name."""
    regions = sorted({(one.system.icb.region_name, one.system.icb.region_code) for one in systems})
    parts = [area_of(code, name, [one for one in systems if one.system.icb.region_code == code]) for name, code in regions]
    return (area_of(ENGLAND, ENGLAND, systems), *parts)


def area_of(code: str, name: str, systems: Iterable[SystemFigures]) -> Area:
    """The totals of some systems. A line of one organisation, or a blank record, is part of its table's total only."""
    systems = tuple(systems)
    parts: dict[Key, list[float]] = {}
    reported: dict[Key, int] = {}
    expected: dict[Key, int] = {}
    cells: dict[Key, FormCell] = {}
    for one in systems:
        for key, cell in one.form.cells.items():
            if is_national(cell):
                cells.setdefault(key, cell)
                expected[key] = expected.get(key, 0) + 1
                figure = one.number(key)
                reported[key] = reported.get(key, 0) + (figure is not None)
                if figure is not None and cell.unit not in RATES:
                    parts.setdefault(key, []).append(figure)
    values = {key: math.fsum(figures) for key, figures in parts.items()}
    again = _worked_out_again(systems, values, reported)
    return Area(code, name, systems, cells, values | again, reported, expected, frozenset(again))


def is_national(cell: FormCell) -> bool:
    """Whether a cell holds a number on a line that every system has: not that of one organisation, nor a blank record."""
    own = cell.line.organisation is not None or cell.line.record
    return cell.role != "not_applicable" and cell.column.type == "number" and not own


def _worked_out_again(
    systems: Sequence[SystemFigures], sums: Mapping[Key, float], reported: Mapping[Key, int]
) -> dict[Key, float]:
    """The shares and means that follow from totals of the same systems, in dependency order."""
    found: dict[Key, float] = {}
    for one in systems:
        settings = settings_of(one.form.collection)
        for key in one.form.order:
            cell = one.form.cells[key]
            if key in found or cell.unit not in RATES or cell.formula is None or not is_national(cell):
                continue
            reads = set(read_keys(cell.formula))
            known = {read: value for read in reads if (value := found.get(read, sums.get(read))) is not None}
            if known.keys() == reads and {reported[read] for read in reads} <= {reported[key]}:
                with suppress(Undefined):
                    found[key] = number(cell.formula, Facts(known, settings, {}))
    return found
