"""Returns that came before, under the rules at hand: what each rule says of them now, and what it said when they came."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Self

from workbook_gen.checks.run import facts_of, run_rules
from workbook_gen.definition.cases import all_rules
from workbook_gen.definition.instances import make_instances
from workbook_gen.desk.check import CheckedReturn, Desk, RuleResult
from workbook_gen.desk.child import Checker
from workbook_gen.desk.originals import read_original
from workbook_gen.desk.queries import about_of
from workbook_gen.desk.received import Received
from workbook_gen.desk.register.casebook import read_cases
from workbook_gen.desk.register.cases import About, Waiver
from workbook_gen.desk.register.particulars import Spot, verdicts_of
from workbook_gen.desk.register.records import Entry, counting_each
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.waivers import WAIVABLE, waived
from workbook_gen.desk.workspace import Workspace, WorkspaceError
from workbook_gen.findings import Outcome, State

_AT_ONCE = 256
"""How many submissions are replayed with one question to the register."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a rule instance says, and the figure that it found."""

    outcome: Outcome
    found: float | None


Verdicts = dict[Spot, Verdict]


@dataclass(frozen=True, slots=True)
class Turn:
    """A rule instance that says something else of a return than when it came; None where it was, or is, not asked."""

    rule: str
    table: str
    line: str | None
    month: str | None
    before: Verdict | None
    after: Verdict | None

    @property
    def was(self) -> Outcome | None:
        """What it said when the return came."""
        return self.before.outcome if self.before else None

    @property
    def now(self) -> Outcome | None:
        """What it says under the rules at hand."""
        return self.after.outcome if self.after else None


@dataclass(frozen=True)
class Replayed:
    """A submission under the rules at hand: its state and what every rule says, those on trial too.

    `verdicts` are those after waivers; `turns` lie between what was said when it came and what is said now, waivers apart.
    `unread` says why nothing could be read again, `original_lost` that its original is not there as it came.
    """

    entry: Entry
    state: State | None
    verdicts: Verdicts
    turns: tuple[Turn, ...]
    unread: str = ""
    original_lost: bool = False


@dataclass(frozen=True)
class Archive:
    """What came: the workspace with the originals, the register, and its waivers, those in force on the day."""

    workspace: Workspace
    register: Register
    waivers: Sequence[Waiver]
    day: date

    @classmethod
    def of(cls, workspace: Workspace, register: Register, day: date) -> Self:
        """The archive as it is. Raises `RegisterError`."""
        with register.reading() as connection:
            return cls(workspace, register, read_cases(connection).waivers, day)


def that_count(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Of each organisation the submission that counts."""
    latest = counting_each(entries)
    return tuple(latest[code] for code in sorted(latest))


def first_read(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Of each organisation the first submission that could be read."""
    first: dict[str, Entry] = {}
    for entry in entries:
        if entry.counts_as_return:
            first.setdefault(entry.organisation, entry)
    return tuple(first[code] for code in sorted(first))


def replay(entries: Iterable[Entry], archive: Archive, checker: Checker) -> Iterator[Replayed]:
    """Read and check the originals of submissions again, one after another. Raises `OSError` and `RegisterError`."""
    for (entry, stored, lost), checked in checker.check_each(_originals(entries, archive)):
        if checked is None:
            yield Replayed(entry, None, {}, (), lost, original_lost=True)
        elif not checked.results:
            first = checked.findings[0]
            yield Replayed(entry, checked.state, {}, (), f"{first.message} {first.fix}")
        else:
            results = results_of(checked, checker.desk)
            since = turns(stored, verdicts(results))
            yield Replayed(entry, checked.state, verdicts(results, _waived(checked, archive, entry)), since)


def _originals(entries: Iterable[Entry], archive: Archive) -> Iterator[tuple[tuple[Entry, Verdicts, str], Received | None]]:
    """The original of each submission, and what was said when it came; none, and why, where it is not there as it came."""
    remaining = iter(entries)
    while some := list(islice(remaining, _AT_ONCE)):
        stored = verdicts_stored(archive.register, [entry.id for entry in some])
        for entry in some:
            said = stored.pop(entry.id)
            try:
                yield (entry, said, ""), read_original(archive.workspace.received, entry.sha256, entry.file)
            except WorkspaceError as error:
                yield (entry, said, str(error)), None


def results_of(checked: CheckedReturn, desk: Desk) -> tuple[RuleResult, ...]:
    """What every rule says of a return that was read, those on trial too, which no workbook shows."""
    if not any(rule.trial for rule in all_rules(desk.collection)):
        return checked.results
    form = desk.issuable(str(checked.identity and checked.identity.organisation)).layout.form
    instances = [one for one in make_instances(form, trial=True) if one.rule.trial]
    tried = run_rules(instances, facts_of(form, checked.values)) if instances else ()
    return (*checked.results, *(RuleResult.of(result, checked.values) for result in tried))


def verdicts(results: Iterable[RuleResult], covered: Collection[About] = ()) -> Verdicts:
    """The outcomes by place; waived where they can be, and what they are about is covered."""
    return {(one.rule, one.table, one.line, one.month): Verdict(_settled(one, covered), one.found) for one in results}


def _settled(result: RuleResult, covered: Collection[About]) -> Outcome:
    about = about_of(result)
    is_covered = about in covered or (result.at is None and any(one[:2] == about[:2] for one in covered))
    return Outcome.WAIVED if is_covered and result.outcome in WAIVABLE else result.outcome


def _waived(checked: CheckedReturn, archive: Archive, entry: Entry) -> set[About]:
    """What the waivers in force cover in a return."""
    own = [waiver for waiver in archive.waivers if waiver.organisation == entry.organisation]
    after = waived(checked.findings, own, archive.day)
    return {About.of(finding) for finding in after if finding.outcome is Outcome.WAIVED}


def verdicts_stored(register: Register, submissions: Sequence[int]) -> dict[int, Verdicts]:
    """What every rule said when these submissions came, by their ids. Raises `RegisterError`."""
    found: dict[int, Verdicts] = {submission: {} for submission in submissions}
    with register.reading() as connection:
        for submission, spot, outcome, figure in verdicts_of(connection, submissions):
            found[submission][spot] = Verdict(outcome, figure)
    return found


def turns(before: Verdicts, after: Verdicts) -> tuple[Turn, ...]:
    """The rule instances with another outcome, in the order of the rules at hand; those no longer asked come last."""
    found = (Turn(*spot, before.get(spot), after.get(spot)) for spot in {**after, **before})
    return tuple(turn for turn in found if turn.was is not turn.now)
