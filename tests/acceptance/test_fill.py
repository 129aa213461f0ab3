"""The command `fill`: values by code into a fresh workbook, what it carries, and what it says of what it does not carry."""

import json
from pathlib import Path

import pytest

from tests.filling import (
    CODE,
    FILE,
    MONEY,
    NAME,
    OTHER_MONEY,
    PLAN,
    fresh,
    half_filled,
    inputs_of,
    ledger,
    prepared,
    run,
    seal_key,
    spoilt,
    stamp_of,
    untouched,
)
from tests.returns import SEAL_KEY, answers, check, completed, desk, issuable, listing, place_of, structural_codes, written
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return prepared(tmp_path, monkeypatch)


def test_values_are_put_into_a_fresh_workbook(folder: Path) -> None:
    result = run(folder, FILE, "--from", ledger(folder, 'agency,medical,nov,"1,234"', "agency,medical,dec,(5)"))
    blank = sum(cell.required for cell in issuable(CODE).layout.form.inputs()) - 2
    says = f"2 values put into {fresh(folder)}; {blank} inputs still blank. Next: workbook-gen check {fresh(folder)}\n"
    assert (result.exit_code, result.stdout, result.stderr) == (0, says, "")
    found = {key: value for key, value in inputs_of(fresh(folder)).items() if value is not None}
    assert found == {MONEY: 1234.0, OTHER_MONEY: -5.0}
    assert (folder / NAME).read_bytes() == untouched()


def test_the_object_of_json(folder: Path) -> None:
    source = ledger(folder, "AGY1M08,AGY0200,5", header="main_code,sub_code,value")
    said = json.loads(run(folder, FILE, "--from", source, "--to", "{here}/new/QSL.xlsx", "--json").stdout)
    blank = sum(cell.required for cell in issuable(CODE).layout.form.inputs()) - 1
    assert said == {
        "schema": 1,
        "file": str(folder / NAME),
        "to": str(folder / "new" / "QSL.xlsx"),
        "organisation": CODE,
        "values": 1,
        "blank": blank,
        "dry_run": False,
    }
    assert inputs_of(folder / "new" / "QSL.xlsx")[MONEY] == 5.0


def test_the_last_blanks_are_counted(folder: Path) -> None:
    (folder / NAME).write_bytes(half_filled(MONEY, OTHER_MONEY))
    result = run(folder, FILE, "--from", ledger(folder, "agency,medical,nov,5"))
    assert result.stdout.startswith(f"1 value put into {fresh(folder)}; 1 input still blank. Next:")


@pytest.mark.parametrize("key", [SEAL_KEY, None], ids=["with the key", "without the key"])
def test_the_seal_stays_valid(key: bytes | None, folder: Path) -> None:
    if key is None:
        seal_key(folder).unlink()
    assert run(folder, FILE, "--from", ledger(folder, "agency,medical,nov,5")).exit_code == 0
    data = fresh(folder).read_bytes()
    assert structural_codes(check(data, NAME, desk())) == []
    assert stamp_of(data) == stamp_of(untouched()) is not None
    assert structural_codes(check(data, NAME, desk(bytes(32)))) == ["STR-102"]


def test_a_half_filled_workbook_keeps_what_it_holds(folder: Path) -> None:
    before: dict[Key, Value] = {**answers(CODE)}
    (folder / NAME).write_bytes(completed(CODE))
    rows = ("agency,medical,nov,7", "agency,medical,dec,", "contact,contact,name,Ann")
    assert run(folder, FILE, "--from", ledger(folder, *rows)).exit_code == 0
    changed: dict[Key, Value] = {MONEY: 7.0, Key("contact", "contact", "name"): "Ann"}
    assert before[MONEY] not in (7.0, None)
    after = {**before, **changed}
    assert inputs_of(fresh(folder)) == after
    assert fresh(folder).read_bytes() == written(issuable(CODE), after)


def test_what_a_fresh_workbook_does_not_carry_is_said(folder: Path) -> None:
    (folder / NAME).write_bytes(spoilt())
    result = run(folder, FILE, "--from", ledger(folder, "agency,other,nov,7"))
    first, *lines = result.stderr.splitlines()
    assert first == f"Of {NAME}, the fresh workbook carries the inputs alone. We found in it:"
    starts = [" ".join(place_of(CODE, key)) for key in (PLAN, MONEY, OTHER_MONEY)]
    assert len(lines) == 6
    assert [sum(line.startswith(f"  {start} (") for line in lines) for start in starts] == [1, 1, 1]
    assert [words for words in ("'TBC'", "#N/A", "'perhaps'", "'5'", "123,456", "99") if words not in result.stderr] == []
    assert result.exit_code == 0
    after = check(fresh(folder).read_bytes(), NAME)
    assert structural_codes(after) == ["STR-401", "STR-401", "STR-406", "STR-408"]
    assert {one.found for one in after.findings if one.code.startswith("STR")} == {"TBC", "#N/A", "perhaps", "5"}
    assert run(folder, FILE, "--from", "{here}/ledger.csv", "--force", "--quiet").stderr == ""


def test_an_input_that_could_not_be_read_is_mended_by_its_value(folder: Path) -> None:
    (folder / NAME).write_bytes(spoilt())
    rows = ("agency,medical,nov,7", "agency,medical,dec,8", "assurance,icb_agrees,answer,yes")
    result = run(folder, FILE, "--from", ledger(folder, *rows, "signoff,chief_executive,date,22/11/2023"))
    assert [words for words in ("'TBC'", "#N/A", "'perhaps'", "'5'") if words in result.stderr] == []
    assert len(result.stderr.splitlines()) == 3
    assert structural_codes(check(fresh(folder).read_bytes(), NAME)) == []


def test_all_faults_are_told_and_nothing_is_written(folder: Path) -> None:
    source = ledger(folder, "agency,medical,nov,5", "agncy,medical,dec,5", "agency,medical,jan", "agency,medical,feb,4.2m")
    before = listing(folder)
    result = run(folder, FILE, "--from", source, "--json")
    first, *lines = result.stderr.splitlines()
    assert result.exit_code == 2
    assert first == f"Nothing was filled in from {folder}/ledger.csv:"
    assert [line.split(":")[0] for line in lines] == ["  row 3", "  row 4", "  row 5"]
    assert json.loads(result.stdout)["error"] == {"kind": "figures", "message": first, "faults": [line[2:] for line in lines]}
    assert listing(folder) == before
