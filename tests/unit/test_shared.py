"""Shared formulas moved to another cell: relative references follow, everything else stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.formula.translate import Translator

from workbook_gen.excel.shared import column_letters, column_number, moved


@pytest.mark.parametrize(
    ("formula", "rows", "columns", "expected"),
    [
        ("A1", 1, 1, "B2"),
        ("$A1+A$1+$A$1", 2, 3, "$A3+D$1+$A$1"),
        ("SUM(A1:B2)", 1, 0, "SUM(A2:B3)"),
        ("SUM(A:A)+SUM($B:C)", 5, 1, "SUM(B:B)+SUM($B:D)"),
        ("SUM(1:1)+SUM($2:3)", 5, 1, "SUM(6:6)+SUM($2:8)"),
        ("Z9+AZ9", -8, 1, "AA1+BA1"),
        ('"A1"&A1&"say ""A1"""', 1, 0, '"A1"&A2&"say ""A1"""'),
        ("'A1 it''s'!A1+Sheet1!B2+Agency.A1!C3", 1, 0, "'A1 it''s'!A2+Sheet1!B3+Agency.A1!C4"),
        ("Jan:Mar!A1+'Jan A1:Mar'!A1", 1, 0, "Jan:Mar!A2+'Jan A1:Mar'!A2"),
        ("[1]Sheet1!A1+'[2]A1'!B1", 1, 0, "[1]Sheet1!A2+'[2]A1'!B2"),
        ("LOG10(A1)+ATAN2(A1,B1)+DAYS360(A1,B1)", 1, 0, "LOG10(A2)+ATAN2(A2,B2)+DAYS360(A2,B2)"),
        ("_xlfn.STDEV.S(A1:A3)", 0, 1, "_xlfn.STDEV.S(B1:B3)"),
        ("1E5+2.5E3+.5E1+E5", 1, 0, "1E5+2.5E3+.5E1+E6"),
        ("rate1_x+H2_rate+tax.A1+Über1+TRUE", 1, 0, "rate1_x+H2_rate+tax.A1+Über1+TRUE"),
        ("Table1[[#This Row],[A1]]+Table1[B2]", 1, 0, "Table1[[#This Row],[A1]]+Table1[B2]"),
        ("IF(A1=#N/A,#DIV/0!,Sheet1!#REF!)", 1, 0, "IF(A2=#N/A,#DIV/0!,Sheet1!#REF!)"),
        ("XFE1+ABC1048577+A0", 1, 0, "XFE1+ABC1048577+A0"),
        ("A1:INDEX(A:A,B1)", 1, 0, "A2:INDEX(A:A,B2)"),
        ("A1#", 1, 0, "A2#"),
        ("A2 + ( B2 )", -1, -1, "#REF! + ( A1 )"),
        ("SUM(A:A)+SUM(1:1)", -1, -1, "SUM(#REF!)+SUM(#REF!)"),
        ("XFD1048576", 1, 0, "#REF!"),
        ("XFD1048576", 0, 1, "#REF!"),
        ("a1", 1, 1, "B2"),
        ("-A1%^2<>B1", 1, 0, "-A2%^2<>B2"),
        ("{1,2;3,4}*A1", 1, 0, "{1,2;3,4}*A2"),
        ("", 1, 1, ""),
    ],
)
def test_references_move_and_nothing_else(formula: str, rows: int, columns: int, expected: str) -> None:
    assert moved(formula, rows, columns) == expected


REFERENCES = st.sampled_from(["A1", "$B2", "C$3", "$D$4", "AA10:$AB12", "A:$C", "3:$5", "'It''s A1'!Z9", "Plan!B7"])
OTHERS = st.sampled_from(["12", "1.5", '"A1 ""x"""', "TRUE", "SUM(A1,B2)", "LOG10(C3)"])


@given(
    st.lists(REFERENCES | OTHERS, min_size=1, max_size=8),
    st.lists(st.sampled_from("+-*/&"), min_size=8, max_size=8),
    st.integers(0, 50),
    st.integers(0, 50),
)
def test_as_openpyxl_moves_them(operands: list[str], operators: list[str], rows: int, columns: int) -> None:
    formula = operands[0] + "".join(sign + operand for sign, operand in zip(operators, operands[1:], strict=False))
    there = Translator(f"={formula}", origin="A1").translate_formula(f"{column_letters(columns + 1)}{rows + 1}")
    assert f"={moved(formula, rows, columns)}" == there


@given(st.integers(1, 16_384))
def test_columns_have_letters_and_back(number: int) -> None:
    assert column_number(column_letters(number)) == number


def test_the_ends_of_the_sheet_have_their_letters() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 702, 703, 16_384)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
