"""The event log: what happened, in order, each record chained to the one before by its hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from workbook_gen.desk.register.canonical import NOTHING, canonical, digest
from workbook_gen.desk.register.records import Moment
from workbook_gen.desk.register.schema import EVENTS

RECEIVED, ISSUED = "received", "issued"


@dataclass(frozen=True, slots=True)
class Event:
    """A record of the log as it stands there; `payload` is canonical JSON."""

    sequence: int
    recorded_at: str
    recorded_by: str
    kind: str
    organisation: str
    payload: str
    previous: str
    hash: str


def chained(sequence: int, facts: Sequence[Any], previous: str) -> str:
    """The hash of a record: over its number, its facts in the order of the table, and the hash before it."""
    return digest([[sequence, *facts, previous]])


@dataclass(frozen=True, slots=True)
class Happening:
    """What an event tells: its kind, whom it is about, and the facts."""

    kind: str
    organisation: str
    facts: dict[str, Any]


def append(connection: Connection, moment: Moment, happenings: Sequence[Happening]) -> list[Event]:
    """Add records to the end of the log, in order."""
    last = connection.execute(select(EVENTS.c.sequence, EVENTS.c.hash).order_by(EVENTS.c.sequence.desc()).limit(1)).first()
    sequence, previous = last or (0, NOTHING)
    added = []
    for number, one in enumerate(happenings, start=sequence + 1):
        facts = (moment.stamp, moment.by, one.kind, one.organisation, canonical(one.facts))
        added.append(Event(number, *facts, previous, chained(number, facts, previous)))
        previous = added[-1].hash
    names = EVENTS.columns.keys()
    connection.execute(EVENTS.insert(), [{name: getattr(event, name) for name in names} for event in added])
    return added
