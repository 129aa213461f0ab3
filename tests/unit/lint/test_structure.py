"""Lines 8 to 12 and 18: how a workbook opens, its sheets, contents and links, colour key, change log and protection."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill

from tests.unit.lint.breaking import edited, inserted, matched, offences, on_sheet, replaced, with_book
from workbook_gen.definition.nodes import Key
from workbook_gen.lint.book import Book
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.structure import (
    LINES,
    line_08_opens_at_the_top,
    line_09_sheet_names,
    line_10_contents,
    line_11_colour_key,
    line_12_change_log,
    line_18_protected,
)

WORKBOOK, CUSTOM = "xl/workbook.xml", "docProps/custom.xml"
LONG = "A sheet with a name of 32 letters"[:32]

Break = Callable[[Exhibit], Exhibit]


@pytest.mark.parametrize("check", [line.check for line in LINES])
def test_a_sound_workbook_offends_against_none_of_the_lines(exhibit: Exhibit, large: Exhibit, check: Check) -> None:
    assert offences(check, exhibit) == []
    assert offences(check, large) == []


def in_sheet(sheet: str, pattern: str, new: str) -> Break:
    return lambda one: matched(one, one.book.part_of(sheet), pattern, new)


def in_workbook(pattern: str, new: str) -> Break:
    return lambda one: matched(one, WORKBOOK, pattern, new)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (in_workbook("<workbookView ", '<workbookView activeTab="3" '), "The workbook opens with activeTab 3, not at Cover"),
        (in_workbook("<workbookView ", '<workbookView firstSheet="3" '), "The workbook opens with firstSheet 3, not at Cover"),
        (in_sheet("Cover", ' tabSelected="1"', ""), "Cover is not chosen when the workbook opens"),
        (in_sheet("Agency", "<sheetView ", '<sheetView tabSelected="1" '), "Agency is chosen when the workbook opens"),
        (in_sheet("Cover", "<sheetView ", '<sheetView topLeftCell="A20" '), "Cover opens at A20"),
        (in_sheet("Agency", 'topLeftCell="D6"', 'topLeftCell="D40"'), "Agency opens at D40 below its frozen rows, not at D6"),
        (
            in_sheet("Agency", '<selection pane="bottomRight"', '<selection pane="bottomRight" activeCell="D40" sqref="D40"'),
            "Agency opens with the cursor in D40",
        ),
        (
            in_sheet("Cover", "(<sheetView [^>]*)/>", r'\1><selection activeCell="B6" sqref="B6"/></sheetView>'),
            "Cover opens with the cursor in B6",
        ),
    ],
)
def test_a_workbook_that_opens_elsewhere_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert offences(line_08_opens_at_the_top, spoil(exhibit)) == [said]


def test_a_workbook_that_begins_with_another_sheet_is_found(exhibit: Exhibit) -> None:
    spoilt = edited(exhibit, lambda workbook: workbook.move_sheet("Cover", 1))
    assert "The first sheet is not Cover" in offences(line_08_opens_at_the_top, spoilt)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (in_workbook('name="Agency"', f'name="{LONG}"'), f"{LONG} has 32 characters, more than 31"),
        (in_workbook('name="Agency"', 'name="COVER"'), "2 sheets are called cover"),
        (in_workbook('name="Agency"', 'name="Agencies"'), "There is no sheet Agency"),
        (in_workbook('name="Agency"', 'name="Agencies"'), "Agencies is no sheet of this return"),
        (in_workbook('name="PlanData"', 'name="Plan data"'), "There is no sheet PlanData"),
    ],
)
def test_a_sheet_s_name_that_is_wrong_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert said in offences(line_09_sheet_names, spoil(exhibit))


def test_sheets_in_another_order_are_found(exhibit: Exhibit) -> None:
    spoilt = edited(exhibit, lambda workbook: workbook.move_sheet("Checks", 1))
    (found,) = offences(line_09_sheet_names, spoilt)
    assert found.startswith("The sheets stand in the order Cover, Guidance, ")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (in_sheet("Cover", '<hyperlink ref="[^"]*" location="Agency!A1"[^>]*/>', ""), "Cover has no link to Agency"),
        (in_sheet("Cover", '<hyperlink ref="[^"]*" location="Checks!A1"[^>]*/>', ""), "Cover has no link to Checks"),
        (in_sheet("Agency", '<hyperlink ref="[^"]*" location="Cover!A1"[^>]*/>', ""), "Agency has no link back to Cover"),
        (in_sheet("About", '<hyperlink ref="[^"]*" location="Cover!A1"[^>]*/>', ""), "About has no link back to Cover"),
        (in_sheet("Checks", 'location="Allocation!E12"', 'location="Allowance!E12"'), "leads nowhere: Allowance!E12"),
        (in_sheet("Checks", 'location="Allocation!E12"', 'location="Allocation!E"'), "leads nowhere: Allocation!E"),
        (in_sheet("Checks", 'location="Allocation!E12"', 'location="Allocation"'), "leads nowhere: Allocation"),
        (in_sheet("Agency", '<hyperlink ref="A5"', '<hyperlink ref="A6"'), "Agency A6 is a link that nobody sees"),
    ],
)
def test_a_link_that_is_missing_or_broken_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert [one for one in offences(line_10_contents, spoil(exhibit)) if one.endswith(said)]


def test_a_link_by_formula_is_one_too(exhibit: Exhibit) -> None:
    bare = in_sheet("Agency", '<hyperlink ref="[^"]*" location="Cover!A1"[^>]*/>', "")(exhibit)
    linked = matched(
        bare, bare.book.part_of("Agency"), r"<f>SUM\([^<]*", "<f>HYPERLINK(&quot;#Cover!A1&quot;,&quot;back&quot;)"
    )
    assert offences(line_10_contents, linked) == []
    astray = replaced(linked, linked.book.part_of("Agency"), "#Cover!A1", "#Over!A1")
    assert [one for one in offences(line_10_contents, astray) if one.endswith("leads nowhere: #Over!A1")]


FORECAST = Key("agency", "nursing", "nov")


def restyled(**formats: object) -> Break:
    """The first month of Agency in other formats."""

    def spoil(exhibit: Exhibit) -> Exhibit:
        def change(workbook: Workbook) -> None:
            sheet, row, column = exhibit.found[FORECAST]
            for name, value in formats.items():
                setattr(workbook[sheet].cell(row, column), name, value)

        return edited(exhibit, change)

    return spoil


@pytest.mark.parametrize(
    "spoil",
    [
        restyled(fill=PatternFill("solid", fgColor="FFFFFF00")),
        restyled(fill=PatternFill()),
        restyled(font=Font(name="Arial", size=11, color="FFB3261E")),
        restyled(font=Font(name="Arial", size=11, color="FF212B32", bold=True)),
        restyled(font=Font(name="Arial", size=11, color="FF212B32", italic=True)),
        restyled(font=Font(name="Calibri", size=11, color="FF212B32")),
        restyled(border=Border()),
    ],
)
def test_a_cell_that_looks_like_nothing_in_the_key_is_found(exhibit: Exhibit, spoil: Break) -> None:
    (found,) = offences(line_11_colour_key, spoil(exhibit))
    assert found == "Agency E15: a cell of the role input that looks like nothing in the key on Cover"


def test_a_look_that_the_key_leaves_out_is_found_once_a_role(exhibit: Exhibit) -> None:
    key = next(
        seen.cell.coordinate
        for (sheet, _, _), seen in exhibit.book.cells.items()
        if sheet == "Cover" and seen.value is None and str(seen.cell.fill.fgColor.rgb).endswith("FFFF99")
    )
    found = offences(line_11_colour_key, in_sheet("Cover", f'<c r="{key}" s="[0-9]+"/>', "")(exhibit))
    assert len(found) == 1
    assert "a cell of the role input that looks like nothing in the key" in found[0]


def without_words(exhibit: Exhibit) -> Exhibit:
    def change(workbook: Workbook) -> None:
        for row in workbook["Cover"].iter_rows(min_col=2, max_col=2):
            if str(row[0].value).startswith("Yellow"):
                row[0].value = None

    return edited(exhibit, change)


def test_a_colour_without_words_is_found(exhibit: Exhibit) -> None:
    (found,) = offences(line_11_colour_key, without_words(exhibit))
    assert found.startswith("Cover A")
    assert found.endswith(" has no words beside it")


def test_two_colours_alike_are_found(exhibit: Exhibit) -> None:
    part = exhibit.book.part_of("Cover")
    (first, style), (second, other), *_ = re.findall(r'<c r="(A\d+)" s="(\d+)"/>', exhibit.book.parts[part])
    spoilt = replaced(exhibit, part, f'<c r="{second}" s="{other}"/>', f'<c r="{second}" s="{style}"/>')
    assert f"Cover {second} looks like {first}" in offences(line_11_colour_key, spoilt)


def test_a_cover_without_a_key_is_found(exhibit: Exhibit) -> None:
    def clear(workbook: Workbook) -> None:
        for row in workbook["Cover"].iter_rows(max_col=1):
            if row[0].value is None:
                row[0].fill = PatternFill()

    assert offences(line_11_colour_key, edited(exhibit, clear))[0] == "Cover has no colour key"


Told = list[tuple[str, str]]


def about(change: Callable[[Told], Told]) -> Break:
    """The rows of the change log changed: version and date, then the text."""

    def spoil(exhibit: Exhibit) -> Exhibit:
        def edit(workbook: Workbook) -> None:
            sheet = workbook["About"]
            first = next(row for row in exhibit.book.rows("About") if exhibit.book.text("About", row, 1).startswith("1.0, "))
            rows = [(exhibit.book.text("About", first, 1), exhibit.book.text("About", first, 2))]
            sheet.delete_rows(first, 1)
            for offset, texts in enumerate(change(rows)):
                for column, text in enumerate(texts, 1):
                    sheet.cell(first + offset, column).value = text

        return edited(exhibit, edit)

    return spoil


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (about(lambda rows: []), "About has no change log"),
        (
            about(lambda rows: [("1.0, 9 November 2023", "First issue.")]),
            "does not tell the change of version 1.0: First issue.",
        ),
        (about(lambda rows: [("1.0, 8 November 2023", "Another.")]), "tells a change that is none: 1.0, Another."),
        (
            about(lambda rows: [*rows, ("1.1, 9 November 2023", "More.")]),
            "The change log on About ends with version 1.1, the version of the definition is 1.0",
        ),
        (
            lambda one: replaced(one, CUSTOM, '_version"><vt:lpwstr>1.0', '_version"><vt:lpwstr>1.1'),
            "The change log on About ends with version 1.0, the version of docProps/custom.xml is 1.1",
        ),
        (
            lambda one: replaced(one, CUSTOM, 'workbook_gen_version"', 'workbook_gen_issued"'),
            "The change log on About ends with version 1.0, the version of docProps/custom.xml is None",
        ),
    ],
)
def test_a_change_log_that_is_not_the_file_s_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert [one for one in offences(line_12_change_log, spoil(exhibit)) if said in one]


def test_changes_in_another_order_are_found(exhibit: Exhibit) -> None:
    first = exhibit.form.collection.changes[0]
    second = first.model_copy(update={"version": "1.1", "text": "More."})
    collection = exhibit.form.collection.model_copy(update={"version": "1.1", "changes": (first, second)})
    stamped = replaced(exhibit, CUSTOM, '_version"><vt:lpwstr>1.0', '_version"><vt:lpwstr>1.1')
    later = replace(stamped, form=replace(exhibit.form, collection=collection))
    spoilt = about(lambda rows: [("1.1, 8 November 2023", "More."), *rows])(later)
    assert "About tells the changes in another order" in offences(line_12_change_log, spoilt)
    right = about(lambda rows: [*rows, ("1.1, 8 November 2023", "More.")])(later)
    assert offences(line_12_change_log, right) == []


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (in_sheet("PlanData", "<sheetProtection [^>]*/>", ""), "PlanData is not protected"),
        (in_sheet("Cover", '<sheetProtection sheet="1"', '<sheetProtection sheet="0"'), "Cover is not protected"),
        (in_sheet("Agency", "<sheetProtection ", '<sheetProtection password="83AF" '), "Agency is protected with a password"),
        (in_sheet("Agency", "<sheetProtection ", '<sheetProtection hashValue="x" '), "Agency is protected with a password"),
        (
            lambda one: inserted(one, WORKBOOK, "<bookViews>", '<workbookProtection workbookPassword="83AF"/>'),
            "The workbook is protected with a password",
        ),
    ],
)
def test_protection_that_is_missing_or_secret_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert offences(line_18_protected, spoil(exhibit)) == [said]


def test_a_structure_that_is_protected_without_a_password_is_sound(exhibit: Exhibit) -> None:
    one = inserted(exhibit, WORKBOOK, "<bookViews>", '<workbookProtection lockStructure="1"/>')
    assert offences(line_18_protected, one) == []


def test_the_parts_of_sheets_are_found_by_their_relations(exhibit: Exhibit) -> None:
    moved = replaced(exhibit, "xl/_rels/workbook.xml.rels", "sheet1.xml", "sheet0.xml")
    swapped = with_book(exhibit, Book(moved.book.replaced("xl/_rels/workbook.xml.rels", "sheet2.xml", "sheet1.xml").data))
    assert swapped.book.part_of("Guidance") == "xl/worksheets/sheet1.xml"
    assert on_sheet(exhibit, "Cover", "<pageMargins", "<pageMargins").book.part_of("Cover") == "xl/worksheets/sheet1.xml"
