"""What a check says, for people and for programs: the same findings as text and as JSON."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from workbook_gen.definition.model import Collection
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.grouping import Message, messages
from workbook_gen.findings import Finding, Outcome, State, weight

DETAILS = 5
"""How many cells of one message are told apart on the command line."""
FAIL_ON = {"fix": State.FIX, "look": State.LOOK, "never": None}

_OK, _FINDINGS, _UNREADABLE, _NOT_OURS = 0, 1, 3, 4


class Judged(Protocol):
    """A return with what was found in it, be it fresh from the check or from the register."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Everything that was found."""

    @property
    def state(self) -> State:
        """The worst of it."""


def exit_code(checked: Judged, fail_on: str) -> int:
    """0 nothing at or above `fail_on` · 1 findings · 3 unreadable · 4 not ours, wrong organisation or version, seal broken."""
    codes = {finding.code for finding in checked.findings if weight(finding) >= State.FIX}
    if any(code.startswith("STR-1") for code in codes):
        return _NOT_OURS
    if checked.state is State.REFUSED:
        return _UNREADABLE
    limit = FAIL_ON[fail_on]
    return _FINDINGS if limit is not None and checked.state >= limit else _OK


def as_json(checked: CheckedReturn, collection: Collection) -> dict[str, Any]:
    """What is known of a return, as `check --json` says it."""
    identity = checked.identity
    return {
        "file": checked.file,
        "sha256": checked.sha256,
        "organisation": identity.organisation if identity else None,
        "collection": checked.collection,
        "version": (identity.version or None) if identity else None,
        "state": checked.state.name.lower(),
        "counts": checked.counts(),
        "account": checked.account,
        "headlines": headlines_as_json(checked.headlines, collection),
        **findings_as_json(checked.findings),
    }


def headlines_as_json(headlines: Mapping[str, Outcome], collection: Collection) -> dict[str, str]:
    """What each headline of the collection says of a return; *not tested* where it is not asked, or nothing was read."""
    return {headline.key: headlines.get(headline.key, Outcome.NOT_TESTED).value for headline in collection.headlines}


def findings_as_json(findings: tuple[Finding, ...]) -> dict[str, Any]:
    """The findings one by one, and as the messages that people read."""
    return {
        "findings": [finding_as_json(finding) for finding in findings],
        "messages": [_message(message) for message in messages(findings)],
    }


def _message(message: Message) -> dict[str, Any]:
    first = message.first
    return {
        "code": first.code,
        "severity": first.severity.value,
        "outcome": first.outcome.value,
        "sheet": first.sheet,
        "cells": message.cells,
        "findings": len(message.findings),
        "text": message.text,
        "details": list(message.details),
        "left_out": list(message.left_out),
    }


def finding_as_json(finding: Finding) -> dict[str, str]:
    """A finding with its message and how to mend it; of its cells the first."""
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "outcome": finding.outcome.value,
        "table": finding.table,
        "line": finding.line,
        "column": finding.column,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "label": finding.label,
        "title": finding.title,
        "message": finding.message,
        "fix": finding.fix,
        "found": finding.found,
        "expected": finding.expected,
    }


def as_text(checked: CheckedReturn) -> Iterator[str]:
    """A summary line, then each message, the heaviest first; an explained one without what to do."""
    identity = checked.identity
    whose = f"{identity.organisation}, version {identity.version}: " if identity and identity.organisation else ""
    yield f"{checked.file}: {whose}{checked.state.name.lower()}"
    if checked.results:
        yield from tally(checked.counts(), checked.account)
    yield from findings_as_text(checked.findings)


def tally(counts: Mapping[str, int], account: Mapping[str, int]) -> Iterator[str]:
    """The counts of a return that was read, and the account of its cells."""
    yield (
        f"  {counts['fix']} to fix, {counts['look']} to look at, {counts['note']} notes, {counts['explained']} explained, "
        f"{counts['to_do']} to do, {counts['not_tested']} not tested, {counts['pass']} passed; "
        f"{counts['inputs_filled']} of {counts['inputs']} answers filled"
    )
    yield "  cells: " + ", ".join(f"{number:,} {kind}" for kind, number in account.items())


def findings_as_text(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Each message, the heaviest first."""
    for message in messages(findings):
        yield from _lines(message)


def _lines(message: Message) -> Iterator[str]:
    first = message.first
    yield f"  {_mark(first):<10} {first.code}  {message.text}"
    shown = message.details[:DETAILS]
    rest = len(message.details) - len(shown)
    yield from (f"{'':13}{detail}" for detail in shown)
    if rest:
        yield f"{'':13}and {rest} more; --json lists all."
    for code in message.left_out:
        yield f"{'':13}{code} follows from it and is not said again."


def _mark(finding: Finding) -> str:
    if finding.refuses:
        return "REFUSED"
    if finding.outcome is Outcome.FAIL:
        return finding.severity.value.upper()
    return finding.outcome.value.replace("_", " ").upper()


SAYS = {
    Outcome.PASS: "yes",
    Outcome.FAIL: "no",
    Outcome.EXPLAINED: "explained",
    Outcome.WAIVED: "waived",
    Outcome.TO_DO: "to do",
    Outcome.NOT_TESTED: "not tested",
}
"""What a headline says of a return, in a word or two."""
_NARROW = 11


def summary_table(
    returns: Iterable[CheckedReturn], collection: Collection, ways: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """A line for each return with its state and headlines, each with the state that it may be coloured by."""
    headings = [headline.label for headline in collection.headlines]
    widths = [max(_NARROW, len(heading)) for heading in headings]
    titles = "  ".join(f"{heading:<{width}}" for heading, width in zip(headings, widths, strict=True))
    yield f"{'Org':<5}{'State':<11}{titles}  {'Fix':>4}{'Look':>5}  Filled in", "heading"
    for checked in returns:
        code = checked.identity.organisation if checked.identity else None
        says = [SAYS[checked.headlines.get(one.key, Outcome.NOT_TESTED)] for one in collection.headlines]
        cells = "  ".join(f"{word:<{width}}" for word, width in zip(says, widths, strict=True))
        state, counts = checked.state.name.lower(), checked.counts()
        line = f"{code or '?':<5}{state:<11}{cells}  {counts['fix']:>4}{counts['look']:>5}  {ways.get(code or '', '')}"
        yield line.rstrip(), state
