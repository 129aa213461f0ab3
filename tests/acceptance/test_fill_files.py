"""The files of the command `fill`: standard input and output, dry runs, what it never replaces, and whom it turns away."""

import csv
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.filling import (
    AGREES,
    CODE,
    FILE,
    MONEY,
    NAME,
    OTHER_MONEY,
    SIGNED,
    fresh,
    inputs_of,
    ledger,
    prepared,
    run,
    spoilt,
    stamp_of,
    untouched,
)
from tests.returns import SEAL_KEY, answers, issuable, listing, written
from tests.spoil import Spoiled
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import day_of
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return prepared(tmp_path, monkeypatch)


def test_standard_input_is_read(folder: Path) -> None:
    result = run(folder, FILE, "--from", "-", stdin="main_code;sub_code;value\nCON1NAM;CON0100;x\n".encode("utf-8-sig"))
    assert result.stderr.splitlines()[0] == "Nothing was filled in from standard input:"
    good = run(folder, FILE, "--from", "-", stdin=b"main_code;sub_code;value\r\nAGY1M08;AGY0200;\xa35\r\n")
    assert good.exit_code == 0
    assert inputs_of(fresh(folder))[MONEY] == 5.0


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    source = ledger(folder, "agency,medical,nov,5")
    before = listing(folder)
    result = run(folder, FILE, "--from", source, "--dry-run")
    assert (result.exit_code, result.stdout.split(";")[0]) == (0, f"1 value would be put into {fresh(folder)}")
    assert json.loads(run(folder, FILE, "--from", source, "--dry-run", "--json").stdout)["dry_run"] is True
    result = run(folder, FILE, "--template", "{here}/new.csv", "--dry-run")
    assert (result.exit_code, "would be written to" in result.stdout) == (0, True)
    assert listing(folder) == before


def test_the_template_is_a_csv_that_shows_what_stands_there(folder: Path) -> None:
    (folder / NAME).write_bytes(spoilt())
    result = run(folder, FILE, "--template", "{here}/t.csv", "--json")
    cells = list(issuable(CODE).layout.form.inputs())
    counts = {"organisation": CODE, "inputs": len(cells), "dry_run": False}
    assert json.loads(result.stdout) == {"schema": 1, "file": str(folder / NAME), "template": str(folder / "t.csv"), **counts}
    with (folder / "t.csv").open(encoding="utf-8-sig", newline="") as stream:
        shown = {Key(row["table"], row["line"], row["column"]): row["value"] for row in csv.DictReader(stream)}
    assert list(shown) == [cell.key for cell in cells]
    assert shown[MONEY] == "TBC"
    assert shown[OTHER_MONEY] == "#N/A"
    assert shown[AGREES] == "perhaps"
    signed = SIGNED._replace(line="chief_finance_officer")
    assert shown[signed] == f"{day_of(float(str(answers(CODE)[signed]))):%d/%m/%Y}"
    assert float(shown[MONEY._replace(column="jan")]) == answers(CODE)[MONEY._replace(column="jan")]
    again = run(folder, FILE, "--template", "-")
    assert again.stdout_bytes == (folder / "t.csv").read_bytes()
    refused = run(folder, FILE, "--from", "{here}/t.csv")
    assert (refused.exit_code, len(refused.stderr.splitlines())) == (2, 5)


MISTAKES = (
    ((FILE,), "Give either --template CSV"),
    ((FILE, "--from", "{here}/ledger.csv", "--template", "{here}/t.csv"), "Give either --template CSV"),
    ((FILE, "--template", "{here}/t.csv", "--to", "{here}/x.xlsx"), "Leave --to out."),
    ((FILE, "--template", "-", "--json"), "Give --template a file."),
    (("{here}/QSL_h2_2023.xlsx", "--from", "{here}/ledger.csv"), f"no file {{here}}/QSL_h2_2023.xlsx. Did you mean '{NAME}'?"),
    ((FILE, "--from", "{here}/leger.csv"), "There is no file {here}/leger.csv. Did you mean 'ledger.csv'?"),
    (("{here}/workspace", "--from", "{here}/ledger.csv"), "{here}/workspace is a folder. Name a file."),
    ((FILE, "--from", "{here}/ledger.csv", "--to", FILE, "--force"), "stays as it is. Name another"),
    ((FILE, "--from", "{here}/ledger.csv", "--to", "{here}/new/../" + NAME, "--force"), "stays as it is."),
    ((FILE, "--from", "{here}/ledger.csv", "--to", "{here}/nowhere/../" + NAME, "--force"), "stays as it is."),
    ((FILE, "--from", "{here}/ledger.csv", "--to", "{here}/link.xlsx", "--force"), "stays as it is."),
    ((FILE, "--from", "{here}/ledger.csv", "--to", "{here}/ledger.csv", "--force"), "end its name with .xlsx."),
    ((FILE, "--template", FILE, "--force"), "stays as it is. Name another with --template."),
    (
        (FILE, "--template", "{here}/ledger.csv"),
        "There is a file {here}/ledger.csv already. Replace it with --force",
    ),
    ((FILE, "--from", "{here}/ledger.csv", "--to", "{here}/other.xlsx"), "Replace it with --force"),
    ((FILE, "--from", "{here}/ledger.csv", "--to", "{here}/ledger.csv/x.xlsx"), "ledger.csv"),
    ((FILE, "--from", FILE), "The file is not UTF-8 text."),
)


