"""Same input, same bytes: whatever the process, the number of jobs, the hash seed, the time zone and the locale."""

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.workbooks import CODES, TEMPLATE, Book, Code, collection, figures
from workbook_gen.desk.workspace import Workspace

PROGRAM = Path(sys.executable).with_name("workbook-gen")


def issue(folder: Path, *options: str, **variables: str) -> dict[str, Any]:
    """What `workbook-gen issue --json` says, run in a process of its own with these environment variables."""
    command = [str(PROGRAM), "issue", "--json", "--quiet", "--collection", str(TEMPLATE), "--workspace", str(folder), *options]
    environment = {**os.environ, **variables}
    done = subprocess.run(command, env=environment, cwd=folder.parent, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def files(workspace: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(workspace.issued.iterdir())}


def with_key_of(workspace: Workspace, folder: Path) -> Workspace:
    """An empty workspace with the sealing key of another."""
    empty = Workspace(folder, collection())
    empty.home.mkdir(parents=True)
    shutil.copy(workspace.key_path, empty.key_path)
    return empty


@pytest.fixture
def copy(workspace: Workspace, tmp_path: Path) -> Workspace:
    """A copy of the workspace in which everything has been issued, to change."""
    shutil.copytree(workspace.folder, tmp_path / "copy")
    return Workspace(tmp_path / "copy", collection())


@pytest.mark.parametrize(
    ("jobs", "variables"),
    [
        ("1", {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"}),
        ("2", {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Auckland", "LC_ALL": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "1"}),
    ],
)
def test_another_run_gives_equal_bytes(jobs: str, variables: dict[str, str], workspace: Workspace, tmp_path: Path) -> None:
    other = with_key_of(workspace, tmp_path / "other")
    said = issue(other.folder, "--jobs", jobs, **variables)
    assert (said["new"], said["changed"], said["unchanged"]) == (len(CODES), 0, 0)
    assert len(files(other)) == len(CODES) + 1
    assert different(files(workspace), files(other)) == []


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The names of files that are not the same, or that one of them lacks."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def test_another_key_gives_other_bytes(workspace: Workspace, tmp_path: Path) -> None:
    other = Workspace(tmp_path / "other", collection())
    issue(other.folder, "--org", CODES[0])
    name = other.file_name(CODES[0])
    assert other.key() != workspace.key()
    assert files(other)[name] != files(workspace)[name]


def test_a_second_run_changes_nothing(copy: Workspace) -> None:
    before, written = files(copy), {path: path.stat().st_mtime_ns for path in copy.issued.glob("*.xlsx")}
    time.sleep(0.01)
    said = issue(copy.folder)
    assert (said["new"], said["changed"], said["unchanged"]) == (0, 0, len(CODES))
    assert {row["issue"] for row in said["issued"]} == {1}
    assert different(before, files(copy)) == []
    assert {path: path.stat().st_mtime_ns for path in written} == written


def test_a_changed_figure_changes_that_system_s_workbook_alone_and_raises_its_number(copy: Workspace, tmp_path: Path) -> None:
    code, before = CODES[5], files(copy)
    figure = figures("cancer_now")[code]["fds"] + 1
    override = changed_table(tmp_path / "national", "cancer_now", code, "fds", f"{figure:.0f}")
    said = issue(copy.folder, "--national", str(override))
    assert (said["new"], said["changed"], said["unchanged"]) == (0, 1, len(CODES) - 1)
    assert {row["organisation"]: row["issue"] for row in said["issued"]} == {one: 2 if one == code else 1 for one in CODES}
    name = copy.file_name(code)
    assert different(before, files(copy)) == sorted([name, "manifest.csv"])
    book = Book(files(copy)[name])
    assert book.at(Code("ELE6", "CAN0200", "ELE6OCT")).value == figure
    assert 'name="workbook_gen_issue"><vt:lpwstr>2</vt:lpwstr>' in book.parts["docProps/custom.xml"]


def changed_table(folder: Path, table: str, code: str, column: str, text: str) -> Path:
    """A folder of the centre's own tables with one, in which one system's figure differs."""
    folder.mkdir()
    with (TEMPLATE / "national" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row[column] = text if row["org_code"] == code else row[column]
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder
