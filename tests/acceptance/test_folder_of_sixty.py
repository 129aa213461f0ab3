"""A folder as it lies on the central team's drive: sixty files of every kind, checked in one pass, in order, each reported."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.acceptance.test_check import foreign
from tests.returns import SEAL_KEY, collection, completed, desk, file_name, place_of, systems
from tests.spoil import Spoiled
from workbook_gen.cli import main
from workbook_gen.definition.nodes import Key
from workbook_gen.desk import check as checking
from workbook_gen.desk.check import check_file
from workbook_gen.desk.receipt import as_json
from workbook_gen.excel.package import Package, open_package

POISON = b"PK\x03\x04 the file that ends the process that reads it"
SLOW_POISON = b"PK\x03\x04 the file that our reader stumbles over"
SYSTEM = "QSL"
pytestmark = pytest.mark.xdist_group("sixty")


def returns() -> Iterator[tuple[str, bytes, str]]:
    """A file's name, its bytes, and what becomes of it: the state, or the code that it is turned away with."""
    for code in systems()[:20]:
        yield file_name(code), completed(code), ""
    for number, code in enumerate(systems()[20:30]):
        spoiled = Spoiled(completed(code))
        spoiled.put(*place_of(code, Key("capacity", "discharge_packages", "october")), "TBC" if number % 2 else "#REF!")
        yield f"{code} second try.xlsx", spoiled.data(), "fix"
    for code in systems()[30:34]:
        yield f"{code} look.xlsx", completed(code, "deficit_unexplained"), "look"
    good = completed(SYSTEM)
    yield f"{SYSTEM} copy (1).xlsx", good, ""
    yield f"{systems()[0]}_by_mistake.xlsx", good, "STR-106"
    for number, length in enumerate((0, 1, 3, 40, 1000, len(good) // 2, len(good) - 1)):
        yield f"cut {number}.xlsx", good[:length], "STR-001" if length < 2 else "STR-007"
    for name, data, code in (
        ("ledger.csv", b"org_code,value\nQSL,12\n", "STR-001"),
        ("letter.pdf", b"%PDF-1.7\n", "STR-001"),
        ("logo.png", b"\x89PNG\r\n\x1a\n", "STR-001"),
        ("page.html", b"<!DOCTYPE html><html></html>", "STR-001"),
        ("notes.txt", b"call Tuesday", "STR-001"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "STR-001"),
        ("plan.xlsx", foreign(), "STR-101"),
        ("bomb.xlsx", b"PK\x03\x04" + bytes(20_000_001), "STR-008"),
        ("poison.xlsx", POISON, "STR-012"),
        ("stumble.xlsx", SLOW_POISON, "STR-012"),
    ):
        yield name, data, code
    for number in range(7):
        changed = Spoiled(completed(SYSTEM))
        changed.unprotect("Agency")
        yield f"{SYSTEM} unprotected {number}.xlsx", changed.data(), ""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, beside a workspace with the key."""
    above = tmp_path_factory.mktemp("sixty")
    home = above / "output" / collection().key
    home.mkdir(parents=True)
    (home / "seal.key").write_text(SEAL_KEY.hex(), encoding="ascii")
    inbox = above / "inbox"
    inbox.mkdir()
    for name, data, _ in returns():
        (inbox / name).write_bytes(data)
    (inbox / f"~${file_name(SYSTEM)}").write_bytes(b"\x05Owner")
    (inbox / ".DS_Store").write_bytes(b"\0")
    (inbox / "last week").mkdir()
    return inbox


def run(folder: Path, *arguments: str) -> Result:
    """The command, with the folder's workspace; two of the files break whatever process reads them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checking, "open_package", dangerous)
        result = CliRunner().invoke(main, ["check", *arguments, "--workspace", str(folder.parent / "output")])
    assert isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def result(folder: Path) -> Result:
    """The folder checked in one go."""
    return run(folder, str(folder), "--json")


def dangerous(data: bytes) -> Package:
    """The reader, were there files that it does not survive."""
    if data == POISON:
        os._exit(11)
    if data == SLOW_POISON:
        raise ZeroDivisionError
    return open_package(data)


def test_every_file_is_reported_in_order_in_one_pass(result: Result) -> None:
    found = json.loads(result.stdout)["returns"]
    owed = {name: code for name, _, code in returns()}
    assert len(owed) == len(found) == 60
    assert [one["file"] for one in found] == sorted(owed)
    wrong = [(one["file"], one["state"], _codes(one)) for one in found if not _is_owed(one, owed[one["file"]])]
    assert wrong == []
    assert result.exit_code == 4
    left_out = [line for line in result.stderr.splitlines() if line.startswith("Left out: ")]
    assert [line.split(": ")[1].split(", ")[0].rpartition("/")[2] for line in left_out] == [
        "last week",
        f"~${file_name(SYSTEM)}",
    ]


def _codes(one: dict[str, list[dict[str, str]]]) -> set[str]:
    return {finding["code"] for finding in one["findings"]}


def _is_owed(one: dict[str, object], owed: str) -> bool:
    findings = one["findings"]
    assert isinstance(findings, list)
    codes = {finding["code"] for finding in findings}
    if owed.startswith("STR-1") and owed != "STR-101":
        return one["state"] == "fix" and owed in codes
    if owed.startswith("STR-"):
        return one["state"] == "refused" and codes == {owed}
    return one["state"] == (owed or one["state"]) and (bool(owed) or one["state"] in ("clean", "explained"))


def test_each_is_said_to_be_what_it_is_alone(folder: Path, result: Result) -> None:
    """In company or alone, before a file that breaks the reader or behind one: the same."""
    found = {one["file"]: one for one in json.loads(result.stdout)["returns"]}
    whole = [name for name, _, code in returns() if not code.startswith("STR-0")]
    assert len(whole) > 30
    for name in whole[::3]:
        alone = as_json(check_file(folder / name, desk()), collection())
        assert found[name] == alone, name


def test_named_one_by_one_a_lock_file_is_refused_with_the_name_of_what_to_return(folder: Path) -> None:
    name = f"~${file_name(SYSTEM)}"
    result = run(folder, str(folder / name))
    assert result.exit_code == 3
    assert "STR-013" in result.stdout
    assert "without ~$ in front" in result.stdout
