"""Every number that one system's workbook may show: its figures, totals, thresholds, dates and counts, and the definition's."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from workbook_gen.checks.run import Result
from workbook_gen.definition.base import Model
from workbook_gen.definition.calendar import month_date
from workbook_gen.definition.form import Form
from workbook_gen.definition.model import Collection
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value, serial

NUMBER = re.compile(r"(?<![\w.#$])\d[\d,]*(?:\.\d+)?(?!\w)")
"""A number as it stands in a text; not the digits of a code or an address."""


def own_numbers(
    form: Form, values: Mapping[Key, Value], results: Iterable[Result], prefilled: int, illustrative: int
) -> Iterator[float]:
    """The numbers, unsorted; `prefilled` and `illustrative` say how many figures the system is issued with."""
    yield from (prefilled, illustrative, prefilled - illustrative)
    yield from _figures(form, values)
    yield from _asked(form)
    yield from _words(form, tuple(results))
    yield from definition_numbers(form.collection)


def as_number(token: str) -> float:
    """A number as it is written in a text: `1,234.5`."""
    return float(token.replace(",", ""))


def _figures(form: Form, values: Mapping[Key, Value]) -> Iterator[float]:
    """The figures, and the fractions that PlanData holds of them."""
    divisors = {1, *(measure.divide for table in form.tables.values() for measure in table.table.plan_data)}
    for value in values.values():
        if isinstance(value, int | float) and math.isfinite(value):
            yield from (value / divisor for divisor in divisors)


def _asked(form: Form) -> Iterator[float]:
    """How many answers are asked for: in all, on each sheet and in each table."""
    tables = Counter(cell.key.table for cell in form.inputs() if cell.required)
    sheets = Counter(form.tables[cell.key.table].sheet for cell in form.inputs() if cell.required)
    yield from (tables.total(), *tables.values(), *sheets.values())


def _words(form: Form, results: tuple[Result, ...]) -> Iterator[float]:
    """How many rules say what, in all and on each sheet; and the figures that they found and expected."""
    yield len(results)
    yield from Counter(one.outcome for one in results).values()
    yield from Counter((form.tables[one.instance.table].sheet, one.outcome) for one in results).values()
    for one in results:
        found, expected = one.found, one.expected
        yield from (figure for figure in (found, expected) if figure is not None)
        if found is not None and expected is not None:
            yield found - expected


def definition_numbers(collection: Collection) -> Iterator[float]:
    """Every number that the definition holds, in figures or in words, and its dates as days and as years."""
    yield from _held(collection)
    for month in (collection.actual_to, *collection.months):
        first = month_date(collection.year_start, month)
        yield from (serial(first), first.year)


def _held(fact: object) -> Iterator[float]:
    match fact:
        case None | bool():
            return
        case str():
            yield from map(as_number, NUMBER.findall(fact))
        case int() | float():
            yield float(fact)
        case date():
            yield from (serial(fact), fact.year, fact.year + 1)
        case Model():
            for name in type(fact).model_fields:
                yield from _held(getattr(fact, name))
        case dict():
            for pair in fact.items():
                yield from _held(pair)
        case tuple() | list():
            for one in fact:
                yield from _held(one)
        case _ if is_dataclass(fact):
            for field in fields(fact):
                yield from _held(getattr(fact, field.name))
