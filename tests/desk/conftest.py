"""What the tests of the register share: a server, and a register of each kind."""

import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.desk.inbox import Inbox
from tests.desk.server import fresh_database, server
from tests.desk.stand_in import COLLECTION
from workbook_gen.desk.register.store import Register

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql))
_NUMBERS = count(1)


@pytest.fixture(scope="session")
def socket() -> Iterator[Path]:
    """The socket of a running PostgreSQL."""
    with server() as folder:
        yield folder


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path | str:
    """Where a register can be made: a file, or the URL of an empty database."""
    if request.param == "sqlite":
        return tmp_path / "register.sqlite"
    return fresh_database(request.getfixturevalue("socket"), f"desk_{os.getpid()}_{next(_NUMBERS)}")


@pytest.fixture
def register(place: Path | str) -> Register:
    """An empty register."""
    return Register.at(place, COLLECTION)


@pytest.fixture
def inbox(place: Path | str, tmp_path: Path) -> Inbox:
    """A reception for files that come in."""
    return Inbox(tmp_path, place)
