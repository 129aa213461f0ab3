"""What goes into a workbook beside its layout: figures, results and the words that say whose it is. Facts only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook_gen.definition.nodes import CountKind, Key
from workbook_gen.definition.values import Values


@dataclass(frozen=True, slots=True)
class Shown:
    """One row of Checks: the result word, what is said beside it, and the figures found and expected (None shows as blank)."""

    word: str
    says: str = ""
    found: float | None = None
    expected: float | None = None


@dataclass(frozen=True, slots=True)
class Stamp:
    """Whose workbook it is, and what it was made from: repeated as properties and on About."""

    collection: str
    version: str
    organisation: str
    issue: int
    national: str
    layout: str
    seal: str = ""

    def lines(self) -> tuple[str, ...]:
        """The sealed facts, in order, as text."""
        return (self.collection, self.version, self.organisation, str(self.issue), self.national, self.layout)


@dataclass(frozen=True)
class Contents:
    """Everything shown in a workbook that the layout does not say.

    `values` are completed (totals included); `words` gives each line's check word; `shown` follows the layout's instances;
    `prefill` holds the national figures, `illustrative` the keys of those that are illustrative; `sources` says in words
    where the figures come from.
    """

    values: Values
    counts: Mapping[tuple[str, CountKind], int]
    words: Mapping[tuple[str, str], str]
    shown: Sequence[Shown]
    prefill: Mapping[Key, float]
    illustrative: frozenset[Key]
    sources: tuple[str, ...]
    stamp: Stamp
