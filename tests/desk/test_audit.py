"""The audit: whatever is changed, taken away or added is found, and an untouched register is sound."""

import random
import string
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Table, and_, event, func, select
from sqlalchemy.exc import DBAPIError

from tests.desk.inbox import Inbox
from tests.desk.stand_in import moment
from tests.desk.test_register import issued
from tests.returns import completed, file_name
from workbook_gen.desk.audit import audit
from workbook_gen.desk.register.decisions import decide
from workbook_gen.desk.register.events import Event
from workbook_gen.desk.register.schema import (
    CASE_TABLES,
    EVENTS,
    FINDINGS,
    INPUTS,
    ISSUES,
    QUERIES,
    RESULTS,
    ROW_TABLES,
    SIGN_OFFS,
    SUBMISSIONS,
    WAIVERS,
)
from workbook_gen.desk.sign_off import accepted
from workbook_gen.desk.waivers import given
from workbook_gen.desk.workspace import Issued

TABLES = (EVENTS, ISSUES, SUBMISSIONS, FINDINGS, INPUTS, RESULTS, QUERIES, WAIVERS, SIGN_OFFS)
TRIALS = 1000
PRINTABLE = string.ascii_letters + string.digits + string.punctuation
Cell = tuple[Table, dict[str, Any], Column[Any], Any]


@pytest.fixture
def audited(inbox: Inbox) -> Inbox:
    """A round with files real and small, refused and resubmitted; workbooks issued, a rule waived, a submission signed off."""
    rows = [issued("QYG"), issued("QSL")]
    inbox.workspace.write_manifest([Issued(row.organisation, "A board", row.file, row.issue, row.sha256) for row in rows])
    inbox.register.issue(rows, moment())
    texts = ("QYG look 5 7.25 words", "QYG  look 5 7.25 words", "no workbook", "QYG clean 6")
    real = completed("QSL", "text_in_numbers"), file_name("QSL")
    inbox.receive_all(real, *((text, "QYG_return.xlsx") for text in (*texts, "QUE look 3")))
    day = date(2023, 12, 1)
    decide(inbox.register, "QUE", moment(8), lambda docket: given(docket, "AGY-001", lambda _: True, "Agreed.", day, "kim"))
    decide(inbox.register, "QYG", moment(9), lambda docket: accepted(docket, "All there.", "kim"))
    assert inbox.ailments() == []
    return inbox


