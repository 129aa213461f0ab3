"""picture.toml to a `Picture`, tried on a specimen form."""

from pathlib import Path

from workbook_gen.definition.build import Place, build, tree, trees
from workbook_gen.definition.errors import ExpressionError, nearest
from workbook_gen.definition.expand import specimen_form
from workbook_gen.definition.form import Form
from workbook_gen.definition.load import read_toml
from workbook_gen.definition.load_brief import brief_of
from workbook_gen.definition.load_profile import figure_at, profile_of
from workbook_gen.definition.model import Collection
from workbook_gen.definition.picture import (
    OWN_SHEETS,
    Comparison,
    Expected,
    Picture,
    PictureChart,
    PictureColumn,
    PictureSheet,
)
from workbook_gen.definition.practice import Recipe, bound_value, cells_of
from workbook_gen.definition.shape import Data, blocks, label, members
from workbook_gen.definition.words import text_of

FILE = "picture.toml"
BLOCKS = ("comparison", "expected", "sheet", "profile", "brief")


def load_picture(folder: Path, collection: Collection) -> Picture:
    """What the national picture shows; nothing of its own where the collection has no picture.toml.

    Raises `DefinitionError`.
    """
    if not (folder / FILE).exists():
        return Picture()
    place = Place(FILE, "")
    data = read_toml(folder, FILE)
    form = specimen_form(collection)
    fields = {
        **{name: value for name, value in data.items() if name not in BLOCKS},
        "size": figure_at(data, "size", place, form),
        "comparisons": tuple(_comparison(one, place, form) for one in blocks(data, "comparison", place)),
        "expected": tuple(_expected(one, place.within(f"expected {n}"), form) for n, one in _counted(data, "expected", place)),
        "sheets": tuple(_sheet(one, place, form) for one in blocks(data, "sheet", place)),
        "profiles": tuple(profile_of(one, place, form) for one in blocks(data, "profile", place)),
    }
    picture = build(Picture, fields, place)
    _check_names(picture, place)
    _check_figures(picture, place)
    columns = {sheet.key: [column.key for column in sheet.columns] for sheet in picture.sheets}
    return picture.model_copy(update={"brief": brief_of(data, columns, place, form)})


def _check_figures(picture: Picture, place: Place) -> None:
    """The key figures are there, and a profile's key stands once. Raises `DefinitionError`."""
    known = [f"{sheet.key}.{column.key}" for sheet in picture.sheets for column in sheet.columns]
    for name in picture.key_figures:
        if name not in known:
            raise place.error("key_figures", f"there is no figure '{name}'. {nearest(name, known)}")
    keys = [profile.key for profile in picture.profiles]
    for key in keys:
        if keys.count(key) > 1:
            raise place.within(f"profile {key}").error("key", f"'{key}' stands twice.")


def _check_names(picture: Picture, place: Place) -> None:
    """A workbook has each sheet once, and a table each heading. Raises `DefinitionError`."""
    own = {name.lower() for name in OWN_SHEETS}
    titles, keys = set[str](), set[str]()
    for sheet in picture.sheets:
        here = place.within(f"sheet {sheet.key}")
        if sheet.title.lower() in own:
            raise here.error("title", f"the national workbook has a sheet of its own that is called {sheet.title}.")
        for field, name, seen in (("title", sheet.title.lower(), titles), ("key", sheet.key, keys)):
            if name in seen:
                raise here.error(field, f"'{name}' stands twice.")
            seen.add(name)
        for field, names in (
            ("key", [column.key for column in sheet.columns]),
            ("label", [column.label for column in sheet.columns]),
        ):
            twice = [name for name in names if names.count(name) > 1]
            if twice:
                raise here.error(field, f"'{twice[0]}' stands twice among its columns.")


def _counted(data: Data, name: str, place: Place) -> enumerate[Data]:
    return enumerate(blocks(data, name, place), 1)


def _comparison(data: Data, place: Place, form: Form) -> Comparison:
    place = place.within(f"comparison {label(data)}")
    made = build(Comparison, data, place)
    columns = [column for table in form.tables.values() for column in table.table.columns]
    names = {name for column in columns for name in (column.key, column.group) if name}
    for field, name in (("before", made.before), ("after", made.after)):
        if name not in names:
            raise place.error(field, f"there is no column '{name}'. {nearest(name, sorted(names))}")
    return made


def _expected(data: Data, place: Place, form: Form) -> Expected:
    cells = tuple(tree(target, place, "cells") for target in members(data, "cells", place))
    made = build(Expected, {**trees(data, ("value",), place), "cells": cells}, place)
    for target in made.cells:
        try:
            for cell in cells_of(target, form):
                bound_value(Recipe(cells=(), value=made.value), cell, form)
        except ExpressionError as error:
            raise place.error(text_of(target), str(error)) from error
    return made


def _sheet(data: Data, place: Place, form: Form) -> PictureSheet:
    place = place.within(f"sheet {label(data)}")
    columns = tuple(_column(one, place, form) for one in blocks(data, "column", place))
    chart = build(PictureChart, data["chart"], place.within("chart")) if "chart" in data else None
    keys = [column.key for column in columns]
    for name in chart.columns if chart else ():
        if name not in keys:
            raise place.error("chart", f"there is no column '{name}' in this sheet. {nearest(name, keys)}")
    own = {name: value for name, value in data.items() if name not in ("column", "chart")}
    return build(PictureSheet, {**own, "columns": columns, "chart": chart}, place)


def _column(data: Data, place: Place, form: Form) -> PictureColumn:
    place = place.within(f"column {label(data)}")
    figures = {name: figure_at(data, name, place, form) for name in ("value", "weight")}
    return build(PictureColumn, {**data, **{name: figure for name, figure in figures.items() if figure is not None}}, place)
