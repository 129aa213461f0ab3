"""Issued versions: frozen once, refused when changed without a new number, and read from where they are kept."""

import json
import shutil
from pathlib import Path

import pytest

from tests.returns import collection, copied_collection, listing, national, replace_text
from tests.versioned import AGENCY, COLLECTION, frozen, newer, run
from workbook_gen.definition.errors import DefinitionError
from workbook_gen.definition.load import load_collection
from workbook_gen.desk.versions import ISSUED, SUMS, Versions
from workbook_gen.lint.definition import definition_verdict

TITLE, OTHER = 'title = "Agency"', 'title = "Agency staff"'
FIRST = "versions/1.0"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A copy of the collection whose 1.0 is frozen."""
    return frozen(tmp_path)


def fault(folder: Path) -> DefinitionError:
    """What is said of the version in a folder."""
    with pytest.raises(DefinitionError) as caught:
        Versions(folder).see_to(load_collection(folder))
    return caught.value


def test_freeze_keeps_definition_and_national_tables_and_lists_the_version(tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    result = run(copy, tmp_path / "output", "freeze", "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["version"], said["known"], said["dry_run"]) == ("1.0", False, False)
    held = listing(copy / FIRST)
    assert set(held) == {*said["files"], SUMS}
    assert held[COLLECTION] == (copy / COLLECTION).read_bytes()
    assert {name.split("/")[0] for name in held} == {COLLECTION, "guidance.toml", "sheets", "lines", "national", SUMS}
    assert (copy / ISSUED).read_text(encoding="utf-8") == f"version,date,digest\n1.0,2023-11-08,{said['digest']}\n"


def test_what_is_kept_makes_the_same_collection_and_figures(kept: Path) -> None:
    versions = Versions(kept)
    assert versions.collection("1.0") == collection()
    assert versions.national(collection()).digest == national().digest


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    before = listing(copy)
    result = run(copy, tmp_path / "output", "freeze", "--dry-run")
    assert result.exit_code == 0
    assert "would be kept" in result.stdout
    assert listing(copy) == before


def test_a_second_freeze_changes_nothing(kept: Path, tmp_path: Path) -> None:
    before = listing(kept)
    result = run(kept, tmp_path / "output", "freeze")
    assert result.exit_code == 0
    assert "has been frozen already" in result.stdout
    assert listing(kept) == before


def test_the_centre_s_own_tables_are_kept_beside_those_shipped(tmp_path: Path) -> None:
    copy, own = copied_collection(tmp_path), tmp_path / "own"
    own.mkdir()
    shutil.copy(copy / "national" / "cancer_now.csv", own)
    shutil.copy(copy / "national" / "items.csv", own)
    replace_text(own / "cancer_now.csv", next(iter((own / "cancer_now.csv").read_text().splitlines()[1:])), "QE1,400,70")
    result = run(copy, tmp_path / "output", "freeze", "--national", own)
    assert result.exit_code == 2, "what does not reconcile is not kept"
    assert not (copy / ISSUED).exists()
    shutil.copy(copy / "national" / "cancer_now.csv", own)
    assert run(copy, tmp_path / "output", "freeze", "--national", own).exit_code == 0
    assert listing(copy / FIRST / "national_own").keys() == {"cancer_now.csv", "items.csv"}
    assert Versions(copy).national(collection()).digest == national().digest


def test_a_version_that_was_never_frozen_may_change(tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    replace_text(copy / AGENCY, TITLE, OTHER)
    Versions(copy).see_to(load_collection(copy))


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (AGENCY, TITLE, OTHER),
        (COLLECTION, "value = 3.7", "value = 3.6"),
        ("lines/agency.csv", "Medical and dental", "Medical"),
        ("guidance.toml", "summary", "summary "),
    ],
)
def test_a_change_without_a_new_version_is_refused_by_the_file_that_differs(file: str, old: str, new: str, kept: Path) -> None:
    text = (kept / file).read_text(encoding="utf-8")
    (kept / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    error = fault(kept)
    assert error.file == file
    assert "has changed since version 1.0 was issued. Raise `version` in collection.toml" in error.problem
    assert "or undo the change (as issued: versions/1.0)" in error.problem


def test_every_other_file_that_differs_is_counted(kept: Path) -> None:
    replace_text(kept / AGENCY, TITLE, OTHER)
    replace_text(kept / "lines/agency.csv", "Medical and dental", "Medical")
    (kept / "lines" / "more.csv").write_text("sub_code\n", encoding="utf-8")
    assert fault(kept).file == "lines/agency.csv"
    assert "and so have 2 other files" in fault(kept).problem


def test_a_file_that_is_new_or_gone_is_a_change(kept: Path) -> None:
    (kept / "lines" / "more.csv").write_text("sub_code\n", encoding="utf-8")
    assert "the file is new since version 1.0" in fault(kept).problem
    (kept / "lines" / "more.csv").unlink()
    spare = kept / "lines" / "spare.csv"
    spare.write_text("sub_code\n", encoding="utf-8")
    shutil.rmtree(kept / "versions")
    (kept / ISSUED).unlink()
    Versions(kept).freeze(collection(), None)
    spare.unlink()
    assert "the file is gone since version 1.0" in fault(kept).problem


def test_line_ends_byte_order_marks_figures_and_cases_are_no_change(kept: Path) -> None:
    for path in (kept / AGENCY, kept / "lines" / "agency.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    (kept / "cases" / "AGY-001.toml").write_text("", encoding="utf-8")
    (kept / "national" / "cancer_now.csv").write_text("", encoding="utf-8")
    Versions(kept).see_to(collection())


@pytest.mark.parametrize("name", [SUMS, "sheets/agency.toml", "national/position.csv"])
def test_a_kept_file_that_is_not_as_it_was_is_told_by_name(name: str, kept: Path) -> None:
    path = kept / FIRST / name
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(DefinitionError) as caught:
        Versions(kept).collection("1.0")
    assert caught.value.file == f"{FIRST}/{name}"
    assert "Put versions/1.0 back as it was." in caught.value.problem


def test_a_kept_folder_that_is_gone_is_told(kept: Path) -> None:
    shutil.rmtree(kept / "versions")
    assert fault(kept).file == f"{FIRST}/{SUMS}"


def test_a_version_that_is_not_listed_is_told_with_those_that_are(kept: Path) -> None:
    with pytest.raises(DefinitionError, match=r"version 0\.9 is not listed \(listed: 1\.0\)"):
        Versions(kept).collection("0.9")


def test_a_list_that_is_not_as_written_is_told(kept: Path) -> None:
    (kept / ISSUED).write_text("version;date\n1.0;2023\n", encoding="utf-8")
    with pytest.raises(DefinitionError, match="its columns are not version, date, digest"):
        Versions(kept).listed()


def test_issue_and_demo_refuse_a_changed_version_and_write_nothing(kept: Path, tmp_path: Path) -> None:
    replace_text(kept / AGENCY, TITLE, OTHER)
    for command in (("issue", "--org", "QSL"), ("issue", "--dry-run"), ("demo",)):
        result = run(kept, tmp_path / "output", *command)
        assert result.exit_code == 2
        assert "sheets/agency.toml: the file has changed since version 1.0 was issued" in result.stderr
    assert not (tmp_path / "output").exists()


def test_issue_of_a_frozen_version_is_as_ever(kept: Path, tmp_path: Path) -> None:
    result = run(kept, tmp_path / "output", "issue", "--org", "QSL")
    assert result.exit_code == 0
    assert "freeze" not in result.stderr


def test_the_first_issue_of_a_version_that_is_not_frozen_says_what_to_do_later(tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    said = [run(copy, tmp_path / "output", "issue", "--org", "QSL").stderr for _ in range(2)]
    assert ["workbook-gen freeze" in one for one in said] == [True, False]


def test_issue_says_of_which_older_version_the_definition_was_not_kept(tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    run(copy, tmp_path / "output", "issue", "--org", "QSL")
    newer(copy)
    said = run(copy, tmp_path / "output", "issue", "--org", "QSL").stderr
    assert "Version 1.0 was issued here, but its definition is not kept" in said


def test_doctor_and_lint_tell_of_a_changed_version(kept: Path, tmp_path: Path) -> None:
    assert run(kept, tmp_path / "output", "issue", "--org", "QSL").exit_code == 0
    assert "Versions       1.0: as they were issued" in run(kept, tmp_path / "output", "doctor").stdout
    replace_text(kept / AGENCY, TITLE, OTHER)
    result = run(kept, tmp_path / "output", "doctor")
    assert result.exit_code == 2
    assert "sheets/agency.toml: the file has changed since version 1.0 was issued" in result.stdout
    (offence,) = definition_verdict(load_collection(kept), kept).offences
    assert offence.startswith("sheets/agency.toml: the file has changed since version 1.0 was issued")


def test_the_next_version_is_frozen_beside_the_first(kept: Path) -> None:
    newer(kept)
    Versions(kept).freeze(load_collection(kept), None)
    assert [*Versions(kept).listed()] == ["1.0", "1.1"]
    assert Versions(kept).collection("1.1").version == "1.1"
    assert Versions(kept).collection("1.0") == collection()


def test_a_version_older_than_the_last_is_not_frozen(kept: Path) -> None:
    replace_text(kept / COLLECTION, 'version    = "1.0"', 'version    = "0.10"')
    replace_text(kept / COLLECTION, 'version = "1.0"', 'version = "0.10"')
    with pytest.raises(DefinitionError, match=r"version 1\.0 has been issued: the next is higher"):
        Versions(kept).freeze(load_collection(kept), None)


def test_a_rename_of_what_the_version_before_lacks_is_told(kept: Path) -> None:
    newer(kept)
    replace_text(kept / COLLECTION, 'from = "assurance.providers_agree"', 'from = "assurance.trusts_agreed"')
    (error,) = Versions(kept).faults(load_collection(kept))
    assert (error.file, error.block, error.field) == (COLLECTION, "rename 1", "from")
    assert error.problem == "version 1.0 has no line 'assurance.trusts_agreed'."


def test_a_rename_to_what_the_version_before_has_too_is_told(kept: Path) -> None:
    newer(kept)
    replace_text(kept / COLLECTION, 'to = "assurance.trusts_agree"', 'to = "assurance.icb_agrees"')
    (error,) = Versions(kept).faults(load_collection(kept))
    assert error.problem == "version 1.0 has a line 'assurance.icb_agrees' already, and it is not renamed."
