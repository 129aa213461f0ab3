"""The register at work: files and issues entered, each in one transaction, and read again."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Select, func, select

from workbook_gen.desk.check import Answer
from workbook_gen.desk.register.canonical import in_order, storable
from workbook_gen.desk.register.casebook import read_cases
from workbook_gen.desk.register.connect import Database, connect, in_memory
from workbook_gen.desk.register.events import ISSUED, RECEIVED, SENT_BACK, Happening, append
from workbook_gen.desk.register.faults import RegisterError, as_written
from workbook_gen.desk.register.follow_up import follow_up, is_left_by
from workbook_gen.desk.register.migrate import is_made, prepare
from workbook_gen.desk.register.particulars import answers_of, findings_of, headlines_of
from workbook_gen.desk.register.records import Arrival, Entry, IssueRow, Moment, Remark, SentBack, Submitted, counting
from workbook_gen.desk.register.rows import digest_of_inputs, digest_of_rows, rows_of
from workbook_gen.desk.register.schema import EVENTS, INPUTS, ISSUES, ROW_TABLES, SUBMISSIONS
from workbook_gen.desk.waivers import judged, waived
from workbook_gen.findings import Finding, Outcome, State

_JSON = ("counts", "account", "headlines")


class Register:
    """A collection's register. What a method writes is one transaction. Raises `RegisterError` where that fails."""

    def __init__(self, database: Database, collection: str) -> None:
        prepare(database, collection)
        self.database = database

    @classmethod
    def at(cls, place: Path | str, collection: str, *, make: bool = True) -> Self:
        """The register in a file, or of a URL. With `make` off one that is not there is not made: it is empty."""
        database = connect(place)
        if not make and not is_made(database):
            return cls(in_memory(), collection)
        if isinstance(place, Path):
            place.parent.mkdir(parents=True, exist_ok=True)
        return cls(database, collection)

    def submit(self, arrival: Arrival, moment: Moment, *, dry_run: bool = False) -> Submitted:
        """Enter a file that has come back; one whose bytes are there already stays as it was, and is said to be again.

        A dry run says what would be entered.
        """
        with self.database.writing(dry_run=dry_run) as connection:
            known = _submission(connection, arrival.checked.sha256)
            return known or _enter(connection, arrival, moment)

    def submission(self, sha256: str) -> Submitted | None:
        """The submission of a file by the digest of its bytes, None where that has not come back yet."""
        with self.database.reading() as connection:
            return _submission(connection, sha256)

    def entries(self) -> tuple[Entry, ...]:
        """Every submission, in order."""
        with self.database.reading() as connection:
            return entries_of(connection)

    def answers(self, submissions: Sequence[int]) -> dict[int, tuple[Answer, ...]]:
        """What was answered in each of these submissions, by their ids, in the order in which it was found."""
        with self.database.reading() as connection:
            return answers_of(connection, submissions)

    def issue(self, rows: Sequence[IssueRow], moment: Moment) -> tuple[IssueRow, ...]:
        """Enter what was issued, as far as it is not there yet; gives what was entered.

        Raises `RegisterError` where the same issue number has been registered with other bytes.
        """
        if not unregistered(rows, self.issues()):
            return ()
        with self.database.writing() as connection:
            new = unregistered(rows, tuple(_issues(connection)))
            if new:
                events = append(connection, moment, [Happening(ISSUED, row.organisation, asdict(row)) for row in new])
                lines = [{**asdict(row), "event": event.sequence} for row, event in zip(new, events, strict=True)]
                connection.execute(ISSUES.insert(), lines)
            return new

    def send_back(self, rows: Sequence[SentBack], moment: Moment) -> tuple[SentBack, ...]:
        """Enter in the log which workbooks went back, as far as it does not say so yet; gives what was entered."""
        with self.database.writing() as connection:
            said = connection.execute(select(EVENTS.c.payload).where(EVENTS.c.kind == SENT_BACK)).scalars()
            with as_written():
                known = {(facts["organisation"], facts["sha256"]) for facts in map(json.loads, said)}
            new = tuple(row for row in rows if (row.organisation, row.sha256) not in known)
            if new:
                append(connection, moment, [Happening(SENT_BACK, row.organisation, asdict(row)) for row in new])
            return new

    def issues(self) -> tuple[IssueRow, ...]:
        """Everything that was issued, by organisation."""
        with self.database.reading() as connection:
            return tuple(_issues(connection))

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """Everything done meanwhile is done over one connection: for many files, one after another."""
        with self.database.kept_open():
            yield

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A look at one state of all the tables."""
        with self.database.reading() as connection:
            yield connection


def unregistered(rows: Sequence[IssueRow], known: Sequence[IssueRow]) -> tuple[IssueRow, ...]:
    """The issues that the register does not have. Raises `RegisterError` where it has one of that number with other bytes."""
    before = {(row.organisation, row.version, row.issue): row for row in known}
    for row in rows:
        other = before.get((row.organisation, row.version, row.issue), row)
        if other != row:
            raise RegisterError(
                f"Issue {row.issue} of {row.organisation}, version {row.version}, is registered with other bytes "
                f"(SHA-256 {other.sha256}). Put manifest.csv and seal.key back from your backup, and issue again."
            )
    return tuple(row for row in rows if (row.organisation, row.version, row.issue) not in before)


def _issues(connection: Connection) -> Iterator[IssueRow]:
    columns = [column for column in ISSUES.columns if column.name != "event"]
    order = (ISSUES.c.organisation, ISSUES.c.version, ISSUES.c.issue)
    return (IssueRow(*row) for row in connection.execute(select(*columns).order_by(*order)))


def _enter(connection: Connection, arrival: Arrival, moment: Moment) -> Submitted:
    """A submission with all its rows, and the event that vouches for them."""
    row, rows = _described(connection, arrival, moment)
    digests = {table.name: digest_of_rows(table, rows[table.name]) for table in ROW_TABLES}
    facts = {**row, "rows": digests}
    (event,) = append(connection, moment, [Happening(RECEIVED, arrival.organisation, facts)])
    connection.execute(SUBMISSIONS.insert().values(**row, event=event.sequence))
    for table in ROW_TABLES:
        if rows[table.name]:
            connection.execute(table.insert(), rows[table.name])
    entry = _entry({**row, "event": event.sequence, "event_hash": event.hash})
    if entry.counts_as_return:
        follow_up(connection, entry, arrival, moment)
    return _submitted(connection, entry, arrival.checked.findings)


def _described(connection: Connection, arrival: Arrival, moment: Moment) -> tuple[dict[str, Any], dict[str, Any]]:
    """The row of a submission, but for its event, and the rows that belong to it by table."""
    checked, identity = arrival.checked, arrival.checked.identity
    last = connection.execute(select(func.coalesce(func.max(SUBMISSIONS.c.id), 0))).scalar_one()
    before = entries_of(connection, arrival.organisation)
    rows = rows_of(checked, last + 1)
    inputs = digest_of_inputs(rows[INPUTS.name])
    read = bool(arrival.organisation) and checked.state is not State.REFUSED
    remark, same_as = likeness(before, inputs) if read else ("", None)
    row = {
        "id": last + 1,
        "organisation": arrival.organisation,
        "number": len(before) + 1,
        "sha256": checked.sha256,
        "file": storable(checked.file),
        "size": arrival.size,
        "received_at": moment.stamp,
        "received_by": moment.who,
        "version": storable(identity.version) if identity else "",
        "state": checked.state.name.lower(),
        "counts": in_order(checked.counts()),
        "account": in_order(checked.account),
        "headlines": in_order(checked.headlines),
        "inputs_digest": inputs,
        "remark": remark,
        "same_as": same_as,
    }
    return row, rows


def likeness(before: Sequence[Entry], inputs: str) -> tuple[Remark, int | None]:
    """Whether a file's figures are those of the submission that counts so far, or of one that it superseded."""
    valid = [entry for entry in before if entry.counts_as_return]
    same = [entry for entry in valid if entry.inputs_digest == inputs]
    if not same:
        return "", None
    return "identical" if same[-1] is valid[-1] else "older", same[-1].number


