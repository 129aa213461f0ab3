"""Whether the national tables reconcile: England totals, the range of percentages, the collection's own controls."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from workbook_gen.definition.errors import nearest
from workbook_gen.definition.model import Organisation
from workbook_gen.definition.sources import Control
from workbook_gen.national.faults import named, written
from workbook_gen.national.figures import Figures
from workbook_gen.national.items import PERCENTAGE, Item, ItemKey

HIGHEST_PERCENTAGE = 150
LISTED = 8
"""How many changed organisations a message names."""


@dataclass(frozen=True)
class Reconciled:
    """What is reconciled: the sound tables of those `asked`, their items, the shipped version of each one replaced."""

    asked: frozenset[str]
    tables: Mapping[str, Figures]
    items: Mapping[ItemKey, Item]
    shipped: Mapping[str, Figures]
    organisations: Mapping[str, Organisation]


def reconcile(figures: Reconciled, controls: tuple[Control, ...]) -> list[str]:
    """Every fault of reconciliation, table by table, then the controls."""
    present = [
        (item, figures.tables[item.table][item.column])
        for item in figures.items.values()
        if item.table in figures.tables and item.column in figures.tables[item.table]
    ]
    totals = [fault for item, series in present for fault in _total_faults(item, series, figures)]
    ranges = [fault for item, series in present for fault in _range_faults(item, series, figures)]
    return totals + ranges + [fault for control in controls for fault in _control_faults(control, figures)]


def tolerance(organisations: int) -> int:
    """By how much this many rounded figures may miss a published total: four standard errors, rounded up."""
    return math.ceil(4 * math.sqrt(organisations / 12))


def _total_faults(item: Item, series: Mapping[str, float], figures: Reconciled) -> list[str]:
    if item.unit == PERCENTAGE or item.england_total is None:
        return []
    allowed = tolerance(len(series)) if item.status == "published" else 0
    found = math.fsum(series.values())
    # Six decimals: a sum of decimal fractions held in binary is no exact one.
    off = round(found - item.england_total, 6)
    if abs(off) <= allowed:
        return []
    reason = f"rounding explains {allowed} at most" if allowed else "it must agree exactly"
    return [
        f"{item.table}, {item.column}: the organisations come to {written(found)}, {written(abs(off))} "
        f"{'above' if off > 0 else 'below'} the England total of {written(item.england_total)} in items.csv; {reason}."
        f"{_changes(item.table, item.column, figures)} Correct the figure, or the England total."
    ]


def _range_faults(item: Item, series: Mapping[str, float], figures: Reconciled) -> list[str]:
    if item.unit != PERCENTAGE:
        return []
    return [
        f"{item.table}: {named(code, figures.organisations)}, {item.column} is {written(value)}, "
        f"not between 0 and {HIGHEST_PERCENTAGE}. Write 76% as 76."
        for code, value in series.items()
        if not 0 <= value <= HIGHEST_PERCENTAGE
    ]


def _control_faults(control: Control, figures: Reconciled) -> list[str]:
    wanted = {control.table} | ({control.weight} if control.weight else set())
    unknown = sorted(wanted - figures.asked)
    if unknown:
        return [f"{name}: a control under [national] names this table. {nearest(name, figures.asked)}" for name in unknown]
    if not wanted <= set(figures.tables):
        return []  # the tables' own faults are told already
    if control.column not in figures.tables[control.table]:
        near = nearest(control.column, figures.tables[control.table])
        return [f"{control.table}: a control under [national] names the column {control.column}. {near}"]
    found, expected = _found(control, figures.tables)
    if round(found - expected, 6) == 0:
        return []
    message = control.message.replace("{found}", written(found)).replace("{expected}", written(expected))
    changes = "".join(
        _changes(table, column, figures) for table in sorted(wanted) for column in _controlled(control, table, figures)
    )
    return [
        f"{control.table}, {control.column}: {message}{changes} "
        f"Found {written(found)}, expected {written(expected)}: correct the figures, or the control in collection.toml."
    ]


def _found(control: Control, tables: Mapping[str, Figures]) -> tuple[float, float]:
    """What the figures give, and what the control expects."""
    series = tables[control.table][control.column]
    if control.weight is None or control.mean is None:
        return math.fsum(series.values()), control.total or 0.0
    columns = tables[control.weight].values()
    weights = {code: math.fsum(column.get(code, math.nan) for column in columns) for code in series}
    whole = math.fsum(weights.values())
    mean = math.fsum(figure * weights[code] for code, figure in series.items()) / whole if whole else math.nan
    return round(mean, control.dp), control.mean


def _controlled(control: Control, table: str, figures: Reconciled) -> list[str]:
    return [control.column] if table == control.table else [*figures.tables[table]]


def _changes(table: str, column: str, figures: Reconciled) -> str:
    """A sentence naming organisations whose figure the centre has changed, old and new; empty where there is none."""
    if table not in figures.shipped or column not in figures.shipped[table]:
        return ""
    old, new = figures.shipped[table][column], figures.tables[table][column]
    changed = [code for code in new if code in old and not math.isnan(old[code]) and old[code] != new[code]]
    if not changed:
        return ""
    told = [f"{named(code, figures.organisations)} {written(old[code])} → {written(new[code])}" for code in changed[:LISTED]]
    more = f" and {len(changed) - LISTED} more" if len(changed) > LISTED else ""
    return f" Not as shipped, {column}: {'; '.join(told)}{more}."
