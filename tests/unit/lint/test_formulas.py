"""Lines 25, 26, 28 and 43: formulas that reckon with nothing hidden, are short and few, and alike along a row."""

from dataclasses import replace

import pytest

from tests.unit.lint.breaking import edited, exhibit_of, matched, offences, with_book
from tests.unit.lint.written import address, formula, fresh, on_checks, place, with_formula, without_formula
from workbook_gen.lint.addresses import areas, at, relative
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.formulas import (
    line_25_nothing_volatile,
    line_26_short,
    line_28_alike_along_a_row,
    line_43_few,
)

CHECKS = (line_25_nothing_volatile, line_26_short, line_28_alike_along_a_row, line_43_few)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("code", ["QSL", "QYG"])
def test_an_issued_workbook_holds(check: Check, code: str) -> None:
    assert offences(check, exhibit_of(code)) == []


@pytest.mark.parametrize("check", CHECKS)
def test_a_workbook_without_formulas_does_not_pass(check: Check, exhibit: Exhibit) -> None:
    bare = with_book(exhibit, exhibit.book)
    for name in exhibit.book.sheets:
        part = bare.book.part_of(name)
        if "<f>" in bare.book.parts[part]:
            text = bare.book.parts[part]
            while "<f>" in text:
                before, _, rest = text.partition("<f>")
                text = before + rest.partition("</f>")[2]
            bare = with_book(bare, bare.book.changed({part: text}))
    assert "no sheet holds a formula" in offences(check, bare)


FORBIDDEN = [
    ("NOW()", "calls NOW, which is volatile"),
    ("C1+TODAY()", "calls TODAY"),
    ("RAND()", "calls RAND"),
    ('INDIRECT("C1")', "calls INDIRECT"),
    ("OFFSET(C1,1,1)", "calls OFFSET"),
    ("SUM(C:C)", "whole column or row: C:C"),
    ("SUM($C:$D)", "whole column or row: $C:$D"),
    ("SUM(Agency!C:C)", "whole column or row: Agency!C:C"),
    ("SUM(1:2)", "whole column or row: 1:2"),
    ("SUM(C1:C1048576)", "whole column or row"),
    ("SUM(A1:XFD1)", "whole column or row"),
    ("SUM({1,0})", "holds an array"),
    ("SUM(Table1[Value])", "refers to a structure"),
    ("SUM(_xlfn.ANCHORARRAY(C1))", "older programs lack"),
    ("SUM(C1#)", "cannot be read"),
    ("_xlfn.XLOOKUP(C1,C1:C2,C1:C2)", "older programs lack"),
    ("C1*3.7", "the constant 3.7"),
    ("C1+500", "the constant 500"),
    ("C1*2", "the constant 2"),
    ("ROUND(C1,3)", "the constant 3"),
    ("ROUND(C1*2,1)", "the constant 2"),
    ("ROUND(2,1)", "the constant 2"),
    ('COUNTIF(C1:C2,">500")', "the constant 500"),
    ("IF(C1>-13,1,0)", "the constant 13"),
]


@pytest.fixture(scope="module")
def spoilt(exhibit: Exhibit) -> dict[str, list[str]]:
    """What is said of each forbidden formula, each written in a cell of its own."""
    cells = [where for where, seen in exhibit.book.cells.items() if where[0] == "Agency" and seen.formula]
    written = {text: where for (text, _), where in zip(FORBIDDEN, cells[1:], strict=False)}
    assert len(written) == len(FORBIDDEN)
    broken = exhibit
    for text, where in written.items():
        broken = with_formula(broken, where, text)
    found = fresh(line_25_nothing_volatile, broken, exhibit)
    return {text: [one for one in found if one.startswith(f"{at(where)} ")] for text, where in written.items()}


@pytest.mark.parametrize(("text", "said"), FORBIDDEN)
def test_what_a_formula_may_not_hold(text: str, said: str, spoilt: dict[str, list[str]]) -> None:
    assert len(spoilt[text]) == 1
    assert said in spoilt[text][0]


@pytest.mark.parametrize(
    "text", ["ROUND(C1,2)*12-100/1000+1440*1+0", 'COUNTIF(C1:C2,"<0")', 'IF(C1=1,"Step 7","")', "agency_share"]
)
def test_what_a_formula_may_hold(text: str, exhibit: Exhibit) -> None:
    broken = with_formula(exhibit, place(exhibit, "position.total[fot]"), text)
    assert offences(line_25_nothing_volatile, broken) == []


def test_a_count_is_a_constant_only_on_the_row_of_a_rule_that_counts(exhibit: Exhibit) -> None:
    counting, other = on_checks(exhibit, "RSK-001", "Result"), on_checks(exhibit, "AGY-001", "Result")
    assert "6" in formula(exhibit, counting)
    assert offences(line_25_nothing_volatile, with_formula(exhibit, counting, "IF(C1=5,1,0)")) == []
    assert fresh(line_25_nothing_volatile, with_formula(exhibit, counting, "IF(C1=7,1,0)"), exhibit) == [
        f"{at(counting)} reckons with the constant 7"
    ]
    assert fresh(line_25_nothing_volatile, with_formula(exhibit, other, "IF(C1=5,1,0)"), exhibit) == [
        f"{at(other)} reckons with the constant 5"
    ]


