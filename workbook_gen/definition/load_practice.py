"""practice.toml to the recipes of practice returns, each tried on a specimen of the collection's form."""

from pathlib import Path

from workbook_gen.definition.build import Place, build, tree, trees
from workbook_gen.definition.errors import ExpressionError
from workbook_gen.definition.expand import specimen_form
from workbook_gen.definition.load import read_toml
from workbook_gen.definition.model import Collection
from workbook_gen.definition.practice import Practice, Recipe, Way, bound_value, cells_of
from workbook_gen.definition.shape import Data, blocks, label, members, texts
from workbook_gen.definition.words import text_of


def load_practice(folder: Path, collection: Collection) -> Practice:
    """How practice returns are made: `practice.toml`, or one way that answers plainly where the collection has none."""
    if not (folder / "practice.toml").exists():
        return Practice(ways=(Way(key="plain", label="Plain answers"),))
    place = Place("practice.toml", "")
    data = read_toml(folder, "practice.toml")
    inputs = tuple(_recipe(one, place.within(f"input {n}")) for n, one in enumerate(blocks(data, "input", place), 1))
    ways = tuple(_way(one, place.within(f"way {label(one)}")) for one in blocks(data, "way", place))
    own = {name: value for name, value in data.items() if name not in ("input", "way")}
    practice = build(Practice, {**own, "inputs": inputs, "ways": ways}, place)
    form = specimen_form(collection)
    for recipe in (*practice.inputs, *(recipe for way in practice.ways for recipe in way.inputs)):
        for target in recipe.cells:
            try:
                for cell in cells_of(target, form):
                    bound_value(recipe, cell, form)
            except ExpressionError as error:
                raise place.error(text_of(target), str(error)) from error
    return practice


def _way(data: Data, place: Place) -> Way:
    recipes = tuple(_recipe(one, place.within(f"input {n}")) for n, one in enumerate(blocks(data, "input", place), 1))
    blank = tuple(tree(target, place, "blank") for target in members(data, "blank", place))
    own = {name: value for name, value in data.items() if name != "input"}
    return build(Way, {**own, "blank": blank, "leave": texts(data, "leave", place), "inputs": recipes}, place)


def _recipe(data: Data, place: Place) -> Recipe:
    cells = tuple(tree(target, place, "cells") for target in members(data, "cells", place))
    return build(Recipe, {**trees(data, ("value",), place), "cells": cells}, place)
