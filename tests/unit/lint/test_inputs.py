"""Lines 19 to 21: what is open is what is asked, with one validation each, and choices from defined names."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.styles import Protection

from tests.unit.lint.breaking import edited, inserted, matched, offences, replaced
from workbook_gen.definition.nodes import Key
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.inputs import LINES, line_19_open_is_asked, line_20_one_validation, line_21_choices

Break = Callable[[Exhibit], Exhibit]
OPEN = Protection(locked=False)


@pytest.mark.parametrize("check", [line.check for line in LINES])
def test_a_sound_workbook_offends_against_none_of_the_lines(exhibit: Exhibit, large: Exhibit, check: Check) -> None:
    assert offences(check, exhibit) == []
    assert offences(check, large) == []


def protected(sheet: str, address: str, protection: Protection) -> Break:
    return lambda one: edited(one, lambda workbook: setattr(workbook[sheet][address], "protection", protection))


def in_sheet(sheet: str, pattern: str, new: str) -> Break:
    return lambda one: matched(one, one.book.part_of(sheet), pattern, new)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (protected("Agency", "E15", Protection(locked=True)), "Agency E15 is locked, but an input: agency.nursing[nov]"),
        (protected("Agency", "D15", OPEN), "Agency D15 is open, but no input"),
        (protected("Agency", "A1", OPEN), "Agency A1 is open, but no input"),
        (protected("PlanData", "A2", OPEN), "PlanData A2 is open, but no input"),
        (
            in_sheet(
                "Agency",
                "<conditionalFormatting",
                '<protectedRanges><protectedRange sqref="D15"/></protectedRanges><conditionalFormatting',
            ),
            "Agency D15 is a range that some may edit",
        ),
        (
            lambda one: edited(one, lambda workbook: setattr(workbook["Agency"]["A15"], "value", "Nursing")),
            "agency.nursing[nov] is an input, but stands nowhere",
        ),
    ],
)
def test_what_is_open_and_not_asked_or_asked_and_not_open_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert said in offences(line_19_open_is_asked, spoil(exhibit))


def input_style(exhibit: Exhibit) -> str:
    """The number of a format that is not locked."""
    found = re.search(r'<c r="E15" s="(\d+)"/>', exhibit.book.parts[exhibit.book.part_of("Agency")])
    assert found
    return found[1]


def test_a_row_or_column_that_is_open_as_a_whole_is_found(exhibit: Exhibit) -> None:
    style = input_style(exhibit)
    row = in_sheet("Agency", '<row r="15"', f'<row s="{style}" customFormat="1" r="15"')(exhibit)
    assert offences(line_19_open_is_asked, row) == ["Agency row 15 is open as a whole"]
    column = in_sheet("Agency", r'<col min="1" max="1"([^>]*) style="\d+"', rf'<col min="1" max="1"\1 style="{style}"')(exhibit)
    assert offences(line_19_open_is_asked, column) == ["Agency column A is open as a whole"]


def test_without_inputs_there_is_nothing_that_passes(exhibit: Exhibit) -> None:
    bare = replace(exhibit, form=replace(exhibit.form, cells={}))
    assert offences(line_19_open_is_asked, bare)[0] == "No input of the definition stands in a sheet"
    assert offences(line_20_one_validation, bare)[0] == "There is no input to validate"


def validation(sheet: str, pattern: str, new: str) -> Break:
    """The first validation of a sheet changed."""
    return in_sheet(sheet, rf"(?s)(<dataValidation [^>]*?){pattern}", rf"\g<1>{new}")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            in_sheet("Allocation", '(<dataValidation .*?) sqref="E12:E19"', r'\1 sqref="E13:E19"'),
            "Allocation E12 has 0 validations",
        ),
        (in_sheet("Allocation", ' sqref="E21:E22"', ' sqref="E19:E22"'), "Allocation E19 has 2 validations"),
        (in_sheet("Allocation", ' sqref="E21:E22"', ' sqref="D21:E22"'), "Allocation D21 has a validation, but is no input"),
        (
            validation("Allocation", 'promptTitle="[^"]*"', ""),
            "Allocation E12 has a validation whose promptTitle has 0 characters, not 1 to 32",
        ),
        (
            validation("Allocation", 'promptTitle="[^"]*"', f'promptTitle="{"t" * 33}"'),
            "Allocation E12 has a validation whose promptTitle has 33 characters, not 1 to 32",
        ),
        (
            validation("Allocation", ' prompt="[^"]*"', ""),
            "Allocation E12 has a validation whose prompt has 0 characters, not 1 to 255",
        ),
        (
            validation("Allocation", ' prompt="[^"]*"', f' prompt="{"t" * 256}"'),
            "Allocation E12 has a validation whose prompt has 256 characters, not 1 to 255",
        ),
        (
            validation("Allocation", ' error="[^"]*"', ""),
            "Allocation E12 has a validation whose error has 0 characters, not 1 to 225",
        ),
        (
            validation("Allocation", ' error="[^"]*"', f' error="{"t" * 226}"'),
            "Allocation E12 has a validation whose error has 226 characters, not 1 to 225",
        ),
        (
            validation("Allocation", 'errorTitle="[^"]*"', f'errorTitle="{"t" * 33}"'),
            "Allocation E12 has a validation whose errorTitle has 33 characters, not 1 to 32",
        ),
        (validation("Allocation", 'showInputMessage="1"', ""), "Allocation E12 has a validation without showInputMessage"),
        (validation("Allocation", 'showErrorMessage="1"', ""), "Allocation E12 has a validation without showErrorMessage"),
        (
            validation("Allocation", 'type="decimal"', 'type="decimal" errorStyle="warning"'),
            "Allocation E12 has a validation that does not stop: warning",
        ),
        (
            validation("Allocation", 'type="decimal"', 'type="whole"'),
            "Allocation E12 has a validation of the type whole, not decimal",
        ),
        (validation("Allocation", 'type="decimal"', ""), "Allocation E12 has a validation of the type any, not decimal"),
        (
            in_sheet("Allocation", "<formula1>-1000000000000.0", "<formula1>0"),
            "Allocation E12 has a validation that refuses figures between -1,000,000,000 and 1,000,000,000",
        ),
        (
            in_sheet("Allocation", "<formula2>1000000000000.0", "<formula2>5000"),
            "Allocation E12 has a validation that refuses figures between -1,000,000,000 and 1,000,000,000",
        ),
        (
            in_sheet("Allocation", "<formula2>1000000000000.0", "<formula2>D20"),
            "Allocation E12 has a validation that refuses figures between -1,000,000,000 and 1,000,000,000",
        ),
        (
            in_sheet("Allocation", "<formula1>2000<", "<formula1>200<"),
            "Allocation G12 has a validation of another length than 2000",
        ),
        (
            in_sheet("Assurance", 'type="date"', 'type="decimal"'),
            "Assurance E33 has a validation of the type decimal, not date",
        ),
        (
            in_sheet("Assurance", 'type="list"', 'type="textLength"'),
            "Assurance D11 has a validation of the type textLength, not list",
        ),
    ],
)
def test_a_validation_that_is_missing_or_wrong_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert said in offences(line_20_one_validation, spoil(exhibit))


@pytest.mark.parametrize("bounds", [(0.0, 100.0), (-5.0, None)])
def test_the_definition_s_own_bounds_may_be_refused(exhibit: Exhibit, bounds: tuple[float, float | None]) -> None:
    low, high = bounds
    key = Key("allocation", "core_recurrent", "ledger")
    cells = {
        one: replace(cell, column=cell.column.model_copy(update={"minimum": low, "maximum": high}))
        if (one.table, one.column) == (key.table, key.column)
        else cell
        for one, cell in exhibit.form.cells.items()
    }
    bounded = replace(exhibit, form=replace(exhibit.form, cells=cells))
    part = bounded.book.part_of("Allocation")
    text = bounded.book.parts[part].replace("<formula1>-1000000000000.0", f"<formula1>{low}")
    if high is not None:
        text = text.replace("<formula2>1000000000000.0", f"<formula2>{high}")
    spoilt = replace(bounded, book=bounded.book.changed({part: text}))
    assert offences(line_20_one_validation, spoilt) == []
    narrower = replaced(spoilt, part, f"<formula1>{low}", f"<formula1>{low + 1}")
    assert len(offences(line_20_one_validation, narrower)) == 1


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            in_sheet("Allocation", r'(<c r="C12" s="\d+")><f>[^<]*</f><v></v></c>', r"\1/>"),
            "Allocation C12 holds no word on whether the figures beside it are plausible",
        ),
        (
            in_sheet("Allocation", 'sqref="C12:C23"', 'sqref="C13:C23"'),
            "Allocation C12 has no conditional format for As text, Not whole",
        ),
        (
            in_sheet("Allocation", '<formula>"Not whole"</formula>', '<formula>"Unlikely"</formula>'),
            "Allocation C12 has no conditional format for Not whole",
        ),
    ],
)
def test_a_figure_without_a_word_beside_it_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert said in offences(line_20_one_validation, spoil(exhibit))


def test_a_condition_in_a_formula_is_no_word(exhibit: Exhibit) -> None:
    counted = in_sheet(
        "Allocation", r'(<c r="C12" s="\d+"><f>)', r"\1IF(COUNTIF(E12,&quot;&gt;0&quot;)&gt;9,&quot;&quot;,0)&amp;"
    )(exhibit)
    assert offences(line_20_one_validation, counted) == []


def defined(name: str, reference: str) -> Break:
    return lambda one: matched(one, "xl/workbook.xml", f'(<definedName name="{name}">)[^<]*', rf"\g<1>{reference}")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            in_sheet("Assurance", "<formula1>list_yes_no<", "<formula1>&quot;Yes,No&quot;<"),
            'Assurance D11 takes its choices from "Yes,No", which is no name for a range of cells',
        ),
        (
            in_sheet("Assurance", "<formula1>list_yes_no<", "<formula1>Guidance!$B$75:$B$76<"),
            "Assurance D11 takes its choices from Guidance!$B$75:$B$76, which is no name for a range of cells",
        ),
        (
            lambda one: replaced(one, "xl/workbook.xml", 'name="list_yes_no"', 'name="list_yes"'),
            "takes its choices from list_yes_no, which is no name for a range of cells",
        ),
        (defined("list_yes_no", "#REF!"), "takes its choices from list_yes_no, which is no name for a range of cells"),
        (defined("list_yes_no", r"Guidance!$B$75:$B$77"), "offers Yes, No,  by the name list_yes_no, not Yes, No"),
        (defined("list_yes_no", r"Guidance!$B$76:$B$76"), "offers No by the name list_yes_no, not Yes, No"),
        (defined("list_organisations", r"Guidance!$B$79:$B$79"), "by the name list_organisations, not NHS Somerset"),
        (defined("list_high_medium_low", r"Guidance!$B$81:$B$82"), "offers High, Medium by the name list_high_medium_low"),
        (
            in_sheet("Assurance", '<dataValidation type="list"', '<dataValidation showDropDown="1" type="list"'),
            "Assurance D11 hides its list",
        ),
        (
            in_sheet("Assurance", '<dataValidation type="list"', '<dataValidation type="custom"'),
            "Assurance D11 offers no choice",
        ),
    ],
)
def test_a_choice_that_is_not_from_its_list_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert [one for one in offences(line_21_choices, spoil(exhibit)) if said in one]


def test_a_sheet_s_own_name_is_none_of_the_workbook_s(exhibit: Exhibit) -> None:
    local = inserted(
        exhibit,
        "xl/workbook.xml",
        "</definedNames>",
        '<definedName name="own" localSheetId="1">Guidance!$B$75:$B$76</definedName>',
    )
    spoilt = replaced(local, local.book.part_of("Assurance"), "<formula1>list_yes_no<", "<formula1>own<")
    assert "Assurance D11 takes its choices from own, which is no name for a range of cells" in offences(
        line_21_choices, spoilt
    )


def test_a_word_that_openpyxl_saves_again_is_still_one(exhibit: Exhibit) -> None:
    def nothing(workbook: Workbook) -> None:
        assert workbook.sheetnames

    assert offences(line_20_one_validation, edited(exhibit, nothing)) == []