@pytest.mark.parametrize(("arguments", "says"), MISTAKES)
def test_a_mistake_ends_with_2_and_leaves_every_file_as_it_is(arguments: tuple[str, ...], says: str, folder: Path) -> None:
    ledger(folder, "agency,medical,nov,5")
    (folder / "new").mkdir()
    (folder / "other.xlsx").write_bytes(b"another")
    (folder / "link.xlsx").hardlink_to(folder / NAME)
    before = listing(folder)
    result = run(folder, *arguments)
    assert result.exit_code == 2
    assert says.replace("{here}", str(folder)) in result.stderr
    assert listing(folder) == before


def test_with_force_a_file_is_replaced(folder: Path) -> None:
    source = ledger(folder, "agency,medical,nov,5")
    for argument in ("--from", "--template"):
        target = folder / f"there{argument}.xlsx"
        target.write_bytes(b"another")
        named = (argument, source, "--to", str(target)) if argument == "--from" else (argument, str(target))
        assert run(folder, FILE, *named).exit_code == 2
        assert target.read_bytes() == b"another"
        assert run(folder, FILE, *named, "--force").exit_code == 0
        assert len(target.read_bytes()) > 10_000


def with_stamp(**facts: str) -> bytes:
    """The workbook with other facts in its stamp, sealed for them."""
    one = issuable(CODE)
    stamp = sealed(replace(one.stamp(1), **facts), SEAL_KEY)  # type: ignore[arg-type]
    return write_workbook(one.layout, one.contents({}, stamp), settings_of(one.collection))


def without_seal() -> bytes:
    """The workbook after a program that keeps neither properties nor the About sheet's seal."""
    file = Spoiled(untouched())
    file.drop_properties()
    stamp = stamp_of(untouched())
    assert stamp is not None
    file.members = {name: part.replace(stamp.seal.encode(), b"") for name, part in file.members.items()}
    return file.data()


TURNED_AWAY: dict[str, tuple[Callable[[], bytes], int, str]] = {
    "not a workbook": (lambda: b"PK", 3, "cannot be read as a workbook of ours"),
    "another version": (lambda: with_stamp(version="0.9"), 4, "The file is version 0.9"),
    "another collection": (lambda: with_stamp(collection="other"), 4, "The file belongs to other"),
    "seal broken": (lambda: written(issuable(CODE), {}, bytes(32)), 4, "does not match the file"),
    "other national figures": (
        lambda: with_stamp(national="0" * 64),
        2,
        "was issued with other national figures than those here.",
    ),
    "another layout": (
        lambda: with_stamp(layout="0" * 64),
        2,
        "was issued with another layout than the definition here makes.",
    ),
    "no seal": (without_seal, 2, "carries no seal, so a fresh workbook would have none."),
}


@pytest.mark.parametrize("option", ["--from", "--template"])
@pytest.mark.parametrize("why", TURNED_AWAY)
def test_a_file_that_cannot_be_written_again_is_turned_away(why: str, option: str, folder: Path) -> None:
    made, code, says = TURNED_AWAY[why]
    (folder / NAME).write_bytes(made())
    source = ledger(folder, "agency,medical,nov,5")
    before = listing(folder)
    result = run(folder, FILE, option, source if option == "--from" else "{here}/t.csv", "--json")
    assert result.exit_code == code
    assert says in result.stderr
    error = json.loads(result.stdout)["error"]
    assert error["message"] == result.stderr.splitlines()[0]
    assert listing(folder) == before
