"""The figures of a profile: a system's, and those of an area, which are the sum of its systems'."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook_gen.definition.bind import Scope
from workbook_gen.definition.form import read_keys
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.picture import Profile, bound_figure
from workbook_gen.report.areas import RATES
from workbook_gen.report.national import MISSING, system_figure
from workbook_gen.report.page.figures import Figure
from workbook_gen.report.returned import SystemFigures


@dataclass(frozen=True)
class ProfileFigures:
    """A profile of one system or area: its figures, series by series; `systems` of `expected` have all of them.

    `illustrative` says whether one of them rests on a national figure that is illustrative.
    """

    profile: Profile
    figures: tuple[Figure, ...]
    systems: int
    expected: int
    illustrative: bool

    @property
    def is_whole(self) -> bool:
        """Whether every figure is there."""
        return all(isinstance(figure, float) for figure in self.figures)

    @property
    def is_missing(self) -> bool:
        """Whether a figure has not come back; else one that is not there does not apply."""
        return MISSING in self.figures

    def series(self) -> tuple[tuple[Figure, ...], ...]:
        """The figures of each series, a figure a point."""
        width = len(self.profile.points)
        return tuple(self.figures[start : start + width] for start in range(0, len(self.figures), width))


def of_system(profile: Profile, one: SystemFigures, tainted: frozenset[Key]) -> ProfileFigures:
    """A system's profile; `tainted` are the cells that rest on an illustrative figure."""
    figures = tuple(system_figure(column, one) for column in profile.columns)
    whole = int(all(isinstance(figure, float) for figure in figures))
    scope = Scope(one.form, "")
    reads = (key for column in profile.columns for key in read_keys(bound_figure(column.value, scope)))
    return ProfileFigures(profile, figures, whole, 1, any(key in tainted for key in reads))


def of_area(profile: Profile, members: Sequence[ProfileFigures]) -> ProfileFigures | None:
    """What the systems add up to that have every figure; None where shares and means would have to be added up, or none has."""
    whole = [one for one in members if one.is_whole]
    if profile.unit in RATES or not whole:
        return None
    sums = tuple(math.fsum(float(one.figures[at]) for one in whole) for at in range(len(profile.columns)))
    expected = sum(one.is_whole or one.is_missing for one in members)
    return ProfileFigures(profile, sums, len(whole), expected, any(one.illustrative for one in whole))


def resting_on_illustrative(one: SystemFigures) -> frozenset[Key]:
    """The illustrative figures of a system, and every total that rests on one of them."""
    found = set(one.issuable.illustrative)
    for key in one.form.order:
        formula = one.form.cells[key].formula
        if formula and not found.isdisjoint(read_keys(formula)):
            found.add(key)
    return frozenset(found)


Profiles = Mapping[str, tuple[ProfileFigures, ...]]
"""The profiles of every system, by its code, in the order of the picture."""


def profiles_of(profiles: Sequence[Profile], systems: Sequence[SystemFigures]) -> Profiles:
    """Every profile of every system."""
    found = {}
    for one in systems:
        tainted = resting_on_illustrative(one)
        found[one.system.code] = tuple(of_system(profile, one, tainted) for profile in profiles)
    return found
