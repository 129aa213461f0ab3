"""`check`: the object of --json, key by key, the exit codes, and what it says of files that are not ours."""

import json
import re
from collections.abc import Iterable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from tests.returns import PUBLISHED, SEAL_KEY, answers, collection, completed, file_name, issuable, place_of, sound
from tests.spoil import Spoiled
from workbook_gen.cli import main
from workbook_gen.definition.nodes import Key
from workbook_gen.excel.compare import KINDS
from workbook_gen.findings import Outcome, Severity, State

TEXT: set[type] = {str}
NONE: set[type] = {type(None)}
RETURN: dict[str, set[type]] = {
    "file": TEXT,
    "sha256": TEXT,
    "organisation": TEXT | NONE,
    "collection": TEXT,
    "version": TEXT | NONE,
    "state": TEXT,
    "counts": {dict},
    "account": {dict},
    "headlines": {dict},
    "findings": {list},
    "messages": {list},
}
MESSAGE: dict[str, set[type]] = {
    "code": TEXT,
    "severity": TEXT,
    "outcome": TEXT,
    "sheet": TEXT,
    "cells": TEXT,
    "findings": {int},
    "text": TEXT,
    "details": {list},
    "left_out": {list},
}
COUNTS = ("fix", "look", "note", "explained", "waived", "to_do", "not_tested", "pass", "inputs", "inputs_filled")
HEADLINES = ("balanced", "agency_reduced", "agency_within_ceiling", "elective_target")
SAYS = {"pass", "fail", "explained", "waived", "to_do", "not_tested"}
FINDING = (
    "code",
    "severity",
    "outcome",
    "table",
    "line",
    "column",
    "sheet",
    "cell",
    "label",
    "title",
    "message",
    "fix",
    "found",
    "expected",
)
STATES = {"clean": State.CLEAN, "explained": State.EXPLAINED, "look": State.LOOK, "fix": State.FIX, "refused": State.REFUSED}
EXIT = {"clean": 0, "explained": 0, "look": 0, "fix": 1, "csv": 3, "foreign": 4, "named": 4}
LOOK_EXIT = EXIT | {"look": 1}


@cache
def kinds() -> dict[str, bytes]:
    """A file of each kind, by what becomes of it."""
    spoiled = Spoiled(completed("QYG"))
    spoiled.put(*place_of("QYG", Key("agency", "medical", "dec")), "TBC")
    return {
        "clean": completed("QYG"),
        "explained": completed("QYG", "deficit_explained"),
        "look": completed("QYG", "deficit_unexplained"),
        "fix": spoiled.data(),
        "csv": b"org_code,value\nQYG,12\n",
        "foreign": foreign(),
    }


