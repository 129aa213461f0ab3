"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, gone when they end."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from tests.conftest import find_program

USER = "register"
UNPRIVILEGED = "postgres"
"""Whom the server runs as where root runs the tests: it refuses to run as root."""
FAST = "-F -c full_page_writes=off -c max_connections=50"
"""Nothing here has to outlive the machine."""


@contextmanager
def server() -> Iterator[Path]:
    """A running server; gives the folder of its socket."""
    folder = Path(mkdtemp(prefix="pg-", dir="/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, UNPRIVILEGED, UNPRIVILEGED)
    data = str(folder / "data")
    try:
        _run("initdb", "--pgdata", data, "--username", USER, "--auth", "trust", "--no-sync", "--encoding", "UTF8")
        options = f"{FAST} -c listen_addresses='' -c unix_socket_directories='{folder}'"
        _run("pg_ctl", "--pgdata", data, "--log", str(folder / "log"), "--wait", "--options", options, "start")
        try:
            yield folder
        finally:
            _run("pg_ctl", "--pgdata", data, "--mode", "immediate", "--wait", "stop")
    finally:
        shutil.rmtree(folder)


def fresh_database(socket: Path, name: str) -> str:
    """The URL of what a program takes for a new, empty database: a schema of its own in the one that is there."""
    engine = create_engine(f"postgresql+psycopg://{USER}@/postgres?host={socket}", poolclass=NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql(f'CREATE SCHEMA "{name}"')
    return f"postgresql://{USER}@/postgres?host={socket}&options=-csearch_path%3D{name}"


def _run(program: str, *arguments: str) -> None:
    path = find_program(program)
    assert path is not None, program
    who = {"user": UNPRIVILEGED, "group": UNPRIVILEGED, "extra_groups": []} if os.geteuid() == 0 else {}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "stdin": subprocess.DEVNULL}
    subprocess.run([path, *arguments], check=True, cwd="/", **who, **quiet)  # type: ignore[call-overload]
