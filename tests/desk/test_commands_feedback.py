"""feedback on the command line: written once, told, tried out, and what is in its way."""

import json
from pathlib import Path

import pytest

from tests.desk.at_the_desk import run
from tests.returns import answers, check, completed, desk, file_name, listing
from workbook_gen.desk.workspace import Workspace

pytestmark = pytest.mark.usefixtures("quick")


@pytest.fixture
def received(workspace: Workspace, returns: Path) -> Workspace:
    """A workspace whose returns have been issued and received: one clean, one to look at, one with texts for numbers."""
    (returns / file_name("QOP")).write_bytes(completed("QOP", "text_in_numbers"))
    run(workspace, "issue", "--org", "QYG", "--org", "QSL", "--org", "QOP", "--quiet")
    run(workspace, "receive", returns)
    return workspace


def test_it_writes_a_workbook_for_everybody_whose_return_counts(received: Workspace) -> None:
    result = run(received, "feedback", "--json")
    assert result.exit_code == 0
    said = {one["organisation"]: one for one in json.loads(result.stdout)["feedback"]}
    assert sorted(said) == ["QOP", "QSL", "QYG"]
    assert said["QYG"]["not_carried"] == []
    assert {left["why"] for left in said["QOP"]["not_carried"]} == {"a text stands where a number belongs"}
    for code, one in said.items():
        path = received.feedback / file_name(code)
        assert one["file"] == str(path)
        checked = check(path.read_bytes(), path.name, desk(received.key()))
        assert checked.queries is not None
        assert [row.number for row in checked.queries.rows] == one["queries"]
        assert len(checked.answers) == one["carried"]
        assert len(checked.queries.remarks) == len(one["remarks"]) >= len(one["not_carried"])
    assert {
        answer.key: answer.value for answer in check((received.feedback / file_name("QYG")).read_bytes(), "QYG.xlsx").answers
    } == {key: value for key, value in answers("QYG").items() if value is not None}


def test_a_second_run_changes_nothing(received: Workspace) -> None:
    first = run(received, "feedback")
    assert first.stdout.count("  written: ") == 3
    before = listing(received.folder)
    second = run(received, "feedback")
    assert second.stdout.count("  unchanged: ") == 3
    assert listing(received.folder) == before
    assert run(received, "doctor", "--audit").exit_code == 0


def test_a_dry_run_of_feedback_writes_nothing(received: Workspace) -> None:
    before = listing(received.folder)
    result = run(received, "feedback", "--dry-run")
    assert result.exit_code == 0
    assert "A dry run: nothing was written." in result.stderr
    assert listing(received.folder) == before


def test_who_is_signed_off_is_left_in_peace_unless_named(received: Workspace) -> None:
    assert run(received, "sign-off", "QYG").exit_code == 0
    result = run(received, "feedback")
    assert "QYG" not in result.stdout
    assert run(received, "feedback", "--org", "QYG").stdout.startswith("QYG  written: submission 1, version 1.0; ")


def test_what_is_in_the_way_of_feedback_is_told(received: Workspace, tmp_path: Path) -> None:
    result = run(received, "feedback", "--org", "QUE", "--org", "QSL")
    assert result.exit_code == 2
    assert "QUE has sent nothing that could be read as its return." in result.stderr
    assert "QSL  written" in result.stdout
    assert "There is no system 'XXX'" in run(received, "feedback", "--org", "XXX").stderr
    received.manifest_path.unlink()
    result = run(received, "feedback", "--org", "QSL", "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "Version 1.0 has not been issued to QSL. Run: workbook-gen issue --org QSL" in result.stderr
    assert not (tmp_path / "out").exists()


def test_feedback_of_nothing_makes_nothing(workspace: Workspace) -> None:
    before = listing(workspace.folder)
    assert run(workspace, "feedback").stdout.startswith("0 workbooks in ")
    assert listing(workspace.folder) == before


def test_a_query_that_is_asked_again_says_what_is_missing(received: Workspace) -> None:
    (received.received.parent / "explained.xlsx").write_bytes(completed("QOP", "deficit_explained"))
    run(received, "receive", received.received.parent / "explained.xlsx")
    queries = json.loads(run(received, "queries", "--org", "QOP", "--state", "answered", "--json").stdout)["queries"]
    number = queries[0]["number"]
    assert run(received, "press", "QOP", str(number), "--remark", "Which wards?").exit_code == 0
    run(received, "feedback", "--org", "QOP")
    checked = check((received.feedback / file_name("QOP")).read_bytes(), file_name("QOP"), desk(received.key()))
    assert checked.queries is not None
    row = next(row for row in checked.queries.rows if row.number == number)
    assert row.asks.startswith("We ask again: Which wards? ")
    assert row.state == "pressed"