def _submission(connection: Connection, sha256: str) -> Submitted | None:
    query = _joined().where(SUBMISSIONS.c.sha256 == sha256)
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    entry = _entry(row)
    found = _submitted(connection, entry, findings_of(connection, [entry.id])[entry.id])
    latest = counting(entries_of(connection, entry.organisation)) if entry.organisation else None
    later = latest.number if latest and latest.id > entry.id else None
    return replace(found, again=True, superseded_by=later)


def _submitted(connection: Connection, entry: Entry, findings: Sequence[Finding]) -> Submitted:
    """A submission as it was judged when it came, whatever was decided later."""
    cases = read_cases(connection, entry.organisation, lambda case: is_left_by(case, entry))
    after = waived(findings, cases.waivers, entry.moment.date())
    return Submitted(judged(entry, findings, after, headlines_of(connection, entry.id)), after, cases)


def entries_of(connection: Connection, organisation: str | None = None) -> tuple[Entry, ...]:
    """The submissions, or those of an organisation, in order."""
    query = _joined().order_by(SUBMISSIONS.c.id)
    if organisation is not None:
        query = query.where(SUBMISSIONS.c.organisation == organisation)
    return tuple(_entry(row) for row in connection.execute(query).mappings())


def _joined() -> Select[Any]:
    return select(SUBMISSIONS, EVENTS.c.hash.label("event_hash")).join(EVENTS, SUBMISSIONS.c.event == EVENTS.c.sequence)


def _entry(row: Mapping[Any, Any]) -> Entry:
    with as_written():
        facts = {**row, **{name: json.loads(row[name]) for name in _JSON}}
        headlines = {name: Outcome(said) for name, said in facts["headlines"].items()}
        datetime.fromisoformat(row["received_at"])
        return Entry(**{**facts, "state": State[row["state"].upper()], "headlines": headlines})
