"""receive and issue as people and programs meet them: words, JSON, exit codes, dry runs."""

import json
import os
from pathlib import Path

import pytest

from tests.desk.at_the_desk import odd_file, register, run
from tests.desk.server import fresh_database
from tests.returns import completed, file_name, listing
from workbook_gen.desk.workspace import Workspace

pytestmark = pytest.mark.usefixtures("quick")


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
    assert "A dry run: nothing was written." in result.stderr
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
    assert "events in one chain" in audited.stdout


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


@pytest.mark.parametrize("dry_run", [(), ("--dry-run",)])
def test_a_number_that_is_taken_is_not_issued_again(workspace: Workspace, dry_run: tuple[str, ...]) -> None:
    run(workspace, "issue", "--org", "QSL")
    workspace.manifest_path.unlink()
    workspace.key_path.write_text(bytes(32).hex(), encoding="ascii")
    before = listing(workspace.folder)
    result = run(workspace, "issue", "--org", "QSL", *dry_run)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Issue 1 of QSL, version 1.0, is registered" in result.stderr
    assert "Nothing was written." in result.stderr
    assert listing(workspace.folder) == before
