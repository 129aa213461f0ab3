"""Receiving: kept as it came before anything else, entered once, and acknowledged; what is odd is said."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desk.inbox import Inbox
from tests.desk.stand_in import stand_in
from tests.returns import SEAL_KEY, answers, completed, desk, file_name, issuable
from tests.returns import check as check_bytes
from workbook_gen.checks.run import settings_of
from workbook_gen.desk import originals, received
from workbook_gen.desk.acknowledge import as_json, as_text
from workbook_gen.desk.receipt import as_json as check_as_json
from workbook_gen.desk.received import read_file
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.records import Submitted
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import WorkspaceError
from workbook_gen.excel.contents import Stamp
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook
from workbook_gen.findings import State


def words(submitted: Submitted) -> str:
    """The receipt."""
    return "\n".join(as_text(submitted, desk().collection))


def test_a_file_is_kept_as_it_came_and_read_only(inbox: Inbox) -> None:
    inbox.receive("QYG fix 1 2")
    kept = inbox.kept("QYG fix 1 2")
    assert kept.read_bytes() == b"QYG fix 1 2"
    assert kept.stat().st_mode & 0o777 == 0o444
    assert inbox.ailments() == []


def test_it_is_kept_before_anything_else(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    path = inbox.file("QYG clean 1")

    def broken(*_: object) -> None:
        raise RegisterError("no register today")

    with inbox.reception() as reception:
        monkeypatch.setattr(Register, "submission", broken)
        with pytest.raises(RegisterError, match="no register today"):
            reception.receive(path)
    monkeypatch.undo()
    assert inbox.kept("QYG clean 1").read_bytes() == b"QYG clean 1"
    (said,) = inbox.ailments()
    assert "kept, but not registered" in said
    inbox.receive("QYG clean 1")
    assert inbox.ailments() == []


def test_the_same_file_twice_is_one_submission_and_is_said_to_be(inbox: Inbox) -> None:
    first = inbox.receive("QYG look 5")
    receipts = {path.name: path.read_bytes() for path in inbox.workspace.receipts.iterdir()}
    again = inbox.receive("QYG look 5", name="QYG copy.xlsx")
    assert (first.again, again.again, again.entry) == (False, True, first.entry)
    assert "QYG copy.xlsx: received before as QYG_return.xlsx: submission 1 of QYG, version 1.0: look" in words(again)
    assert "received 20 November 2023, 09:31 UTC by kim" in words(again)
    assert {path.name: path.read_bytes() for path in inbox.workspace.receipts.iterdir()} == receipts
    assert len(inbox.register.entries()) == 1
    assert inbox.ailments() == []


def test_a_file_that_was_superseded_changes_nothing_and_is_said_not_to(inbox: Inbox) -> None:
    first = inbox.receive("QYG fix 5")
    assert inbox.receive("QYG fix 5").superseded_by is None
    inbox.receive("QYG clean 6")
    inbox.receive("QYG no workbook")
    receipts = {path.name: path.read_bytes() for path in inbox.workspace.receipts.iterdir()}
    again = inbox.receive("QYG fix 5")
    assert (again.entry, again.superseded_by) == (first.entry, 2)
    assert "Next: Nothing: submission 2, which came later, counts. Should this file count instead, save it" in words(again)
    assert as_json(again, desk().collection)["superseded_by"] == 2
    assert {path.name: path.read_bytes() for path in inbox.workspace.receipts.iterdir()} == receipts


def test_the_receipt_is_written_in_words_and_for_programs(inbox: Inbox) -> None:
    submitted = inbox.receive("QYG look 5")
    entry = submitted.entry
    name = f"QYG_1_{entry.sha256[:8]}"
    assert sorted(path.name for path in inbox.workspace.receipts.iterdir()) == [f"{name}.json", f"{name}.txt"]
    text = (inbox.workspace.receipts / f"{name}.txt").read_text(encoding="utf-8")
    assert text == words(submitted) + "\n"
    for part in (
        "QYG_return.xlsx: submission 1 of QYG, version 1.0: look",
        f"10 bytes; SHA-256 {entry.sha256}",
        f"register: event 1, {entry.event_hash}",
        "0 to fix, 1 to look at",
        "cells: 2 input, 5 label",
        "Agency within its ceiling: no",
        "LOOK       AGY-001  Agency F12: Too much. Less, in J12.",
        "Next: For each LOOK change the plan, or explain it",
    ):
        assert part in text
    said = json.loads((inbox.workspace.receipts / f"{name}.json").read_text(encoding="utf-8"))
    assert said == as_json(submitted, desk().collection)
    assert said["event"] == {"sequence": 1, "hash": entry.event_hash}
    assert (said["organisation"], said["number"], said["state"], said["received_at"]) == (
        "QYG",
        1,
        "look",
        "2023-11-20T09:31:00Z",
    )


@pytest.mark.parametrize(
    ("text", "state", "following"),
    [
        ("QYG clean 1", State.CLEAN, "the return is complete"),
        ("QYG explained 1", State.EXPLAINED, "the centre reads the explanations"),
        ("QYG look 1", State.LOOK, "For each LOOK change the plan"),
        ("QYG fix 1", State.FIX, "Correct what is marked FIX"),
        ("no workbook", State.REFUSED, "does not count as a return"),
    ],
)
def test_the_receipt_says_what_to_do_next(text: str, state: State, following: str, inbox: Inbox) -> None:
    submitted = inbox.receive(text)
    assert submitted.state is state
    assert following in words(submitted).splitlines()[-1]


def test_an_identical_resubmission_and_an_older_one_are_told(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    assert "An identical resubmission: the figures are those of submission 1." in words(inbox.receive("QYG look  5"))
    inbox.receive("QYG clean 6")
    older = inbox.receive("QYG look   5")
    assert "those of submission 2, which a later one had superseded" in words(older)
    assert "is this the file that was meant to be sent?" in words(older)
    assert as_json(older, desk().collection)["remark"] == "older"
    found = inbox.register.submission(older.entry.sha256)
    assert found is not None
    assert (found.entry.remark, found.entry.same_as) == ("older", 2)


@pytest.mark.parametrize(
    ("name", "organisation"), [("QYG_return.xlsx", "QYG"), ("qsl return.xlsx", "QSL"), ("return.xlsx", ""), ("QXX.xlsx", "")]
)
def test_a_refused_file_is_whose_its_name_says(inbox: Inbox, name: str, organisation: str) -> None:
    submitted = inbox.receive("no workbook", name)
    assert (submitted.entry.organisation, submitted.entry.counts_as_return) == (organisation, False)
    assert ("no known organisation" in words(submitted)) is (organisation == "")
    assert (inbox.workspace.receipts / f"{organisation or 'unknown'}_1_{submitted.entry.sha256[:8]}.txt").exists()


def test_a_refused_file_is_whose_its_seal_says(inbox: Inbox) -> None:
    one = issuable("QSL")
    stamp: Stamp = sealed(Stamp(one.collection.key, "0.9", "QSL", 1, one.national_digest, one.layout_digest), SEAL_KEY)
    data = write_workbook(one.layout, one.contents(answers("QSL"), stamp), settings_of(one.collection))
    submitted = inbox.receive(data, "return.xlsx")
    assert [finding.code for finding in submitted.findings] == ["STR-104"]
    assert (submitted.entry.organisation, submitted.entry.version, submitted.state) == ("QSL", "0.9", State.REFUSED)


def test_a_real_return_is_said_of_as_check_says(inbox: Inbox) -> None:
    data = completed("QSL", "text_in_numbers")
    submitted = inbox.receive(data, file_name("QSL"))
    checked = check_as_json(check_bytes(data, file_name("QSL")), desk().collection)
    said = as_json(submitted, desk().collection)
    assert len(checked["findings"]) > 3
    assert {name: said[name] for name in checked} == checked
    assert list(said["account"]) == list(checked["account"])
    found = inbox.register.submission(submitted.entry.sha256)
    assert found is not None
    assert as_json(found, desk().collection) == {**said, "again": True}


def test_what_a_check_has_found_already_is_not_looked_for_again_in_the_same_bytes(inbox: Inbox) -> None:
    first, other = inbox.file("QYG fix 1"), inbox.file("QSL clean 2", "QSL_return.xlsx")
    with inbox.reception() as reception:
        known = replace(stand_in(read_file(first), desk()), findings=())
        assert reception.receive(first, known).state is State.CLEAN
        assert reception.receive(other, known).entry.organisation == "QSL"
    assert [entry.state for entry in inbox.register.entries()] == [State.CLEAN, State.CLEAN]
    assert inbox.receive("QYG fix 3", "QYG_again.xlsx").state is State.FIX
    assert inbox.ailments() == []


def test_a_file_too_large_to_be_held_is_kept_whole(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (originals, received):
        monkeypatch.setattr(module, "MAXIMUM_BYTES", 5)
    submitted = inbox.receive("QYG clean 1 and much more")
    assert inbox.kept("QYG clean 1 and much more").read_bytes() == b"QYG clean 1 and much more"
    assert (submitted.entry.size, submitted.state) == (25, State.REFUSED)
    assert inbox.ailments() == []


def test_a_large_file_that_changes_meanwhile_is_not_kept(inbox: Inbox, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (originals, received):
        monkeypatch.setattr(module, "MAXIMUM_BYTES", 5)
    path = inbox.file("QYG clean 1")
    file = received.read_file(path)
    path.write_bytes(b"QYG clean 2")
    with pytest.raises(WorkspaceError, match="changed while it was being received"):
        originals.keep(path, file, inbox.workspace.received)
    assert list(inbox.workspace.received.iterdir()) == []


def test_an_original_that_was_changed_stops_its_file(inbox: Inbox) -> None:
    inbox.receive("QYG clean 1")
    kept = inbox.kept("QYG clean 1")
    kept.chmod(0o644)
    kept.write_bytes(b"QYG clean 9")
    with pytest.raises(WorkspaceError, match="is not what was received"):
        inbox.receive("QYG clean 1")


def test_an_original_that_is_gone_comes_back_with_its_file(inbox: Inbox) -> None:
    inbox.receive("QYG clean 1")
    inbox.kept("QYG clean 1").unlink()
    assert len(inbox.ailments()) == 1
    inbox.receive("QYG clean 1")
    assert inbox.ailments() == []


def test_a_receipt_that_is_gone_is_written_again(inbox: Inbox) -> None:
    inbox.receive("QYG clean 1")
    before = {path: path.read_bytes() for path in inbox.workspace.receipts.iterdir()}
    for path in before:
        path.unlink()
    inbox.receive("QYG clean 1")
    assert {path: path.read_bytes() for path in inbox.workspace.receipts.iterdir()} == before


def test_trying_out_says_the_same_and_writes_nothing(inbox: Inbox) -> None:
    inbox.receive("QYG clean 1")
    before = sorted(inbox.folder.rglob("*"))
    path = inbox.file("QYG look 2")
    with inbox.reception() as reception:
        tried = reception.try_out(path)
        assert sorted(one for one in inbox.folder.rglob("*") if one != path) == [one for one in before if one != path]
        assert [entry.number for entry in inbox.register.entries()] == [1]
        done = reception.receive(path)
    assert words(tried).splitlines()[0] == words(done).splitlines()[0]
    assert (tried.entry.number, tried.entry.event, tried.findings) == (2, 2, done.findings)
    assert inbox.ailments() == []


@pytest.mark.parametrize("data", [b"", b"\x00", bytes(range(256))])
def test_any_bytes_are_kept_and_entered(inbox: Inbox, data: bytes) -> None:
    assert inbox.receive(data).state is State.REFUSED
    assert inbox.kept(data).read_bytes() == data
    assert inbox.ailments() == []


def test_a_file_that_cannot_be_read_leaves_no_trace(inbox: Inbox, tmp_path: Path) -> None:
    with inbox.reception() as reception, pytest.raises(FileNotFoundError):
        reception.receive(tmp_path / "nowhere.xlsx")
    assert inbox.register.entries() == ()
