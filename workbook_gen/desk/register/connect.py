"""The connection to a register: a file by default, PostgreSQL by URL; its transactions, and what goes wrong in words."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from sqlite3 import Connection as Handle
from sqlite3 import Cursor, OperationalError
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool, Pool, StaticPool

from workbook_gen.desk.register.faults import RegisterError

BUSY_SECONDS = 60
"""How long a writer waits for the writers before it."""
_LOCK = 20231108
"""The number that stands for the register among PostgreSQL's advisory locks."""
_WRITES = "register_writes"
_POSTGRESQL, _FILE = "postgresql+psycopg", "sqlite"
_DRIVERS = {"postgresql": _POSTGRESQL, "postgres": _POSTGRESQL, _POSTGRESQL: _POSTGRESQL, _FILE: _FILE}


@dataclass
class Database:
    """A database and how messages name it, without a password. One process at a time uses it."""

    engine: Engine
    name: str
    _kept: Connection | None = None

    @contextmanager
    def kept_open(self) -> Iterator[None]:
        """One connection for everything that is done meanwhile, instead of one for each transaction. Raises `RegisterError`."""
        with _in_words(self.name), self.engine.connect() as connection:
            self._kept = connection
            try:
                yield
            finally:
                self._kept = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads one state of the register. Raises `RegisterError`."""
        with _in_words(self.name), self._connected(writes=False) as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self, *, dry_run: bool = False) -> Iterator[Connection]:
        """A transaction that writes all or nothing, while no other writes; a dry run takes it back. Raises `RegisterError`."""
        with _in_words(self.name), self._connected(writes=True) as connection, connection.begin() as transaction:
            yield connection
            if dry_run:
                transaction.rollback()

    @contextmanager
    def _connected(self, *, writes: bool) -> Iterator[Connection]:
        with nullcontext(self._kept) if self._kept else self.engine.connect() as connection:
            options: dict[str, Any] = {_WRITES: writes}
            if connection.dialect.name == "postgresql":
                options["isolation_level"] = "READ COMMITTED" if writes else "REPEATABLE READ"
            yield connection.execution_options(**options)


def connect(place: Path | str) -> Database:
    """The database in a file or of a URL; nothing is opened yet. Raises `RegisterError` for a URL that we cannot use."""
    url = URL.create(_FILE, database=str(place)) if isinstance(place, Path) else _parsed(place)
    return Database(_engine(url, NullPool), url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True))


def in_memory() -> Database:
    """An empty database that is gone when nobody uses it any more."""
    return Database(_engine(URL.create(_FILE), StaticPool), "in memory")


def is_absent(database: Database) -> bool:
    """Whether the database is a file that is not there: to open it would make it."""
    url = database.engine.url
    return url.drivername == _FILE and bool(url.database) and not Path(url.database or "").exists()


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise RegisterError(f"--register {url} is no URL: postgresql://host/name, or sqlite:///file.sqlite.") from error
    if parsed.drivername not in _DRIVERS:
        raise RegisterError(f"A register is kept in PostgreSQL or SQLite, not in {parsed.drivername}.")
    return parsed.set(drivername=_DRIVERS[parsed.drivername])


def _engine(url: URL, pool: type[Pool]) -> Engine:
    try:
        engine = create_engine(url, poolclass=pool)
    except ModuleNotFoundError as error:
        raise RegisterError("A register in PostgreSQL needs psycopg: pip install 'workbook-gen[postgresql]'.") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_file)
        event.listen(engine, "begin", _begin_file)
    else:
        event.listen(engine, "begin", _begin_server)
    return engine


def _prepare_file(handle: Handle, _: Any) -> None:
    """Durable, with readers beside one writer; texts as their bytes are, so that an audit can read what was tampered with."""
    handle.isolation_level = None  # transactions are begun by us, not by the driver
    handle.text_factory = partial(str, encoding="utf-8", errors="surrogateescape")
    with closing(handle.cursor()) as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        _log_ahead(cursor)
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")


def _log_ahead(cursor: Cursor) -> None:
    """Write-ahead logging. SQLite does not wait where several change to it at once, so we do: https://sqlite.org/wal.html."""
    until = monotonic() + BUSY_SECONDS
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or monotonic() > until:
                raise
            sleep(0.01)


def _begin_file(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_server(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


@contextmanager
def _in_words(name: str) -> Iterator[None]:
    """What a database complains of, as a `RegisterError` of one line."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()
        raise RegisterError(f"The register {name} cannot be used: {cause[0] if cause else type(error).__name__}.") from error
