"""Formulas that people type into inputs: worked out where they are plain arithmetic, left alone where they are not."""

import pytest

from tests.scanned import sheet_of
from workbook_gen.definition.values import CellError
from workbook_gen.excel.arithmetic import work_out
from workbook_gen.excel.cells import ScannedCell
from workbook_gen.excel.scan import Scan

Held = dict[tuple[int, int], ScannedCell]


def number(value: float) -> ScannedCell:
    return ScannedCell(value, None, locked=False)


def formula(text: str) -> ScannedCell:
    return ScannedCell(None, text, locked=False)


HOME: Held = {
    (1, 1): number(10.0),
    (2, 1): number(20.0),
    (3, 1): formula("A1+A2"),
    (4, 1): ScannedCell("n/a", None, locked=False),
    (5, 1): ScannedCell(CellError("#REF!"), None, locked=False),
    (6, 1): formula("A7"),
    (7, 1): formula("A6"),
    (8, 1): ScannedCell(True, None, locked=False),
}


@pytest.fixture
def scan() -> Scan:
    sheets = (sheet_of("Home", HOME), sheet_of("It's ours", {(1, 1): number(7.0)}))
    return Scan(sheets, (), date1904=False, properties={}, application="", findings=())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1200+300", 1500.0),
        (" 1 * 3", 3.0),
        ("2+3*4", 14.0),
        ("(2+3)*4", 20.0),
        ("10-4-3", 3.0),
        ("100/10/2", 5.0),
        ("2^3^2", 64.0),
        ("-2^2", 4.0),
        ("--5", 5.0),
        ("-" * 5000 + "5", 5.0),
        ("50%*200", 100.0),
        ("10%%", 0.001),
        ("1.5E3", 1500.0),
        ("A1", 10.0),
        ("$A$1*2", 20.0),
        ("a1+a2", 30.0),
        ("A3", 30.0),
        ("B9+1", 1.0),
        ("SUM(A1:A3)", 60.0),
        ("SUM(A1:A2,5)", 35.0),
        ("sum(1,2)/3", 1.0),
        ("'It''s ours'!A1*2", 14.0),
        ("Home!A1", 10.0),
    ],
)
def test_plain_arithmetic_is_worked_out(scan: Scan, text: str, value: float) -> None:
    assert work_out(text, scan.sheets[0], scan) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1+",
        "(1",
        "1)",
        "1 2",
        "A4+1",
        "A5",
        "A6",
        "A8",
        "1/0",
        "0/0",
        "(-8)^0.5",
        "9^999",
        "10^99*10^99*10^99*10^99",
        "IF(A1>0,1,2)",
        "ROUND(1.5,0)",
        "[1]Home!A1",
        "Elsewhere!A1",
        "SUM(A1:A2",
        "SUM(A1:Home!A2)",
        "SUM(A1:XFD1048576)",
        "A1:A2",
        '"12"',
        "A1&A2",
        "A1048577A",
        "(" * 60 + "1" + ")" * 60,
        "1e400",
        "threshold",
    ],
)
def test_all_else_is_left_alone(scan: Scan, text: str) -> None:
    assert work_out(text, scan.sheets[0], scan) is None


def test_what_reads_ever_more_cells_ends(scan: Scan) -> None:
    chain: Held = {(row, 1): formula(f"A{row + 1}+A{row + 1}+A{row + 1}") for row in range(1, 60)}
    assert work_out("A1", sheet_of("Home", chain), scan) is None
