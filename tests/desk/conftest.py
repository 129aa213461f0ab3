"""What the tests of the register share: a server, and a register of each kind."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.desk.at_the_desk import run
from tests.desk.inbox import Inbox
from tests.desk.server import fresh_database, server
from tests.desk.stand_in import COLLECTION, START
from tests.returns import SEAL_KEY, answers, collection, completed, file_name, issuable, national, written
from workbook_gen.commands import at_desk
from workbook_gen.definition.nodes import Key
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Workspace
from workbook_gen.session import Session

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


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collection shipped, loaded once, and a clock that stands still."""
    quicken(monkeypatch)


def quicken(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Session, "collection", lambda _: collection())
    patch.setattr(Session, "national", lambda *_: national())
    patch.setattr(at_desk, "now", lambda: START)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with the key that sealed the returns here."""
    return with_key(tmp_path / "workspace")


def with_key(folder: Path) -> Workspace:
    made = Workspace(folder, collection())
    made.home.mkdir(parents=True)
    made.key_path.write_text(SEAL_KEY.hex(), encoding="ascii")
    return made


@pytest.fixture(scope="session")
def received_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace into which files have been received, made once."""
    folder = tmp_path_factory.mktemp("received")
    inbox = folder / "inbox"
    inbox.mkdir()
    poor = {Key("agency", "nursing", "mar"): 100_000.0, Key("agency", "total", "explanation"): None}
    files = {
        "QSL_1.xlsx": written(issuable("QSL"), {**answers("QSL"), **poor}),
        "QSL_2.xlsx": completed("QSL"),
        "QSL_3.xlsx": b"Dear all,",
        "QYG.xlsx": completed("QYG", "deficit_unexplained"),
    }
    for name, data in files.items():
        (inbox / name).write_bytes(data)
    with pytest.MonkeyPatch.context() as patch:
        quicken(patch)
        assert run(with_key(folder / "workspace"), "receive", inbox).exit_code == 3
    return folder / "workspace"


@pytest.fixture
def received(received_once: Path, tmp_path: Path) -> Workspace:
    """QSL passed its ceiling, mended its return (clean), and then sent a text; QYG has a deficit and says nothing of it."""
    shutil.copytree(received_once, tmp_path / "received")
    return Workspace(tmp_path / "received", collection())


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """A folder with a clean return, one to look at, and one that is no workbook."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / file_name("QYG")).write_bytes(completed("QYG"))
    (folder / file_name("QSL")).write_bytes(completed("QSL", "deficit_unexplained"))
    (folder / "QUE_notes.xlsx").write_bytes(b"no workbook")
    return folder
