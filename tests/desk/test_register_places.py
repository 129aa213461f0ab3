"""Where a register is kept: made, opened again, of other versions, and databases that cannot be used."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, select

from tests.desk.stand_in import COLLECTION, moment
from tests.desk.test_register import faults, issued, submit
from workbook_gen.desk.register import connect, migrate
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.migrate import STEPS
from workbook_gen.desk.register.schema import ABOUT, CASE_TABLES, METADATA
from workbook_gen.desk.register.store import Register

NEWEST = len(STEPS) + 1


def test_a_register_is_opened_again(place: Path | str) -> None:
    entered = submit(Register.at(place, COLLECTION), "QYG clean 1")
    assert Register.at(place, COLLECTION).entries() == (entered.entry,)


def test_another_collection_s_register_is_refused(place: Path | str) -> None:
    Register.at(place, COLLECTION)
    with pytest.raises(RegisterError, match="belongs to h2_2023_24, not to winter"):
        Register.at(place, "winter")


def note(connection: Connection) -> None:
    connection.exec_driver_sql("ALTER TABLE issues ADD COLUMN note TEXT")


def mark(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE issues SET note = 'older'")


def stumble(connection: Connection) -> None:
    connection.exec_driver_sql("UPDATE no_such_table SET note = 'never'")


def version_of(database: connect.Database) -> int:
    """The version of the tables."""
    with database.reading() as connection:
        return int(connection.execute(select(ABOUT.c.schema_version)).scalar_one())


def test_an_older_register_is_brought_up_to_date(register: Register) -> None:
    register.issue([issued("QYG")], moment())
    migrate.prepare(register.database, COLLECTION, (*STEPS, note, mark))
    with register.reading() as connection:
        assert connection.exec_driver_sql("SELECT note FROM issues").scalar_one() == "older"
    assert version_of(register.database) == NEWEST + 2
    assert faults(register) == []


def test_a_register_of_version_1_gets_queries_with_the_next_submission(place: Path | str) -> None:
    register = Register.at(place, COLLECTION)
    submit(register, "QYG clean 1")
    with register.database.writing() as connection:
        METADATA.drop_all(connection, tables=list(CASE_TABLES))
        connection.execute(ABOUT.update().values(schema_version=1))
    again = Register.at(place, COLLECTION)
    assert version_of(again.database) == NEWEST
    assert dockets(again, moment().at.date())["QYG"].cases.queries == ()
    submit(again, "QYG look 2")
    assert [query.number for query in dockets(again, moment().at.date())["QYG"].cases.queries] == [1]
    assert faults(again) == []


def test_a_step_is_taken_once(register: Register) -> None:
    migrate.prepare(register.database, COLLECTION, (*STEPS, note))
    migrate.prepare(register.database, COLLECTION, (*STEPS, note, mark))
    migrate.prepare(register.database, COLLECTION, (*STEPS, note, mark))
    assert version_of(register.database) == NEWEST + 2


def test_a_migration_that_fails_leaves_the_register_as_it_was(register: Register) -> None:
    entered = submit(register, "QYG clean 1")
    with pytest.raises(RegisterError, match="no_such_table"):
        migrate.prepare(register.database, COLLECTION, (*STEPS, note, stumble))
    assert version_of(register.database) == NEWEST
    with register.reading() as connection:
        assert "note" not in connection.exec_driver_sql("SELECT * FROM issues").keys()  # noqa: SIM118
    assert register.entries() == (entered.entry,)


def test_a_newer_register_is_refused_in_words(place: Path | str) -> None:
    migrate.prepare(Register.at(place, COLLECTION).database, COLLECTION, (*STEPS, note))
    with pytest.raises(RegisterError, match=f"tables of version {NEWEST + 1}; this program knows them up to version {NEWEST}"):
        Register.at(place, COLLECTION)


def test_a_register_that_is_not_there_is_empty_and_is_not_made(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    register = Register.at(path, COLLECTION, make=False)
    assert (register.entries(), register.issues(), faults(register)) == ((), (), [])
    assert not path.exists()


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "is no URL"),
        ("mysql://host/name", "not in mysql"),
        ("sqlite:////no/such/folder/register.sqlite", "unable to open database file"),
    ],
)
def test_a_place_that_holds_no_register_is_told_in_words(url: str, said: str) -> None:
    with pytest.raises(RegisterError, match=said):
        Register.at(url, COLLECTION)


@pytest.mark.postgresql
def test_a_server_that_is_not_there_is_told_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be used") as told:
        Register.at(f"postgresql://kim:secret@/register?host={tmp_path}", COLLECTION)
    assert "secret" not in str(told.value)


def test_a_file_that_is_no_register_is_told_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.sqlite"
    path.write_bytes(b"no database " * 100)
    with pytest.raises(RegisterError, match="file is not a database"):
        Register.at(path, COLLECTION)
    assert path.read_bytes() == b"no database " * 100


def test_a_file_register_is_durable(tmp_path: Path) -> None:
    register = Register.at(tmp_path / "register.sqlite", COLLECTION)
    with register.reading() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        found = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 60_000}


@pytest.mark.parametrize("name", ["a ?b#c.sqlite", "100%.sqlite", "é.sqlite"])
def test_a_file_of_any_name_can_hold_a_register(tmp_path: Path, name: str) -> None:
    entered = submit(Register.at(tmp_path / name, COLLECTION), "QYG clean 1")
    assert (tmp_path / name).exists()
    assert Register.at(tmp_path / name, COLLECTION).entries() == (entered.entry,)


def test_to_look_at_an_empty_database_makes_no_tables(place: Path | str) -> None:
    assert Register.at(place, COLLECTION, make=False).entries() == ()
    database = connect.connect(place)
    assert connect.is_absent(database) is isinstance(place, Path)
    with database.reading() as connection:
        assert inspect(connection).get_table_names() == []


def test_to_look_at_a_file_by_its_url_does_not_make_it(tmp_path: Path) -> None:
    assert Register.at(f"sqlite:///{tmp_path}/register.sqlite", COLLECTION, make=False).entries() == ()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("state", "well"), ("counts", "{"), ("headlines", '{"a":"b"}'), ("received_at", "noon"), ("account", "")],
)
def test_a_row_that_was_changed_is_told_where_it_cannot_be_read(register: Register, column: str, value: str) -> None:
    submit(register, "QYG clean 1")
    with register.database.writing() as connection:
        connection.exec_driver_sql(f"UPDATE submissions SET {column} = '{value}'")
    with pytest.raises(RegisterError, match="doctor --audit says which"):
        register.entries()
    assert faults(register) == ["submissions: the row of event 1 is not what the event says"]


def test_a_finding_that_was_changed_is_told_where_it_cannot_be_read(register: Register) -> None:
    sha256 = submit(register, "QYG fix 1").entry.sha256
    with register.database.writing() as connection:
        connection.exec_driver_sql("UPDATE findings SET severity = 'fax'")
    with pytest.raises(RegisterError, match="doctor --audit says which"):
        register.submission(sha256)
