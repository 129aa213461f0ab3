"""Figures far from what other systems of the same size give: a robust z-score of each answer in proportion to its system."""

import math
from collections.abc import Iterator, Sequence
from statistics import median

from workbook_gen.checks.evaluate import Facts, Undefined, number
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.bind import Scope
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.picture import Picture, bound_figure
from workbook_gen.report.areas import is_national
from workbook_gen.report.detectors import Suspicion
from workbook_gen.report.returned import SystemFigures

LIMIT = 6.0
"""How many robust standard deviations make an outlier."""
SPREAD = 0.08
"""The least spread, in powers of ten (a fifth either way), so that systems that are all alike make no outliers."""
FEWEST = 8
"""Figures that there have to be before one of them can be far from the others."""
_NORMAL = 1.4826
"""The standard deviation of normal figures for each median distance from their median."""


def outliers(systems: Sequence[SystemFigures], picture: Picture) -> Iterator[tuple[SystemFigures, Suspicion]]:
    """Each answer on a line that all systems have whose share of its system's size is far from the others'."""
    sizes = {one.system.code: _size(one, picture) for one in systems}
    for key in dict.fromkeys(key for one in systems for key in one.form.cells if _asked(one, key)):
        found = [
            (one, figure, size)
            for one in systems
            if (figure := one.number(key)) and figure > 0 and (size := sizes[one.system.code])
        ]
        if len(found) < FEWEST:
            continue
        logs = [math.log10(figure / size) for _, figure, size in found]
        middle = median(logs)
        spread = max(SPREAD, _NORMAL * median(abs(one - middle) for one in logs))
        for (one, figure, size), log in zip(found, logs, strict=True):
            if abs(log - middle) > LIMIT * spread:
                yield one, Suspicion("outlier", (key,), figure, size * 10**middle)


def _asked(one: SystemFigures, key: Key) -> bool:
    cell = one.form.cells[key]
    return cell.role == "input" and is_national(cell)


def _size(one: SystemFigures, picture: Picture) -> float:
    """The system's size in the collection's own measure; 0 where it has none, so that the system is left out."""
    if picture.size is None:
        return 0.0
    try:
        node = bound_figure(picture.size, Scope(one.form, ""))
        return number(node, Facts(one.values, settings_of(one.form.collection), {}))
    except Undefined:
        return 0.0
