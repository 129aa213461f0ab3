"""The commands of the central desk as people and programs meet them: words, JSON, exit codes, dry runs, mistakes."""

import csv
import getpass
import io
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook
from sqlalchemy import Engine, event

from tests.desk.server import fresh_database
from tests.desk.stand_in import COLLECTION, START
from tests.returns import SEAL_KEY, collection, completed, desk, file_name, listing, national
from workbook_gen.cli import main
from workbook_gen.commands import at_desk
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Workspace
from workbook_gen.session import Session

NOBODY = 65534


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collection shipped, loaded once, and a clock that stands still."""
    monkeypatch.setattr(Session, "collection", lambda _: collection())
    monkeypatch.setattr(Session, "national", lambda *_: national())
    monkeypatch.setattr(at_desk, "now", lambda: START)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with the key that sealed the returns here."""
    made = Workspace(tmp_path / "workspace", collection())
    made.home.mkdir(parents=True)
    made.key_path.write_text(SEAL_KEY.hex(), encoding="ascii")
    return made


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """A folder with a clean return, one to look at, and one that is no workbook."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / file_name("QYG")).write_bytes(completed("QYG"))
    (folder / file_name("QSL")).write_bytes(completed("QSL", "deficit_unexplained"))
    (folder / "QUE_notes.xlsx").write_bytes(b"no workbook")
    return folder


def run(workspace: Workspace, *arguments: str | Path) -> Result:
    """Run a command in a workspace; a crash fails the test."""
    result = CliRunner().invoke(main, [*map(str, arguments), "--workspace", str(workspace.folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def register(workspace: Workspace) -> Register:
    """The workspace's register."""
    return Register.at(workspace.register_path, COLLECTION)


# --- receive --------------------------------------------------------------------------------------


def test_a_folder_is_received_with_a_receipt_each(workspace: Workspace, returns: Path) -> None:
    result = run(workspace, "receive", returns, "--by", "Kim Lee")
    assert result.exit_code == 3
    starts = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert starts == [
        f"{file_name('QSL')}: submission 1 of QSL, version 1.0: look",
        "QUE_notes.xlsx: submission 1 of QUE: refused",
        f"{file_name('QYG')}: submission 1 of QYG, version 1.0: clean",
    ]
    assert result.stdout.count("by Kim Lee;") == 3
    assert [entry.received_by for entry in register(workspace).entries()] == ["Kim Lee"] * 3


@pytest.mark.parametrize(
    ("name", "arguments", "code"),
    [
        ("clean", (), 0),
        ("deficit_unexplained", (), 0),
        ("deficit_unexplained", ("--fail-on", "look"), 1),
        ("incomplete", (), 1),
        ("incomplete", ("--fail-on", "never"), 0),
        ("text", (), 3),
        ("another", (), 4),
    ],
)
def test_exit_codes_are_those_of_check(name: str, arguments: tuple[str, ...], code: int, workspace: Workspace) -> None:
    path = workspace.folder / file_name("QSL")
    path.write_bytes(odd_file(name) if name in ("text", "another") else completed("QSL", name))
    assert run(workspace, "check", path, *arguments).exit_code == code
    assert run(workspace, "receive", path, *arguments).exit_code == code
    assert run(workspace, "receive", path, *arguments).exit_code == code  # again, from the register


def odd_file(name: str) -> bytes:
    """A text, or a workbook that is not ours."""
    stream = io.BytesIO(b"a text")
    if name == "another":
        book = Workbook()
        book.create_sheet("Budget", 0)["A1"] = "Budget"
        book.save(stream)
    return stream.getvalue()


def test_with_json_one_object_stands_on_stdout(workspace: Workspace, returns: Path) -> None:
    result = run(workspace, "receive", returns, "--json")
    said = json.loads(result.stdout)
    assert (said["schema"], said["dry_run"], len(said["received"])) == (1, False, 3)
    assert [(one["organisation"], one["state"], one["again"]) for one in said["received"]] == [
        ("QSL", "look", False),
        ("QUE", "refused", False),
        ("QYG", "clean", False),
    ]
    receipts = sorted(workspace.receipts.glob("*.json"))
    assert [json.loads(path.read_text(encoding="utf-8")) for path in receipts] == sorted(
        said["received"], key=lambda one: str(one["organisation"])
    )
    again = json.loads(run(workspace, "receive", returns, "--json").stdout)
    assert [one["again"] for one in again["received"]] == [True, True, True]


def test_a_dry_run_says_it_and_writes_nothing(workspace: Workspace, returns: Path) -> None:
    before = listing(workspace.folder)
    result = run(workspace, "receive", returns, "--dry-run")
    assert result.exit_code == 3
    assert "submission 1 of QYG, version 1.0: clean" in result.stdout
    assert "A dry run: nothing was kept or registered." in result.stderr
    assert listing(workspace.folder) == before
    run(workspace, "receive", returns / file_name("QSL"))
    before = listing(workspace.folder)
    tried = json.loads(run(workspace, "receive", returns, "--dry-run", "--json").stdout)
    assert [one["again"] for one in tried["received"]] == [True, False, False]
    assert listing(workspace.folder) == before


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def test_a_register_by_its_url(kind: str, workspace: Workspace, returns: Path, request: pytest.FixtureRequest) -> None:
    url = f"sqlite:///{workspace.folder / 'team.sqlite'}"
    if kind == "postgresql":
        url = fresh_database(request.getfixturevalue("socket"), f"by_url_{os.getpid()}")
    assert run(workspace, "issue", "--org", "QSL", "--register", url).exit_code == 0
    assert run(workspace, "receive", returns / file_name("QSL"), "--register", url).exit_code == 0
    assert not workspace.register_path.exists()
    said = json.loads(run(workspace, "status", "--json", "--register", url).stdout)
    assert [one["organisation"] for one in said["organisations"] if one["state"] == "look"] == ["QSL"]
    audited = run(workspace, "doctor", "--audit", "--register", url)
    assert audited.exit_code == 0
    assert "Register       2 events in one chain" in audited.stdout


