"""Values, formulas and locks equal openpyxl's, of workbooks made here and of those that others published."""

import datetime
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.cells_in_xml import cells_in_xml
from tests.returns import PUBLISHED
from tests.second_opinion import (
    ESCAPED,
    LEAP_DAY,
    MERGED,
    NO_DAY,
    Compared,
    compare,
    compared,
    ours,
    scanned,
    theirs,
)
from tests.spoil import Spoiled

SHEET = "Plan & it's £"
TEXTS = (" text <0> \n£ ", "😀 “quoted” \"'", "=1+1", "a_x000D_b", "tab\tstop", "\u00a0", "x" * 32_000)
NUMBERS = (0.0, -0.0, 0.1 + 0.2, 1 / 3, -1e-7, 1e308, 5e-324, 123_456_789_012_345_678.0)


def every_sort(path: Path, *, since_1904: bool = False) -> bytes:
    """A workbook with every sort of value, formula and lock that XlsxWriter writes."""
    with xlsxwriter.Workbook(path, {"date_1904": since_1904, "strings_to_formulas": False}) as workbook:
        open_, bold = workbook.add_format({"locked": False}), workbook.add_format({"bold": True})
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        times = [workbook.add_format({"num_format": form}) for form in ("hh:mm:ss", "[h]:mm", "d mmm yyyy hh:mm:ss.000")]
        sheet = workbook.add_worksheet(SHEET)
        for row in range(40):
            sheet.write_number(row, 0, row * 1.1 - 7, open_ if row % 3 else None)
            sheet.write_string(row, 1, TEXTS[row % len(TEXTS)], open_)
            sheet.write_boolean(row, 2, row % 2 == 0)
            sheet.write_formula(row, 3, f"=SUM(A1:A{row + 1})*2", open_, row)
            sheet.write_formula(row, 4, '=IF(A1>0,"yes","")', None, "yes" if row % 2 else "")
            sheet.write_blank(row, 5, None, open_)
            sheet.write_datetime(row, 6, datetime.date(2023, 11, 1 + row % 28), day)
            sheet.write_number(row, 7, 1000 + row * 1.000_123, times[row % 3])
            sheet.write_number(row, 8, NUMBERS[row % len(NUMBERS)])
        sheet.write_rich_string("K1", "plain ", bold, " bold ", "\nend ")
        for row, value in enumerate(("#DIV/0!", "#N/A", "", True, False, -0.5)):
            sheet.write_formula(row, 11, "=A1+Missing", None, value)
        sheet.write_array_formula("M1:M3", "{=A1:A3*2}", None, 5)
        sheet.write_dynamic_array_formula("N1", "=A1:A3*2", None, 5)
        sheet.protect()
        workbook.add_worksheet("Empty")
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=Empty!$A$1:$A$3"})
        workbook.add_chartsheet("Chart").set_chart(chart)
    return path.read_bytes()


def saved_by_openpyxl(data: bytes, path: Path) -> bytes:
    """The same as openpyxl writes it."""
    (path.parent / "before.xlsx").write_bytes(data)
    openpyxl.load_workbook(path.parent / "before.xlsx").save(path)
    return path.read_bytes()


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("program", ["XlsxWriter", "openpyxl"])
def test_values_formulas_and_locks_are_as_openpyxl_reads_them(tmp_path: Path, since_1904: bool, program: str) -> None:
    data = every_sort(tmp_path / "made.xlsx", since_1904=since_1904)
    if program == "openpyxl":
        data = saved_by_openpyxl(data, tmp_path / "again.xlsx")
    found = compared(data)
    assert found.unexplained == []
    assert set(found.reasons) == ({ESCAPED} if program == "openpyxl" else set())
    assert found.cells == cells_in_xml(data) > 300
    assert found.formulas > 80
    assert scanned(data).date1904 == since_1904
    locks = Counter(cell.locked for cell in ours(scanned(data)).sheets[SHEET].values())
    assert min(locks[True], locks[False]) > 50


