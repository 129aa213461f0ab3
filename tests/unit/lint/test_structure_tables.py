"""Lines 13 to 17: no merged cells, one header row to a table and no gap in it, the tops of sheets, and codes."""

from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from tests.unit.lint.breaking import edited, inserted, offences
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.standing import standing_tables
from workbook_gen.lint.tables import (
    INTERFACE,
    LINES,
    line_13_no_merged_cells,
    line_14_one_header_row,
    line_15_no_gaps,
    line_16_tops,
    line_17_codes,
)

Break = Callable[[Exhibit], Exhibit]


@pytest.mark.parametrize("check", [line.check for line in LINES])
def test_a_sound_workbook_offends_against_none_of_the_lines(exhibit: Exhibit, large: Exhibit, check: Check) -> None:
    assert offences(check, exhibit) == []
    assert offences(check, large) == []


def put(sheet: str, address: str, value: str | None) -> Break:
    """Another value in a cell."""
    return lambda one: edited(one, lambda workbook: workbook[sheet].__setitem__(address, value))


def cleared(sheet: str, row: int | None = None, column: int | None = None) -> Break:
    """A row or a column of a sheet, emptied below its top."""

    def change(workbook: Workbook) -> None:
        for cells in workbook[sheet].iter_rows(min_row=7):
            for cell in cells:
                if cell.row == row or cell.column == column:
                    cell.hyperlink = None
                    cell.value = None

    return lambda one: edited(one, change)


def twice(sheet: str, row: int) -> Break:
    """A row that stands a second time below itself."""

    def change(workbook: Workbook) -> None:
        own = workbook[sheet]
        own.insert_rows(row + 1)
        for cell in own[row]:
            below = own.cell(row + 1, int(cell.column or 0))
            below.value = cell.value
            below.font = Font(bold=bool(cell.font.bold), color=cell.font.color)
            below.fill = PatternFill(cell.fill.fill_type, fgColor=cell.fill.fgColor)

    return lambda one: edited(one, change)


def header_row(exhibit: Exhibit, sheet: str) -> int:
    return next(table.headers[0] for table in standing_tables(exhibit) if table.sheet == sheet)


def test_merged_cells_are_found(exhibit: Exhibit) -> None:
    part = exhibit.book.part_of("Agency")
    spoilt = inserted(exhibit, part, "<conditionalFormatting", '<mergeCells><mergeCell ref="A1:C1"/></mergeCells>')
    assert offences(line_13_no_merged_cells, spoilt) == ["Agency A1:C1 is merged"]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (put("Agency", "E14", None), "Agency E14 is a header without a word"),
        (put("Agency", "E14", " "), "Agency E14 is a header without a word"),
        (put("Agency", "N14", None), "Agency N14 is a header without a word"),
        (put("Agency", "E14", "march forecast"), "Agency row 14 has 2 columns called march forecast"),
        (put("Checks", "D7", None), "Checks D7 is a header without a word"),
        (put("Checks", "J8", "more"), "Checks J7 is a header without a word"),
        (put("PlanData", "D1", None), "PlanData D1 is a header without a word"),
        (put("PlanData", "D1", "ICSCODE"), "PlanData row 1 has 2 columns called icscode"),
        (twice("Agency", 14), "Agency AGY1 has 2 header rows"),
        (cleared("Agency", row=14), "is a header without a word"),
        (twice("Checks", 7), "Checks has two header rows, 7 and 8"),
    ],
)
def test_a_header_that_is_blank_or_stands_twice_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert header_row(exhibit, "Agency") == 14
    assert [one for one in offences(line_14_one_header_row, spoil(exhibit)) if one.endswith(said)]


