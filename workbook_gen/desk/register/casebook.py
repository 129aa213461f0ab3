"""Cases written to the register and read from it: a row and an event for each change of each case."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, Table, select

from workbook_gen.desk.register.canonical import storable
from workbook_gen.desk.register.cases import (
    About,
    C,
    Case,
    Cases,
    Query,
    QueryState,
    SignOff,
    SignOffState,
    Waiver,
    WaiverState,
    Words,
)
from workbook_gen.desk.register.events import Happening, append
from workbook_gen.desk.register.faults import as_written
from workbook_gen.desk.register.records import Moment
from workbook_gen.desk.register.schema import QUERIES, SIGN_OFFS, WAIVERS


@dataclass(frozen=True)
class Kind:
    """Where a kind of case is kept, what it is called in the event log, and the states it can be in."""

    table: Table
    name: str
    states: type[StrEnum]

    def event(self, state: str) -> str:
        """The kind of the event that brings it to a state: `query answered`."""
        return f"{self.name} {state}"

    @property
    def events(self) -> list[str]:
        """The kinds of its events."""
        return [self.event(state.value) for state in self.states]


KINDS: Mapping[type[Case], Kind] = {
    Query: Kind(QUERIES, "query", QueryState),
    Waiver: Kind(WAIVERS, "waiver", WaiverState),
    SignOff: Kind(SIGN_OFFS, "sign-off", SignOffState),
}
_KEYS = {"table": "table_key", "line": "line_key", "column": "column_key", "until": "valid_until"}
"""The columns that are named otherwise than the facts they hold, because the plain words belong to SQL."""


def write_cases(connection: Connection, moment: Moment, cases: Sequence[Case]) -> None:
    """Enter the cases as they stand from now on."""
    rows = [_row(case) for case in cases]
    happenings = [
        Happening(KINDS[type(case)].event(case.state), case.organisation, row) for case, row in zip(cases, rows, strict=True)
    ]
    events = append(connection, moment, happenings) if happenings else []
    for kind, own in KINDS.items():
        lines = [
            {**row, "event": event.sequence} for case, row, event in zip(cases, rows, events, strict=True) if type(case) is kind
        ]
        if lines:
            connection.execute(own.table.insert(), lines)


def read_cases(connection: Connection, organisation: str | None = None, until: Callable[[Case], bool] | None = None) -> Cases:
    """Every case as it stands, or those of one organisation; with `until` as they stood after the rows that it takes."""
    return Cases(
        _latest(_read(connection, Query, organisation), until),
        _latest(_read(connection, Waiver, organisation), until),
        _latest(_read(connection, SignOff, organisation), until),
    )


def _latest(cases: Iterable[C], until: Callable[[Case], bool] | None) -> tuple[C, ...]:
    found = {(case.organisation, case.number): case for case in cases if until is None or until(case)}
    return tuple(found.values())


def _read(connection: Connection, kind: type[C], organisation: str | None) -> Iterator[C]:
    table = KINDS[kind].table
    query = select(table).order_by(table.c.organisation, table.c.number, table.c.position)
    if organisation is not None:
        query = query.where(table.c.organisation == organisation)
    with as_written():
        for row in connection.execute(query).mappings():
            yield _case(kind, row)


def _row(case: Case) -> dict[str, Any]:
    """A case as a row, but for its event."""
    facts: dict[str, Any] = {}
    for field in fields(case):
        value = getattr(case, field.name)
        facts |= value._asdict() if isinstance(value, About | Words) else {field.name: value}
    del facts["event"]
    return {_KEYS.get(name, name): _plain(value) for name, value in facts.items()}


def _plain(value: object) -> object:
    """A value as the database holds it."""
    if isinstance(value, date):
        return value.isoformat()
    return storable(str(value)) if isinstance(value, str) else value


_FACTS = {column: name for name, column in _KEYS.items()}


def _case(kind: type[C], row: Mapping[Any, Any]) -> C:
    """The case that a row holds."""
    facts = {_FACTS.get(column, column): value for column, value in row.items()}
    facts["state"] = KINDS[kind].states(facts["state"])
    if "code" in facts:
        facts["about"] = About(*(facts.pop(name) for name in About._fields))
        facts["words"] = Words(*(facts.pop(name) for name in Words._fields))
    if "until" in facts:
        facts["until"] = date.fromisoformat(facts["until"])
    return kind(**facts)
