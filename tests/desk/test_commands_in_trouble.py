"""The commands of the desk without a name, with a register that cannot be used, on a full disk, in a read-only folder."""

import getpass
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from tests.desk.at_the_desk import register, run
from tests.desk.stand_in import COLLECTION
from tests.returns import collection, desk, file_name, listing
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Workspace

NOBODY = 65534
pytestmark = pytest.mark.usefixtures("quick")


def test_without_a_name_nobody_receives(workspace: Workspace, returns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    before = listing(workspace.folder)
    for arguments in ((), ("--by", "  ")):
        result = run(workspace, "receive", returns, *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "give a name with --by" in result.stderr
    assert listing(workspace.folder) == before


@pytest.mark.parametrize("command", [("receive", "{returns}"), ("status",), ("doctor", "--audit"), ("issue", "--org", "QSL")])
@pytest.mark.parametrize(
    ("register_url", "says"),
    [
        ("sqlite:///{newer}", "has tables of version 9; this program knows them up to version 2"),
        ("sqlite:///{other}", "belongs to winter, not to h2_2023_24"),
        ("mysql://host/name", "A register is kept in PostgreSQL or SQLite, not in mysql."),
        ("somewhere", "is no URL"),
    ],
)
def test_a_register_that_cannot_be_used_is_told(
    command: tuple[str, ...], register_url: str, says: str, workspace: Workspace, returns: Path, tmp_path: Path
) -> None:
    places = {"returns": returns, "newer": tmp_path / "newer.sqlite", "other": tmp_path / "other.sqlite"}
    Register.at(places["other"], "winter")
    Register.at(places["newer"], COLLECTION)
    with sqlite3.connect(places["newer"]) as handle:
        handle.execute("UPDATE register SET schema_version = 9")
    handle.close()
    before = listing(workspace.folder)
    result = run(workspace, *(word.format(**places) for word in command), "--register", register_url.format(**places))
    assert result.exit_code == 2
    assert says in result.stderr
    assert listing(workspace.folder) == before


def test_a_full_disk_is_told_and_nothing_is_lost(workspace: Workspace, returns: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        result = run(workspace, "receive", returns / file_name("QSL"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No space left on device" in result.stderr
    assert register(workspace).entries() == ()
    assert run(workspace, "receive", returns / file_name("QSL")).exit_code == 0


def no_more_pages(handle: sqlite3.Connection, _: object) -> None:
    """Let a register grow no further."""
    handle.execute("PRAGMA max_page_count = 1")


def test_a_register_that_is_full_is_told_and_nothing_is_lost(workspace: Workspace, returns: Path) -> None:
    register(workspace)
    event.listen(Engine, "connect", no_more_pages)
    try:
        result = run(workspace, "receive", returns / file_name("QSL"))
    finally:
        event.remove(Engine, "connect", no_more_pages)
    assert result.exit_code == 2
    assert "database or disk is full" in result.stderr
    assert register(workspace).entries() == ()
    assert run(workspace, "receive", returns / file_name("QSL")).exit_code == 0
    assert run(workspace, "doctor", "--audit").exit_code == 0


@contextmanager
def an_ordinary_user() -> Iterator[None]:
    """For root, to whom no folder is read-only: somebody else for as long as this lasts."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_a_folder_that_is_read_only_is_told(returns: Path) -> None:
    data = (returns / file_name("QSL")).read_bytes()
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        (folder / file_name("QSL")).write_bytes(data)
        workspace = Workspace(folder / "workspace", collection())
        workspace.home.mkdir(parents=True)
        workspace.home.chmod(0o555)
        desk()
        with an_ordinary_user():
            result = run(workspace, "receive", folder / file_name("QSL"), "--by", "kim")
        assert (result.exit_code, result.stdout) == (2, "")
        assert "unable to open database file" in result.stderr
        assert listing(workspace.folder) == {}
        register(workspace)
        with an_ordinary_user():
            again = run(workspace, "receive", folder / file_name("QSL"), "--by", "kim")
        assert (again.exit_code, again.stdout) == (2, "")
        assert register(workspace).entries() == ()
        workspace.home.chmod(0o755)
