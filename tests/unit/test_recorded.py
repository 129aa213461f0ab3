"""The writer's calls recorded: replayed without our code they give the same bytes; openpyxl writes the same cells."""

import io
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.worksheet import Worksheet as Written

from benchmarks.recorded import Recording, recorded
from benchmarks.with_openpyxl import written
from tests import shipped
from tests.garbage import left_by
from workbook_gen.desk.issue import written_again
from workbook_gen.excel.write import PlainSheet

CODE = "QSL"


@pytest.fixture(scope="module")
def recording() -> Recording:
    with recorded() as found:
        written_again(shipped.issuable(CODE), 1, bytes(32))
    return found


@pytest.fixture(scope="module")
def issued() -> bytes:
    return written_again(shipped.issuable(CODE), 1, bytes(32))


@pytest.mark.parametrize("sheet", [None, Written, PlainSheet])
def test_a_replay_gives_the_same_bytes(recording: Recording, issued: bytes, sheet: type[Written] | None) -> None:
    """By XlsxWriter's own worksheet as by ours, which spares it work and changes nothing."""
    stream = io.BytesIO()
    recording.script(sheet)(stream)
    assert stream.getvalue() == issued


def test_a_replay_without_one_call_gives_other_bytes(recording: Recording, issued: bytes) -> None:
    place = max(n for n, call in enumerate(recording.calls) if call.method == "write_formula")
    stream = io.BytesIO()
    Recording(recording.calls[:place] + recording.calls[place + 1 :]).script()(stream)
    assert stream.getvalue() != issued


def cells(sheet: Worksheet) -> dict[str, object]:
    """What stands in each cell and how it looks, but for empty texts, which openpyxl does not keep."""
    return {
        cell.coordinate: (None if cell.value == "" else cell.value, *look(cell)) for row in sheet.iter_rows() for cell in row
    }


def look(cell: Any) -> tuple[object, ...]:
    return cell.number_format, cell.protection.locked, cell.font.b, str(cell.fill.fgColor.rgb)[-len("RRGGBB") :]


def test_openpyxl_writes_the_same_cells_validations_and_conditions(recording: Recording, issued: bytes) -> None:
    ours, theirs = load_workbook(io.BytesIO(issued)), load_workbook(io.BytesIO(written(recording)))
    assert ours.sheetnames == theirs.sheetnames
    assert ours.defined_names.keys() == theirs.defined_names.keys()
    for one, other in zip(ours.worksheets, theirs.worksheets, strict=True):
        assert cells(one) == cells(other)
        assert len(one.data_validations.dataValidation) == len(other.data_validations.dataValidation)
        assert len(one.conditional_formatting) == len(other.conditional_formatting)
        assert len(vars(one)["_charts"]) == len(vars(other)["_charts"])


def test_a_workbook_that_is_written_leaves_no_garbage() -> None:
    """XlsxWriter's workbooks and sheets hold on to each other; ours are parted, and gone without a collector."""
    shipped.issuable(CODE)
    assert left_by(lambda: written_again(shipped.issuable(CODE), 1, bytes(32))) < 100
