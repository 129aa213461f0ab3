"""The interface for analysts: the page that documents it, run as it stands; what it gives beside what the commands give."""

import contextlib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from click.testing import CliRunner

import workbook_gen
from tests.desk.at_the_desk import register, run
from tests.desk.conftest import with_key
from tests.desk.stand_in import moment
from tests.desk.test_register import issued
from tests.returns import ROOT, SEAL_KEY, TEMPLATE, answers, check, collection, completed, file_name, national
from workbook_gen.cli import main
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.register.stored import FINDING, INPUT, RESULT, SUBMISSION, WHOSE
from workbook_gen.desk.workspace import Workspace
from workbook_gen.findings import Outcome, State
from workbook_gen.national.faults import NationalDataError

PAGE = ROOT / "docs" / "python.md"
BLOCK = re.compile(r"^```(python|sh)\n(.*?)^```", re.MULTILINE | re.DOTALL)
EXAMPLE = re.compile(r"Example: `(.+)`")


@pytest.fixture(scope="module")
def exercise() -> workbook_gen.Exercise:
    """The collection shipped, as an analyst holds it."""
    return workbook_gen.Exercise(collection(), national())


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[Path]:
    """The folder that an analyst works in: the templates, two returns that came, and a workspace with the key."""
    (tmp_path / "templates").symlink_to(TEMPLATE.parent)
    (tmp_path / "inbox").mkdir()
    for code, way in (("QSL", "clean"), ("QYG", "deficit_unexplained")):
        (tmp_path / "inbox" / file_name(code)).write_bytes(completed(code, way))
    with_key(tmp_path / "output")
    with contextlib.chdir(tmp_path):
        yield tmp_path


# --- the page ---------------------------------------------------------------------------------------


def test_the_page_runs_as_it_stands(at_home: Path) -> None:
    space: dict[str, Any] = {}
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert [kind for kind, _ in blocks].count("python") >= 6
    for kind, text in blocks:
        if kind == "python":
            exec(compile(text, PAGE.name, "exec"), space)
        else:
            _, *words = shlex.split(text)
            assert CliRunner().invoke(main, words).exit_code == 0, text
    assert list(space["issued"]["change"]) == ["new", "new"]
    assert space["checked"].state is State.LOOK
    assert space["total"] > 0
    assert set(space["agency"]["organisation"]) == {"QSL", "QYG"}
    assert list(space["latest"]["organisation"]) == ["QSL", "QYG"]
    assert len(space["results"]) == len(space["register"].results) > 0
    assert len(space["by_region"]) == 2


def test_every_name_is_on_the_page_and_every_example_is_a_line_of_it() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name in ("load", "issue", "check", "read", "register"):
        (example,) = EXAMPLE.findall(getattr(workbook_gen, name).__doc__)
        assert f"\n{example}\n" in page
    assert "ReturnRefused" in page


def test_the_package_costs_nothing_until_it_is_asked() -> None:
    code = "import sys, workbook_gen; assert 'read' in dir(workbook_gen); print(sorted({'pandas', 'click'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="no attribute 'loud'"):
        _ = workbook_gen.loud


# --- what it gives ----------------------------------------------------------------------------------


def test_load_takes_the_collection_and_says_what_is_wrong_with_it(tmp_path: Path) -> None:
    loaded = workbook_gen.load(TEMPLATE)
    assert loaded.collection == collection()
    assert loaded.title == f"{collection().title}, version 1.0"
    assert list(loaded.organisations.columns) == ["name", "kind", "sector", "icb_code", "region_code", "region_name"]
    assert len(loaded.organisations) == len(national().organisations)
    (tmp_path / "items.csv").write_text("table,column\n", encoding="utf-8")
    with pytest.raises(NationalDataError):
        workbook_gen.load(str(TEMPLATE), national=tmp_path)


def test_issue_writes_what_the_command_writes(exercise: workbook_gen.Exercise, workspace: Workspace) -> None:
    frame = workbook_gen.issue(exercise, ["qsl"], workspace=workspace.folder, by="Kim")
    (row,) = frame.to_dict("records")
    assert (row["organisation"], row["issue"], row["change"]) == ("QSL", 1, "new")
    assert Path(row["file"]).read_bytes().startswith(b"PK")
    assert [one.sha256 for one in register(workspace).issues()] == [row["sha256"]]
    again = workbook_gen.issue(exercise, ["QSL"], workspace=str(workspace.folder), by="Kim")
    assert list(again["change"]) == ["unchanged"]
    assert "1 unchanged" in run(workspace, "issue", "--org", "QSL").stdout
    assert run(workspace, "doctor", "--audit").exit_code == 0


def test_issue_says_who_is_unknown_and_wants_a_name(exercise: workbook_gen.Exercise, workspace: Workspace) -> None:
    with pytest.raises(NationalDataError, match="QYX is no ICB"):
        workbook_gen.issue(exercise, ["QYX"], workspace=workspace.folder, by="Kim")
    with pytest.raises(ValueError, match="give a name"):
        workbook_gen.issue(exercise, ["QSL"], workspace=workspace.folder, by=" ")
    assert not workspace.issued.exists()


