"""The event log: what happened, in order, each record chained to the one before by its hash."""

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from workbook_gen.desk.register.canonical import NOTHING, canonical, digest
from workbook_gen.desk.register.records import Moment
from workbook_gen.desk.register.schema import EVENTS

RECEIVED, ISSUED, SENT_BACK = "received", "issued", "feedback"


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
    hash: str = ""

    def digest(self) -> str:
        """The hash that the record should have: over everything else in it, in the order of the table."""
        return digest([list(astuple(self))[:-1]])


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
        event = Event(number, moment.stamp, moment.who, one.kind, one.organisation, canonical(one.facts), previous)
        added.append(replace(event, hash=event.digest()))
        previous = added[-1].hash
    connection.execute(EVENTS.insert(), [asdict(event) for event in added])
    return added
