"""What can be wrong with a return, and how it is said: severity, outcome, state and the finding itself."""

from collections.abc import Iterable
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

    `code` is a rule's id or a structural code (STR-…). `sheet` and `cells` are the addresses in the file at hand, empty where
    the finding concerns the file as a whole; `place` is how the message names them, empty where `what` does so itself.
    `box` is the address of the cell that an explanation goes into; `follows` the code of the finding that this follows from.
    `details` say what each cell holds and was issued as, where there are several and the message tells of the first.
    """

    code: str
    severity: Severity
    outcome: Outcome
    title: str
    what: str
    remedy: str
    place: str = ""
    box: str = ""
    table: str = ""
    line: str = ""
    column: str = ""
    sheet: str = ""
    cells: tuple[str, ...] = ()
    label: str = ""
    found: str = ""
    expected: str = ""
    refuses: bool = False
    follows: str = ""
    details: tuple[str, ...] = ()

    @property
    def cell(self) -> str:
        """The first of its cells; empty where there is none."""
        return self.cells[0] if self.cells else ""

    @property
    def message(self) -> str:
        """Where and what."""
        return f"{self.place}: {self.what}" if self.place else self.what

    @property
    def fix(self) -> str:
        """How to mend it, and where an explanation goes."""
        return mending(self.remedy, self.box)


def mending(remedy: str, box: str) -> str:
    """How to mend it, with the cell that an explanation goes into: `Lower the plan, or explain why, in J12.`, for one."""
    if not box:
        return remedy
    joint = "" if remedy.endswith("explain.") else ","
    return f"{remedy.removesuffix('.')}{joint} in {box}."


def listed(names: Iterable[str]) -> str:
    """Names in a sentence: `Agency, Bridge and Risks`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def where(sheet: str, cells: str, label: str) -> str:
    """How a message names a place: `Agency F12 (AGY0900, Total agency, forecast)`."""
    address = f"{sheet} {cells}".strip() or "The file"
    return f"{address} ({label})" if label else address


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
