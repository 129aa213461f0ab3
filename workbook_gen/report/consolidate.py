"""The national picture as facts: every figure that counts, its totals, what is missing, and how it compares.

`consolidate(collection, national, standings, answers)` gives a `Consolidation`; it opens nothing. `standings` come from
`desk.status.standings`, `answers` from `Register.answers` for the submissions of `counting(standings)`. What there is to use:

- `figures`: the tidy table (columns `tidy.FIGURES`), one figure or answer a row, with status, submission and cell.
- `totals`: England and its regions (columns `tidy.TOTALS`), each figure with the number of systems that it is of.
- `completeness`: required answers and answers given, a row for each system and sheet.
- `controls`: the national figures consolidated against the England totals that items.csv gives.
- `comparisons`: forecast against plan, restated against original plan, as the collection's picture.toml names them.
- `slips`: what looks like a slip of the hand, with its system, cells and words (`detectors.Suspicion`).
- `systems`: each system's values by `Key`, for a page or a brief; `england` and `regions` the same for areas.
- `returned`, `expected`, `said`: how many returns count, and `38 of 40 returns` in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from workbook_gen.definition.compiled import Compiled
from workbook_gen.definition.model import Collection
from workbook_gen.definition.picture import Picture
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import Answer
from workbook_gen.desk.status import Standing
from workbook_gen.national.data import NationalData
from workbook_gen.report.areas import Area, areas_of
from workbook_gen.report.comparison import compared
from workbook_gen.report.controls import completeness_of, controls_of
from workbook_gen.report.detectors import Suspicion, suspicions
from workbook_gen.report.outliers import outliers
from workbook_gen.report.returned import SystemFigures, figures_of
from workbook_gen.report.series import series_of
from workbook_gen.report.tidy import tidy, totals_table


@dataclass(frozen=True, eq=False)
class Consolidation:
    """Every system expected with its figures, by code, and the areas that they add up to: England, then its regions."""

    collection: Collection
    national: NationalData
    picture: Picture
    systems: tuple[SystemFigures, ...]
    areas: tuple[Area, ...]

    @property
    def england(self) -> Area:
        """What all systems add up to."""
        return self.areas[0]

    @property
    def regions(self) -> tuple[Area, ...]:
        """The regions, by name."""
        return self.areas[1:]

    @property
    def expected(self) -> int:
        """How many returns are expected."""
        return len(self.systems)

    @property
    def returned(self) -> int:
        """How many returns count."""
        return sum(one.returned for one in self.systems)

    @property
    def said(self) -> str:
        """How many returns are in, in words."""
        return f"{self.returned} of {self.expected} returns"

    @property
    def missing(self) -> tuple[SystemFigures, ...]:
        """The systems of which no return counts."""
        return tuple(one for one in self.systems if not one.returned)

    @cached_property
    def figures(self) -> pd.DataFrame:
        """The tidy table: `tidy.tidy`."""
        return tidy(self.systems)

    @cached_property
    def totals(self) -> pd.DataFrame:
        """England and its regions: `tidy.totals_table`."""
        return totals_table(self.areas)

    @cached_property
    def completeness(self) -> pd.DataFrame:
        """How much of each sheet each system has answered: `controls.completeness_of`."""
        return completeness_of(self.systems)

    @cached_property
    def controls(self) -> pd.DataFrame:
        """The national figures against their England totals: `controls.controls_of`."""
        return controls_of(self.systems, self.national)

    @cached_property
    def comparisons(self) -> pd.DataFrame:
        """Each system and area against plan and the original plan: `comparison.compared`."""
        return compared(self.systems, self.picture)

    @cached_property
    def slips(self) -> tuple[tuple[SystemFigures, Suspicion], ...]:
        """What looks like a slip of the hand, system by system, then what is far from other systems."""
        found = ((one, slip) for one in self.systems if one.returned for slip in suspicions(series_of(one, self.picture)))
        return (*found, *outliers([one for one in self.systems if one.returned], self.picture))


def counting(standings: Sequence[Standing]) -> tuple[int, ...]:
    """The ids of the submissions that count, in the register."""
    return tuple(one.entry.id for one in standings if one.entry and one.entry.counts_as_return)


def consolidate(
    collection: Collection,
    national: NationalData,
    picture: Picture,
    standings: Sequence[Standing],
    answers: Mapping[int, Sequence[Answer]],
    issuables: Mapping[str, Issuable] | None = None,
) -> Consolidation:
    """The national picture. `answers` are those of each submission that counts, by its id.

    `issuables` are systems' returns as issued that are at hand already; the others are made.
    """
    made, compiled = issuables or {}, Compiled(collection)
    systems = []
    for standing in standings:
        code = standing.organisation.code
        issuable = made.get(code) or Issuable(collection, national, national.system(code), compiled)
        entry = standing.entry if standing.entry and standing.entry.counts_as_return else None
        systems.append(figures_of(issuable, standing, answers[entry.id] if entry else ()))
    return Consolidation(collection, national, picture, tuple(systems), areas_of(systems))
