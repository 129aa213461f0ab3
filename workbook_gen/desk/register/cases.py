"""The centre's cases as the register holds them: queries, waivers and sign-offs. Each is as it stands from an event on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple, TypeVar

from workbook_gen.desk.register.canonical import storable
from workbook_gen.findings import Finding, Outcome


class QueryState(StrEnum):
    """Where a query stands: the organisation's turn, the centre's turn, or done."""

    OPEN = "open"
    ANSWERED = "answered"
    ACCEPTED = "accepted"
    PRESSED = "pressed"
    SETTLED = "settled"


ITS_TURN = (QueryState.OPEN, QueryState.PRESSED)
"""The states in which a query waits for the organisation."""


class WaiverState(StrEnum):
    """Whether a waiver holds: it lapses when the figures change, and the centre can lift it."""

    GIVEN = "given"
    LAPSED = "lapsed"
    LIFTED = "lifted"


class SignOffState(StrEnum):
    """Whether a submission is signed off."""

    SIGNED = "signed"
    WITHDRAWN = "withdrawn"


class About(NamedTuple):
    """What a case is about, whatever it says at the time: a rule or structural code, and the cell or table it is asked of."""

    code: str
    table: str
    line: str
    column: str

    @classmethod
    def of(cls, finding: Finding) -> "About":
        """What a finding is about."""
        return cls(finding.code, finding.table, finding.line, finding.column)


class Words(NamedTuple):
    """What a finding says, with its figures: while these are the same, nothing has changed."""

    asks: str
    found: str
    expected: str

    @classmethod
    def of(cls, finding: Finding) -> "Words":
        """What a finding says."""
        return cls(storable(finding.what), storable(finding.found), storable(finding.expected))


@dataclass(frozen=True, slots=True)
class Query:
    """Something that an organisation is asked, by its number there; `sheet` and `cell` are those in its last submission.

    `explanation` stands in the box of the return, `reply` on the sheet Queries; `remark` is the centre's, `decided_by` whose.
    `submission` is the id of the submission that it was last seen in.
    """

    organisation: str
    number: int
    position: int
    state: QueryState
    about: About
    words: Words
    submission: int
    remedy: str = ""
    sheet: str = ""
    cell: str = ""
    label: str = ""
    explanation: str = ""
    reply: str = ""
    remark: str = ""
    decided_by: str = ""
    event: int = 0

    @property
    def answer(self) -> str:
        """What the organisation says to it, in the return and on the sheet Queries."""
        return " / ".join(text for text in (self.explanation, self.reply) if text)


@dataclass(frozen=True, slots=True)
class Waiver:
    """A rule that the centre lets be for an organisation, until the end of a day and while the figures are the same."""

    organisation: str
    number: int
    position: int
    state: WaiverState
    about: About
    words: Words
    reason: str
    until: date
    given_by: str
    submission: int
    event: int = 0

    def is_in_force(self, day: date) -> bool:
        """Whether it holds on a day, figures apart."""
        return self.state is WaiverState.GIVEN and day <= self.until

    def covers(self, finding: Finding) -> bool:
        """Whether it is this finding, with these words and figures, that is waived."""
        return (self.about, self.words) == (About.of(finding), Words.of(finding))


@dataclass(frozen=True, slots=True)
class SignOff:
    """A submission that the centre accepted: it counts for the bytes with this digest and for no others."""

    organisation: str
    number: int
    position: int
    state: SignOffState
    sha256: str
    remark: str
    signed_by: str
    submission: int
    event: int = 0


Case = Query | Waiver | SignOff
C = TypeVar("C", Query, Waiver, SignOff)


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases at hand, each as it stands: by organisation and number."""

    queries: tuple[Query, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()

    def by_organisation(self) -> dict[str, "Cases"]:
        """Those of each organisation that has any."""
        queries, waivers, signed = _by_code(self.queries), _by_code(self.waivers), _by_code(self.sign_offs)
        codes = {**queries, **waivers, **signed}
        return {code: Cases(queries.get(code, ()), waivers.get(code, ()), signed.get(code, ())) for code in codes}


def _by_code(cases: Iterable[C]) -> dict[str, tuple[C, ...]]:
    return {code: tuple(group) for code, group in groupby(cases, lambda case: case.organisation)}


def not_waived(queries: Iterable[Query], findings: Iterable[Finding]) -> tuple[Query, ...]:
    """The queries but for those about what is waived; `findings` are as they are after waivers."""
    waived = {About.of(finding) for finding in findings if finding.outcome is Outcome.WAIVED}
    return tuple(query for query in queries if query.about not in waived)
