"""Whether the register is as it was written: the chain of events, and every row against the event that vouches for it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Table, select

from workbook_gen.desk.register.canonical import NOTHING, canonical
from workbook_gen.desk.register.casebook import KINDS
from workbook_gen.desk.register.events import ISSUED, RECEIVED, Event
from workbook_gen.desk.register.rows import digest_of_rows
from workbook_gen.desk.register.schema import EVENTS, ISSUES, ROW_TABLES, SUBMISSIONS
from workbook_gen.desk.register.store import Register

_BATCH = 10_000
Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that is not as it was written."""

    what: str
    seen: str


@dataclass(frozen=True, slots=True)
class Sworn:
    """What the events vouch for: issues and submissions by their event, the number of events, and the last hash."""

    issues: dict[int, dict[str, Any]]
    submissions: dict[int, dict[str, Any]]
    events: int
    head: str


def verify(register: Register) -> tuple[Sworn, list[Flaw]]:
    """Read the whole register and name everything that is not as it was written. Raises `RegisterError`."""
    with register.reading() as connection:
        events = [Event(**row) for row in connection.execute(select(EVENTS).order_by(EVENTS.c.sequence)).mappings()]
        sworn = Sworn(_facts(events, ISSUED), _facts(events, RECEIVED), len(events), events[-1].hash if events else NOTHING)
        flaws = [*_chain(events), *_matched(connection, ISSUES, sworn.issues), *_submissions(connection, sworn)]
        return sworn, [*flaws, *_cases(connection, events)]


def _chain(events: Iterable[Event]) -> Iterator[Flaw]:
    """Numbers without a gap, each hash over its record, and each record chained to the one before."""
    previous = NOTHING
    for number, event in enumerate(events, start=1):
        name = f"Event {event.sequence}"
        if event.sequence != number:
            yield Flaw(name, f"stands where event {number} should stand")
            return
        if event.previous != previous:
            yield Flaw(name, "is not chained to the event before it")
        elif event.hash != event.digest():
            yield Flaw(name, "does not match its hash: one of them was changed")
        previous = event.hash


def _facts(events: Iterable[Event], *kinds: str) -> dict[int, dict[str, Any]]:
    """The facts that the events of these kinds vouch for; one that does not match its hash vouches for nothing."""
    told = [event for event in events if event.kind in kinds]
    return {event.sequence: json.loads(event.payload) if event.hash == event.digest() else {} for event in told}


def _matched(connection: Connection, table: Table, sworn: Mapping[int, Mapping[str, Any]]) -> Iterator[Flaw]:
    """Every row of a table against its event, and every event against its row."""
    missing = set(sworn)
    for row in connection.execute(select(table)).mappings():
        event = row["event"]
        name = f"{table.name}: the row of event {event}"
        facts = {column: value for column, value in row.items() if column != "event"}
        if event not in sworn:
            yield Flaw(name, "is vouched for by no such event")
        elif any(canonical(sworn[event].get(column)) != canonical(value) for column, value in facts.items()):
            yield Flaw(name, "is not what the event says")
        missing.discard(event)
    yield from (Flaw(f"{table.name}: the row of event {event}", "is missing") for event in sorted(missing))


def _submissions(connection: Connection, sworn: Sworn) -> Iterator[Flaw]:
    yield from _matched(connection, SUBMISSIONS, sworn.submissions)
    for table in ROW_TABLES:
        yield from _rows(connection, table, {facts.get("id"): facts for facts in sworn.submissions.values()})


def _cases(connection: Connection, events: Sequence[Event]) -> Iterator[Flaw]:
    for kind in KINDS.values():
        yield from _matched(connection, kind.table, _facts(events, *kind.events))


def _rows(connection: Connection, table: Table, sworn: Mapping[Any, Mapping[str, Any]]) -> Iterator[Flaw]:
    """Every submission's rows in a table against the digest in its event."""
    query = select(table).order_by(table.c.submission, table.c.position)
    rows = connection.execute(query, execution_options={"yield_per": _BATCH}).mappings()
    found = {key: digest_of_rows(table, group) for key, group in groupby(rows, lambda row: row["submission"])}
    for key in {**sworn, **found}:
        digests = sworn.get(key, {}).get("rows")
        expected = digests.get(table.name) if isinstance(digests, dict) else None
        if found.get(key, NOTHING) != expected:
            yield Flaw(f"{table.name} of submission {key}", "are not what its event says")
