"""TOML and CSV to a Collection: the only part of the definition that opens files, and a strict one.

Everything that can be wrong is found here, before anything is issued: unknown fields and names, duplicates, a range where a
number belongs, a `look` without its box, a cycle among totals. A `DefinitionError` says in which file, block and field.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook_gen.definition.build import Place, build, template, tree, trees
from workbook_gen.definition.calendar import MONTHS
from workbook_gen.definition.errors import DefinitionError, ExpressionError, nearest
from workbook_gen.definition.expand import specimen_form
from workbook_gen.definition.expression import parse
from workbook_gen.definition.model import (
    Change,
    Chart,
    Collection,
    Guidance,
    Headline,
    Parameter,
    Rule,
    Series,
    Sheet,
)
from workbook_gen.definition.nodes import Reference
from workbook_gen.definition.practice import Practice, Recipe, Way, bound_value, cells_of
from workbook_gen.definition.sources import National, Publication
from workbook_gen.definition.tables import Shared, make_table
from workbook_gen.definition.validate import validate

_RULE_TREES = ("check", "explain", "at", "found", "expected")


def load_collection(folder: Path) -> Collection:
    """The collection in a folder. Raises `DefinitionError`; `FileNotFoundError` is turned into one."""
    data = _toml(folder, "collection.toml")
    place = Place("collection.toml", "")
    months = tuple(data.get("months", ()))
    for month in (*months, data.get("actual_to")):
        if month not in MONTHS:
            raise place.error("months", f"there is no month '{month}'. {nearest(str(month), MONTHS)}")
    shared = Shared(data.pop("column", {}), months, data.get("year_start"), lambda path: _text(folder, path))  # type: ignore[arg-type]
    sheets = tuple(_sheet(folder, key, shared) for key in data.pop("sheets", ()))
    fields = {
        **data,
        "months": months,
        "sheets": sheets,
        "parameters": _named(Parameter, data.pop("parameter", {}), place, "parameter"),
        "headlines": _each(Headline, data.pop("headline", ()), place, "headline"),
        "changes": _each(Change, data.pop("change", ()), place, "change"),
        "guidance": build(Guidance, _toml(folder, "guidance.toml"), Place("guidance.toml", "")),
        "rules": tuple(_rule(rule, place) for rule in data.pop("rule", ())),
        "national": build(National, data.get("national", {}), place.within("national")),
        "publications": _each(Publication, data.pop("publication", ()), place, "publication"),
        "dimension_ids": data.pop("plan_data", {}).get("dimension_ids", {}),
    }
    for name in ("column", "parameter", "headline", "change", "rule", "publication", "plan_data"):
        fields.pop(name, None)
    collection = build(Collection, fields, place)
    validate(collection)
    return collection


def _text(folder: Path, name: str) -> str:
    try:
        return (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise DefinitionError(name, "", "", f"there is no such file in {folder}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(name, "", "", f"it cannot be read: {error}.") from error


def _toml(folder: Path, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(folder, name))
    except tomllib.TOMLDecodeError as error:
        raise DefinitionError(name, "", "", f"it is not TOML: {error}.") from error


def _each(model: Any, blocks: Any, place: Place, kind: str) -> tuple[Any, ...]:
    return tuple(build(model, block, place.within(f"{kind} {n}")) for n, block in enumerate(blocks, 1))


def _named(model: Any, blocks: Mapping[str, Mapping[str, Any]], place: Place, kind: str) -> tuple[Any, ...]:
    return tuple(build(model, {"key": key, **block}, place.within(f"{kind} {key}")) for key, block in blocks.items())


def _sheet(folder: Path, key: str, shared: Shared) -> Sheet:
    file = f"sheets/{key}.toml"
    data = _toml(folder, file)
    place = Place(file, "")
    units = str(data.get("units", ""))
    tables = tuple(make_table(table, shared, units, file) for table in data.pop("table", ()))
    rules = tuple(_rule(rule, place) for rule in data.pop("rule", ()))
    charts = tuple(_chart(chart, place) for chart in data.pop("chart", ()))
    return build(Sheet, {**data, "key": key, "tables": tables, "rules": rules, "charts": charts}, place)


def _rule(data: Mapping[str, Any], place: Place) -> Rule:
    place = place.within(f"rule {data.get('id', '?')}")
    fields = trees(data, _RULE_TREES, place)
    for name in ("message", "fix"):
        fields[name] = template(data.get(name), place, name)
    each = data.get("for_each", ())
    fields["for_each"] = (each,) if isinstance(each, str) else tuple(each)
    for name in ("lines", "months"):
        fields[name] = tuple(data.get(name, ()))
    return build(Rule, fields, place)


def _chart(data: Mapping[str, Any], place: Place) -> Chart:
    place = place.within(f"chart {data.get('title', '?')}")
    series = tuple(_series(written, place) for written in data.get("series", ()))
    return build(Chart, {**data, "series": series}, place)


def _series(written: Any, place: Place) -> Series:
    fields = {"ref": written} if isinstance(written, str) else dict(written)
    try:
        reference = parse(str(fields.pop("ref", "")))
    except ExpressionError as error:
        raise place.error("series", str(error)) from error
    if not isinstance(reference, Reference) or reference.table is None or len(reference.columns) != 1:
        raise place.error("series", "a series is table.line[group] or table.section[column].")
    named = {"table": reference.table, "line": reference.line, "column": reference.columns[0]}
    return build(Series, {**fields, **named}, place)


def load_practice(folder: Path, collection: Collection) -> Practice:
    """How practice returns are made: `practice.toml`, or one way that answers plainly where the collection has none."""
    if not (folder / "practice.toml").exists():
        return Practice(ways=(Way(key="plain", label="Plain answers"),))
    place = Place("practice.toml", "")
    data = _toml(folder, "practice.toml")
    inputs = tuple(_recipe(block, place.within(f"input {n}")) for n, block in enumerate(data.pop("input", ()), 1))
    ways = tuple(_way(block, place.within(f"way {block.get('key', '?')}")) for block in data.pop("way", ()))
    practice = build(Practice, {**data, "inputs": inputs, "ways": ways}, place)
    form = specimen_form(collection)
    for recipe in (*practice.inputs, *(recipe for way in practice.ways for recipe in way.inputs)):
        for target in recipe.cells:
            try:
                for cell in cells_of(target, form):
                    bound_value(recipe, cell, form)
            except ExpressionError as error:
                raise place.error(str(target), str(error)) from error
    return practice


def _way(data: Mapping[str, Any], place: Place) -> Way:
    recipes = tuple(_recipe(block, place.within(f"input {n}")) for n, block in enumerate(data.get("input", ()), 1))
    blank = tuple(tree(text, place, "blank") for text in data.get("blank", ()))
    fields = {name: value for name, value in data.items() if name != "input"}
    return build(Way, {**fields, "blank": blank, "leave": tuple(data.get("leave", ())), "inputs": recipes}, place)


def _recipe(data: Mapping[str, Any], place: Place) -> Recipe:
    cells = tuple(tree(text, place, "cells") for text in data.get("cells", ()))
    return build(Recipe, {**trees(data, ("value",), place), "cells": cells}, place)
