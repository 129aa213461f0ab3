"""How often each rule speaks over many returns, which rules never or always do so, and how many returns pass at once."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workbook_gen.definition.cases import all_rules
from workbook_gen.definition.model import Collection, Rule
from workbook_gen.desk.register.particulars import outcomes_of
from workbook_gen.desk.register.records import Entry
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.replay import Replayed, first_read
from workbook_gen.findings import Outcome, State

_SPEAKS = (Outcome.FAIL, Outcome.EXPLAINED, Outcome.WAIVED)
_SILENT = (Outcome.TO_DO, Outcome.NOT_TESTED)


@dataclass(frozen=True)
class HitRate:
    """What a rule says over many returns: its instances by outcome, and at how many organisations it speaks.

    It speaks where it fails, is explained or is waived; a rule about blanks, where something is to do.
    """

    rule: Rule
    outcomes: Mapping[Outcome, int]
    organisations: int

    @property
    def asked(self) -> int:
        """How many instances there are."""
        return sum(self.outcomes.values())

    @property
    def tested(self) -> int:
        """How many of them gave a verdict: all but those not tested or, where it is not about blanks, to do."""
        return self.asked - sum(self.outcomes.get(one, 0) for one in _SILENT if not speaks(self.rule, one))

    @property
    def hits(self) -> int:
        """In how many of them it speaks."""
        return sum(count for outcome, count in self.outcomes.items() if speaks(self.rule, outcome))

    @property
    def rate(self) -> float | None:
        """The share of the tested ones in which it speaks, from 0 to 1; None where nothing was tested."""
        return self.hits / self.tested if self.tested else None

    @property
    def is_silent(self) -> bool:
        """Whether it never speaks."""
        return self.hits == 0

    def is_always(self, outcome: Outcome) -> bool:
        """Whether it speaks, and every time with this outcome."""
        return self.hits > 0 and self.outcomes.get(outcome, 0) == self.hits


def speaks(rule: Rule, outcome: Outcome) -> bool:
    """Whether a rule has something to say of a return with this outcome."""
    return outcome in _SPEAKS or (rule.completeness and outcome is Outcome.TO_DO)


def hit_rates(collection: Collection, found: Sequence[Replayed]) -> tuple[HitRate, ...]:
    """How often each rule speaks, in the order of the collection; those that are asked of nobody too."""
    return _rates(
        collection,
        ((rule, verdict.outcome, one.entry.organisation, 1) for one in found for (rule, *_), verdict in one.verdicts.items()),
    )


def rates_as_received(collection: Collection, register: Register, entries: Sequence[Entry]) -> tuple[HitRate, ...]:
    """How often each rule spoke when these submissions came, waivers apart. Raises `RegisterError`."""
    with register.reading() as connection:
        return _rates(collection, outcomes_of(connection, [entry.id for entry in entries]))


def _rates(collection: Collection, told: Iterable[tuple[str, Outcome, str, int]]) -> tuple[HitRate, ...]:
    """The rates from what was told: rule, outcome, organisation, and of how many instances."""
    outcomes: dict[str, Counter[Outcome]] = {}
    by_organisation: dict[str, dict[Outcome, set[str]]] = {}
    for rule, outcome, organisation, count in told:
        outcomes.setdefault(rule, Counter())[outcome] += count
        by_organisation.setdefault(rule, {}).setdefault(outcome, set()).add(organisation)
    return tuple(
        HitRate(rule, outcomes.get(rule.id, {}), len(_where(rule, by_organisation.get(rule.id, {}))))
        for rule in all_rules(collection)
    )


def _where(rule: Rule, organisations: Mapping[Outcome, set[str]]) -> set[str]:
    return {code for outcome, codes in organisations.items() if speaks(rule, outcome) for code in codes}


@dataclass(frozen=True, slots=True)
class FirstTime:
    """Of how many organisations the first submission read had nothing to fix, and nothing to look at left unexplained.

    `passed` when it came; `would_pass` under the rules at hand, None where not every first one was read again.
    """

    organisations: int
    passed: int
    would_pass: int | None


def first_time(entries: Sequence[Entry], found: Sequence[Replayed]) -> FirstTime:
    """How many pass the first time, when they came and now."""
    first = first_read(entries)
    again = {one.entry.id: one.state for one in found if not one.unread}
    states = [again.get(entry.id) for entry in first]
    passed = sum(_passes(entry.state) for entry in first)
    return FirstTime(len(first), passed, None if None in states else sum(map(_passes, states)))


def _passes(state: State | None) -> bool:
    return state is not None and state <= State.EXPLAINED
