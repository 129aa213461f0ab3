"""Tables from their text: shared columns used and overridden, repeated columns unrolled, lines from CSV."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from workbook_gen.definition.build import Place, build, tree, trees
from workbook_gen.definition.calendar import month_code, month_name
from workbook_gen.definition.errors import nearest
from workbook_gen.definition.expand import DECIMALS
from workbook_gen.definition.model import ORGANISATIONS, RECORDS, Column, Line, PlanData, Table
from workbook_gen.definition.shape import blocks, label, members, text
from workbook_gen.definition.where import parse_where

LINE_FIELDS = ("sub_code", "key", "label", "section", "sign", "unit", "direction", "not_applicable", "formula")
_RESERVED = frozenset({ORGANISATIONS, RECORDS, "line", "previous", "table", "column", "month"})


@dataclass(frozen=True)
class Shared:
    """What the tables of a collection have in common."""

    columns: Mapping[str, Mapping[str, Any]]
    months: tuple[str, ...]
    year_start: date
    read: Callable[[str], str]


def make_table(data: Mapping[str, Any], shared: Shared, units: str, file: str) -> Table:
    """A table with its lines and columns. Raises `DefinitionError` naming file, table and field."""
    place = Place(file, f"table {label(data)}")
    fields = dict(data)
    fields["lines"] = _lines(fields.pop("lines", None), fields.pop("records", None), shared, place)
    fields["columns"] = tuple(
        unrolled for written in members(data, "columns", place) for unrolled in _columns(written, shared, units, place)
    )
    if "where" in fields:
        try:
            fields["where"] = parse_where(text(fields, "where", place))
        except ValueError as error:
            raise place.error("where", str(error)) from error
    fields["plan_data"] = tuple(
        build(PlanData, measure, place.within(f"plan_data {label(measure, 'ref')}"))
        for measure in blocks(data, "plan_data", place)
    )
    return build(Table, fields, place)


def _lines(written: Any, records: Any, shared: Shared, place: Place) -> Any:
    if (written is None) == (records is None):
        raise place.error("lines", "a table has either lines or records.")
    if records is not None:
        if type(records) is not int or not 1 <= records <= 99:
            raise place.error("records", f"1 to 99 records (found {records!r}).")
        return records
    if written == ORGANISATIONS:
        return ORGANISATIONS
    if not isinstance(written, str) or not written.strip():
        raise place.error("lines", f"a file of lines or 'organisations' belongs here (found {written!r}).")
    rows = csv.DictReader(io.StringIO(shared.read(written)))
    if tuple(rows.fieldnames or ()) != LINE_FIELDS:
        raise place.error(written, f"the columns are {', '.join(LINE_FIELDS)}.")
    return tuple(_line(row, Place(written, f"line {row['key']}")) for row in rows)


def _line(row: dict[str, str], place: Place) -> Line:
    if None in row or None in row.values():
        raise place.error("", f"the row has more or fewer than {len(LINE_FIELDS)} fields.")
    if row["key"] in _RESERVED:
        raise place.error("key", f"'{row['key']}' is reserved.")
    given = {name: value for name, value in row.items() if value != ""}
    given["not_applicable"] = tuple(row["not_applicable"].split())  # type: ignore[assignment]
    return build(Line, trees(given, ("formula",), place), place)


def _columns(written: Any, shared: Shared, units: str, place: Place) -> tuple[Column, ...]:
    fields = _used(written, shared, place)
    place = place.within(f"column {label(fields)}")
    fields.setdefault("unit", units if fields.get("type", "number") == "number" else "")
    fields.setdefault("dp", DECIMALS.get(text(fields, "unit", place), 0))
    fields["formula"] = tree(fields.get("formula"), place, "formula")
    source, _, source_column = text(fields, "source", place).partition(".")
    fields["source"], fields["source_column"] = source or None, source_column or None
    repeat = fields.pop("repeat", None)
    if repeat is None:
        return (build(Column, fields, place),)
    if repeat != "months":
        raise place.error("repeat", f"only 'months' can be repeated (found {repeat!r}).")
    return tuple(build(Column, _of_month(fields, month, shared), place) for month in shared.months)


def _used(written: Any, shared: Shared, place: Place) -> dict[str, Any]:
    """A column's fields: a shared one by name, one with overrides, or one of the table's own."""
    if not isinstance(written, str | dict):
        raise place.error("columns", f"a shared column's name or a block belongs here (found {written!r}).")
    fields = {"use": written} if isinstance(written, str) else dict(written)
    if "use" not in fields:
        return fields
    name = text(fields, "use", place)
    del fields["use"]
    if name not in shared.columns:
        raise place.error("columns", f"there is no shared column '{name}'. {nearest(name, shared.columns)}")
    merged = {"key": name, **shared.columns[name], **fields}
    if merged.get("kind") != "prefill":
        merged.pop("source", None)
    return merged


def _of_month(fields: Mapping[str, Any], month: str, shared: Shared) -> dict[str, Any]:
    group = str(fields.get("key"))
    return {
        **fields,
        "key": month if group == "months" else f"{group}_{month}",
        "code": str(fields.get("code", "")).replace("{month}", month_code(shared.year_start, month)),
        "label": str(fields.get("label", "")).replace("{month}", month_name(month)),
        "group": group,
        "month": month,
    }
