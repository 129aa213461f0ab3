"""Waivers: rules that the centre lets be for an organisation, and what its findings come to with them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from workbook_gen.desk.docket import DecisionError, Docket
from workbook_gen.desk.queries import Followed
from workbook_gen.desk.register.cases import About, Waiver, WaiverState, Words
from workbook_gen.desk.register.records import Entry
from workbook_gen.findings import Finding, Outcome, Severity, state_of

WAIVABLE = (Outcome.FAIL, Outcome.EXPLAINED)
"""The outcomes that can be waived: what is to do or not tested has to be filled in first."""


def lapse(known: Sequence[Waiver], sent: Followed, day: date) -> Iterator[Waiver]:
    """The waivers in force that end with a submission: the rule passes, is not asked any more, or says something else.

    While it is to do or not tested, or its box is gone, nobody can tell.
    """
    for waiver in known:
        if not waiver.is_in_force(day):
            continue
        finding = sent.findings.get(waiver.about)
        if finding is not None and finding.outcome in WAIVABLE:
            is_over = not waiver.covers(finding)
        else:
            is_over = sent.outcomes.get(waiver.about) in (None, Outcome.PASS)
        if is_over:
            ended = replace(waiver, state=WaiverState.LAPSED, submission=sent.submission, event=0)
            yield replace(ended, position=waiver.position + 1)


def given(docket: Docket, rule: str, takes: Callable[[Finding], bool], reason: str, until: date, by: str) -> list[Waiver]:
    """A waiver for each finding of a rule that is taken, in the submission that counts.

    Raises `DecisionError` where the rule does not fail there, or is waived as it stands.
    """
    whose = docket.organisation
    if docket.entry is None:
        raise DecisionError(f"{whose} has sent nothing that could be read as its return: there is nothing to waive.")
    there = [finding for finding in docket.found if finding.code == rule and can_be_waived(finding) and takes(finding)]
    new = [finding for finding in there if finding in docket.findings]
    if not there:
        raise DecisionError(
            f"{rule} does not fail there in submission {docket.entry.number} of {whose}. "
            "What passes needs no waiver; what is to do or not tested has to be filled in."
        )
    if not new:
        raise DecisionError(f"{rule} is waived there already in submission {docket.entry.number} of {whose}.")
    first = max((waiver.number for waiver in docket.cases.waivers), default=0) + 1
    return [
        Waiver(
            organisation=whose,
            number=number,
            position=1,
            state=WaiverState.GIVEN,
            about=About.of(finding),
            words=Words.of(finding),
            reason=reason,
            until=until,
            given_by=by,
            submission=docket.entry.id,
        )
        for number, finding in enumerate(new, first)
    ]


def lifted(docket: Docket, number: int, reason: str, by: str) -> list[Waiver]:
    """A waiver that is taken back. Raises `DecisionError` where there is none that was given."""
    waiver = next((one for one in docket.cases.waivers if one.number == number), None)
    if waiver is None:
        raise DecisionError(f"{docket.organisation} has no waiver {number}: workbook-gen waive lists them.")
    if waiver.state is not WaiverState.GIVEN:
        raise DecisionError(f"Waiver {number} of {docket.organisation} is {waiver.state.value} already.")
    changed = replace(waiver, state=WaiverState.LIFTED, reason=reason, given_by=by, event=0)
    return [replace(changed, position=waiver.position + 1)]


def waived(findings: Sequence[Finding], waivers: Sequence[Waiver], day: date) -> tuple[Finding, ...]:
    """The findings, those marked that a waiver in force covers. They are still there, and still said."""
    in_force = [waiver for waiver in waivers if waiver.is_in_force(day)]
    return tuple(_marked(finding, in_force) for finding in findings)


def _marked(finding: Finding, in_force: Sequence[Waiver]) -> Finding:
    is_waived = finding.outcome in WAIVABLE and any(waiver.covers(finding) for waiver in in_force)
    return replace(finding, outcome=Outcome.WAIVED) if is_waived else finding


def can_be_waived(finding: Finding) -> bool:
    """Whether the centre may let a finding be: a rule that fails, or is explained, and is more than a note."""
    is_rule = not finding.code.startswith("STR-")
    return is_rule and finding.outcome in WAIVABLE and finding.severity is not Severity.NOTE


def judged(entry: Entry, before: Sequence[Finding], after: Sequence[Finding], headlines: Mapping[str, str]) -> Entry:
    """The submission with its state, counts and headlines as they are after waivers; `headlines` gives that of a rule."""
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old.outcome is not new.outcome]
    counts = Counter(entry.counts)
    said = dict(entry.headlines)
    for old, _ in changed:
        counts[old.severity.value if old.outcome is Outcome.FAIL else Outcome.EXPLAINED.value] -= 1
        counts[Outcome.WAIVED.value] += 1
        if old.code in headlines:
            said[headlines[old.code]] = Outcome.WAIVED
    return replace(entry, state=state_of(tuple(after)), counts=dict(counts), headlines=said)