@pytest.mark.parametrize("kind", ["array", "dataTable"])
def test_an_array_formula_is_found(kind: str, exhibit: Exhibit) -> None:
    where = place(exhibit, "position.total[fot]")
    tag = f'<f t="{kind}" ref="{address(where)}" dt2D="0" dtr="0" r1="A1">'
    broken = with_formula(exhibit, where, formula(exhibit, where), tag)
    assert f"{at(where)} holds an array formula" in fresh(line_25_nothing_volatile, broken, exhibit)


@pytest.mark.parametrize(
    ("text", "said"), [("3.7", "the constant 3.7"), ("NOW()", "volatile"), ("Agency!$C:$C", "whole column or row")]
)
def test_a_defined_name_hides_nothing(text: str, said: str, exhibit: Exhibit) -> None:
    broken = matched(
        exhibit, "xl/workbook.xml", r'(<definedName name="agency_share">)[^<]*', rf"\g<1>{text}".replace("$C", "$C")
    )
    (found,) = fresh(line_25_nothing_volatile, broken, exhibit)
    assert "agency_share" in found
    assert said in found


@pytest.mark.parametrize(
    ("checks", "length", "passes"), [(False, 200, True), (False, 201, False), (True, 900, True), (True, 901, False)]
)
def test_a_long_formula_is_found(checks: bool, length: int, passes: bool, exhibit: Exhibit) -> None:
    where = on_checks(exhibit, "AGY-001", "Result") if checks else place(exhibit, "position.total[fot]")
    text = "C1" + "+0" * 500
    broken = with_formula(exhibit, where, text[: length - 1] if length % 2 else text[: length - 2] + "1")
    assert len(broken.book.cells[where].formula or "") == length
    found = fresh(line_26_short, broken, exhibit)
    assert [at(where) in one for one in found] == ([] if passes else [True])


def test_a_formula_unlike_its_row_is_found(exhibit: Exhibit) -> None:
    first, third = place(exhibit, "agency.total[nov]"), place(exhibit, "agency.total[jan]")
    broken = with_formula(exhibit, third, formula(exhibit, first))
    (found,) = fresh(line_28_alike_along_a_row, broken, exhibit)
    assert found.startswith(f"{at(third)} holds")
    assert at(first) in found


def test_a_figure_among_the_formulas_of_a_row_is_found(exhibit: Exhibit) -> None:
    where = place(exhibit, "agency.total[jan]")
    (found,) = fresh(line_28_alike_along_a_row, without_formula(exhibit, where), exhibit)
    assert found.startswith(at(where))


def test_a_total_that_no_code_names_is_found(exhibit: Exhibit) -> None:
    sheet, row, _ = place(exhibit, "agency.total[jan]")
    broken = edited(exhibit, lambda workbook: workbook[sheet].cell(row, 1).__setattr__("value", "ELSE"))
    assert any("agency.total[jan] is not found" in one for one in fresh(line_28_alike_along_a_row, broken, exhibit))


@pytest.mark.parametrize(
    ("text", "row", "column", "read"),
    [
        ("=SUM(D15:D20)", 21, 4, "SUM(R[-6]C[0]:R[-1]C[0])"),
        ("=$C46/12", 48, 4, "R[-2]C3/12"),
        ("=C$4+months_done", 5, 4, "R4C[-1]+months_done"),
        ("=N('Income and expenditure'!E20)", 28, 4, "N('Income and expenditure'!R[-8]C[1])"),
        ('=IF(A1="B2",1,0)', 1, 1, 'IF(R[0]C[0]="B2",1,0)'),
    ],
)
def test_references_as_seen_from_their_cell(text: str, row: int, column: int, read: str) -> None:
    assert relative(text, ("Agency", row, column)) == read


def test_what_a_formula_refers_to() -> None:
    found = areas("=SUM(B2:A1)+'It''s two'!$C$3+Agency!D4+months_done+NOW()", "One")
    assert found == [("One", 1, 1, 2, 2), ("It's two", 3, 3, 3, 3), ("Agency", 4, 4, 4, 4)]


@pytest.mark.parametrize(("count", "passes"), [(2_500, True), (2_501, False)])
def test_too_many_formulas_are_found(count: int, passes: bool, exhibit: Exhibit) -> None:
    held = sum(where[0] == "About" and seen.formula is not None for where, seen in exhibit.book.cells.items())
    rows = "".join(f'<row r="{row}"><c r="A{row}"><f>0</f><v>0</v></c></row>' for row in range(900, 900 + count - held))
    part = exhibit.book.part_of("About")
    broken = replace(exhibit, book=exhibit.book.replaced(part, "</sheetData>", f"{rows}</sheetData>"))
    assert offences(line_43_few, broken) == ([] if passes else ["About holds 2,501 formulas; 2,500 are allowed"])
