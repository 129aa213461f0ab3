"""Charts as marks of a drawing: bars that lie, so that their names can be read, and lines over months. No colours: classes."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

WIDTH = 440
_NAMES, _VALUES = 170, 80
"""How much of a chart's width the names and the figures of its bars take."""
_BAR, _GAP, _LEGEND = 18, 8, 22
_LEFT, _TOP, _HEIGHT, _BELOW, _WORDS = 70, 12, 190, 12, 14
_SERIES = 4


@dataclass(frozen=True)
class Mark:
    """An element of a drawing: its tag, its attributes and, of a text, its words."""

    tag: str
    attributes: dict[str, str | float]
    words: str = ""


@dataclass(frozen=True)
class Drawing:
    """A chart: its height, its marks, and whether its scale begins elsewhere than at 0."""

    height: float
    marks: tuple[Mark, ...]
    cut: bool = False


@dataclass(frozen=True)
class Bar:
    """A bar from one figure to another, with its name, its value in words, and what it looks like; no name goes on a group."""

    name: str
    start: float
    end: float
    value: str
    look: str
    gap: bool = field(default=True)


def bars(rows: Sequence[Bar], legend: Sequence[str] = ()) -> Drawing:
    """Bars below each other on one scale with a line at 0."""
    ends = [0.0, *(row.start for row in rows), *(row.end for row in rows)]
    low, high = min(ends), max(ends)
    room = WIDTH - _NAMES - _VALUES
    scale = room / (high - low or 1)

    def x(figure: float) -> float:
        return round(_NAMES + (figure - low) * scale, 1)

    marks = list(_legend(legend, "bar"))
    top = y = _LEGEND * len(legend) + _GAP / 2
    for row in rows:
        y += _GAP * row.gap
        left, right = sorted((x(row.start), x(row.end)))
        marks.append(
            Mark("rect", {"class": row.look, "x": left, "y": y, "width": max(round(right - left, 1), 1), "height": _BAR})
        )
        middle = y + _BAR / 2 + 5
        if row.name:
            marks.append(Mark("text", {"x": _NAMES - 8, "y": middle, "text-anchor": "end"}, row.name))
        marks.append(Mark("text", {"x": WIDTH - 2, "y": middle, "text-anchor": "end", "class": "figure"}, row.value))
        y += _BAR + 2
    marks.append(Mark("line", {"class": "zero", "x1": x(0), "x2": x(0), "y1": top, "y2": y + 2}))
    return Drawing(y + 6, tuple(marks))


def steps(names: Sequence[str], figures: Sequence[float], levels: Sequence[bool], values: Sequence[str]) -> Drawing:
    """A waterfall: every step begins where the one before ended, a level at 0."""
    rows: list[Bar] = []
    reached = 0.0
    for name, figure, level, value in zip(names, figures, levels, values, strict=True):
        start = 0.0 if level else reached
        reached = figure if level else reached + figure
        look = "level" if level else "loss" if figure < 0 else "gain"
        rows.append(Bar(name, start, reached, value, look, gap=level or not rows))
    return bars(rows)


def lines(points: Sequence[str], series: Sequence[Sequence[float]], names: Sequence[str]) -> Drawing:
    """A line for each series over the same points. The scale begins at 0, but where all figures are far from it."""
    figures = [figure for one in series for figure in one]
    low, high = min(figures), max(figures)
    marked = ticks(low if low > high / 2 else min(low, 0.0), high if high > 0 else 0.0)
    top = _LEGEND * len(names) + _TOP
    scale = _HEIGHT / (marked[-1] - marked[0])
    apart = (WIDTH - _LEFT - 20) / max(len(points) - 1, 1)

    def place(at: int, figure: float) -> tuple[float, float]:
        return round(_LEFT + 14 + at * apart * 0.94, 1), round(top + (marked[-1] - figure) * scale, 1)

    marks = list(_legend(names, "line"))
    for tick in marked:
        y = place(0, tick)[1]
        marks.append(Mark("line", {"class": "zero" if tick == 0 else "grid", "x1": _LEFT, "x2": WIDTH - 4, "y1": y, "y2": y}))
        words = f"{tick:,.10g}" if tick >= 0 else f"({-tick:,.10g})"
        marks.append(Mark("text", {"x": _LEFT - 6, "y": y + 4, "text-anchor": "end", "class": "figure"}, words))
    below = [textwrap.wrap(point, 9) for point in points]
    for at, wrapped in enumerate(below):
        for row, words in enumerate(wrapped):
            x, y = place(at, 0)[0], top + _HEIGHT + 18 + _WORDS * row
            marks.append(Mark("text", {"x": x, "y": y, "text-anchor": "middle", "class": "point"}, words))
    for number, one in reversed(list(enumerate(series))):
        spots = [place(at, figure) for at, figure in enumerate(one)]
        marks.append(Mark("polyline", {"class": f"line s{number % _SERIES}", "points": " ".join(f"{x},{y}" for x, y in spots)}))
        marks += [_dot(number, *spot) for spot in spots]
    depth = _BELOW + _WORDS * max(map(len, below))
    return Drawing(top + _HEIGHT + depth, tuple(marks), cut=marked[0] > 0)


def _dot(number: int, x: float, y: float) -> Mark:
    """A point of a series: round for every other one, square for the rest."""
    if number % 2:
        return Mark(
            "rect", {"class": f"dot s{number % _SERIES}", "x": round(x - 4, 1), "y": round(y - 4, 1), "width": 8, "height": 8}
        )
    return Mark("circle", {"class": f"dot s{number % _SERIES}", "cx": x, "cy": y, "r": 4.5})


def _legend(names: Sequence[str], kind: str) -> Iterator[Mark]:
    """A line of the legend for each series."""
    for number, name in enumerate(names):
        y = _LEGEND * number + 12
        if kind == "bar":
            yield Mark("rect", {"class": f"bar s{number % _SERIES}", "x": 2, "y": y - 8, "width": 26, "height": 14})
        else:
            yield Mark("polyline", {"class": f"line s{number % _SERIES}", "points": f"2,{y} 32,{y}"})
            yield _dot(number, 17, y)
        yield Mark("text", {"x": 40, "y": y + 5}, name)


def ticks(low: float, high: float) -> tuple[float, ...]:
    """From three to six round figures that hold all from low to high between them."""
    if low == high:
        low, high = min(low, 0.0), max(high, 0.0 if low else 1.0)
    rough = (high - low) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple(number * step for number in range(first, last + 1))
