"""Findings as people are told them: one message for a rule on a sheet, its cells merged, root causes first."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbook_gen.definition.layout import merged
from workbook_gen.findings import Finding, Outcome, mending, weight, where

_FARES = {
    Outcome.FAIL: "fails",
    Outcome.EXPLAINED: "is explained",
    Outcome.TO_DO: "is to do",
    Outcome.NOT_TESTED: "is not tested",
    Outcome.WAIVED: "is waived",
}
"""What becomes of a rule in several cells: its title says what should hold."""


@dataclass(frozen=True)
class Message:
    """What is said of findings of one kind: where, what and how to mend it. `details` hold what each cell has of its own.

    `findings` are those it stands for; `left_out` the codes of what follows from it and is not said again.
    """

    findings: tuple[Finding, ...]
    text: str
    details: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def first(self) -> Finding:
        """The finding that code, severity, outcome and sheet are taken from: all have the same."""
        return self.findings[0]

    @property
    def cells(self) -> str:
        """Its cells, merged."""
        return merged(cell for finding in self.findings for cell in finding.cells)


def messages(findings: Iterable[Finding]) -> tuple[Message, ...]:
    """The messages, the heaviest first; what follows from a finding that is said is left out."""
    findings = tuple(findings)
    said = {finding.code for finding in findings if not finding.follows and finding.outcome is not Outcome.WAIVED}
    groups: dict[tuple[object, ...], list[Finding]] = {}
    left_out: dict[str, list[str]] = {}
    for finding in sorted(findings, key=weight, reverse=True):
        if finding.follows in said:
            left_out.setdefault(finding.follows, []).append(finding.code)
            continue
        alone = "" if finding.place else finding.what
        groups.setdefault((finding.code, finding.severity, finding.outcome, finding.sheet, alone), []).append(finding)
    found = []
    for group in groups.values():
        codes = left_out.pop(group[0].code, [])
        found.append(_message(tuple(group), tuple(dict.fromkeys(codes))))
    return tuple(found)


def _message(group: tuple[Finding, ...], left_out: tuple[str, ...]) -> Message:
    first, *others = group
    if not others:
        return Message(group, _sentence(first.message, first.fix, first), first.details, left_out)
    cells = [cell for finding in group for cell in finding.cells]
    remedy = first.remedy if all(finding.remedy == first.remedy for finding in others) else ""
    mend = mending(remedy, _boxes(group)) if remedy else ""
    same = all((finding.what, finding.remedy) == (first.what, first.remedy) for finding in others)
    if same:
        return Message(
            group, _sentence(f"{where(first.sheet, merged(cells), '')}: {first.what}", mend, first), left_out=left_out
        )
    text = _sentence(f"{where(first.sheet, merged(cells), '')}: {_title(first, len(group))}", mend, first)
    details = tuple(_detail(finding, "" if remedy else finding.fix) for finding in group)
    return Message(group, text, details, left_out)


def _title(first: Finding, times: int) -> str:
    """What is wrong in several cells: a structural code's title says so itself, a rule's says what should hold."""
    if first.code.startswith("STR-"):
        return f"{first.title}, {times} times."
    return f"“{first.title}” {_FARES[first.outcome]} {times} times."


def _detail(finding: Finding, mend: str) -> str:
    what = f"{merged(finding.cells)} ({finding.label}): {finding.what}"
    return _sentence(what, mend, finding)


def _boxes(group: tuple[Finding, ...]) -> str:
    """The boxes of a group, those of a sheet merged."""
    sheets: dict[str, list[str]] = {}
    for box in dict.fromkeys(finding.box for finding in group if finding.box):
        sheet, _, cell = box.rpartition(" ")
        sheets.setdefault(sheet, []).append(cell)
    return ", ".join(f"{sheet} {merged(cells)}".strip() for sheet, cells in sheets.items())


def _sentence(what: str, mend: str, finding: Finding) -> str:
    """What is wrong and how to mend it; one that is explained or waived asks for nothing more."""
    return what if finding.outcome in (Outcome.EXPLAINED, Outcome.WAIVED) else f"{what} {mend}".rstrip()
