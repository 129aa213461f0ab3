"""What a structural code says, and the three weights it can have."""

from dataclasses import dataclass

from workbook_gen.findings import Severity

RESAVE = "In Excel: File > Save As > Excel Workbook (*.xlsx), and return that file."
REPAIR = "In Excel: File > Open > Browse, the arrow beside Open > Open and Repair; save it as Excel Workbook (*.xlsx)."
RESTORE = "Undo the deletion, or copy your inputs as values into a fresh copy of the workbook we issued."
FRESH = "Copy your inputs as values into a fresh copy of the workbook we issued, and return that."
SIMPLER = FRESH + " If that is refused too, send us both."
NOTHING = "Nothing to do."


@dataclass(frozen=True, slots=True)
class Entry:
    """A structural code. `message` and `fix` hold `{found}`, `{expected}`, `{where}` and the other values of a finding.

    `refuses` says that nothing in the file is read.
    """

    code: str
    severity: Severity
    title: str
    message: str
    fix: str
    refuses: bool = False


def refusal(code: str, title: str, message: str, fix: str) -> Entry:
    """A file in which nothing is read."""
    return Entry(code, Severity.FIX, title, message, fix, refuses=True)


def fix(code: str, title: str, message: str, fix: str) -> Entry:
    """What must be corrected."""
    return Entry(code, Severity.FIX, title, message, fix)


def note(code: str, title: str, message: str, fix: str = NOTHING) -> Entry:
    """What is worth knowing, and asks nothing."""
    return Entry(code, Severity.NOTE, title, message, fix)
