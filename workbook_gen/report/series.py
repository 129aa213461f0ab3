"""Answers as series: a line's months beside each other, each with what is expected of it where the collection says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook_gen.checks.evaluate import Facts, Undefined, number
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.form import Form
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.picture import Picture
from workbook_gen.definition.practice import Recipe, bound_value, cells_of
from workbook_gen.report.returned import SystemFigures


@dataclass(frozen=True)
class Series:
    """A line's answers under a repeated column (or under one that is not), in order; None where one is missing."""

    keys: tuple[Key, ...]
    values: tuple[float | None, ...]
    expected: tuple[float | None, ...]
    unit: str

    @property
    def block(self) -> str:
        """The table that the series stands in."""
        return self.keys[0].table

    @cached_property
    def pairs(self) -> tuple[tuple[float, float], ...]:
        """Each answer that has an expected figure, with it."""
        both = zip(self.values, self.expected, strict=True)
        return tuple((value, level) for value, level in both if value is not None and level is not None)


def series_of(one: SystemFigures, picture: Picture) -> tuple[Series, ...]:
    """Every series of numbers that a system answers, in the order of its return."""
    expected = dict(_expected(one, picture))
    return tuple(_made(one, keys, expected) for keys in _rows(one.form))


def _rows(form: Form) -> Iterator[tuple[Key, ...]]:
    for table in form.tables.values():
        grouped = {name for names in table.groups.values() for name in names}
        single = [(column.key,) for column in table.table.columns if column.key not in grouped]
        for line in table.lines:
            for names in (*table.groups.values(), *single):
                keys = tuple(Key(table.table.key, line.key, name) for name in names)
                cells = [form.cells[key] for key in keys]
                if all([cell.role == "input" and cell.column.type == "number" for cell in cells]):
                    yield keys


def _made(one: SystemFigures, keys: tuple[Key, ...], expected: Mapping[Key, float]) -> Series:
    values = tuple(one.number(key) for key in keys)
    return Series(keys, values, tuple(expected.get(key) for key in keys), one.form.cells[keys[0]].unit)


def _expected(one: SystemFigures, picture: Picture) -> Iterator[tuple[Key, float]]:
    """What each answer is expected to be about; nothing where that cannot be worked out."""
    facts = Facts(one.values, settings_of(one.form.collection), {})
    for asked in picture.expected:
        recipe = Recipe(cells=asked.cells, value=asked.value)
        for target in asked.cells:
            for cell in cells_of(target, one.form):
                node = bound_value(recipe, cell, one.form)
                assert node is not None
                try:
                    yield cell.key, number(node, facts)
                except Undefined:
                    continue