# --- issue ----------------------------------------------------------------------------------------


def test_what_is_issued_is_registered_once(workspace: Workspace) -> None:
    run(workspace, "issue", "--org", "QSL", "--org", "QYG", "--by", "kim")
    rows = register(workspace).issues()
    manifest = workspace.manifest()
    assert [(row.organisation, row.version, row.issue, row.sha256) for row in rows] == [
        (code, "1.0", 1, manifest[code].sha256) for code in ("QSL", "QYG")
    ]
    assert all(len(digest) == 64 for row in rows for digest in (row.national, row.layout, row.seal))
    before = listing(workspace.folder)
    assert "0 new, 0 changed, 2 unchanged" in run(workspace, "issue", "--org", "QSL", "--org", "QYG").stdout
    assert listing(workspace.folder) == before


def test_what_was_issued_without_a_register_is_registered_by_the_next_issue(workspace: Workspace) -> None:
    run(workspace, "issue", "--org", "QSL")
    workspace.register_path.unlink()
    assert run(workspace, "doctor", "--audit").exit_code == 2
    run(workspace, "issue", "--org", "QSL")
    assert [row.organisation for row in register(workspace).issues()] == ["QSL"]
    assert run(workspace, "doctor", "--audit").exit_code == 0


def test_another_key_under_the_same_number_is_refused(workspace: Workspace) -> None:
    run(workspace, "issue", "--org", "QSL")
    workspace.manifest_path.unlink()
    workspace.key_path.write_text(bytes(32).hex(), encoding="ascii")
    result = run(workspace, "issue", "--org", "QSL")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Issue 1 of QSL, version 1.0, is registered with other bytes" in result.stderr


# --- status ---------------------------------------------------------------------------------------


def test_status_of_nothing_makes_nothing(workspace: Workspace) -> None:
    before = listing(workspace.folder)
    result = run(workspace, "status")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "42 expected by 22 November 2023: 42 not received; 0 late."
    assert listing(workspace.folder) == before


def test_status_in_words_as_json_and_as_csv(workspace: Workspace, returns: Path, tmp_path: Path) -> None:
    (returns / "strange.xlsx").write_bytes(b"whose?")
    run(workspace, "receive", returns)
    result = run(workspace, "status")
    assert result.exit_code == 0
    assert "1 clean, 1 look, 1 refused, 39 not received; 0 late." in result.stdout
    assert "Files of no organisation expected: 1" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 110
    said = json.loads(run(workspace, "status", "--json", "--csv", tmp_path / "status.csv").stdout)
    assert (said["schema"], said["expected"], said["deadline"]) == (1, 42, "2023-11-22")
    assert [one["file"] for one in said["unknown"]] == ["strange.xlsx"]
    states = {one["organisation"]: one["state"] for one in said["organisations"]}
    assert (states["QSL"], states["QYG"], states["QUE"], states["QE1"]) == ("look", "clean", "refused", "not_received")
    rows = list(csv.DictReader((tmp_path / "status.csv").read_text(encoding="utf-8").splitlines()))
    assert {row["organisation"]: row["state"] for row in rows} == states
    assert {row["elective_target"] for row in rows} == {"", "pass", "not_tested"}


def test_the_chase_list(workspace: Workspace, returns: Path) -> None:
    run(workspace, "receive", returns)
    result = run(workspace, "status", "--chase")
    assert result.exit_code == 0
    assert "\nNorth West\n" in result.stdout
    assert "  QUE  its file could not be read as its return  " in result.stdout
    assert "QYG" not in result.stdout


# --- doctor ---------------------------------------------------------------------------------------


def test_the_audit_ends_with_2_where_anything_was_changed(workspace: Workspace, returns: Path) -> None:
    run(workspace, "issue", "--org", "QSL")
    run(workspace, "receive", returns)
    sound = json.loads(run(workspace, "doctor", "--audit", "--json").stdout)
    assert sound["sound"] is True
    assert [one["what"] for one in sound["examined"]][-3:] == ["Register", "Originals", "Issues"]
    with sqlite3.connect(workspace.register_path) as handle:
        handle.execute("UPDATE inputs SET number = number + 1 WHERE submission = 1 AND position = 7")
    handle.close()
    result = run(workspace, "doctor", "--audit")
    assert result.exit_code == 2
    assert "inputs of submission 1 are not what its event says" in result.stdout


# --- Mistakes, and machines that do not do as they should ------------------------------------------


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
        ("sqlite:///{newer}", "has tables of version 9; this program knows them up to version 1"),
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
