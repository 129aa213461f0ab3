"""Every line of the checklist over every workbook: what each workbook offends against, and what that says of each line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from workbook_gen.desk.parallel import side_by_side
from workbook_gen.lint import (
    charts,
    contrast,
    filling,
    formulas,
    inputs,
    living,
    look,
    names,
    package,
    structure,
    sums,
    tables,
    values,
    visible,
    words,
)
from workbook_gen.lint.book import Unopened
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import Exhibit, Recalculated
from workbook_gen.lint.exhibits import Collector, Listed
from workbook_gen.lint.verdict import NotTested, Said, Verdict

_ROOMS = (
    *(package, names, visible, structure, tables, inputs),
    *(filling, values, formulas, sums, words),
    *(contrast, look, charts, living),
)
CHECKLIST: tuple[Line, ...] = tuple(sorted((line for room in _ROOMS for line in room.LINES), key=lambda line: line.number))
"""The lines in order."""
OPENS = 2
"""The line that a file offends against which does not open."""


class NothingToLint(ValueError):
    """No workbook at all, so that every line would pass by absence."""


@dataclass(frozen=True)
class Inspection:
    """What the lines say of one workbook: offences by line, and why a line could not be tested."""

    file: str
    offences: Mapping[int, tuple[str, ...]]
    untested: Mapping[int, str]


def inspections(
    collector: Collector, listed: Sequence[Listed], recalculated: Mapping[str, Recalculated] | None, jobs: int
) -> Iterator[Inspection]:
    """Each listed workbook inspected, in order, in this process or in several.

    `recalculated` holds what the second engine found, by file name; None without one. Raises `OSError` for a file that
    cannot be read.
    """
    found = [(one, None if recalculated is None else recalculated.get(one.path.name, {})) for one in listed]
    return side_by_side(partial(_inspect, collector), found, jobs)


def _inspect(collector: Collector, found: tuple[Listed, Recalculated | None]) -> Inspection:
    return inspect(collector.exhibit(*found))


def inspect(exhibit: Exhibit) -> Inspection:
    """What every line says of one workbook. Of one that does not open only that is said."""
    try:
        exhibit.book.open()
    except Unopened as why:
        untested = dict.fromkeys((line.number for line in CHECKLIST if line.number != OPENS), "the file does not open")
        return Inspection(exhibit.file, {OPENS: (f"The file does not open as a workbook: {why}",)}, untested)
    offences: dict[int, tuple[str, ...]] = {}
    untested = {}
    for line in CHECKLIST:
        found: list[str] = []
        try:
            found.extend(line.check(exhibit))
        except NotTested as why:
            untested[line.number] = str(why)
        offences[line.number] = tuple(found)
    return Inspection(exhibit.file, offences, untested)


def verdicts(inspected: Iterable[Inspection]) -> tuple[Verdict, ...]:
    """What the workbooks say of every line, offences with the file's name before. Raises `NothingToLint` without one."""
    every = tuple(inspected)
    if not every:
        raise NothingToLint("There is no workbook to look at.")
    return tuple(_verdict(line, every) for line in CHECKLIST)


def _verdict(line: Line, every: tuple[Inspection, ...]) -> Verdict:
    """A line fails where one workbook offends, and is not tested where it could be tested in none."""
    offences = tuple(f"{one.file}: {offence}" for one in every for offence in one.offences.get(line.number, ()))
    if offences:
        return Verdict(line.number, line.title, Said.FAIL, offences)
    if all(line.number in one.untested for one in every):
        return Verdict(
            line.number, line.title, Said.NOT_TESTED, tuple(dict.fromkeys(one.untested[line.number] for one in every))
        )
    return Verdict(line.number, line.title, Said.PASS)
