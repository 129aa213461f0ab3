"""What can be wrong with a return, and how it is said: severity, outcome, state and the finding itself."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Severity(StrEnum):
    """How much a finding weighs: `fix` must be corrected, `look` changed or explained, `note` asks nothing."""

    FIX = "fix"
    LOOK = "look"
    NOTE = "note"


class Outcome(StrEnum):
    """What a rule says of a return."""

    PASS = "pass"
    FAIL = "fail"
    EXPLAINED = "explained"
    WAIVED = "waived"
    TO_DO = "to_do"
    NOT_TESTED = "not_tested"


class State(IntEnum):
    """The state of a return: the worst of its findings."""

    CLEAN = 0
    EXPLAINED = 1
    LOOK = 2
    FIX = 3
    REFUSED = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about a return: where, what and how to mend it.

    `code` is a rule's id or a structural code (STR-…). `sheet` and `cell` are the address in the file at hand,
    empty where the finding concerns the file as a whole.
    """

    code: str
    severity: Severity
    outcome: Outcome
    title: str
    message: str
    fix: str
    table: str = ""
    line: str = ""
    column: str = ""
    sheet: str = ""
    cell: str = ""
    label: str = ""
    found: str = ""
    expected: str = ""
    refuses: bool = False


WORDS = {
    Outcome.PASS: "Pass",
    Outcome.EXPLAINED: "Explained",
    Outcome.WAIVED: "Waived",
    Outcome.TO_DO: "To do",
    Outcome.NOT_TESTED: "Not tested",
}


def word(outcome: Outcome, severity: str) -> str:
    """The result word that Checks shows: Pass, Fix, Look, Note, Explained, Not tested, To do."""
    return WORDS.get(outcome, severity.capitalize())


def weight(finding: Finding) -> State:
    """What one finding makes of the return's state.

    In a file that has come back, To do and Not tested weigh as much as a fix.
    """
    if finding.refuses:
        return State.REFUSED
    if finding.outcome in (Outcome.TO_DO, Outcome.NOT_TESTED):
        return State.FIX
    if finding.outcome in (Outcome.PASS, Outcome.WAIVED):
        return State.CLEAN
    if finding.outcome is Outcome.EXPLAINED:
        return State.EXPLAINED
    return {Severity.FIX: State.FIX, Severity.LOOK: State.LOOK, Severity.NOTE: State.CLEAN}[finding.severity]


def state_of(findings: tuple[Finding, ...]) -> State:
    """The worst of the findings; clean where there is none."""
    return max((weight(finding) for finding in findings), default=State.CLEAN)
