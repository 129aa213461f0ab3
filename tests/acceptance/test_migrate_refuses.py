"""Files that `migrate` does not carry: each says why, and nothing is written."""

from pathlib import Path

import pytest

from tests.returns import completed
from tests.spoil import Spoiled
from tests.versioned import Round, migrated, returned, second_round

SEAL = "B14"
"""Where About says the seal."""


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """1.1, issued to one system."""
    return second_round(tmp_path_factory.mktemp("versions"), "QSL")


def refused(second: Round, path: Path, *more: str) -> tuple[int, str]:
    """The exit code for a file that is not carried, and what is said of it."""
    code, said = migrated(second, path, path.parent / "out", *more)
    (one,) = said["refused"]
    assert said["migrated"] == []
    assert not (path.parent / "out").exists()
    return code, one["message"]


def test_what_cannot_be_carried_says_why(second: Round, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    text = other / "QSL_notes.xlsx"
    text.write_bytes(b"a text")
    assert refused(second, text)[0] == 3
    current = second.workspace.issued / second.workspace.file_name("QSL")
    copy = other / current.name
    copy.write_bytes(current.read_bytes())
    assert refused(second, copy) == (
        2,
        f"{copy.name} is version 1.1, the current one: there is nothing to carry. Check it as it is.",
    )
    code, message = refused(second, returned(other, "QE1", completed("QE1")))
    assert (code, message) == (2, "Version 1.1 has not been issued to QE1. Run: workbook-gen issue --org QE1")
    broken = Spoiled(completed("QSL"))
    broken.say_property("issue", "1", "2")
    code, message = refused(second, returned(other, "QSL", broken.data()))
    assert code == 4
    assert message.startswith("The seal says")


def test_a_file_without_a_seal_needs_its_version_named(second: Round, tmp_path: Path) -> None:
    file = Spoiled(completed("QSL"))
    file.drop_properties()
    file.put("About", SEAL, None)
    path = returned(tmp_path, "QSL", file.data())
    code, message = refused(second, path)
    assert code == 2
    assert message.endswith("carries no seal, so its version is not known. Name it: --from VERSION")
    _, said = migrated(second, path, tmp_path / "out", "--from", "1.0")
    (one,) = said["migrated"]
    assert len(one["carried"]) == 371
    assert not one["figures_compared"]
    assert "STR-110" in [each["code"] for each in one["findings"]]


def test_a_version_whose_definition_was_not_kept_is_not_carried(tmp_path: Path) -> None:
    second = second_round(tmp_path, "QSL")
    (second.folder / "issued.csv").unlink()
    code, message = refused(second, returned(tmp_path, "QSL", completed("QSL")))
    assert code == 2
    assert "is version 1.0, whose definition has not been kept (kept: none)" in message


def test_a_kept_definition_that_was_changed_stops_everything(tmp_path: Path) -> None:
    second = second_round(tmp_path, "QSL")
    kept = second.folder / "versions" / "1.0" / "lines" / "agency.csv"
    kept.write_text(kept.read_text(encoding="utf-8").replace("Medical", "Doctors"), encoding="utf-8")
    result = second.run("migrate", returned(tmp_path, "QSL", completed("QSL")), "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "versions/1.0/lines/agency.csv: the file is not as it was when version 1.0 was frozen" in result.stderr


def test_two_returns_of_one_system_are_not_carried_into_one_file(second: Round, tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    returned(inbox, "QSL", completed("QSL"))
    (inbox / "QSL_again.xlsx").write_bytes(completed("QSL", "deficit_explained"))
    result = second.run("migrate", inbox, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "is one of two returns of QSL" in result.stderr
    assert not (tmp_path / "out").exists()


def test_an_issue_that_is_not_what_is_here_is_not_carried_into(tmp_path: Path) -> None:
    second = second_round(tmp_path, "QSL")
    title = second.folder / "sheets" / "agency.toml"
    title.write_text(title.read_text(encoding="utf-8").replace('title = "Agency"', 'title = "Agency staff"'), encoding="utf-8")
    code, message = refused(second, returned(tmp_path, "QSL", completed("QSL")))
    assert code == 2
    assert message.startswith("Issue 1 of QSL, version 1.1, was made from another definition or other figures")
