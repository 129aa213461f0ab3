"""Faults of one whole `issue`: whatever fails, each workbook is as before or after, and the next run does the rest."""

import secrets
import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import Engine, event

from tests.desk.at_the_desk import run
from tests.desk.stand_in import COLLECTION, moment
from tests.desk.test_commands_in_trouble import an_ordinary_user, no_more_pages
from tests.desk.test_faults import Fault, failing
from tests.desk.test_register import issued
from tests.returns import SEAL_KEY, collection, desk, listing, national
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk import issue as issuing
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.audit import audit
from workbook_gen.desk.register import connect
from workbook_gen.desk.register.records import IssueRow
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Issued, Workspace
from workbook_gen.national.data import NationalData
from workbook_gen.session import Session

CODES = ("QSL", "QYG")
COMMAND = ("issue", "--org", "QSL", "--org", "QYG", "--jobs", "1", "--by", "kim")
TABLE = "agency_limit"
ONLY_UNREGISTERED = "in the manifest, but not in the register: run workbook-gen issue"
pytestmark = pytest.mark.usefixtures("quick", "small")


def drawn(one: Issuable, _: Mapping[Key, Value], number: int, key: bytes) -> bytes:
    """A stand-in for a workbook, which is another one wherever its bytes would be."""
    return f"{one.system.code} {one.national_digest} {number} {key.hex()}".encode()


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small files in place of workbooks, and one key: how they are drawn is not the point."""
    monkeypatch.setattr(issuing, "_write", drawn)
    monkeypatch.setattr(issuing, "Issuable", lambda _, figures, system, __: issuable(figures.digest, system.code))
    monkeypatch.setattr(secrets, "token_bytes", lambda _: SEAL_KEY)


@cache
def with_ceiling(ceiling: float) -> NationalData:
    """The national data with another agency ceiling for both boards."""
    table = {**national().tables[TABLE]}
    table["ceiling"] = {**table["ceiling"], **dict.fromkeys(CODES, ceiling)}
    return replace(national(), tables={**national().tables, TABLE: table}, digest=str(ceiling))


@cache
def issuable(digest: str, code: str) -> Issuable:
    """A board's workbook with the national figures of a digest."""
    figures = national() if digest == national().digest else with_ceiling(float(digest))
    return Issuable(collection(), figures, figures.system(code))


class Desk:
    """A workspace and its register, and what holds of them whatever went wrong."""

    def __init__(self, folder: Path, place: Path | str | None = None) -> None:
        self.workspace = Workspace(folder, collection())
        self.place = place or self.workspace.register_path
        self.figures = national()
        self.url = [] if place is None else ["--register", str(place) if isinstance(place, str) else f"sqlite:///{place}"]

    @property
    def register(self) -> Register:
        return Register.at(self.place, COLLECTION, make=False)

    def register_of_old(self, issues: int) -> None:
        """A register that holds so many issues of an older version; none at all where that is none."""
        rows = [replace(issued("QYG", number, "e"), version="0.9") for number in range(1, issues + 1)]
        if rows:
            Register.at(self.place, COLLECTION).issue(rows, moment())

    def run(self) -> Result:
        return run(self.workspace, *COMMAND, *self.url)

    def files(self) -> dict[str, str]:
        """The digest of each workbook that is there."""
        found = {code: self.workspace.issued / self.workspace.file_name(code) for code in CODES}
        return {code: sha256(path.read_bytes()).hexdigest() for code, path in found.items() if path.exists()}

    def latest(self) -> dict[str, IssueRow]:
        return {row.organisation: row for row in self.register.issues() if row.version == collection().version}

    def ailments(self) -> list[str]:
        return [f"{one.what}: {one.seen}" for one in audit(self.workspace, self.register) if not one.well]

    def is_told(self, result: Result) -> None:
        """The fault is said in one clear line, and nothing half done is left."""
        assert (result.exit_code, result.stdout) == (2, "")
        (line,) = [line for line in result.stderr.splitlines() if not line.startswith(CODES)]
        assert "No space left on device" in line
        assert not list(self.workspace.folder.rglob("*.tmp"))

    def is_before_or_after(self, before: dict[str, Issued], files: dict[str, str], number: int) -> None:
        """Manifest, files and register are each as they were, or as they are to be; nothing is between."""
        manifest = self.workspace.manifest()
        assert manifest == before or {row.issue for row in manifest.values()} == {number}
        latest = self.latest()
        assert not latest or {row.issue for row in latest.values()} <= {number - 1, number}
        assert len({row.issue for row in latest.values()}) <= 1, "the issues are entered in one transaction"
        for code, digest in self.files().items():
            after = drawn(issuable(self.figures.digest, code), {}, number, SEAL_KEY)
            assert digest in (files.get(code), sha256(after).hexdigest())
        assert all(said.endswith(ONLY_UNREGISTERED) for said in self.ailments())

    def is_done(self, number: int) -> None:
        """The next run did what was left; every number is that of the run."""
        result = self.run()
        assert result.exit_code == 0, result.stderr
        manifest = self.workspace.manifest()
        assert {code: row.issue for code, row in manifest.items()} == dict.fromkeys(CODES, number)
        assert {code: row.sha256 for code, row in manifest.items()} == self.files()
        assert {code: (row.issue, row.sha256) for code, row in self.latest().items()} == {
            code: (row.issue, row.sha256) for code, row in manifest.items()
        }
        assert self.ailments() == []
        assert "0 new, 0 changed, 2 unchanged" in self.run().stdout


