"""Slips of the hand in what came back: a figure ten times too large, in millions, of the wrong sign, in the wrong month.

Each detector says where a slip is likely, never that there is one: a person asks the system. A figure is held against the
months beside it and what is expected of it; it is suspected only if it agrees with none of them and, mended, with one.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, pairwise
from statistics import median
from typing import Literal

from workbook_gen.definition.nodes import Key
from workbook_gen.report.series import Series

Kind = Literal["ten_times", "tenth", "thousandth", "sign", "copied_month", "month_shift", "outlier"]

FACTORS: dict[Kind, float] = {"ten_times": 10.0, "tenth": 0.1, "thousandth": 0.001}
WORDS: dict[Kind, str] = {
    "ten_times": "looks ten times too large",
    "tenth": "looks ten times too small",
    "thousandth": "looks a thousand times too small, as if in millions",
    "sign": "has the opposite sign to its neighbours",
    "copied_month": "repeats another month on every line",
    "month_shift": "follows the expected path a month early or late",
    "outlier": "is far from what systems of its size give",
}
"""What each kind of slip looks like."""

FAR, NEAR = math.log10(3), math.log10(2)
"""How many times a figure is off before it agrees with nothing, and within how many it agrees when mended."""
SMALLEST = 20.0
"""Below it a figure, and what it is held against, is too small to tell a slip from a change."""
LINES = 3
"""Lines that have to agree before a whole month is suspected."""


@dataclass(frozen=True)
class Suspicion:
    """A likely slip: its kind, the cells it concerns, what the first holds and what it is held against."""

    kind: Kind
    cells: tuple[Key, ...]
    found: float
    expected: float

    @property
    def words(self) -> str:
        """What is suspected, in a sentence."""
        return f"{self.found:,.10g} {WORDS[self.kind]} (about {self.expected:,.4g} would be expected): ask the system."


def suspicions(series: Sequence[Series]) -> tuple[Suspicion, ...]:
    """Every likely slip in one system's series."""
    blocks = [tuple(found) for _, found in groupby(series, _block)]
    return (
        *(slip for one in series for slip in of_figures(one)),
        *(slip for block in blocks for slip in (*of_copied_months(block), *of_shifts(block))),
    )


def _block(one: Series) -> tuple[str, tuple[str, ...]]:
    return one.block, tuple(key.column for key in one.keys)


def of_figures(one: Series) -> Iterator[Suspicion]:
    """Figures that are off by a factor or a sign; the whole line where all its months are off alike."""
    off = [_off(value, [level]) for value, level in one.pairs]
    whole = len(one.pairs) > 1 and off[0] is not None and all([slip == off[0] for slip in off])
    if whole and off[0] is not None:
        yield Suspicion(off[0], one.keys, one.pairs[0][0], one.pairs[0][1])
        return
    for position, value in enumerate(one.values):
        if value is not None:
            levels = _levels(one, position)
            kind = _off(value, levels)
            if kind is not None:
                yield Suspicion(kind, (one.keys[position],), value, median(levels))


def _levels(one: Series, position: int) -> list[float]:
    """What a figure is held against: what is expected, the middle of the other months, and the line through those beside it."""
    expected = one.expected[position]
    levels = [] if expected is None else [expected]
    others = [value for at, value in enumerate(one.values) if at != position and value is not None]
    if len(others) > 1:
        levels.append(median(others))
    levels += _through(one.values, position)
    return [level for level in levels if abs(level) >= SMALLEST]


def _through(values: Sequence[float | None], position: int) -> list[float]:
    """The figure on a straight line through the two months on either side, or the two next ones at an end."""
    last = len(values) - 1
    first, second = (position - 1, position + 1) if 0 < position < last else (1, 2) if position == 0 else (last - 1, last - 2)
    if last < 2 or (one := values[first]) is None or (other := values[second]) is None:
        return []
    return [(one + other) / 2 if 0 < position < last else 2 * one - other]


def _off(value: float, levels: Sequence[float]) -> Kind | None:
    """The slip that a figure shows against its levels; None where it agrees with one, or mended with none."""
    if not levels or not value or any([_apart(value, level) <= FAR for level in levels]):
        return None
    if abs(value) >= SMALLEST and any([_apart(-value, level) <= NEAR for level in levels]):
        return "sign" if all([value * level < 0 for level in levels]) else None
    for kind, factor in FACTORS.items():
        if max(abs(value), abs(value / factor)) >= SMALLEST and any(
            [_apart(value / factor, level) <= NEAR for level in levels]
        ):
            return kind
    return None


def _apart(value: float, level: float) -> float:
    """How far two figures are from each other, in powers of ten; infinitely where their signs differ or one is zero."""
    return abs(math.log10(value / level)) if value * level > 0 else math.inf


def of_copied_months(block: Sequence[Series]) -> Iterator[Suspicion]:
    """A month that repeats another on every line of a table whose lines otherwise change from month to month."""
    lines = [one for one in block if len(one.keys) > 2 and _changes(one)]
    if len(lines) < LINES:
        return
    for first, second in combinations(range(len(lines[0].keys)), 2):
        if all([one.values[first] == one.values[second] for one in lines]):
            found = lines[0].values[second] or 0.0
            levels = [value for at, value in enumerate(lines[0].values) if at not in (first, second) and value is not None]
            yield Suspicion("copied_month", tuple(one.keys[second] for one in lines), found, median(levels))


def _changes(one: Series) -> bool:
    """Whether a line has another figure in every month, but for two at the most."""
    figures = [value for value in one.values if value]
    return len(figures) == len(one.values) and len(set(figures)) >= len(figures) - 1


def of_shifts(block: Sequence[Series]) -> Iterator[Suspicion]:
    """Lines whose months follow what is expected of the month before, or after, instead of their own."""
    lines = [one for one in block if len(one.pairs) == len(one.keys) > 2]
    step = sum(abs(later - earlier) for one in lines for earlier, later in _steps(one))
    if step < SMALLEST:
        return
    own = _distance(lines, 0)
    for shift in (1, -1):
        if own > step / 2 and _distance(lines, shift) < own / 4:
            keys = tuple(key for one in lines for key in one.keys)
            yield Suspicion("month_shift", keys, *lines[0].pairs[1])


def _steps(one: Series) -> Iterator[tuple[float, float]]:
    levels = [level for _, level in one.pairs]
    yield from pairwise(levels)


def _distance(lines: Sequence[Series], shift: int) -> float:
    """How far the inner months are from what is expected, so many months before."""
    return sum(abs(one.pairs[at][0] - one.pairs[at - shift][1]) for one in lines for at in range(1, len(one.pairs) - 1))
