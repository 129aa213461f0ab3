"""`workbook-gen lint`: every issued workbook of two collections holds every line, and what does not hold is told."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tests.acceptance.conftest import once
from tests.collections import winter
from tests.returns import TEMPLATE, completed, copied_collection, replace_text
from tests.workbooks import CODES, Book, collection
from workbook_gen.cli import main
from workbook_gen.desk.workspace import Workspace

ENGINE = {2, 24}
"""The lines that need a second engine."""


def lint(*arguments: str | Path) -> Result:
    """Run the command; what it raises is raised."""
    return CliRunner().invoke(main, ["lint", *map(str, arguments)], catch_exceptions=False)


def results(said: dict[str, Any]) -> dict[int, str]:
    """The result of each line of the checklist."""
    return {line["number"]: line["result"] for line in said["lines"] if line["number"]}


def offences(said: dict[str, Any]) -> dict[str, list[str]]:
    """What offends, by the title of the line."""
    return {line["title"]: line["offences"][:5] for line in said["lines"] if line["result"] != "pass"}


@pytest.fixture
def without_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program can be found."""
    monkeypatch.setenv("PATH", "")


@pytest.fixture(scope="session")
def winter_folder(common_folder: Path) -> Path:
    """A workspace in which the second collection has been issued. Nobody changes it."""

    def make(folder: Path) -> None:
        assert winter.run(folder, "issue", "--jobs", "1").code == 0

    return once(common_folder / "winter-issued", make)


@pytest.mark.libreoffice
def test_every_workbook_issued_holds_every_line(workspace: Workspace) -> None:
    done = lint("--workspace", workspace.folder, "--json")
    said = json.loads(done.stdout)
    assert offences(said) == {}
    assert (done.exit_code, said["schema"], said["workbooks"]) == (0, 1, len(CODES))
    assert results(said) == dict.fromkeys(range(1, 44), "pass")
    assert [path in done.stderr for path in (workspace.file_name(code) for code in CODES)] == [True] * len(CODES)


@pytest.mark.libreoffice
def test_every_workbook_of_the_second_collection_holds_every_line(winter_folder: Path) -> None:
    done = lint("--collection", winter.FOLDER, "--workspace", winter_folder, "--json")
    said = json.loads(done.stdout)
    assert offences(said) == {}
    assert (done.exit_code, said["workbooks"]) == (0, len(winter.SYSTEMS))
    assert results(said) == dict.fromkeys(range(1, 44), "pass")


@pytest.mark.usefixtures("without_engine")
def test_without_another_engine_two_lines_are_not_tested(workspace: Workspace) -> None:
    done = lint("--workspace", workspace.folder, "--org", "qsl", "--json", "--quiet")
    said = json.loads(done.stdout)
    assert done.exit_code == 1
    assert {number for number, result in results(said).items() if result == "not_tested"} == ENGINE
    assert set(results(said)) == set(range(1, 44))
    assert said["workbooks"] == 1
    assert done.stderr == ""


def test_a_program_gets_every_line_with_its_title_and_all_its_offences(
    workspace: Workspace, tmp_path: Path, without_engine: None
) -> None:
    path = tmp_path / workspace.file_name("QSL")
    path.write_bytes(spoilt(workspace).data)
    said = json.loads(lint(path, "--workspace", workspace.folder, "--json").stdout)
    assert set(said) == {"schema", "workbooks", "lines"}
    assert {tuple(line) for line in said["lines"]} == {("number", "title", "result", "offences")}
    assert [line["number"] for line in said["lines"]] == [0, 0, *range(1, 44)]
    (hidden,) = [line for line in said["lines"] if line["number"] == 6]
    assert (hidden["result"], len(hidden["offences"])) == ("fail", 12)
    assert hidden["offences"][0] == f"{path.name}: Agency row 10 is hidden"


def spoilt(workspace: Workspace) -> Book:
    """A workbook in which twelve rows are hidden."""
    book = Book((workspace.issued / workspace.file_name("QSL")).read_bytes())
    for row in range(10, 22):
        book = book.replaced(book.part_of("Agency"), f'<row r="{row}"', f'<row hidden="1" r="{row}"')
    return book


def test_people_read_a_line_a_check_and_the_first_ten_of_its_offences(
    workspace: Workspace, tmp_path: Path, without_engine: None
) -> None:
    path = tmp_path / workspace.file_name("QSL")
    path.write_bytes(spoilt(workspace).data)
    done = lint(path, "--workspace", workspace.folder)
    lines = done.stdout.splitlines()
    assert done.exit_code == 1
    assert "Pass        12  Change log, whose last version is the file's" in lines
    assert "Not tested  24  The value of every formula is that of our engine and of a second one, to 0.005" in lines
    start = lines.index("Fail         6  Nothing hidden: sheets, rows, columns")
    told = [line.strip() for line in lines[start + 1 : start + 12]]
    assert told == [*(f"{path.name}: Agency row {row} is hidden" for row in range(10, 20)), "… and 2 more"]
    assert lines[start + 12].startswith("Pass         7  ")
    assert lines[-1].startswith("1 workbook: ")
    assert "LibreOffice is not installed" in done.stderr


