"""What mutants are judged by, judged itself: the plain reader by openpyxl, the judgement by readers silent or wrong."""

from dataclasses import replace
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.fuzz.bases import SHIPPED, SMALL, base
from tests.fuzz.oracle import breaches
from tests.fuzz.plain import Unsound, read_plainly
from tests.returns import check
from tests.spoil import Spoiled
from workbook_gen.definition.layout import address
from workbook_gen.definition.nodes import Key
from workbook_gen.desk.check import CheckedReturn

BASE = "small, filled in"


@pytest.mark.parametrize("name", [*SMALL, *SHIPPED])
def test_the_plain_reader_agrees_with_openpyxl(name: str) -> None:
    book = load_workbook(BytesIO(base(name).data))
    plain = base(name).plain
    assert list(plain.sheets) == book.sheetnames
    for sheet in book.worksheets:
        cells = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value not in (None, "")}
        ours = {place: cell for place, cell in plain.sheets[sheet.title].items() if cell.filled}
        assert ours.keys() == cells.keys()
        for place, cell in ours.items():
            held = f"={cell.formula}" if cell.formula is not None else cell.value
            is_date = cell.kind == "number" and not isinstance(cells[place], int | float)
            assert is_date or held == cells[place], (sheet.title, place)


def test_a_sound_file_breaks_no_property() -> None:
    for name in (*SMALL, *SHIPPED):
        one = base(name)
        assert list(breaches(one, one.data, one.checked)) == []


def spoiled(role: str, value: float | str | None, *, formula: str = "") -> tuple[bytes, CheckedReturn, str]:
    """The file with another value in its first cell of a role, checked, and the cell."""
    one = base(BASE)
    cell = next(cell for cell in one.issuable.layout.form.cells.values() if cell.role == role and cell.column.type == "number")
    sheet, row, column = one.issuable.layout.cells[cell.key]
    file = Spoiled(one.data)
    file.put(sheet, address(row, column), value, formula=formula)
    return file.data(), check(file.data(), one.file_name, one.desk), f"{sheet} {address(row, column)}"


@pytest.mark.parametrize(
    ("role", "value", "formula", "code"),
    [
        ("prefill", 1.5, "", "STR-301"),
        ("prefill", None, "", "STR-301"),
        ("total", 1.5, "", "STR-302"),
        ("total", 1.5, "A1+1", "STR-307"),
        ("input", "n/a", "", "STR-401"),
    ],
)
def test_a_difference_that_nobody_is_told_of_is_a_breach(role: str, value: float | str | None, formula: str, code: str) -> None:
    data, checked, where = spoiled(role, value, formula=formula)
    told = [finding for finding in checked.findings if finding.code == code]
    assert len(told) == 1
    assert list(breaches(base(BASE), data, checked)) == []
    silent = replace(checked, findings=tuple(finding for finding in checked.findings if finding not in told))
    found = list(breaches(base(BASE), data, silent))
    assert len(found) == 1
    assert found[0].startswith(where)


def test_a_label_that_nobody_is_told_of_is_a_breach() -> None:
    one = base(BASE)
    file = Spoiled(one.data)
    file.put("Cover", "A1", "Another title")
    checked = check(file.data(), one.file_name, one.desk)
    assert list(breaches(one, file.data(), checked)) == []
    (found,) = breaches(one, file.data(), replace(checked, findings=()))
    assert found.startswith("Cover A1: ")


def test_a_sheet_that_nobody_is_told_of_is_a_breach() -> None:
    one = base(BASE)
    file = Spoiled(one.data)
    file.rename("Guidance", "Guide")
    checked = check(file.data(), one.file_name, one.desk)
    assert list(breaches(one, file.data(), checked)) == []
    assert "sheet Guidance is gone, and nobody is told" in list(breaches(one, file.data(), replace(checked, findings=())))


def first(role: str) -> Key:
    """The first number of a role that has a value."""
    one = base(BASE)
    cells = one.issuable.layout.form.cells.values()
    return next(cell.key for cell in cells if cell.role == role and isinstance(one.checked.values[cell.key], float))


@pytest.mark.parametrize("role", ["prefill", "input"])
def test_a_value_that_does_not_stand_there_is_a_breach(role: str) -> None:
    one = base(BASE)
    wrong = replace(one.checked, values={**one.checked.values, first(role): 12_345.0})
    assert len(list(breaches(one, one.data, wrong))) == 1


def test_an_account_that_does_not_add_up_is_a_breach() -> None:
    one = base(BASE)
    wrong = replace(one.checked, account={**one.checked.account, "label": one.checked.account["label"] - 1})
    assert len(list(breaches(one, one.data, wrong))) == 1


def test_another_organisation_is_a_breach() -> None:
    one, other = base(BASE), base("small, as issued")
    assert len(list(breaches(one, one.data, other.checked))) == 1


def test_what_is_no_workbook_is_not_read_plainly() -> None:
    with pytest.raises(Unsound):
        read_plainly(b"PK\x03\x04 and no more")
    (found,) = breaches(base(BASE), b"", base(BASE).checked)
    assert found == "read, though the zip cannot be read"
