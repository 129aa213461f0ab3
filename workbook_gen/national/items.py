"""items.csv: what every column of the national tables is, whether published or illustrative, and its England total."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from workbook_gen.definition.errors import nearest
from workbook_gen.national.tables import Shelf, read_listed

COLUMNS = ("table", "column", "label", "unit", "status", "england_total", "source", "method")
PERCENTAGE = "%"
NUMBER = re.compile(r"[-+]?\d+(\.\d+)?")
"""A figure as a table may hold it: digits, a point, a sign; no separators, no exponent, no unit."""

Status = Literal["published", "illustrative"]
ItemKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One column of a national table. The England total is in the item's unit; a percentage has none."""

    table: str
    column: str
    label: str
    unit: str
    status: Status
    england_total: float | None
    source: str
    method: str


def number(text: str) -> float | None:
    """The figure that the text writes, or none where it writes no plain number."""
    return float(text) if NUMBER.fullmatch(text) else None


def read_items(place: Shelf) -> tuple[dict[ItemKey, Item], list[str]]:
    """The items that count: a row of the centre's own items.csv stands in for the shipped row of the same column."""
    items, faults = _read(place.items)
    own = place.own_path(place.items)
    if own == place.items:
        return items, faults
    replacing, wrong = _read(own)
    for key, item in replacing.items():
        if items.get(key) != item and not place.replaced(f"{item.table}.csv"):
            wrong.append(
                f"{item.table}, {item.column}: {own.name} describes the column anew, but {item.table}.csv is not in"
                f" {own.parent}. Add the table, or leave the row as shipped."
            )
    return items | replacing, faults + wrong


def listed(items: Mapping[ItemKey, Item], table: str) -> tuple[str, ...]:
    """The columns of a table that items.csv describes, in its order."""
    return tuple(column for name, column in items if name == table)


def item_faults(items: Mapping[ItemKey, Item], needed: Mapping[str, Mapping[str, str]], file: str) -> list[str]:
    """Columns needed (`needed`: table, column, what for) that no item describes; and items of tables that are not."""
    tables = {table for table, _ in items}
    missing = [
        f"{table}, {column}: {file} has no row for this column ({why} needs it). Add one, with unit, status and total."
        for table, columns in needed.items()
        for column, why in columns.items()
        if (table, column) not in items
    ]
    unused = [
        f"{table}: {file} describes this table, but no sheet of the return uses it. Say whom it covers under"
        f" [national.tables] in collection.toml, or remove its rows. {nearest(table, needed)}"
        for table in sorted(tables - set(needed))
    ]
    return missing + unused


def _read(path: Path) -> tuple[dict[ItemKey, Item], list[str]]:
    found, faults = read_listed(path, COLUMNS)
    items: dict[ItemKey, Item] = {}
    for row in found.rows if found is not None else ():
        key = (row["table"], row["column"])
        wrong = _row_faults(row)
        if key in items:
            wrong.append("is described more than once. Keep one row.")
        faults += [f"{path.name}: {', '.join(key)} {fault}" for fault in wrong]
        items.setdefault(key, _item(row))
    return items, faults


def _item(row: dict[str, str]) -> Item:
    status: Status = "published" if row["status"] == "published" else "illustrative"
    return Item(
        table=row["table"],
        column=row["column"],
        label=row["label"],
        unit=row["unit"],
        status=status,
        england_total=number(row["england_total"]),
        source=row["source"],
        method=row["method"],
    )


def _row_faults(row: dict[str, str]) -> list[str]:
    faults = [f"has a blank {name}. Enter it." for name in ("table", "column", "label", "unit") if not row[name]]
    if row["status"] not in ("published", "illustrative"):
        faults.append(f"has the status '{row['status']}'. Write published or illustrative.")
    if row["unit"] == PERCENTAGE and row["england_total"]:
        faults.append(f"is a percentage, but has an England total of {row['england_total']}. Leave it blank.")
    if row["unit"] != PERCENTAGE and number(row["england_total"]) is None:
        faults.append(f"has the England total '{row['england_total']}', not a number. Enter it in digits, without separators.")
    return faults