def test_shared_formulas_are_written_out_as_openpyxl_writes_them_out(tmp_path: Path) -> None:
    opened = Spoiled(every_sort(tmp_path / "made.xlsx"))
    part = opened.parts[SHEET]
    text = opened.members[part].decode()
    master = "SUM($A1,A$1,$A$1:B2)*IF(C1,&quot;A1&quot;,'Empty'!A1)+LOG10(A1)"
    text = text.replace("<f>SUM(A1:A1)*2</f>", f'<f t="shared" ref="D1:D40" si="0">{master}</f>')
    for row in range(2, 41):
        text = text.replace(f"<f>SUM(A1:A{row})*2</f>", '<f t="shared" si="0"/>')
    opened.members[part] = text.encode()
    found = compared(opened.data())
    assert found.differences == ()
    cells = ours(scanned(opened.data())).sheets[SHEET]
    assert cells[40, 4].formula == "SUM($A40,A$1,$A$1:B41)*IF(C40,\"A1\",'Empty'!A40)+LOG10(A40)"


def test_every_reason_to_differ_is_known_where_it_occurs_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "odd.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet = workbook.add_worksheet("Odd")
        for row, number in enumerate((60.0, 59.0, 61.0, 3e6, 1e9, -1.0)):
            sheet.write_number(row, 0, number, day)
        sheet.merge_range("C1:D2", "kept")
        sheet.write_string("D2", "under the merge")
        sheet.write_string("E1", "line\r\nbreak")
    found = compared(path.read_bytes())
    assert {(one.cell, one.reason) for one in found.differences} == {
        ("A1", LEAP_DAY),
        ("A4", NO_DAY),
        ("A5", NO_DAY),
        ("D2", MERGED),
        ("E1", ESCAPED),
    }
    assert found.cells == cells_in_xml(path.read_bytes()) == 9


PLANTED: dict[str, Callable[[Spoiled], None]] = {
    "value": lambda file: file.put(SHEET, "A7", 0.400_000_000_000_1),
    "formula": lambda file: file.put(SHEET, "D7", 6.0, formula="SUM(A1:A7)*3"),
    "lock": lambda file: file.cell(SHEET, "A7").attrib.update(s=file.cell(SHEET, "A8").get("s", "0")),
    "cell": lambda file: file.put(SHEET, "A7", None),
}
"""One thing changed in one cell, and what is to be found different."""


@pytest.mark.parametrize("what", PLANTED)
def test_a_planted_difference_is_found(tmp_path: Path, what: str) -> None:
    data = every_sort(tmp_path / "made.xlsx")
    opened = Spoiled(data)
    PLANTED[what](opened)
    planted = opened.data()
    cell = "D7" if what == "formula" else "A7"
    for found in (compare(ours(scanned(planted)), theirs(data)), compare(ours(scanned(data)), theirs(planted))):
        assert [(one.sheet, one.cell, one.what) for one in found.unexplained] == [(SHEET, cell, what)]


def test_a_sheet_that_one_of_them_does_not_see_is_found(tmp_path: Path) -> None:
    data = every_sort(tmp_path / "made.xlsx")
    opened = Spoiled(data)
    opened.rename("Empty", "Void")
    with pytest.raises(AssertionError):
        compare(ours(scanned(opened.data())), theirs(data))


def published() -> list[Path]:
    """The workbooks that others published, where the shared data are at hand."""
    return sorted(PUBLISHED.glob("*.xlsx"))


def test_published_workbooks_are_read_as_openpyxl_reads_them(record_property: Callable[[str, object], None]) -> None:
    if not published():
        pytest.skip(f"no workbook in {PUBLISHED.name}: the published ones are part of the shared data, not of the project")
    found: dict[str, Compared] = {}
    for path in published():
        data = path.read_bytes()
        found[path.name] = compared(data)
        assert found[path.name].cells == cells_in_xml(data)
        assert found[path.name].unexplained == [], path.name
    cells, formulas = (sum(getattr(one, what) for one in found.values()) for what in ("cells", "formulas"))
    explained = sum((one.reasons for one in found.values()), Counter[str]())
    told = (
        f"{cells:,} cells, {formulas:,} of them formulas, in {len(found)} workbooks, {explained.total()} explained differences"
    )
    record_property("openpyxl's opinion of published workbooks", told)
    assert cells > 10_000
    assert formulas > 1_000