@pytest.mark.libreoffice
def test_a_file_that_is_no_workbook_is_told_and_the_others_are_still_looked_at(workspace: Workspace, tmp_path: Path) -> None:
    copy = Workspace(tmp_path / "copy", collection())
    shutil.copytree(workspace.folder, copy.folder)
    (copy.issued / copy.file_name("QSL")).write_bytes(b"spoilt")
    done = lint("--workspace", copy.folder, "--org", "QSL", "--org", "QYG", "--json")
    said = json.loads(done.stdout)
    (opens,) = [line for line in said["lines"] if line["number"] == 2]
    assert (done.exit_code, said["workbooks"], opens["result"]) == (1, 2, "fail")
    assert len(opens["offences"]) == 1
    assert opens["offences"][0].startswith(f"{copy.file_name('QSL')}: The file does not open as a workbook: ")
    assert results(said)[24] == "pass"


def test_a_return_that_has_been_filled_in_is_no_workbook_as_issued(
    workspace: Workspace, tmp_path: Path, without_engine: None
) -> None:
    path = tmp_path / workspace.file_name("QSL")
    path.write_bytes(completed("QSL"))
    said = json.loads(lint(path, "--workspace", workspace.folder, "--json").stdout)
    assert results(said)[3] == "fail"


def test_a_folder_stands_for_the_workbooks_in_it(workspace: Workspace, tmp_path: Path, without_engine: None) -> None:
    for code in ("QSL", "QYG"):
        shutil.copy(workspace.issued / workspace.file_name(code), tmp_path)
    (tmp_path / "manifest.csv").write_text("organisation", encoding="utf-8")
    said = json.loads(lint(tmp_path, "--workspace", workspace.folder, "--json").stdout)
    assert said["workbooks"] == 2


def test_where_nothing_has_been_issued_that_is_said(tmp_path: Path) -> None:
    done = lint("--workspace", tmp_path)
    assert done.exit_code == 2
    assert done.stderr.startswith("Nothing has been issued in ")
    assert done.stderr.rstrip().endswith("Run: workbook-gen issue")


def test_a_system_that_has_not_been_issued_is_named(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["issue", "--org", "QSL", "--workspace", str(tmp_path)]).exit_code == 0
    done = lint("--workspace", tmp_path, "--org", "QYG")
    assert (done.exit_code, done.stderr) == (2, "QYG has not been issued. Run: workbook-gen issue --org QYG\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--org", "QXX"], "There is no system 'QXX'."),
        (["gone.xlsx"], "There is no file gone.xlsx."),
        (["file.xlsx", "--org", "QSL"], "Name files or systems, not both."),
    ],
)
def test_a_mistake_ends_with_code_2(workspace: Workspace, arguments: list[str], said: str) -> None:
    done = lint("--workspace", workspace.folder, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_file_that_is_nobody_s_ends_with_code_2(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_bytes(b"notes")
    done = lint(tmp_path / "notes.xlsx", "--workspace", workspace.folder)
    assert done.exit_code == 2
    assert "not an Excel workbook" in done.stderr


def test_two_files_of_one_name_end_with_code_2(workspace: Workspace, tmp_path: Path) -> None:
    path = workspace.issued / workspace.file_name("QSL")
    shutil.copy(path, tmp_path)
    done = lint(path, tmp_path / path.name, "--workspace", workspace.folder)
    assert (done.exit_code, "Two of the files have one name" in done.stderr) == (2, True)


def test_a_folder_without_workbooks_ends_with_code_2(workspace: Workspace, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("notes", encoding="utf-8")
    done = lint(tmp_path, "--workspace", workspace.folder)
    assert (done.exit_code, "holds no workbook" in done.stderr) == (2, True)


def test_a_definition_that_does_not_bind_ends_with_code_2(workspace: Workspace, tmp_path: Path) -> None:
    folder = copied_collection(tmp_path)
    replace_text(folder / "collection.toml", 'version    = "1.0"', 'version    = "1.0"\nverses     = 3')
    done = lint("--collection", folder, "--workspace", workspace.folder)
    assert done.exit_code == 2
    assert "cannot be used" in done.stderr


def test_a_rule_without_its_cases_is_an_offence(workspace: Workspace, tmp_path: Path, without_engine: None) -> None:
    folder = copied_collection(tmp_path)
    (folder / "cases" / "AGY-002.toml").unlink()
    said = json.loads(lint("--collection", folder, "--workspace", workspace.folder, "--org", "QSL", "--json").stdout)
    assert (said["lines"][0]["number"], said["lines"][0]["result"]) == (0, "fail")
    assert said["lines"][0]["offences"] == ["AGY-002 has no cases/AGY-002.toml"]
    assert said["lines"][1]["result"] == "pass"


def test_national_data_that_do_not_reconcile_end_with_code_2(workspace: Workspace, tmp_path: Path) -> None:
    folder = copied_collection(tmp_path)
    (folder / "national" / "erf_plan.csv").unlink()
    done = lint("--collection", folder, "--workspace", workspace.folder)
    assert done.exit_code == 2
    assert "do not reconcile" in done.stderr


def test_other_figures_than_those_issued_are_found(workspace: Workspace, tmp_path: Path, without_engine: None) -> None:
    folder = tmp_path / "national"
    folder.mkdir()
    source = TEMPLATE / "national" / "cancer_now.csv"
    lines = source.read_text(encoding="utf-8").splitlines()
    column = lines[0].split(",").index("fds")
    rows = [line.split(",") for line in lines]
    changed = [[*row[:column], "61", *row[column + 1 :]] if row[0] == "QSL" else row for row in rows]
    (folder / source.name).write_text("\n".join(map(",".join, changed)), encoding="utf-8")
    done = lint("--national", folder, "--workspace", workspace.folder, "--org", "QSL", "--json")
    (same,) = [line for line in json.loads(done.stdout)["lines"] if line["number"] == 3]
    assert same["result"] == "fail"
    assert "A second issue gives other bytes: " in same["offences"][0]
