"""Slips of the hand, seeded one by one into clean returns: at least 99% are found, and at most 1% of clean figures suspected.

What can be seen is bounded, and the seeds keep to it: figures of at least 20 as meant, on lines with another figure to go
by; a copied month where at least three lines change every month; a month's shift where the expected path has a slope.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from random import Random

import pytest

from tests.returns import TEMPLATE, collection, issuable
from workbook_gen.definition.load_picture import load_picture
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.picture import Picture
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.detectors import FACTORS, LINES, SMALLEST, Kind, suspicions
from workbook_gen.report.outliers import outliers
from workbook_gen.report.series import Series, series_of

FOUND, FALSE = 0.99, 0.01
FEWEST = 80
Record = Callable[[str, object], None]


@pytest.fixture(scope="module")
def asked() -> Picture:
    return load_picture(TEMPLATE, collection())


@pytest.fixture(scope="module")
def clean(picture: Consolidation, asked: Picture) -> Mapping[str, tuple[Series, ...]]:
    """The series of every clean return."""
    return {one.system.code: series_of(one, asked) for one in picture.systems}


def told(record: Record, kind: str, found: int, seeded: int) -> None:
    """Write the figures down, and hold them to what is promised."""
    record(f"{kind}: found of seeded", f"{found} of {seeded} ({found / seeded:.2%})")
    assert seeded >= FEWEST
    assert found / seeded >= FOUND


def with_value(one: Series, position: int, value: float) -> Series:
    """The series with another figure in one place."""
    return replace(one, values=(*one.values[:position], value, *one.values[position + 1 :]))


def slipped(key: Key, value: float, kind: Kind, code: str) -> float:
    """The figure with the slip, rounded as the cell is."""
    dp = issuable(code).layout.form.cells[key].dp
    return -value if kind == "sign" else round_half_away(value * FACTORS[kind], dp)


def seeds(one: Series, kind: Kind, code: str) -> Iterator[tuple[int, float]]:
    """The places of a series where a slip of this kind can be seen, with the figure that it leaves."""
    for position, value in enumerate(one.values):
        if value is None or abs(value) < SMALLEST or (len(one.values) < 3 and one.expected[position] is None):
            continue
        wrong = slipped(one.keys[position], value, kind, code)
        if kind == "sign" or abs(wrong) >= 1:
            yield position, wrong


@pytest.mark.parametrize("kind", ["ten_times", "tenth", "thousandth", "sign"])
def test_a_figure_that_slipped_is_found(kind: Kind, clean: Mapping[str, tuple[Series, ...]], record_property: Record) -> None:
    found = seeded = 0
    for code, series in clean.items():
        chance = Random(f"{kind} {code}")
        for one in series:
            places = list(seeds(one, kind, code))
            if not places:
                continue
            position, wrong = chance.choice(places)
            said = suspicions([with_value(one, position, wrong)])
            hit = any(slip.kind == kind and slip.cells == (one.keys[position],) for slip in said)
            found, seeded = found + hit, seeded + 1
    told(record_property, kind, found, seeded)


@pytest.mark.parametrize("kind", ["ten_times", "tenth", "thousandth"])
def test_a_line_that_is_wrong_throughout_is_found(
    kind: Kind, clean: Mapping[str, tuple[Series, ...]], record_property: Record
) -> None:
    found = seeded = 0
    for code, series in clean.items():
        for one in series:
            if len(one.keys) > 2 and len(one.pairs) == len(one.keys) and _seen_in_all(one, kind):
                wrong = tuple(slipped(key, value, kind, code) for key, (value, _) in zip(one.keys, one.pairs, strict=True))
                said = suspicions([replace(one, values=wrong)])
                found, seeded = found + any(slip.kind == kind and slip.cells == one.keys for slip in said), seeded + 1
    told(record_property, f"{kind}, whole line", found, seeded)


def _seen_in_all(one: Series, kind: Kind) -> bool:
    return all(abs(value) >= SMALLEST and abs(value) * FACTORS[kind] >= 5 for value, _ in one.pairs)


def blocks(series: tuple[Series, ...]) -> Iterator[tuple[Series, ...]]:
    """The series of each repeated column of a table."""
    for _, found in groupby(series, lambda one: (one.block, tuple(key.column for key in one.keys))):
        yield tuple(found)


def test_a_month_that_was_copied_onto_another_is_found(
    clean: Mapping[str, tuple[Series, ...]], record_property: Record
) -> None:
    found = seeded = 0
    for code, series in clean.items():
        for block in blocks(series):
            changing = [one for one in block if all(one.values) and len(set(one.values)) == len(one.values) > 2]
            if len(changing) < LINES:
                continue
            chance = Random(f"copy {code} {block[0].block}")
            first, second = sorted(chance.sample(range(len(block[0].keys)), 2))
            value = [one.values[first] for one in block]
            wrong = [with_value(one, second, other) for one, other in zip(block, value, strict=True) if other is not None]
            said = [slip for slip in suspicions(wrong) if slip.kind == "copied_month"]
            column = block[0].keys[second].column
            found, seeded = found + any(slip.cells[0].column == column for slip in said), seeded + 1
    told(record_property, "copied_month", found, seeded)


@pytest.mark.parametrize("shift", [1, -1])
def test_months_entered_a_month_late_or_early_are_found(
    shift: int, clean: Mapping[str, tuple[Series, ...]], record_property: Record
) -> None:
    found = seeded = 0
    for series in clean.values():
        for block in blocks(series):
            if not any(len(set(one.expected)) > 2 for one in block):
                continue
            wrong = [replace(one, values=moved(one.values, shift)) for one in block]
            found, seeded = found + any(slip.kind == "month_shift" for slip in suspicions(wrong)), seeded + 1
    record_property(f"month_shift {shift}: found of seeded", f"{found} of {seeded}")
    assert seeded >= 40
    assert found / seeded >= FOUND


def test_returns_that_go_up_and_down_raise_few_suspicions(
    clean: Mapping[str, tuple[Series, ...]], record_property: Record
) -> None:
    chance = Random("rough")
    figures = false = 0
    for series in clean.values():
        rough = [
            replace(one, values=tuple(value and value * chance.uniform(0.7, 1.3) for value in one.values)) for one in series
        ]
        figures += sum(len(one.keys) for one in rough)
        false += len(suspicions(rough))
    record_property("false where every figure moves by up to 30%", f"{false} of {figures} figures")
    assert figures > 10000
    assert false / figures <= FALSE


def moved(values: tuple[float | None, ...], shift: int) -> tuple[float | None, ...]:
    """The values a month late, the first one twice, or a month early, the last one twice."""
    return (values[0], *values[:-1]) if shift == 1 else (*values[1:], values[-1])


def test_a_figure_in_pounds_is_an_outlier(picture: Consolidation, asked: Picture, record_property: Record) -> None:
    found = seeded = 0
    keys = [key for key, cell in picture.systems[0].form.cells.items() if key in picture.england.cells and cell.role == "input"]
    chance = Random("pounds")
    for key in chance.sample(keys, 60):
        whose = [one for one in picture.systems if (one.number(key) or 0) > 0]
        if len(whose) < 30:
            continue
        hurt = chance.sample(whose, 3)
        wrong = [
            replace(one, values={**one.values, key: (one.number(key) or 0) * 1000}) if one in hurt else one for one in whose
        ]
        said = {one.system.code for one, slip in outliers(wrong, asked) if slip.cells == (key,)}
        found, seeded = found + len(said & {one.system.code for one in hurt}), seeded + len(hurt)
    told(record_property, "outlier", found, seeded)


def test_clean_returns_raise_next_to_no_suspicion(
    picture: Consolidation, clean: Mapping[str, tuple[Series, ...]], asked: Picture, record_property: Record
) -> None:
    figures = sum(len(one.keys) for series in clean.values() for one in series)
    false = [slip for series in clean.values() for slip in suspicions(series)]
    false += [slip for _, slip in outliers(picture.systems, asked)]
    record_property("false on clean", f"{len(false)} of {figures} figures")
    assert figures > 10000
    assert len(false) / figures <= FALSE
