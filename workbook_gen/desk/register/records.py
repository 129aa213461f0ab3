"""What goes into the register and comes out of it: facts without a database."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from workbook_gen.definition.nodes import Key
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.register.canonical import storable
from workbook_gen.desk.register.cases import Cases, Query, Waiver, WaiverState, not_waived
from workbook_gen.findings import Finding, Outcome, State

Remark = Literal["", "identical", "older"]
"""What is odd about a file's figures: those of the submission that counts, or of one that was superseded."""


Renamed = Callable[[str, Key], Key]
"""From a version, and the key of a cell in it, to its key of today."""


def _as_it_was(version: str, key: Key) -> Key:
    """The key of a cell that no version calls otherwise."""
    return key


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is done (UTC), and by whom."""

    at: datetime
    by: str

    @property
    def stamp(self) -> str:
        """The time as the register writes it: 2023-11-20T09:30:00Z."""
        return self.at.strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def who(self) -> str:
        """The name as the register writes it."""
        return storable(self.by)


@dataclass(frozen=True, slots=True)
class IssueRow:
    """A workbook that was issued: to whom, its digests and its seal."""

    organisation: str
    version: str
    issue: int
    file: str
    sha256: str
    national: str
    layout: str
    seal: str


@dataclass(frozen=True, slots=True)
class SentBack:
    """A workbook that went back: of which submission (by its id), its digest, and the queries on it."""

    organisation: str
    submission: int
    file: str
    sha256: str
    queries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that has been checked and is about to be registered; `organisation` is empty where nobody can say whose it is.

    `renamed` gives the key of today of a cell of an older version.
    """

    organisation: str
    size: int
    checked: CheckedReturn
    renamed: Renamed = _as_it_was


@dataclass(frozen=True, slots=True)
class Entry:
    """A submission as it stands in the register, with the hash of the event that entered it.

    `same_as` is the number of the organisation's earlier submission with the same figures, None where there is none.
    """

    id: int
    organisation: str
    number: int
    sha256: str
    file: str
    size: int
    received_at: str
    received_by: str
    version: str
    state: State
    counts: dict[str, int]
    account: dict[str, int]
    headlines: dict[str, Outcome]
    inputs_digest: str
    remark: Remark
    same_as: int | None
    event: int
    event_hash: str

    @property
    def moment(self) -> datetime:
        """When it was received."""
        return datetime.fromisoformat(self.received_at)

    @property
    def counts_as_return(self) -> bool:
        """Whether it can be the organisation's return: it is known whose it is, and it was read."""
        return bool(self.organisation) and self.state is not State.REFUSED


def counting(entries: Iterable[Entry]) -> Entry | None:
    """The submission that counts among an organisation's: the latest that could be read; None where none could."""
    return next((entry for entry in reversed(tuple(entries)) if entry.counts_as_return), None)


def counting_each(entries: Iterable[Entry]) -> dict[str, Entry]:
    """Of each organisation the submission that counts, by code; none of one of which nothing could be read."""
    return {entry.organisation: entry for entry in entries if entry.counts_as_return}


@dataclass(frozen=True, slots=True)
class Submitted:
    """A submission with its findings, as they are after waivers, and the cases of its organisation as it left them.

    `again` says that the register had it before, `given` the file's name this time; `superseded_by` is then the number of the
    organisation's later submission that counts, None where there is none.
    """

    entry: Entry
    findings: tuple[Finding, ...]
    cases: Cases = field(default_factory=Cases)
    again: bool = False
    given: str = ""
    superseded_by: int | None = None

    @property
    def state(self) -> State:
        """The state that was found when it came."""
        return self.entry.state

    @property
    def queries(self) -> tuple[Query, ...]:
        """The organisation's queries, but for those about what is waived."""
        return not_waived(self.cases.queries, self.findings)

    @property
    def lapsed(self) -> tuple[Waiver, ...]:
        """The waivers that ended with it."""
        ended = (waiver for waiver in self.cases.waivers if waiver.state is WaiverState.LAPSED)
        return tuple(waiver for waiver in ended if waiver.submission == self.entry.id)