@dataclass
class Held:
    """A database of which one transaction is looked at; it is never committed."""

    connection: Connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The transaction as it stands."""
        yield self.connection


@dataclass
class Tampering:
    """A register that is changed behind its back."""

    inbox: Inbox
    chance: random.Random

    def __post_init__(self) -> None:
        self.register = self.inbox.register
        self.database = self.register.database
        if self.database.engine.dialect.name == "sqlite":
            event.listen(self.database.engine, "connect", lambda handle, _: handle.execute("PRAGMA foreign_keys = OFF"))
            event.listen(
                self.database.engine, "connect", lambda handle, _: handle.execute("PRAGMA ignore_check_constraints = 1")
            )

    @contextmanager
    def held(self) -> Iterator[Connection]:
        """A transaction for all that follows: what is changed in it is seen by the audit here, and gone afterwards."""
        with self.database.writing(dry_run=True) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            self.register.database = Held(connection)  # type: ignore[assignment]
            yield connection
        self.register.database = self.database

    def is_noticed(self) -> bool:
        """Whether an audit complains of anything."""
        return not all(one.well for one in audit(self.inbox.workspace, self.register))

    def change(self, connection: Connection, cells: dict[Table, list[Cell]]) -> str:
        """Change a byte of a cell drawn at random, another one where the database itself does not let that be."""
        while True:
            table, key, column, value = self.chance.choice(cells[self.chance.choice(TABLES)])
            where = and_(*(table.c[name] == part for name, part in key.items()))
            statement = table.update().where(where).values({column.name: other(value, self.chance)})
            with suppress(DBAPIError), connection.begin_nested():
                assert connection.execute(statement).rowcount == 1
                return table.name

    def change_original(self, originals: Sequence[Path]) -> tuple[Path, bytes]:
        """Change a byte of an original drawn at random; gives the file and what it held."""
        path = self.chance.choice(originals)
        whole = path.read_bytes()
        position = self.chance.randrange(len(whole))
        byte = bytes([whole[position] ^ (1 << self.chance.randrange(8))])
        change_original(path, whole[:position] + byte + whole[position + 1 :])
        return path, whole

    def cells(self) -> list[Cell]:
        """Every cell that holds something and is no part of a key."""
        found = []
        with self.database.reading() as connection:
            for table in TABLES:
                for row in connection.execute(select(table)).mappings():
                    key = {column.name: row[column.name] for column in table.primary_key}
                    for column in table.columns:
                        if not column.primary_key and row[column.name] not in (None, ""):
                            found.append((table, key, column, row[column.name]))
        return found


def other(value: Any, chance: random.Random) -> Any:
    """The value with one byte of it changed."""
    if isinstance(value, str):
        position = chance.randrange(len(value))
        letter = chance.choice([one for one in PRINTABLE if one != value[position]])
        return value[:position] + letter + value[position + 1 :]
    if isinstance(value, int):
        return value ^ (1 << chance.randrange(8))
    data = bytearray(struct.pack("<d", value))
    data[chance.randrange(6)] ^= 1 << chance.randrange(8)
    return struct.unpack("<d", data)[0]


def test_any_single_byte_is_found(audited: Inbox) -> None:
    chance = random.Random(20231108)
    tampering = Tampering(audited, chance)
    cells = tampering.cells()
    by_table = {table: [cell for cell in cells if cell[0] is table] for table in TABLES}
    originals = sorted(audited.workspace.received.iterdir())
    assert all(by_table.values())
    assert len(originals) == 6
    unnoticed, touched = [], Counter[str]()
    with tampering.held() as connection:
        for trial in range(TRIALS):
            undo = connection.begin_nested()
            if trial % 6 == 0:
                path, whole = tampering.change_original(originals)
                name, noticed = "originals", tampering.is_noticed()
                change_original(path, whole)
            else:
                name, noticed = tampering.change(connection, by_table), tampering.is_noticed()
            undo.rollback()
            touched[name] += 1
            if not noticed:
                unnoticed.append(trial)
        assert not tampering.is_noticed(), "what was changed has been undone"
    assert unnoticed == []
    assert touched.keys() == {"originals", *(table.name for table in TABLES)}
    assert touched.total() == TRIALS
    assert audited.ailments() == []


def change_original(path: Path, data: bytes) -> None:
    """Other bytes in a file that is read-only."""
    path.chmod(0o644)
    path.write_bytes(data)


def removals(audited: Inbox) -> Iterator[tuple[Table, dict[str, Any]]]:
    """The last row of every table, by its key."""
    with audited.register.reading() as connection:
        for table in TABLES:
            keys = list(table.primary_key)
            row = connection.execute(select(*keys).order_by(*(key.desc() for key in keys)).limit(1)).mappings().one()
            yield table, dict(row)


def test_a_row_that_is_taken_away_is_found(audited: Inbox) -> None:
    tampering = Tampering(audited, random.Random(1))
    for table, key in list(removals(audited)):
        where = and_(*(table.c[name] == part for name, part in key.items()))
        with tampering.database.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            row = dict(connection.execute(select(table).where(where)).mappings().one())
            connection.execute(table.delete().where(where))
        assert audited.ailments() != [], table.name
        with tampering.database.writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            connection.execute(table.insert().values(**row))
        assert audited.ailments() == [], table.name


def test_a_submission_that_is_taken_away_whole_is_found_by_its_original(audited: Inbox) -> None:
    with audited.register.database.writing() as connection:
        last = connection.execute(select(func.max(SUBMISSIONS.c.id))).scalar_one()
        number = connection.execute(select(SUBMISSIONS.c.event).where(SUBMISSIONS.c.id == last)).scalar_one()
        for table in CASE_TABLES:
            connection.execute(table.delete().where(table.c.event > number))
        for table in ROW_TABLES:
            connection.execute(table.delete().where(table.c.submission == last))
        connection.execute(SUBMISSIONS.delete().where(SUBMISSIONS.c.id == last))
        connection.execute(EVENTS.delete().where(EVENTS.c.sequence >= number))
    (said,) = audited.ailments()
    assert "kept, but not registered: workbook-gen receive" in said


def test_a_row_that_is_added_is_found(audited: Inbox) -> None:
    with audited.register.database.writing() as connection:
        row = dict(connection.execute(select(INPUTS).limit(1)).mappings().one())
        connection.execute(INPUTS.insert().values(**{**row, "position": 9999}))
    assert audited.ailments() == [f"inputs of submission {row['submission']}: are not what its event says"]


def test_an_event_that_is_rewritten_with_its_hash_breaks_the_chain(audited: Inbox) -> None:
    with audited.register.database.writing() as connection:
        query = select(EVENTS).where(EVENTS.c.sequence == 1)
        told = Event(**connection.execute(query).mappings().one())
        forged = replace(told, recorded_by="lee")
        values = {"recorded_by": "lee", "hash": forged.digest()}
        connection.execute(EVENTS.update().where(EVENTS.c.sequence == 1).values(values))
    assert audited.ailments() == ["Event 2: is not chained to the event before it"]


def test_an_original_that_is_gone_or_strange_is_found(audited: Inbox) -> None:
    kept = audited.kept("QYG clean 6")
    kept.rename(kept.with_name("f" * 64 + ".xlsx"))
    said = audited.ailments()
    assert len(said) == 2
    assert said[0].startswith(f"{kept.name} (QYG_return.xlsx): registered, but the file is gone from")
    assert said[1].startswith("f" * 64 + ".xlsx: kept, but not registered: workbook-gen receive")


def test_a_manifest_that_says_something_else_is_found(audited: Inbox) -> None:
    rows = audited.workspace.manifest()
    audited.workspace.write_manifest([rows["QYG"]])
    assert audited.ailments() == ["QSL.xlsx: issue 1 is registered, but not in the manifest"]
    audited.workspace.write_manifest([rows["QSL"], Issued("QYG", "A board", "QYG.xlsx", 1, "e" * 64)])
    assert audited.ailments() == ["QYG.xlsx: issue 1 in the manifest, but not in the register: run workbook-gen issue"]
    audited.register.issue([issued("QYG", 2, "e")], moment(9))
    audited.workspace.write_manifest([rows["QSL"], Issued("QYG", "A board", "QYG.xlsx", 2, "e" * 64)])
    assert audited.ailments() == []


def test_what_is_well_is_said_with_the_end_of_the_chain(audited: Inbox) -> None:
    with audited.register.reading() as connection:
        last = connection.execute(select(EVENTS.c.hash).order_by(EVENTS.c.sequence.desc()).limit(1)).scalar_one()
    found = audit(audited.workspace, audited.register)
    assert [(one.what, one.well, one.seen) for one in found] == [
        ("Register", True, f"13 events in one chain, which ends in {last}"),
        ("Originals", True, "6 files received, each as it came"),
        ("Issues", True, "2 workbooks, registered as in the manifest"),
    ]