def test_check_is_the_check_of_the_command(exercise: workbook_gen.Exercise, at_home: Path) -> None:
    path = at_home / "inbox" / file_name("QYG")
    found = workbook_gen.check(str(path), exercise, workspace=at_home / "output")
    assert found == check(path.read_bytes(), path.name)
    assert found.headlines["balanced"] is Outcome.FAIL


def test_read_gives_every_answer_once(exercise: workbook_gen.Exercise, at_home: Path) -> None:
    frame = workbook_gen.read([Path("inbox") / file_name(code) for code in ("QSL", "QYG")], exercise)
    assert list(frame.columns) == ["file", "organisation", *INPUT]
    for code, way in (("QSL", "clean"), ("QYG", "deficit_unexplained")):
        mine = frame[frame["organisation"] == code]
        given = {key: value for key, value in answers(code, way).items() if value is not None}
        keys = list(zip(mine["table"], mine["line"], mine["column"], strict=True))
        held = [number if kind == "number" else text for kind, number, text in mine[["kind", "number", "text"]].to_numpy()]
        assert dict(zip(keys, held, strict=True)) == given
        assert len(keys) == len(given)
    one = workbook_gen.read(Path("inbox") / file_name("QSL"), exercise)
    assert len(one) == (frame["organisation"] == "QSL").sum()


def test_read_names_every_file_that_it_cannot_read(exercise: workbook_gen.Exercise, at_home: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (at_home / name).write_bytes(b"Dear all,")
    with pytest.raises(workbook_gen.ReturnRefused) as refused:
        workbook_gen.read(["a.xlsx", Path("inbox") / file_name("QSL"), "b.xlsx"], exercise)
    lines = str(refused.value).splitlines()
    assert [line.partition(":")[0] for line in lines] == ["a.xlsx", "b.xlsx"]
    assert "File > Save As" in lines[0]
    with pytest.raises(FileNotFoundError):
        workbook_gen.read("none.xlsx", exercise)


def test_the_frames_hold_what_the_register_holds(exercise: workbook_gen.Exercise, received: Workspace) -> None:
    tables = workbook_gen.register(exercise, workspace=received.folder)
    entries = register(received).entries()
    frame = tables.submissions
    assert list(frame["organisation"]) == [one.organisation for one in entries]
    assert list(frame["latest"]) == [False, True, False, True]
    assert list(frame["pass"]) == [one.counts["pass"] for one in entries]
    assert frame["balanced"].fillna("").to_list() == [one.headlines.get("balanced", "") for one in entries]
    assert isinstance(frame["received_at"].dtype, pd.DatetimeTZDtype)
    assert list(tables.inputs.columns) == [*WHOSE, *INPUT]
    mine = tables.inputs.query("organisation == 'QSL' and submission == 2").drop(columns=list(WHOSE)).reset_index(drop=True)
    again = workbook_gen.read(received.received / f"{entries[1].sha256}.xlsx", exercise, workspace=received.folder)
    pd.testing.assert_frame_equal(mine, again.drop(columns=["file", "organisation"]))
    assert list(tables.findings.columns) == [*WHOSE, *FINDING]
    said = [(one["organisation"], one["submission"]) for one in tables.findings.to_dict("records") if one["code"] == "STR-001"]
    assert said == [("QSL", 3)]
    assert tables.findings["message"].str.len().min() > 10
    assert list(tables.results.columns) == [*WHOSE, *RESULT]
    passed = tables.results[tables.results["outcome"] == "pass"].groupby(list(WHOSE)).size()
    assert passed.sum() == frame["pass"].sum()


def test_a_register_that_is_empty_has_empty_frames_and_one_that_is_not_there_is_an_error(
    exercise: workbook_gen.Exercise, place: Path | str, workspace: Workspace
) -> None:
    with pytest.raises(RegisterError, match="There is no register at"):
        workbook_gen.register(exercise, workspace=workspace.folder)
    assert not workspace.register_path.exists()
    Register.at(place, collection().key).issue([issued("QSL")], moment())
    tables = workbook_gen.register(exercise, url=str(place) if isinstance(place, str) else f"sqlite:///{place}")
    assert list(tables.submissions.columns) == list(SUBMISSION)
    frames = (tables.submissions, tables.inputs, tables.findings, tables.results)
    assert [len(frame) for frame in frames] == [0, 0, 0, 0]


def test_a_seal_is_verified_with_the_key_of_the_workspace(exercise: workbook_gen.Exercise, at_home: Path) -> None:
    path = at_home / "inbox" / file_name("QSL")
    with_key(at_home / "other").key_path.write_text(bytes(reversed(SEAL_KEY)).hex(), encoding="ascii")
    assert workbook_gen.check(path, exercise, workspace=at_home / "other").findings[0].code == "STR-102"
    assert workbook_gen.check(path, exercise, workspace=at_home / "none").findings[0].code == "STR-107"
