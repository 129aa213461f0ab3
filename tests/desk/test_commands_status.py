"""status and doctor --audit as people and programs meet them: words, JSON, a spreadsheet, exit codes."""

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from tests.desk.at_the_desk import run
from tests.returns import listing
from workbook_gen.desk.workspace import Workspace

pytestmark = pytest.mark.usefixtures("quick")


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
    assert max(map(len, result.stdout.splitlines())) <= 114
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