@pytest.mark.parametrize("sheet", ["Guidance", "Checks", "PlanData", "About"])
def test_a_sheet_whose_table_has_no_header_is_found(exhibit: Exhibit, sheet: str) -> None:
    def plain(workbook: Workbook) -> None:
        for row in workbook[sheet].iter_rows():
            for cell in row:
                cell.fill = PatternFill()

    assert f"{sheet} has 0 header rows, not 1" in offences(line_14_one_header_row, edited(exhibit, plain))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (cleared("Agency", row=17), "Agency has a blank row 17 inside a table"),
        (cleared("Checks", row=40), "Checks has a blank row 40 inside a table"),
        (cleared("PlanData", row=10), "PlanData has a blank row 10 inside a table"),
        (put("PlanData", "D1", None), "PlanData has a blank column D"),
        (cleared("Checks", column=6), "Checks has a blank column F"),
        (cleared("Agency", column=5), "Agency AGY1 has a blank column E"),
        (cleared("Cover", row=33), "Cover has a blank row 33 inside a table"),
        (cleared("Cover", row=24), "Cover has a blank row 24 inside a table"),
        (cleared("Guidance", row=60), "Guidance has a blank row 60 inside a table"),
        (cleared("About", row=23), "About lacks a table"),
    ],
)
def test_a_gap_in_a_table_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert said in offences(line_15_no_gaps, spoil(exhibit))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (put("Agency", "A1", "Agencies"), "Agency A1 is not the title: Agencies"),
        (put("Agency", "A2", None), "Agency A2 is not the purpose: blank"),
        (put("Agency", "A3", "Pounds."), "Agency A3 is not the sentence on units and signs: Pounds."),
        (put("Cover", "A1", None), "Cover A1 is not the title: blank"),
        (put("Checks", "A2", " "), "Checks A2 is not the purpose:  "),
        (put("About", "A3", None), "About A3 is not the sentence on units and signs: blank"),
        (put("PlanData", "B1", "Region"), "PlanData B1 is 'Region', not 'RegionCode'"),
        (put("PlanData", "AA3", "more"), "PlanData AA3 stands beyond its 26 columns"),
        (put("PlanData", "AB1", "more"), "PlanData AB1 stands beyond its 26 columns"),
        (lambda one: edited(one, lambda workbook: workbook.remove(workbook["PlanData"])), "There is no sheet PlanData"),
    ],
)
def test_a_top_that_is_not_as_it_should_be_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert offences(line_16_tops, spoil(exhibit)) == [said]


def test_plan_data_has_26_headings() -> None:
    assert len(INTERFACE) == len(set(INTERFACE)) == 26


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (put("Agency", "A10", "AGY9"), "The code AGY1 stands before 0 tables"),
        (put("Agency", "A24", "AGY1"), "The code AGY1 stands before 2 tables"),
        (put("Agency", "B10", "Agencies"), "Agency AGY1 does not stand beside the title of its table"),
        (put("Agency", "E13", "AGY1M09"), "The main code AGY1M09 stands above 2 columns"),
        (put("Agency", "E13", None), "Agency AGY1 has no column with the main code AGY1M08"),
        (put("Agency", "E13", None), "Agency E: the column November forecast has not its main code above it"),
        (put("Agency", "A16", None), "Agency AGY1 has no line AGY0200"),
        (put("Agency", "A16", None), "Agency row 16 has not the sub code of its line: blank"),
        (put("Agency", "A16", "AGY0100"), "Agency AGY1 has 2 lines AGY0100"),
        (put("Agency", "A16", "AGY0100"), "Agency row 16: AGY0100 × AGY1YTD stands a second time"),
        (put("Agency", "A16", "AGY0201"), "Agency row 16 has not the sub code of its line: AGY0201"),
        (put("Agency", "A16", None), "No cell has the codes of agency.medical[nov]"),
    ],
)
def test_a_code_that_is_missing_or_stands_twice_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert said in offences(line_17_codes, spoil(exhibit))


def test_the_tables_are_found_by_their_codes(exhibit: Exhibit) -> None:
    tables = standing_tables(exhibit)
    assert [table.code for table in tables] == [one.table.code for one in exhibit.form.tables.values()]
    agency = next(table for table in tables if table.code == "AGY1")
    assert (agency.sheet, agency.title_row, agency.headers) == ("Agency", 10, (14,))
    assert list(agency.lines.values()) == [line.sub_code for line in agency.table.lines]
    assert list(agency.mains.values()) == [f"AGY1{column.code}" for column in agency.table.table.columns]


def test_a_table_that_this_system_has_no_line_of_has_no_header(exhibit: Exhibit) -> None:
    empty = [table for table in standing_tables(exhibit) if not table.table.lines]
    assert empty
    assert {(table.headers, len(table.mains), len(table.lines)) for table in empty} == {((), 0, 0)}
