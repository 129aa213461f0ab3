"""Values, formulas and locks equal openpyxl's, of workbooks made here and of those that others published."""

import datetime
import warnings
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from workbook_gen.excel.package import open_package
from workbook_gen.excel.scan import Scan, ScannedSheet, scan

PUBLISHED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "published"


def scanned(data: bytes) -> Scan:
    return scan(open_package(data))


Book = dict[str, dict[tuple[int, int], tuple[object, str | None, bool]]]


def ours(sheets: tuple[ScannedSheet, ...]) -> Book:
    """Values, formulas and locks of every cell that holds something."""
    return {
        sheet.name: {
            place: (_plain(cell.value), cell.formula, cell.locked)
            for place, cell in sheet.cells.items()
            if cell.value is not None or cell.formula is not None
        }
        for sheet in sheets
        if sheet.kind == "worksheet"
    }


def theirs(data: bytes) -> Book:
    """The same as openpyxl reads it, with both of its loads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        values = openpyxl.load_workbook(BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(BytesIO(data))
    found: Book = {}
    for sheet, with_formulas in zip(values.worksheets, formulas.worksheets, strict=True):
        assert isinstance(sheet, Worksheet)
        assert isinstance(with_formulas, Worksheet)
        cells = found.setdefault(str(sheet.title), {})
        for row, row_with_formulas in zip(sheet.iter_rows(), with_formulas.iter_rows(), strict=True):
            for cell, twin in zip(row, row_with_formulas, strict=True):
                value, formula = _serial(cell.value), _formula(twin.value, twin.data_type)
                if value is not None or formula is not None:
                    cells[int(cell.row or 0), int(cell.column or 0)] = (_plain(value), formula, bool(cell.protection.locked))
    return found


def _serial(value: object) -> object:
    """A date as the serial day that the file holds; the workbooks here count from 1900."""
    if isinstance(value, datetime.datetime):
        return (value - datetime.datetime(1899, 12, 30, tzinfo=value.tzinfo)) / datetime.timedelta(days=1)
    return value


def _formula(value: object, kind: str) -> str | None:
    if isinstance(value, ArrayFormula):
        return str(value.text).removeprefix("=")
    if isinstance(value, DataTableFormula):
        return f"TABLE({value.r1 or ''},{value.r2 or ''})"
    return str(value).removeprefix("=") if kind == "f" else None


def _plain(value: object) -> object:
    """Numbers to nine digits (dates pass through a clock in openpyxl); texts as they are."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(f"{value:.9g}")
    return str(value) if isinstance(value, str) else value


def of_every_sort(path: Path) -> None:
    """A workbook with every sort of value, formula and lock that XlsxWriter writes."""
    with xlsxwriter.Workbook(path) as workbook:
        open_, bold = workbook.add_format({"locked": False}), workbook.add_format({"bold": True})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet("Plan & it's £")
        for row in range(40):
            sheet.write_number(row, 0, row * 1.1 - 7, open_ if row % 3 else None)
            sheet.write_string(row, 1, f" text <{row}> \n£ ", open_)
            sheet.write_boolean(row, 2, row % 2 == 0)
            sheet.write_formula(row, 3, f"=SUM(A1:A{row + 1})*2", open_, row)
            sheet.write_formula(row, 4, '=IF(A1>0,"yes","")', None, "yes" if row % 2 else "")
            sheet.write_blank(row, 5, None, open_)
            sheet.write_datetime(row, 6, datetime.date(2023, 11, 1 + row % 28), day)
        sheet.write_rich_string("H1", "plain ", bold, "bold", " end")
        sheet.write_formula("H2", "=1/0", None, "#DIV/0!")
        sheet.write_array_formula("I1:I3", "{=A1:A3*2}", None, 5)
        sheet.protect()
        workbook.add_worksheet("Empty")


def test_values_formulas_and_locks_are_as_openpyxl_reads_what_xlsxwriter_writes(tmp_path: Path) -> None:
    of_every_sort(tmp_path / "made.xlsx")
    data = (tmp_path / "made.xlsx").read_bytes()
    found = ours(scanned(data).sheets)
    assert len(found["Plan & it's £"]) > 240
    assert found == theirs(data)


def test_values_formulas_and_locks_are_as_openpyxl_reads_what_it_writes(tmp_path: Path) -> None:
    of_every_sort(tmp_path / "made.xlsx")
    openpyxl.load_workbook(tmp_path / "made.xlsx").save(tmp_path / "again.xlsx")
    data = (tmp_path / "again.xlsx").read_bytes()
    found = ours(scanned(data).sheets)
    assert len(found["Plan & it's £"]) > 240
    assert found == theirs(data)


@pytest.mark.parametrize("name", ["TAC_illustrative_2023-24.xlsx", "nhs_allocations_2023_2025.xlsx"])
def test_published_workbooks_are_read_as_openpyxl_reads_them(name: str) -> None:
    if not (PUBLISHED / name).exists():
        pytest.skip(f"{name} is not here: it is part of the shared data, not of the project")
    data = (PUBLISHED / name).read_bytes()
    found, expected = ours(scanned(data).sheets), theirs(data)
    assert list(found) == list(expected)
    for sheet, cells in expected.items():
        differing = {place for place in cells.keys() | found[sheet].keys() if cells.get(place) != found[sheet].get(place)}
        assert not differing, {place: (found[sheet].get(place), cells.get(place)) for place in sorted(differing)[:5]}
