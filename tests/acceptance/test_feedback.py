"""Feedback for every system: sent back with its own answers and queries, replied to in LibreOffice, and received again."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.desk.at_the_desk import register, run
from tests.engines.typing.work import Book, Typed, work_in_libreoffice
from tests.returns import TEMPLATE, issuable, place_of
from tests.workbooks import CODES, collection
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.check import CheckedReturn, Desk, check_file
from workbook_gen.desk.docket import Docket
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.desk.workspace import Workspace
from workbook_gen.findings import Finding, Outcome, Severity
from workbook_gen.national.data import load_national

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("feedback")]


@dataclass(frozen=True)
class Sent:
    """A workspace whose practice returns have been received and sent back; `said` is what feedback says to programs."""

    workspace: Workspace
    desk: Desk
    said: dict[str, dict[str, object]]

    def check(self, folder: Path, code: str) -> CheckedReturn:
        """A system's file in a folder, checked."""
        return check_file(folder / self.workspace.file_name(code), self.desk)

    def dockets(self) -> dict[str, Docket]:
        """Every system's file at the desk."""
        return dockets(register(self.workspace), collection().deadline)


@pytest.fixture(scope="module")
def sent(practised: dict[int, Path], tmp_path_factory: pytest.TempPathFactory) -> Sent:
    """A practice return of every system, received, and feedback made of it."""
    home = tmp_path_factory.mktemp("feedback") / "workspace"
    shutil.copytree(practised[1].parents[1], home)
    workspace = Workspace(home, collection())
    run(workspace, "issue", "--quiet")  # registers what has been issued
    run(workspace, "receive", workspace.practice, "--quiet", "--fail-on", "never")
    result = run(workspace, "feedback", "--json")
    assert result.exit_code == 0, result.stderr
    said = {one["organisation"]: one for one in json.loads(result.stdout)["feedback"]}
    return Sent(workspace, Desk(collection(), load_national(collection(), TEMPLATE), workspace.key()), said)


def rules(checked: CheckedReturn) -> set[tuple[str, str, str, str, str, str, str, str]]:
    """What the rules say of a return, wherever in the file: code, outcome, place, words and figures."""
    found = [one for one in checked.findings if not one.code.startswith("STR-")]
    return {(one.code, one.outcome.value, one.table, one.line, one.column, one.what, one.found, one.expected) for one in found}


def inputs(checked: CheckedReturn) -> dict[Key, Value]:
    """What was answered."""
    return {answer.key: answer.value for answer in checked.answers}


def asked(finding: Finding) -> bool:
    """Whether a finding is to be explained or is."""
    return finding.severity is Severity.LOOK and finding.outcome in (Outcome.FAIL, Outcome.EXPLAINED)


def test_every_system_s_workbook_says_what_its_return_said(sent: Sent) -> None:
    assert sorted(sent.said) == sorted(CODES)
    listed = carried = left = 0
    for code in CODES:
        before, after = sent.check(sent.workspace.practice, code), sent.check(sent.workspace.feedback, code)
        lost = {Key(*str(one["key"]).replace("[", ".").rstrip("]").split(".")) for one in sent.said[code]["not_carried"]}  # type: ignore[attr-defined]
        assert inputs(after) == {key: value for key, value in inputs(before).items() if key not in lost}
        assert [one.code for one in after.findings if one.code.startswith("STR-")] == []
        if not lost:
            assert rules(after) == rules(before)
        assert after.queries is not None
        assert len(after.queries.rows) == sum(map(asked, before.findings))
        places = {row.place for row in after.queries.rows}
        for one in filter(asked, after.findings):
            assert place_of(code, Key(one.table, one.line, one.column)) in places
        listed, carried, left = listed + len(after.queries.rows), carried + len(after.answers), left + len(lost)
    assert listed > len(CODES)
    assert left > 0
    assert carried > 300 * len(CODES)


def first_figure(checked: CheckedReturn, code: str) -> tuple[Key, float]:
    """An input with a number in it."""
    form = issuable(code).layout.form
    for answer in checked.answers:
        if form.cells[answer.key].column.type == "number" and isinstance(answer.value, float):
            return answer.key, answer.value
    raise AssertionError(code)


def test_replies_and_answers_typed_in_libreoffice_come_back(sent: Sent) -> None:
    opened, saved = sent.workspace.folder / "opened", sent.workspace.folder / "saved"
    shutil.copytree(sent.workspace.feedback, opened)
    saved.mkdir()
    books, changed = [], {}
    before = {code: sent.check(opened, code) for code in CODES}
    for code in CODES:
        sheet = before[code].queries
        assert sheet is not None
        steps = [Typed(*_reply(before[code], row.number), f"{code} replies to {row.number}") for row in sheet.rows]
        key, value = changed[code] = first_figure(before[code], code)
        steps.append(Typed(*place_of(code, key), f"{value + 1:.15g}"))
        name = sent.workspace.file_name(code)
        books.append(Book(opened / name, saved / name, tuple(steps)))
    work_in_libreoffice(books)
    result = run(sent.workspace, "receive", saved, "--json", "--fail-on", "never")
    states = {one["organisation"]: one for one in json.loads(result.stdout)["received"]}
    assert sorted(states) == sorted(CODES)
    after = sent.dockets()
    replies = 0
    for code in CODES:
        key, value = changed[code]
        assert inputs(sent.check(saved, code)) == {**inputs(before[code]), key: value + 1}
        assert [one["code"] for one in states[code]["findings"] if one["code"].startswith("STR-")] == []
        sheet = before[code].queries
        assert sheet is not None
        for row in sheet.rows:
            query = next(one for one in after[code].cases.queries if one.number == row.number)
            assert query.reply == f"{code} replies to {row.number}"
            replies += 1
    assert replies > len(CODES)
    run(sent.workspace, "feedback", "--quiet")
    for code in CODES:
        again = sent.check(sent.workspace.feedback, code)
        assert again.queries is not None
        answers = {row.number: row.answer for row in again.queries.rows}
        for query in after[code].cases.queries:
            assert query.number not in answers or query.reply in answers[query.number]
    assert run(sent.workspace, "doctor", "--audit").exit_code == 0


def _reply(checked: CheckedReturn, number: int) -> tuple[str, str]:
    """Where the reply to a query is typed."""
    reply = checked.replies[number]
    return reply.sheet, reply.cell