def test_the_nth_thing_that_fails_in_a_first_issue(tmp_path: Path) -> None:
    ended, number = set(), 0
    while True:
        number += 1
        at = Desk(tmp_path / str(number))
        fault = Fault(fails=number)
        with failing(fault):
            result = at.run()
        if result.exit_code == 0:
            break
        ended.add(fault.done[-1])
        at.is_told(result)
        at.is_before_or_after({}, {}, 1)
        at.is_done(1)
    assert ended == {"write", "fsync", "rename", "mkdir", "chmod", "create", "statement", "commit"}
    assert number > 50
    at.is_done(1)


def test_the_nth_thing_that_fails_when_figures_have_changed(
    tmp_path: Path, place: Path | str, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Desk(tmp_path / "workspace", place)
    monkeypatch.setattr(Session, "national", lambda *_: at.figures)
    assert at.run().exit_code == 0
    number, ended = 0, set()
    while True:
        number += 1
        before, files = at.workspace.manifest(), at.files()
        at.figures = with_ceiling(30_000.0 + number % 2)
        fault = Fault(fails=number)
        with failing(fault):
            result = at.run()
        if result.exit_code == 0:
            break
        ended.add(fault.done[-1])
        at.is_told(result)
        at.is_before_or_after(before, files, number + 1)
        at.is_done(number + 1)
    assert ended == {"write", "fsync", "rename", "mkdir", "chmod", "create", "statement", "commit"}
    assert number > 25
    at.is_done(number + 1)
    assert len(at.register.issues()) == 2 * (number + 1)


def test_figures_that_change_back_after_a_fault_bring_the_workbooks_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = Desk(tmp_path / "workspace")
    at.run()
    files = at.files()
    with monkeypatch.context() as patch:
        patch.setattr(Session, "national", lambda *_: with_ceiling(30_000.0))
        patch.setattr(Workspace, "write_manifest", full)
        at.is_told(at.run())
    assert at.files() != files
    at.is_done(1)
    assert at.files() == files


def full(*_: object) -> None:
    raise OSError(28, "No space left on device")


def test_a_register_that_is_full_is_told_and_the_next_issue_enters_all(tmp_path: Path) -> None:
    refused = 0
    for earlier in range(12):
        at = Desk(tmp_path / str(earlier))
        at.register_of_old(earlier)
        event.listen(Engine, "connect", no_more_pages)
        try:
            result = at.run()
        finally:
            event.remove(Engine, "connect", no_more_pages)
        if result.exit_code:
            refused += 1
            assert (result.exit_code, result.stdout) == (2, "")
            assert "database or disk is full" in result.stderr
            assert at.latest() == {}
        at.is_done(1)
    assert refused >= 2


@pytest.mark.parametrize("which", ["home", "issued"])
def test_a_folder_that_is_read_only_is_told_and_nothing_is_changed(which: str) -> None:
    desk()
    with tempfile.TemporaryDirectory(dir="/tmp") as name:
        Path(name).chmod(0o755)
        at = Desk(Path(name) / "workspace")
        folder = at.workspace.home if which == "home" else at.workspace.issued
        folder.mkdir(parents=True)
        before = listing(at.workspace.folder)
        if which == "issued":
            for path in (at.workspace.folder, at.workspace.home, at.workspace.issued.parent):
                path.chmod(0o777)
        folder.chmod(0o555)
        with an_ordinary_user():
            result = at.run()
        assert (result.exit_code, result.stdout) == (2, "")
        assert "unable to open database file" in result.stderr or "Permission denied" in result.stderr
        assert at.workspace.manifest() == {}
        assert at.register.issues() == ()
        assert which == "issued" or listing(at.workspace.folder) == before
        folder.chmod(0o777)
        with an_ordinary_user():
            at.is_done(1)


def test_a_register_locked_by_another_program_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0)
    at = Desk(tmp_path / "workspace")
    Register.at(at.place, COLLECTION)
    holder = sqlite3.connect(at.workspace.register_path, isolation_level=None)
    try:
        holder.execute("BEGIN EXCLUSIVE")
        result = at.run()
    finally:
        holder.close()
    assert (result.exit_code, result.stdout) == (2, "")
    assert "database is locked" in result.stderr
    at.is_done(1)
