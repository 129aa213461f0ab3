"""Lines 31, 33 and 34: fonts, frozen panes and the printed page."""

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.unit.lint.breaking import edited, exhibit_of, matched, offences, on_sheet
from tests.unit.lint.written import cell_of, fresh, place
from workbook_gen.lint.addresses import at
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.look import line_31_fonts, line_33_frozen_panes, line_34_printed_page


@pytest.mark.parametrize("check", [line_31_fonts, line_33_frozen_panes, line_34_printed_page])
@pytest.mark.parametrize("code", ["QSL", "QYG"])
def test_an_issued_workbook_holds(check: Check, code: str) -> None:
    assert offences(check, exhibit_of(code)) == []


@pytest.mark.parametrize(
    ("font", "said"),
    [(Font("Arial", 10.5), "in Arial, 10.5 points"), (Font("Times New Roman", 12), "in Times New Roman, 12 points")],
)
def test_a_font_that_is_small_or_has_serifs_is_found(font: Font, said: str, exhibit: Exhibit) -> None:
    where = place(exhibit, "agency.total[fot]")

    def change(workbook: Workbook) -> None:
        cell_of(workbook, where).font = font

    assert fresh(line_31_fonts, edited(exhibit, change), exhibit) == [f"{at(where)} is {said}"]


@pytest.mark.parametrize("run", ['<rFont val="Arial"/><sz val="8"/>', '<rFont val="Garamond"/><sz val="12"/>', "<b/>"])
def test_a_part_of_a_text_in_another_font_is_found(run: str, exhibit: Exhibit) -> None:
    rich = f"<si><r><rPr>{run}</rPr><t>Agency</t></r></si>"
    broken = matched(exhibit, "xl/sharedStrings.xml", r"<si><t>Agency</t></si>", rich)
    (told,) = fresh(line_31_fonts, broken, exhibit)
    assert "xl/sharedStrings.xml" in told


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (r'(<c:legend>.*?sz=")\d+', r"\g<1>900", "the legend is in Arial, 9 points"),
        (r'(<c:catAx>.*?sz=")\d+', r"\g<1>1000", "the catAx is in Arial, 10 points"),
        (r'(<c:valAx>.*?typeface=")Arial', r"\g<1>Georgia", "the valAx is in Georgia"),
        (r'(<c:title>.*? )sz="\d+"', r"\g<1>", "the title is in Arial, 0 points"),
        (r"(<c:legend>.*?)<c:txPr>.*?</c:txPr>(</c:legend>)", r"\g<1>\g<2>", "the legend has no font of its own"),
    ],
)
def test_a_small_font_in_a_chart_is_found(pattern: str, new: str, said: str, exhibit: Exhibit) -> None:
    told = fresh(line_31_fonts, matched(exhibit, "xl/charts/chart1.xml", pattern, new), exhibit)
    assert any(one.startswith("xl/charts/chart1.xml") and said in one for one in told), told


@pytest.mark.parametrize(
    ("sheet", "pattern", "new", "said"),
    [
        ("Agency", r"<pane [^>]*/>", "", "Agency: no pane is frozen"),
        ("Checks", r"<pane [^>]*/>", "", "Checks: no pane is frozen"),
        ("Agency", r'ySplit="\d+"', 'ySplit="9"', "9 rows and"),
        ("Agency", r'xSplit="\d+"', 'xSplit="7"', "and 7 columns are frozen"),
        ("Agency", r'ySplit="\d+"', 'ySplit="3"', "3 rows are frozen; titles and status take 4"),
        ("Agency", r'xSplit="\d+"', 'xSplit="1"', "1 columns are frozen; labels take"),
        ("Agency", r' xSplit="\d+"', "", "0 columns are frozen; labels take"),
        ("Checks", r'ySplit="\d+"', 'ySplit="4"', "4 rows are frozen; titles and status take 7"),
        ("Checks", r'xSplit="\d+"', 'xSplit="3"', "3 columns are frozen; labels take 4"),
        ("Guidance", r'ySplit="\d+"', 'ySplit="12"', "12 rows and 0 columns are frozen"),
        ("About", r'ySplit="\d+"', 'ySplit="2"', "2 rows are frozen; titles and status take 4"),
        ("Agency", r'state="frozen"', 'state="split"', "the pane is split"),
        ("Agency", r"<sheetView ", '<sheetView topLeftCell="A3" ', "begin at A3"),
    ],
)
def test_panes_that_show_too_little_or_too_much_are_found(
    sheet: str, pattern: str, new: str, said: str, exhibit: Exhibit
) -> None:
    told = fresh(line_33_frozen_panes, matched(exhibit, exhibit.book.part_of(sheet), pattern, new), exhibit)
    assert len(told) == 1
    assert told[0].startswith(f"{sheet}: ")
    assert said in told[0]


