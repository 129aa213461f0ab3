"""Formulas taken back to where their cells were issued: quotes, areas, $ marks, moved rows, other sheets, texts."""

import pytest

from tests.scanned import sheet_of
from workbook_gen.excel.align import AlignedSheet, Lines
from workbook_gen.excel.references import References


def sheet(name: str, issued: str, rows: dict[int, int], columns: dict[int, int]) -> AlignedSheet:
    scanned = sheet_of(name, {})
    return AlignedSheet(scanned, issued, Lines(rows), Lines(columns))


PLAN = sheet("Plan", "Plan", {1: 1, 5: 5, 8: 6, 9: 7, 10: 8}, {1: 1, 2: 2})
"""Two rows have been inserted above the sixth."""
RENAMED = sheet("Our costs", "Costs & income", {1: 1}, {1: 1, 4: 3})
"""The third column has been lost to two that were inserted: the second and third are new."""
SORTED = sheet("Sorted", "Sorted", {1: 1, 2: 4, 3: 3, 4: 2, 5: 5}, {1: 1})
MOVED = References((PLAN, RENAMED, SORTED))
UNMOVED = References((sheet("Plan", "Plan", {1: 1}, {1: 1}), sheet("Costs", "Costs", {1: 1}, {1: 1})))


@pytest.mark.parametrize(
    ("formula", "issued"),
    [
        ("A5+A8", "A5+A6"),
        ("$A$8*A$9*$A10", "$A$6*A$7*$A8"),
        ("SUM(A5:B10)", "SUM(A5:B8)"),
        ("SUM( A5 : B5 ,\n A8)", "SUM(A5:B5,A6)"),
        ("A6", "#REF!"),
        ("SUM(A7:A10)", "SUM(#REF!)"),
        ('IF(A8>0,"A8 is ""A9""",0)', 'IF(A6>0,"A8 is ""A9""",0)'),
        ("'Our costs'!$D$2", "'Costs & income'!$C$2"),
        ("SUM('Our costs'!A1:D1)", "SUM('Costs & income'!A1:C1)"),
        ("Plan!A8", "Plan!A6"),
        ("Sorted!A2-Sorted!A4", "Sorted!A4-Sorted!A2"),
        ("SUM(Sorted!A2:A4)", "SUM(Sorted!A2:A4)"),
        ("SUM(Sorted!$A$2:$A$3)", "SUM(Sorted!$A$3:$A$4)"),
        ("SUM(Sorted!A1:A2)", "SUM(Sorted!#REF!)"),
        ("Gone!A1", "#REF!"),
        ("LOG10(A8)+months_done+list_A8", "LOG10(A6)+months_done+list_A8"),
        ("[1]Plan!A8", "[1]Plan!A8"),
    ],
)
def test_a_formula_is_taken_back(formula: str, issued: str) -> None:
    assert MOVED.as_issued(formula, PLAN) == issued
    assert MOVED.is_as_issued(formula, PLAN, issued)
    assert not MOVED.is_as_issued(formula, PLAN, issued + "+1")


@pytest.mark.parametrize("formula", ["A5+A8", "Costs!C4", "SUM($A$1:B7)", 'IF(A1="a b","",Plan!A1)'])
def test_where_nothing_has_moved_a_formula_is_itself(formula: str) -> None:
    home = UNMOVED.sheets[0]
    assert UNMOVED.is_as_issued(formula, home, formula)
    assert UNMOVED.is_as_issued(formula.replace("+", " + "), home, formula)
    assert not UNMOVED.is_as_issued(formula.replace("1", "2").replace("4", "5").replace("8", "9"), home, formula)


@pytest.mark.parametrize(
    ("formula", "lost"),
    [("A1+Plan!A7", False), ("'Costs & income'!B1", True), ("'Costs & income'!C1", False), ("Other!A1", True)],
)
def test_a_formula_that_reads_what_is_gone_is_known(formula: str, lost: bool) -> None:
    costs = sheet("Our costs", "Costs & income", {1: 1}, {1: 1, 2: 3})
    assert References((PLAN, costs)).leads_nowhere(formula, "Plan") is lost
