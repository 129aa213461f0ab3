"""Two submissions beside each other by number: read again as they came, and said where that cannot be."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.desk.at_the_desk import register, run
from tests.desk.test_audit import change_original
from tests.returns import completed
from workbook_gen.desk import replay
from workbook_gen.desk.originals import original
from workbook_gen.desk.register.particulars import Spot, verdicts_of
from workbook_gen.desk.workspace import Workspace
from workbook_gen.findings import Outcome

CODE = "QSL"
TURNED = "AGY-001 fail to pass (AGY0900, Total agency expenditure, Forecast outturn)"
pytestmark = pytest.mark.usefixtures("quick")


def kept(workspace: Workspace, number: int) -> Path:
    """The original of a submission."""
    (entry,) = [one for one in register(workspace).entries() if (one.organisation, one.number) == (CODE, number)]
    return original(workspace.received, entry.sha256)


def test_two_submissions_are_compared_with_what_it_did(received: Workspace) -> None:
    result = run(received, "diff", "1", "2", "--org", CODE.lower())
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0].startswith("QSL, submission 1: QSL_1.xlsx, received 20 November 2023, 09:30 UTC, then ")
    assert lines[1].startswith("QSL, submission 2: ")
    (turned,) = [line for line in lines if TURNED in line]
    assert turned.startswith("  agency.total[fot] ")
    assert "rules at hand" not in result.stdout


def test_the_object_tells_submissions_and_differences_and_files_the_same(received: Workspace) -> None:
    said = json.loads(run(received, "diff", "1", "2", "--org", CODE, "--json").stdout)
    assert (said["schema"], said["organisation"]) == (1, CODE)
    assert [said[side]["number"] for side in ("before", "after")] == [1, 2]
    assert [said[side]["turned_since"] for side in ("before", "after")] == [0, 0]
    assert said["before"]["sha256"] == kept(received, 1).stem
    files = json.loads(run(received, "diff", kept(received, 1), kept(received, 2), "--json").stdout)
    assert {**said, "before": "", "after": ""} == {**files, "before": "", "after": ""}
    back = json.loads(run(received, "diff", "2", "1", "--org", CODE, "--json").stdout)
    assert [(one["before"], one["after"]) for one in back["inputs"]] == [
        (one["after"], one["before"]) for one in said["inputs"]
    ]


def test_rules_that_have_changed_since_are_said(received: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    def as_of_old(connection: Connection, submissions: Sequence[int]) -> Iterator[tuple[int, Spot, Outcome, float | None]]:
        """What the register holds, one outcome as another rule of those days would have had it."""
        for submission, spot, outcome, found in verdicts_of(connection, submissions):
            yield submission, spot, Outcome.FAIL if spot[0] == "BAL-001" else outcome, found

    monkeypatch.setattr(replay, "verdicts_of", as_of_old)
    result = run(received, "diff", "1", "2", "--org", CODE)
    assert result.stdout.count("  The rules at hand say something else of it in 1 place than when it came.") == 2


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("1", "7", "--org", CODE), 2, "QSL has no submission 7; the register holds numbers 1 to 3."),
        (("1", "2", "--org", "QYG"), 2, "QYG has no submission 2; the register holds number 1 alone."),
        (("1", "2", "--org", "QUE"), 2, "The register holds no submission of QUE."),
        (("one", "2", "--org", CODE), 2, "QSL has no submission one"),
        (("1", "2"), 2, "For two submissions by number, name their organisation with --org."),
        (("1", "2", "--register", "sqlite:///x"), 2, "name their organisation with --org"),
        (("1", "3", "--org", CODE), 3, "QSL, submission 3 cannot be compared. The file is a text"),
    ],
)
def test_what_cannot_be_compared_is_said(words: tuple[str, ...], code: int, says: str, received: Workspace) -> None:
    result = run(received, "diff", *words)
    assert (result.exit_code, result.stdout) == (code, "")
    assert says in result.stderr


def test_an_original_that_is_gone_or_changed_is_said(received: Workspace) -> None:
    path = kept(received, 2)
    data = path.read_bytes()
    change_original(path, completed("QYG"))
    result = run(received, "diff", "1", "2", "--org", CODE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path} (QSL_2.xlsx) is not what was received: put it back from your backup." in result.stderr
    path.unlink()
    result = run(received, "diff", "1", "2", "--org", CODE)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path} (QSL_2.xlsx) is gone: receive the file again" in result.stderr
    path.write_bytes(data)
    assert run(received, "diff", "1", "2", "--org", CODE).exit_code == 0