def test_plan_data_freezes_what_it_likes(exhibit: Exhibit) -> None:
    broken = matched(exhibit, exhibit.book.part_of("PlanData"), r"<pane [^>]*/>", "")
    assert fresh(line_33_frozen_panes, broken, exhibit) == []


PAGES = [
    (r'paperSize="9"', 'paperSize="1"', "prints on paper 1, landscape"),
    (r'orientation="landscape"', 'orientation="portrait"', "prints on paper 9, portrait"),
    (r"<pageSetup ", '<pageSetup fitToWidth="2" ', "not fitted to one page wide"),
    (r'<pageSetUpPr fitToPage="1"/>', "", "not fitted to one page wide"),
    (r"(<oddFooter>.*?)NHS Somerset", r"\g<1>NHS Elsewhere", "does not name NHS Somerset"),
    (r"\(QSL\)", "", "does not name NHS Somerset"),
    (r"version 1\.0", "version 1.01", "does not name version 1.0"),
    (r"&amp;P", "", "does not number the page"),
    (r"<headerFooter>.*?</headerFooter>", "", "does not number the page"),
    (r"<headerFooter>", '<headerFooter differentFirst="1">', "some pages have another footer"),
]


@pytest.mark.parametrize("sheet", ["Agency", "PlanData"])
@pytest.mark.parametrize(("pattern", "new", "said"), PAGES)
def test_a_page_that_prints_otherwise_is_found(sheet: str, pattern: str, new: str, said: str, exhibit: Exhibit) -> None:
    told = fresh(line_34_printed_page, matched(exhibit, exhibit.book.part_of(sheet), pattern, new), exhibit)
    assert any(one.startswith(f"{sheet}: ") and said in one for one in told), told


TITLES = r'(<definedName name="_xlnm\.Print_Titles"[^>]*>)'


@pytest.mark.parametrize(
    ("pattern", "new", "said"),
    [
        (TITLES + r"Agency!\$1:\$\d+", r"\g<1>Agency!$2:$6", "Agency: its title rows do not repeat"),
        (TITLES + r"Agency![^<]*</definedName>", r"\g<1>Agency!$A:$B</definedName>", "Agency: its title rows do not repeat"),
        (TITLES + r"Checks!\$1:\$\d+", r"\g<1>Checks!$1:$6", "Checks: its headings do not repeat"),
    ],
)
def test_titles_that_do_not_repeat_are_found(pattern: str, new: str, said: str, exhibit: Exhibit) -> None:
    assert said in fresh(line_34_printed_page, matched(exhibit, "xl/workbook.xml", pattern, new), exhibit)


def test_a_sheet_on_one_page_repeats_nothing_unless_it_takes_more(exhibit: Exhibit) -> None:
    broken = on_sheet(exhibit, "Cover", "<pageSetup ", '<pageSetup fitToHeight="0" ')
    assert fresh(line_34_printed_page, broken, exhibit) == ["Cover: its title rows do not repeat"]


def test_every_sheet_is_looked_at(exhibit: Exhibit) -> None:
    broken = exhibit
    for sheet in exhibit.all_sheets:
        broken = on_sheet(broken, sheet, 'orientation="landscape"', 'orientation="portrait"')
    told = fresh(line_34_printed_page, broken, exhibit)
    assert [one.partition(":")[0] for one in told] == list(exhibit.all_sheets)
