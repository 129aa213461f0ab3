"""What lint says of one line of the checklist."""

from dataclasses import dataclass
from enum import StrEnum


class Said(StrEnum):
    """The result of a line: it holds, it does not, or there was nothing to test it with."""

    PASS = "pass"
    FAIL = "fail"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A line of the checklist, and what offends against it: each offence says where (file, sheet, cell) and what."""

    number: int
    title: str
    said: Said
    offences: tuple[str, ...] = ()


class NotTested(Exception):
    """A line needs something that is not here, such as a second spreadsheet engine; the message says what and how to get it."""
