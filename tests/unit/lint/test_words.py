"""Lines 29 and 32: numbers are shown in formats that match their units, in columns that are wide enough."""

from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.unit.lint.breaking import edited, exhibit_of, matched, offences
from tests.unit.lint.written import cell_of, fresh, place, with_value
from workbook_gen.lint.addresses import at
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.words import is_date, line_29_number_formats, line_32_numbers_fit, sections, shown

MONEY = "#,##0_);(#,##0);#,##0_)"


@pytest.mark.parametrize("check", [line_29_number_formats, line_32_numbers_fit])
@pytest.mark.parametrize("code", ["QSL", "QYG"])
def test_an_issued_workbook_holds(check: Check, code: str) -> None:
    assert offences(check, exhibit_of(code)) == []


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1234567.0, MONEY, "1,234,567)"),
        (-1234567.0, MONEY, "(1,234,567)"),
        (0.0, MONEY, "0)"),
        (-2.5, "0.0", "-2.5"),
        (76.0, '0.0"%"_);(0.0"%");0.0"%"_)', "76.0%)"),
        (-3.25, '#,##0.00" £m";[Red](#,##0.00" £m")', "(3.25 £m)"),
        (12.0, '0" to fill"', "12 to fill"),
        (45238.0, "d mmm yyyy", "30 Mar 2024"),
        (45238.0, "dd/mm/yy", "30/30/24"),
        (1234.5, "General", "1234"),
        (5.0, r"\;0;-0", ";5"),
    ],
)
def test_a_number_as_it_is_shown(value: float, number_format: str, text: str) -> None:
    assert shown(value, number_format) == text


def test_sections_and_dates() -> None:
    assert sections('0";";(0);0') == ['0";"', "(0)", "0"]
    assert is_date("d mmm yyyy")
    assert not is_date('0" months"')
    assert not is_date("General")


def formatted(key: str, number_format: str) -> Callable[[Exhibit], tuple[Exhibit, str]]:
    def spoil(exhibit: Exhibit) -> tuple[Exhibit, str]:
        where = place(exhibit, key)

        def change(workbook: Workbook) -> None:
            cell_of(workbook, where).number_format = number_format

        return edited(exhibit, change), at(where)

    return spoil


FOT, SHARE = "agency.total[fot]", "pay_share.share[fot]"


@pytest.mark.parametrize(
    ("key", "number_format", "said"),
    [
        (FOT, "#,##0.0_);(#,##0.0);0.0", "the figure has 0 decimals"),
        (FOT, "General", "the figure has 0 decimals"),
        (FOT, "d mmm yyyy", "the figure has 0 decimals"),
        (FOT, '0"%"_);(0"%");0"%"_)', "the figure is in £000"),
        (FOT, "#,##0", "does not stand in brackets"),
        (FOT, "#,##0;-#,##0;0", "does not stand in brackets"),
        (FOT, "#,##0_);(#,##0);", "a zero is not visible"),
        (FOT, "#,##0_);(#,##0);;", "a zero is not visible"),
        (FOT, "#,##0,_);(#,##0,);0", "thousands are divided away"),
        (FOT, "0%_);(0%);0%", "multiplied by a hundred"),
        (SHARE, "0.0_);(0.0);0.0", "the figure is in %"),
        (SHARE, '0"%"_);(0"%");0"%"_)', "the figure has 1 decimals"),
        ("signoff.{first}[date]", "0", "a date is not shown as one"),
    ],
)
def test_a_format_that_does_not_match_is_found(key: str, number_format: str, said: str, exhibit: Exhibit) -> None:
    first = next(line.key for line in exhibit.form.tables["signoff"].lines)
    broken, where = formatted(key.replace("{first}", first), number_format)(exhibit)
    told = fresh(line_29_number_formats, broken, exhibit)
    assert any(one.startswith(f"{where}, ") and said in one for one in told), told


def test_a_scaling_format_is_found_beside_the_tables(exhibit: Exhibit) -> None:
    where = ("PlanData", 2, 1)

    def change(workbook: Workbook) -> None:
        cell_of(workbook, where).number_format = "0.0%"

    (told,) = fresh(line_29_number_formats, edited(exhibit, change), exhibit)
    assert told.startswith("PlanData A2")


def test_a_deficit_that_is_not_red_is_found(exhibit: Exhibit) -> None:
    part = exhibit.book.part_of("Agency")
    none = matched(
        exhibit, part, r'<conditionalFormatting[^>]*><cfRule [^>]*operator="lessThan".*?</conditionalFormatting>', ""
    )
    told = fresh(line_29_number_formats, none, exhibit)
    assert told
    assert all("a negative figure is not red" in one for one in told)
    ink = next(one for one in exhibit.book.sheets["Agency"].conditional_formatting if one.rules[0].operator == "lessThan")
    colour = str(ink.rules[0].dxf.font.color.rgb)
    blue = matched(exhibit, "xl/styles.xml", rf'(<dxf><font><color rgb="){colour}', r"\g<1>FF003087")
    assert any("a negative figure is not red" in one for one in fresh(line_29_number_formats, blue, exhibit))


def test_a_figure_that_no_code_names_is_found(exhibit: Exhibit) -> None:
    sheet, row, _ = place(exhibit, FOT)
    broken = edited(exhibit, lambda workbook: cell_of(workbook, (sheet, row, 1)).__setattr__("value", "ELSE"))
    assert f"{FOT} is not found by its codes" in fresh(line_29_number_formats, broken, exhibit)


def narrowed(exhibit: Exhibit, sheet: str, column: str, width: float) -> Exhibit:
    def change(workbook: Workbook) -> None:
        for one in [*workbook[sheet].column_dimensions.values()]:
            one.reindex()
        workbook[sheet].column_dimensions[column].width = width

    return edited(exhibit, change)


@pytest.mark.parametrize(
    ("width", "said"), [(6, "too narrow for (9,999,999)"), (9, "too narrow for (9,999,999)"), (0.5, "too narrow for")]
)
def test_a_narrow_column_is_found(width: float, said: str, exhibit: Exhibit) -> None:
    where = place(exhibit, "position.total[plan]")
    letters = at(where).rpartition(" ")[2].rstrip("0123456789")
    told = fresh(line_32_numbers_fit, narrowed(exhibit, "Position", letters, width), exhibit)
    assert any(one.startswith(at(where)) and said in one for one in told), told


def test_the_value_at_hand_must_fit_too(exhibit: Exhibit) -> None:
    where = next(exhibit.found[cell.key] for cell in exhibit.form.cells.values() if cell.role == "prefill")
    told = fresh(line_32_numbers_fit, with_value(exhibit, where, "123456789012345"), exhibit)
    assert [one.startswith(at(where)) for one in told] == [True]


def test_a_larger_font_needs_a_wider_column(exhibit: Exhibit) -> None:
    where = place(exhibit, FOT)

    def change(workbook: Workbook) -> None:
        cell_of(workbook, where).font = Font("Arial", 48)

    (told,) = fresh(line_32_numbers_fit, edited(exhibit, change), exhibit)
    assert told.startswith(at(where))


def test_a_column_without_a_width_of_its_own_is_narrow(exhibit: Exhibit) -> None:
    part = exhibit.book.part_of("Position")
    told = fresh(line_32_numbers_fit, matched(exhibit, part, r"<cols>.*?</cols>", ""), exhibit)
    assert any(one.startswith("Position") and "(9,999,999)" in one for one in told)
