"""TOML and CSV to a Collection: the only part of the definition that opens files, and a strict one.

Everything that can be wrong is found here, before anything is issued: unknown fields and names, duplicates, a range where a
number belongs, a `look` without its box, a cycle among totals. A `DefinitionError` says in which file, block and field.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook_gen.definition.build import M, Place, build, template, tree, trees
from workbook_gen.definition.calendar import MONTHS
from workbook_gen.definition.compiled import Compiled
from workbook_gen.definition.errors import DefinitionError, nearest
from workbook_gen.definition.model import (
    Change,
    Chart,
    Collection,
    Guidance,
    Headline,
    Parameter,
    PlanDataSettings,
    Rename,
    Rule,
    Series,
    Sheet,
)
from workbook_gen.definition.nodes import Reference
from workbook_gen.definition.shape import Data, block, blocks, day, label, members, named_blocks, text, texts
from workbook_gen.definition.sources import National, Publication
from workbook_gen.definition.tables import Shared, make_table
from workbook_gen.definition.validate import validate

_BLOCKS = ("column", "parameter", "headline", "change", "rename", "rule", "publication")
_RULE_TREES = ("check", "explain", "at", "found", "expected")


def load_collection(folder: Path) -> Collection:
    """The collection in a folder. Raises `DefinitionError`; a file that is not there is one."""
    return load_compiled(folder).collection


def load_compiled(folder: Path) -> Compiled:
    """The collection in a folder, with what was worked out to try it. Raises `DefinitionError`."""
    data = read_toml(folder, "collection.toml")
    place = Place("collection.toml", "")
    shared = _shared(folder, data, place)
    sheets = tuple(_sheet(folder, key, shared) for key in texts(data, "sheets", place))
    fields = {
        **{name: value for name, value in data.items() if name not in _BLOCKS},
        "months": shared.months,
        "sheets": sheets,
        "parameters": _named(Parameter, named_blocks(data, "parameter", place), place, "parameter"),
        "headlines": _each(Headline, blocks(data, "headline", place), place, "headline"),
        "changes": _each(Change, blocks(data, "change", place), place, "change"),
        "renames": _each(Rename, blocks(data, "rename", place), place, "rename"),
        "guidance": build(Guidance, read_toml(folder, "guidance.toml"), Place("guidance.toml", "")),
        "rules": tuple(_rule(rule, place) for rule in blocks(data, "rule", place)),
        "national": build(National, block(data, "national", place), place.within("national")),
        "publications": _each(Publication, blocks(data, "publication", place), place, "publication"),
        "plan_data": build(PlanDataSettings, block(data, "plan_data", place), place.within("plan_data")),
    }
    return validate(build(Collection, fields, place))


def _shared(folder: Path, data: Data, place: Place) -> Shared:
    months, last = texts(data, "months", place), text(data, "actual_to", place)
    for field, names in (("months", months), ("actual_to", (last,))):
        for month in names:
            if month not in MONTHS:
                raise place.error(field, f"there is no month '{month}'. {nearest(month, MONTHS)}")
    year_start = day(data, "year_start", place)
    return Shared(named_blocks(data, "column", place), months, year_start, lambda path: _text(folder, path))


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DefinitionError(name, "", "", f"there is no such file in {folder}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(name, "", "", f"it cannot be read: {error}.") from error


def read_toml(folder: Path, name: str) -> dict[str, Any]:
    """A file of the collection. Raises `DefinitionError`."""
    try:
        return tomllib.loads(_text(folder, name))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(name, "", "", f"it is not TOML: {error}.") from error


def _each(model: type[M], found: list[dict[str, Any]], place: Place, kind: str) -> tuple[M, ...]:
    return tuple(build(model, one, place.within(f"{kind} {n}")) for n, one in enumerate(found, 1))


def _named(model: type[M], found: Mapping[str, dict[str, Any]], place: Place, kind: str) -> tuple[M, ...]:
    return tuple(build(model, {"key": key, **one}, place.within(f"{kind} {key}")) for key, one in found.items())


def _sheet(folder: Path, key: str, shared: Shared) -> Sheet:
    file = f"sheets/{key}.toml"
    data = read_toml(folder, file)
    place = Place(file, "")
    units = text(data, "units", place)
    parts = {
        "tables": tuple(make_table(table, shared, units, file) for table in blocks(data, "table", place)),
        "rules": tuple(_rule(rule, place) for rule in blocks(data, "rule", place)),
        "charts": tuple(_chart(chart, place) for chart in blocks(data, "chart", place)),
    }
    own = {name: value for name, value in data.items() if name not in ("table", "rule", "chart")}
    return build(Sheet, {**own, "key": key, **parts}, place)


def _rule(data: Data, place: Place) -> Rule:
    place = place.within(f"rule {label(data, 'id')}")
    fields = trees(data, _RULE_TREES, place)
    for name in ("message", "fix"):
        fields[name] = template(data.get(name), place, name)
    each = data.get("for_each", [])
    fields["for_each"] = (each,) if isinstance(each, str) else texts(data, "for_each", place)
    for name in ("lines", "months"):
        fields[name] = texts(data, name, place)
    return build(Rule, fields, place)


def _chart(data: Data, place: Place) -> Chart:
    place = place.within(f"chart {label(data, 'title')}")
    series = tuple(_series(written, place) for written in members(data, "series", place))
    return build(Chart, {**data, "series": series}, place)


def _series(written: Any, place: Place) -> Series:
    fields = {"ref": written} if not isinstance(written, dict) else dict(written)
    reference = tree(fields.pop("ref", None), place, "series")
    if not isinstance(reference, Reference) or reference.table is None or len(reference.columns) != 1:
        raise place.error("series", "a series is table.line[group] or table.section[column].")
    named = {"table": reference.table, "line": reference.line, "column": reference.columns[0]}
    return build(Series, {**fields, **named}, place)
