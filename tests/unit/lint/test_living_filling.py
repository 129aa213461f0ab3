"""Lines 22, 41 and 42: room for words, a protection that does not hinder, and Tab in reading order."""

import pytest
from openpyxl import Workbook
from openpyxl.styles import Alignment, Protection

from tests.unit.lint.breaking import edited, exhibit_of, matched, offences
from tests.unit.lint.written import cell_of, fresh, place
from workbook_gen.lint.addresses import at
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.filling import line_22_text_inputs, line_41_protection, line_42_tab_order

BOX, INPUT, TOTAL = "agency.nursing[explanation]", "agency.nursing[jan]", "agency.total[jan]"


@pytest.mark.parametrize("check", [line_22_text_inputs, line_41_protection, line_42_tab_order])
@pytest.mark.parametrize("code", ["QSL", "QYG"])
def test_an_issued_workbook_holds(check: Check, code: str) -> None:
    assert offences(check, exhibit_of(code)) == []


def test_a_box_that_does_not_wrap_is_found(exhibit: Exhibit) -> None:
    where = place(exhibit, BOX)

    def change(workbook: Workbook) -> None:
        cell_of(workbook, where).alignment = Alignment(wrap_text=False)

    assert fresh(line_22_text_inputs, edited(exhibit, change), exhibit) == [f"{at(where)} does not wrap"]


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r'(<row r="{row}"[^>]* )ht="[^"]*"', r'\g<1>ht="29.25"', "stands in a row of 29.25 points"),
        (r'(<row r="{row}"[^>]* )ht="[^"]*" customHeight="1"', r"\g<1>", "stands in a row of 15 points"),
        (r'(<dataValidation type="textLength".*?<formula1>)2000', r"\g<1>255", "does not take 2,000 characters"),
        (r'(<dataValidation type="textLength".*?<formula1>)2000', r"\g<1>32767", "does not take 2,000 characters"),
        (r'(<dataValidation type="textLength" operator=")lessThanOrEqual', r"\g<1>greaterThan", "does not take 2,000"),
        (r'<dataValidation type="textLength".*?</dataValidation>', "", "does not take 2,000 characters: []"),
    ],
)
def test_a_box_with_too_little_room_is_found(pattern: str, new: str, said: str, exhibit: Exhibit) -> None:
    where = place(exhibit, BOX)
    broken = matched(exhibit, exhibit.book.part_of("Agency"), pattern.replace("{row}", str(where[1])), new)
    told = fresh(line_22_text_inputs, broken, exhibit)
    assert any(one.startswith(f"{at(where)} {said}") for one in told), told


def test_a_box_that_no_code_names_is_found(exhibit: Exhibit) -> None:
    sheet, row, _ = place(exhibit, BOX)
    broken = edited(exhibit, lambda workbook: cell_of(workbook, (sheet, row, 1)).__setattr__("value", "ELSE"))
    assert f"the box {BOX} is not found by its codes" in fresh(line_22_text_inputs, broken, exhibit)


@pytest.mark.parametrize(
    ("sheet", "pattern", "new", "said"),
    [
        ("Agency", r"<sheetProtection [^>]*/>", "", "Agency: it is not protected"),
        ("Agency", r"<sheetProtection sheet=\"1\"", '<sheetProtection sheet="0"', "Agency: it is not protected"),
        ("Agency", r"<sheetProtection ", '<sheetProtection selectLockedCells="1" ', "Agency: it keeps locked cells from"),
        ("Agency", r"<sheetProtection ", '<sheetProtection selectUnlockedCells="1" ', "Agency: it keeps inputs from"),
        ("Agency", r' formatColumns="0"', "", "Agency: it keeps column widths from being changed"),
        ("PlanData", r' formatColumns="0"', ' formatColumns="1"', "PlanData: it keeps column widths from"),
        ("Cover", r' formatRows="0"', "", "Cover: it keeps row heights from being changed"),
        ("Agency", r"<sheetProtection ", '<sheetProtection autoFilter="0" ', "Agency: it allows filtering"),
        ("Checks", r' autoFilter="0"', "", "Checks: it does not allow filtering"),
        ("Checks", r"<autoFilter [^>]*/>", "", "Checks: it has no filter"),
        ("Checks", r'(<autoFilter ref="A\d+:I)\d+', r"\g<1>20", "Checks: its filter on A7:I20 is not that of all its rows"),
        ("Checks", r'(<autoFilter ref=")A\d+(:I\d+)', r"\g<1>A6\g<2>", "Checks: its filter on A6"),
        ("Checks", r'(<autoFilter ref="A\d+:)I', r"\g<1>H", "leaves out columns"),
        ("Agency", r"(<sheetProtection [^>]*/>)", r'\g<1><autoFilter ref="A14:N21"/>', "Agency: it has a filter on A14:N21"),
    ],
)
def test_a_protection_that_hinders_is_found(sheet: str, pattern: str, new: str, said: str, exhibit: Exhibit) -> None:
    told = fresh(line_41_protection, matched(exhibit, exhibit.book.part_of(sheet), pattern, new), exhibit)
    assert any(one.startswith(f"{sheet}: ") and said in one for one in told), told


@pytest.mark.parametrize(("key", "locked"), [(INPUT, True), (TOTAL, False)])
def test_a_stop_of_tab_too_few_or_too_many_is_found(key: str, locked: bool, exhibit: Exhibit) -> None:
    where = place(exhibit, key)

    def change(workbook: Workbook) -> None:
        cell_of(workbook, where).protection = Protection(locked=locked)

    (told,) = fresh(line_42_tab_order, edited(exhibit, change), exhibit)
    assert at(where) in told
    assert "of Tab" in told


def test_an_open_cell_after_the_last_input_is_found(exhibit: Exhibit) -> None:
    def change(workbook: Workbook) -> None:
        workbook["Agency"]["B95"].protection = Protection(locked=False)

    (told,) = fresh(line_42_tab_order, edited(exhibit, change), exhibit)
    assert told.startswith("Agency has")


def test_months_in_another_order_are_found(exhibit: Exhibit) -> None:
    first, second = place(exhibit, "agency.nursing[nov]"), place(exhibit, "agency.nursing[dec]")
    strings = exhibit.book.parts["xl/sharedStrings.xml"]
    for old, new in (("AGY1M08", "SWAP"), ("AGY1M09", "AGY1M08"), ("SWAP", "AGY1M09")):
        strings = strings.replace(f"<t>{old}</t>", f"<t>{new}</t>")
    broken = matched(exhibit, "xl/sharedStrings.xml", "(?s)^.*$", strings.replace("\\", r"\\"))
    assert fresh(line_42_tab_order, broken, exhibit) == [f"{at(first)} is stop 1 of Tab; {at(second)} is asked there"]