def foreign() -> bytes:
    """A workbook of other people's."""
    book, stream = Workbook(), BytesIO()
    book.create_sheet("Plan")["A1"] = "Our own plan"
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a file of each kind, and a workspace with the key that sealed them."""
    home = tmp_path / "output" / collection().key
    home.mkdir(parents=True)
    (home / "seal.key").write_text(SEAL_KEY.hex(), encoding="ascii")
    for kind, data in kinds().items():
        (tmp_path / f"{kind}.xlsx").write_bytes(data)
    return tmp_path


def check(folder: Path, *arguments: str | Path) -> Result:
    """Run the command."""
    result = CliRunner().invoke(main, ["check", "--workspace", str(folder / "output"), *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def as_json(folder: Path, *names: str) -> list[dict[str, Any]]:
    """The returns of --json: one object on stdout, nothing else, and nothing on stderr."""
    result = check(folder, "--json", *(folder / name for name in names))
    said = json.loads(result.stdout)
    assert result.stderr == ""
    assert list(said) == ["schema", "returns"]
    assert said["schema"] == 1
    assert len(said["returns"]) == len(names)
    return list(said["returns"])


@pytest.mark.parametrize("kind", kinds())
def test_the_object_has_these_keys_and_types(kind: str, folder: Path) -> None:
    (said,) = as_json(folder, f"{kind}.xlsx")
    assert list(said) == list(RETURN)
    assert [key for key, allowed in RETURN.items() if type(said[key]) not in allowed] == []
    assert tuple(said["counts"]) == COUNTS
    assert {type(number) for number in said["counts"].values()} == {int}
    assert tuple(said["account"]) == (KINDS if said["counts"]["pass"] else ())
    assert {type(number) for number in said["account"].values()} <= {int}
    assert tuple(said["headlines"]) == HEADLINES
    assert set(said["headlines"].values()) <= SAYS
    assert said["state"] in STATES
    assert (said["file"], said["collection"], len(said["sha256"])) == (f"{kind}.xlsx", "h2_2023_24", 64)
    assert bool(said["findings"]) == (kind != "clean")
    for finding in said["findings"]:
        assert tuple(finding) == FINDING
        assert {type(text) for text in finding.values()} == {str}
        assert finding["severity"] in {one.value for one in Severity}
        assert finding["outcome"] in {one.value for one in Outcome} - {"pass"}
        assert all(finding[key] for key in ("code", "title", "message", "fix"))
    for message in said["messages"]:
        assert list(message) == list(MESSAGE)
        assert [key for key, allowed in MESSAGE.items() if type(message[key]) not in allowed] == []
    left_out = sum(bool(message["left_out"]) for message in said["messages"])
    told = sum(message["findings"] for message in said["messages"])
    assert told + left_out >= len(said["findings"]) >= told


def test_what_it_says_of_each(folder: Path) -> None:
    names = ("clean", "explained", "look", "fix", "csv", "foreign")
    said = dict(zip(names, as_json(folder, *(f"{name}.xlsx" for name in names)), strict=True))
    states = {name: one["state"] for name, one in said.items()}
    assert states == {name: name for name in names[:4]} | {"csv": "refused", "foreign": "refused"}
    assert [said[name]["organisation"] for name in names] == ["QYG"] * 4 + [None] * 2
    assert [said[name]["version"] for name in names] == ["1.0"] * 4 + [None] * 2
    assert set(said["clean"]["headlines"].values()) == {"pass"}
    assert said["explained"]["headlines"]["balanced"] == "explained"
    assert said["look"]["headlines"]["balanced"] == "fail"
    assert said["fix"]["headlines"]["agency_reduced"] == "not_tested"
    assert set(said["csv"]["headlines"].values()) == {"not_tested"}
    assert [one["code"] for one in said["foreign"]["findings"]] == ["STR-101"]
    assert [one["code"] for one in said["csv"]["findings"]] == ["STR-001"]


def test_the_counts_count(folder: Path) -> None:
    clean, explained, fix, csv = as_json(folder, "clean.xlsx", "explained.xlsx", "fix.xlsx", "csv.xlsx")
    rules = sum(clean["counts"][key] for key in ("explained", "pass"))
    assert rules == len(sound("QYG").results) > 200
    assert clean["counts"]["pass"] == rules
    assert explained["counts"]["explained"] == len(explained["findings"]) > 0
    assert fix["counts"]["fix"] == sum(one["severity"] == "fix" and one["outcome"] == "fail" for one in fix["findings"]) > 0
    assert fix["counts"]["not_tested"] >= 20
    required = sum(cell.required for cell in issuable("QYG").layout.form.inputs())
    assert clean["counts"]["inputs"] == clean["counts"]["inputs_filled"] == required
    assert {csv["counts"][key] for key in COUNTS if key != "fix"} == {0}


def test_a_finding_names_its_place(folder: Path) -> None:
    (said,) = as_json(folder, "fix.xlsx")
    (finding,) = [one for one in said["findings"] if one["code"] == "STR-401"]
    sheet, cell = place_of("QYG", Key("agency", "medical", "dec"))
    place = ("agency", "medical", "dec", sheet, cell, "AGY0200, Medical and dental, December forecast")
    assert tuple(finding[key] for key in ("table", "line", "column", "sheet", "cell", "label")) == place
    assert (finding["severity"], finding["outcome"], finding["found"]) == ("fix", "fail", "TBC")


@pytest.mark.parametrize(("fail_on", "codes"), [("fix", EXIT), ("look", LOOK_EXIT), ("never", EXIT | {"fix": 0})])
def test_exit_codes(fail_on: str, codes: dict[str, int], folder: Path) -> None:
    (folder / file_name("QSL")).write_bytes(completed("QYG"))
    for kind, code in codes.items():
        name = file_name("QSL") if kind == "named" else f"{kind}.xlsx"
        assert check(folder, folder / name, "--fail-on", fail_on).exit_code == code, kind


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("clean", "look"), 0),
        (("fix", "clean"), 1),
        (("csv", "fix", "clean"), 3),
        (("clean", "foreign", "csv", "fix"), 4),
    ],
)
def test_with_several_files_the_largest_applies_and_each_is_reported(names: tuple[str, ...], code: int, folder: Path) -> None:
    result = check(folder, *(folder / f"{name}.xlsx" for name in names))
    assert result.exit_code == code
    firsts = [line for line in result.stdout.splitlines() if not line.startswith(" ")]
    assert [line.partition(":")[0] for line in firsts] == [f"{name}.xlsx" for name in names]
    assert result.stderr == ""


def test_a_folder_stands_for_its_files(folder: Path) -> None:
    inside = folder / "returns"
    inside.mkdir()
    for name in ("b.xlsx", "a.xlsx"):
        (inside / name).write_bytes(kinds()["clean"])
    for name in ("~$a.xlsx", ".DS_Store"):
        (inside / name).write_bytes(b"a mark")
    result = check(folder, "--json", inside)
    assert [one["file"] for one in json.loads(result.stdout)["returns"]] == ["a.xlsx", "b.xlsx"]
    assert result.exit_code == 0


def test_an_empty_folder_is_a_mistake(folder: Path) -> None:
    inside = folder / "empty"
    inside.mkdir()
    result = check(folder, inside)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{inside} holds no file to check" in result.stderr


def test_a_missing_file_is_a_mistake_told_before_anything_is_checked(folder: Path) -> None:
    result = check(folder, folder / "clean.xlsx", folder / "claen.xlsx")
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"There is no file {folder / 'claen.xlsx'}. Did you mean 'clean.xlsx'?" in result.stderr
    said = json.loads(check(folder, "--json", folder / "nowhere" / "a.xlsx").stdout)
    assert said["schema"] == 1
    assert said["error"]["kind"] == "usage"


def test_a_file_that_may_not_be_read_is_a_mistake(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def denied(path: Path, mode: str = "r", **_: object) -> IO[bytes]:
        if path.suffix == ".xlsx":
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, mode)

    opened = Path.open
    monkeypatch.setattr(Path, "open", denied)
    result = check(folder, folder / "clean.xlsx")
    assert (result.exit_code, result.stderr) == (2, f"{folder / 'clean.xlsx'}: Permission denied\n")


def test_in_words_the_heaviest_stands_first_with_what_to_do(folder: Path) -> None:
    result = check(folder, folder / "fix.xlsx", folder / "explained.xlsx", folder / "foreign.xlsx")
    lines = result.stdout.splitlines()
    sheet, cell = place_of("QYG", Key("agency", "medical", "dec"))
    assert lines[0] == "fix.xlsx: QYG, version 1.0: fix"
    assert lines[1].endswith(f"{len(required('QYG'))} of {len(required('QYG'))} answers filled")
    assert re.fullmatch(r"  cells: [\d,]+ input, [\d,]+ label, .*, 0 unexpected", lines[2])
    assert lines[3].startswith(f"  FIX        STR-401  {sheet} {cell} (AGY0200, Medical and dental, December forecast): ")
    assert lines[3].endswith("Type the number in figures alone, without words or letters.")
    explained = [line for line in lines if line.startswith("  EXPLAINED")]
    assert len(explained) >= 1
    assert lines[-1].startswith("  REFUSED    STR-101  ")
    assert "invalid" not in result.stdout.lower()


def required(code: str) -> list[Key]:
    """The inputs that must be answered."""
    return [cell.key for cell in issuable(code).layout.form.inputs() if cell.required and cell.key in answers(code)]


def published(ending: str) -> Iterable[Path]:
    """Other people's files."""
    if not PUBLISHED.is_dir():
        pytest.skip("../shared/data/published is not here")
    found = sorted(PUBLISHED.glob(f"*.{ending}"))
    assert found
    return found


def test_published_workbooks_are_not_ours(folder: Path) -> None:
    for path in published("xlsx"):
        result = check(folder, path)
        assert result.exit_code == 4, path.name
        assert f"{path.name}: refused\n" in result.stdout
        assert f"STR-101  The file carries neither our seal nor the codes of the {collection().title}." in result.stdout
        assert result.stderr == ""


def test_published_tables_are_no_workbooks(folder: Path) -> None:
    for path in published("csv"):
        result = check(folder, "--json", path)
        (said,) = json.loads(result.stdout)["returns"]
        assert (result.exit_code, said["state"]) == (3, "refused"), path.name
        assert [one["code"] for one in said["findings"]] == ["STR-001"]
        assert "a text, such as a CSV" in said["findings"][0]["message"]
