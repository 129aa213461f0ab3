"""Lines 6 and 7: nothing is hidden, and nothing is there that cannot be seen."""

from collections.abc import Callable

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Color, Font, PatternFill, Protection
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.styles.numbers import NumberFormat

from tests.unit.lint.breaking import edited, inserted, matched, offences, on_sheet, replaced
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.visible import line_06_nothing_hidden, line_07_nothing_invisible, shows

WORKBOOK = "xl/workbook.xml"
WHITE = Font(color="FFFFFFFF", size=11)

Break = Callable[[Exhibit], Exhibit]


def test_a_sound_workbook_hides_nothing(exhibit: Exhibit, large: Exhibit) -> None:
    for one in (exhibit, large):
        assert offences(line_06_nothing_hidden, one) == []
        assert offences(line_07_nothing_invisible, one) == []


def in_cover(pattern: str, new: str) -> Break:
    return lambda one: matched(one, one.book.part_of("Cover"), pattern, new)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (
            lambda one: replaced(one, WORKBOOK, 'name="Agency" ', 'name="Agency" state="hidden" '),
            "Agency is a sheet that is hidden",
        ),
        (
            lambda one: replaced(one, WORKBOOK, 'name="Agency" ', 'name="Agency" state="veryHidden" '),
            "Agency is a sheet that is veryHidden",
        ),
        (
            lambda one: replaced(one, WORKBOOK, "<workbookView ", '<workbookView visibility="hidden" '),
            "The workbook's window is hidden",
        ),
        (
            lambda one: replaced(one, WORKBOOK, "<workbookView ", '<workbookView showSheetTabs="0" '),
            "The workbook hides the tabs of its sheets",
        ),
        (
            lambda one: replaced(one, WORKBOOK, 'name="agency_share"', 'name="agency_share" hidden="1"'),
            "agency_share is a name that is hidden",
        ),
        (in_cover('<row r="8"', '<row hidden="1" r="8"'), "Cover row 8 is hidden"),
        (in_cover('<row r="8"', '<row collapsed="true" r="8"'), "Cover row 8 is hidden"),
        (in_cover('<row r="8"', '<row outlineLevel="1" r="8"'), "Cover row 8 is hidden"),
        (in_cover('(<row r="8"[^>]*) ht="[^"]*"', r'\1 ht="0"'), "Cover row 8 is hidden"),
        (in_cover('<col min="2" max="2"', '<col hidden="1" min="2" max="2"'), "Cover columns 2 to 2 are hidden"),
        (in_cover('<col min="2" max="2" width="[^"]*"', '<col min="2" max="2" width="0.5"'), "Cover columns 2 to 2 are hidden"),
        (in_cover("<sheetFormatPr ", '<sheetFormatPr zeroHeight="1" '), "Cover hides every row or column"),
        (in_cover('defaultRowHeight="15"', 'defaultRowHeight="1"'), "Cover hides every row or column"),
        (
            lambda one: on_sheet(one, "Checks", "<autoFilter ", '<filterColumn colId="3"/><autoFilter '),
            "Checks is filtered, so that rows are out of sight",
        ),
        (
            lambda one: replaced(one, "xl/drawings/drawing1.xml", "<xdr:cNvPr ", '<xdr:cNvPr hidden="1" '),
            "xl/drawings/drawing1.xml holds a drawing that is hidden",
        ),
    ],
)
def test_what_is_hidden_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    found = offences(line_06_nothing_hidden, spoil(exhibit))
    assert len(found) == 1
    assert said in found[0]


def a2(**formats: object) -> Break:
    """Cell A2 of Cover in other formats."""

    def change(workbook: Workbook) -> None:
        for name, value in formats.items():
            setattr(workbook["Cover"]["A2"], name, value)

    return lambda one: edited(one, change)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (a2(number_format=";;;"), "has a number format that shows nothing: ;;;"),
        (a2(number_format="0;;0"), "has a number format that shows nothing: 0;;0"),
        (a2(number_format='"";"";"";@'), "has a number format that shows nothing"),
        (a2(number_format="[White]0"), "has a number format that writes in white"),
        (a2(font=WHITE), "is written in FFFFFF, the colour behind it"),
        (a2(font=Font(color=Color(theme=0), size=11)), "is written in FFFFFF, the colour behind it"),
        (a2(font=Font(color=Color(indexed=9), size=11)), "is written in FFFFFF, the colour behind it"),
        (
            a2(font=Font(color="FF123456", size=11), fill=PatternFill("solid", fgColor="FF123456")),
            "is written in 123456, the colour behind it",
        ),
        (a2(font=Font(size=2)), "is written in letters of 2.0 points"),
        (a2(protection=Protection(hidden=True)), "keeps its formula from view"),
    ],
)
def test_what_cannot_be_seen_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    found = offences(line_07_nothing_invisible, spoil(exhibit))
    assert len(found) == 1
    assert found[0].startswith("Cover A2 ")
    assert said in found[0]


def conditional(**style: object) -> Break:
    def change(workbook: Workbook) -> None:
        rule = FormulaRule(["TRUE"])  # type: ignore[no-untyped-call]
        rule.dxf = DifferentialStyle(**style)  # type: ignore[arg-type]
        workbook["Position"].conditional_formatting.add("C12", rule)

    return lambda one: edited(one, change)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (conditional(font=Font(color="FFFFFFFF")), "is written in FFFFFF, the colour behind it, where its condition holds"),
        (
            conditional(font=Font(color="FF123456"), fill=PatternFill(bgColor="FF123456")),
            "is written in 123456, the colour behind it, where its condition holds",
        ),
        (
            conditional(numFmt=NumberFormat(200, ";;;")),
            "has a number format that shows nothing: ;;; where its condition holds",
        ),
    ],
)
def test_a_conditional_format_that_shows_nothing_is_found(exhibit: Exhibit, spoil: Break, said: str) -> None:
    assert offences(line_07_nothing_invisible, spoil(exhibit)) == [f"Position C12 {said}"]


def test_a_workbook_without_cells_does_not_pass(exhibit: Exhibit) -> None:
    def clear(workbook: Workbook) -> None:
        for name in workbook.sheetnames[1:]:
            del workbook[name]
        workbook["Cover"].delete_rows(1, 1000)

    assert "The workbook has no cells" in offences(line_07_nothing_invisible, edited(exhibit, clear))


@pytest.mark.parametrize(
    ("number_format", "visible"),
    [
        ("General", True),
        ("#,##0_);(#,##0);#,##0_)", True),
        ('0.0"%"_);(0.0"%");0.0"%"_)', True),
        ('0" to fill"', True),
        ("[h]:mm;@", True),
        ("[Red]0;0", True),
        ('"a;b"', True),
        (";;;", False),
        ("0;", False),
        ("_);_);_)", False),
        ("[Red];0", False),
        ('" "', False),
        ("0;0;* ", False),
    ],
)
def test_a_format_shows_something_of_every_number(number_format: str, visible: bool) -> None:
    assert shows(number_format) is visible


def test_markup_before_a_part_s_end_is_looked_at(exhibit: Exhibit) -> None:
    spoilt = inserted(exhibit, WORKBOOK, "</definedNames>", '<definedName name="secret" hidden="true">Cover!$A$1</definedName>')
    assert offences(line_06_nothing_hidden, spoilt) == ["secret is a name that is hidden"]
