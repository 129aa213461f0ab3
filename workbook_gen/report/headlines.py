"""How many systems meet each headline."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workbook_gen.definition.model import Headline
from workbook_gen.findings import Outcome
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.returned import SystemFigures


@dataclass(frozen=True)
class Tally:
    """Of how many systems a headline says what; `waiting` is to do or not tested, `missing` has not returned."""

    headline: Headline
    met: int
    explained: int
    waived: int
    failed: int
    waiting: int
    missing: int

    @property
    def counts(self) -> tuple[int, ...]:
        """The numbers, in the order of `LABELS`."""
        return (self.met, self.explained, self.waived, self.failed, self.waiting, self.missing)

    @property
    def systems(self) -> int:
        """How many systems there are."""
        return sum(self.counts)


LABELS = ("Met", "Explained", "Waived", "Not met", "Not tested", "Not returned")
"""What the counts of a tally mean."""


def tallies(found: Consolidation, members: Sequence[SystemFigures]) -> tuple[Tally, ...]:
    """How many of these systems meet each headline of the collection."""
    return tuple(
        _tally(headline, Counter(outcome_of(one, headline.key) for one in members)) for headline in found.collection.headlines
    )


def _tally(headline: Headline, said: Counter[Outcome | None]) -> Tally:
    met, explained, waived, failed = (said[one] for one in (Outcome.PASS, Outcome.EXPLAINED, Outcome.WAIVED, Outcome.FAIL))
    waiting = said[Outcome.TO_DO] + said[Outcome.NOT_TESTED]
    return Tally(headline, met, explained, waived, failed, waiting, said[None])


def outcome_of(one: SystemFigures, headline: str) -> Outcome | None:
    """What a system's return says of a headline; None where no return counts."""
    entry = one.standing.entry
    return entry.headlines.get(headline, Outcome.NOT_TESTED) if entry and one.returned else None


def members_of(found: Consolidation, code: str) -> tuple[SystemFigures, ...]:
    """The systems of a region; of England all of them."""
    return tuple(one for one in found.systems if code in (found.england.code, one.system.icb.region_code))
