"""Lines 30 and 36: one palette, contrast that can be read, and conditional formats with a word beside them."""

from typing import Literal

import pytest
from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles import Border, Font, PatternFill, Protection, Side
from openpyxl.styles.colors import Color
from openpyxl.styles.differential import DifferentialStyle

from tests.unit.lint.breaking import edited, exhibit_of, matched, offences
from tests.unit.lint.written import cell_of, fresh, place
from workbook_gen.lint.addresses import at
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.conditions import is_red
from workbook_gen.lint.contrast import contrast, line_30_palette_and_contrast, line_36_conditional_formats
from workbook_gen.lint.exhibit import Exhibit

Kind = Literal["cellIs", "expression"]
Operator = Literal["equal", "lessThan", "greaterThan"]
GREY = "FFD8DDE0"
SCALE = Rule(
    type="colorScale",
    colorScale=ColorScale(cfvo=[FormatObject("min"), FormatObject("max")], color=[Color("FFFFFFFF"), Color("FFFF0000")]),
)
INPUT, TOTAL, PREFILL = "agency.nursing[nov]", "agency.total[fot]", "agency.nursing[ytd]"


@pytest.mark.parametrize("check", [line_30_palette_and_contrast, line_36_conditional_formats])
@pytest.mark.parametrize("code", ["QSL", "QYG"])
def test_an_issued_workbook_holds(check: Check, code: str) -> None:
    assert offences(check, exhibit_of(code)) == []


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ("000000", "FFFFFF", 21.0),
        ("FFFFFF", "FFFFFF", 1.0),
        ("777777", "FFFFFF", 4.48),
        ("FFFFFF", "005EB8", 6.38),
        ("FF0000", "00FF00", 2.91),
    ],
)
def test_contrast_as_wcag_has_it(one: str, other: str, found: float) -> None:
    assert contrast(one, other) == pytest.approx(found, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


@pytest.mark.parametrize(
    ("ink", "red"), [("B3261E", True), ("FF0000", True), ("000000", False), ("FF9900", False), (None, False)]
)
def test_what_is_red(ink: str | None, red: bool) -> None:
    assert is_red(ink) is red


def made(kind: Kind, operator: Operator | None, asked: str, *, ink: str = "", fill: str = "") -> Rule:
    """A conditional format."""
    font, pattern = Font(color=ink) if ink else None, PatternFill(bgColor=fill) if fill else None
    return Rule(type=kind, operator=operator, formula=[asked], dxf=DifferentialStyle(font=font, fill=pattern))


def painted(exhibit: Exhibit, key: str, *, ink: str = "", fill: str = "", side: Side | None = None) -> Exhibit:
    """A cell in other colours, or with other borders."""
    where = place(exhibit, key)

    def change(workbook: Workbook) -> None:
        cell = cell_of(workbook, where)
        if ink:
            cell.font = Font("Arial", 11, color=ink)
        if fill:
            cell.fill = PatternFill("solid", fgColor=fill)
        if side is not None:
            cell.border = Border(left=side, right=side, top=side, bottom=side)

    return edited(exhibit, change)


@pytest.mark.parametrize(
    ("key", "ink", "fill", "said"),
    [
        (TOTAL, "FF8A9AA8", "", "text #8A9AA8 on #DDEBF7 has a contrast of"),
        (INPUT, "FFBBBB00", "", "text #BBBB00 on #FFFF99 has a contrast of"),
        (TOTAL, "", "FF445566", "text #212B32 on #445566 has a contrast of"),
        (TOTAL, "", "FF003087", "the fill of a total is not one"),
        (INPUT, "", "FFFFEE88", "the fill of an input is not one"),
        ("agency_limit.ceiling[value]", "", "FFFFFFFF", "the fill of a prefilled figure is not one"),
        ("agency_limit.monthly[value]", "", "FFFFFFFF", "the fill of what does not apply is not one"),
        (PREFILL, "", "FFFFFF99", "has the fill of an input, but is none"),
        (TOTAL, "", "FFCCFFCC", "has the fill of a prefilled figure, but is none"),
        ("agency_limit.ceiling[value]", "", "FFD8DDE0", "has the fill of what does not apply, but is none"),
    ],
)
def test_colours_that_cannot_be_read_or_mean_something_else(key: str, ink: str, fill: str, said: str, exhibit: Exhibit) -> None:
    told = fresh(line_30_palette_and_contrast, painted(exhibit, key, ink=ink, fill=fill), exhibit)
    assert any(said in one and at(place(exhibit, key)) in one for one in told), told


@pytest.mark.parametrize(
    ("side", "said"),
    [
        (Side("thin", color="FFB0B8BE"), "the border #B0B8BE on its left has a contrast of"),
        (Side(), "no border of a colour of its own on its top"),
        (Side("thin", color=Color(theme=1)), "no border of a colour of its own on its right"),
    ],
)
def test_a_faint_border_of_an_input_is_found(side: Side, said: str, exhibit: Exhibit) -> None:
    told = fresh(line_30_palette_and_contrast, painted(exhibit, INPUT, side=side), exhibit)
    assert any(one.startswith(at(place(exhibit, INPUT))) and said in one for one in told), told


@pytest.mark.parametrize("kind", ["theme", "pattern"])
def test_a_colour_that_is_not_written_out_is_found(kind: str, exhibit: Exhibit) -> None:
    where = place(exhibit, TOTAL)

    def change(workbook: Workbook) -> None:
        cell = cell_of(workbook, where)
        if kind == "theme":
            cell.font = Font("Arial", 11, color=Color(theme=4))
        else:
            cell.fill = PatternFill("gray125", fgColor="FFDDEBF7")

    told = fresh(line_30_palette_and_contrast, edited(exhibit, change), exhibit)
    assert f"{at(where)}: it takes a colour from the theme, a list or a pattern" in told


@pytest.mark.parametrize(
    ("ink", "fill", "said"), [("FFFFD0D0", None, "text #FFD0D0"), (None, "FF101010", "text #212B32 on #101010")]
)
def test_a_conditional_format_that_cannot_be_read_is_found(
    ink: str | None, fill: str | None, said: str, exhibit: Exhibit
) -> None:
    where = place(exhibit, TOTAL)
    broken = conditioned(exhibit, at(where).split()[-1], made("cellIs", "lessThan", "0", ink=ink or "", fill=fill or ""))
    told = fresh(line_30_palette_and_contrast, broken, exhibit)
    assert any(one.startswith(at(where)) and said in one for one in told), told


def test_a_colour_that_the_key_does_not_explain_is_found(exhibit: Exhibit) -> None:
    def change(workbook: Workbook) -> None:
        for row in workbook["Cover"].iter_rows(min_col=1, max_col=1, min_row=40):
            row[0].fill = PatternFill()

    told = fresh(line_30_palette_and_contrast, edited(exhibit, change), exhibit)
    assert [one for one in told if one.startswith("Cover's key does not explain")] == told
    assert len(told) == 4


def test_two_roles_of_one_colour_are_found(exhibit: Exhibit) -> None:
    broken = matched(exhibit, "xl/styles.xml", r'(<fgColor rgb="FF)CCFFCC("/>)', r"\g<1>FFFF99\g<2>")
    told = fresh(line_30_palette_and_contrast, broken, exhibit)
    assert "the fill #FFFF99 means an input and a prefilled figure" in told


def test_a_role_without_a_fill_is_found(exhibit: Exhibit) -> None:
    broken = matched(exhibit, "xl/styles.xml", r'(<fgColor rgb="FF)CCFFCC("/>)', r"\g<1>FFFFFF\g<2>")
    told = fresh(line_30_palette_and_contrast, broken, exhibit)
    assert "the fill of a prefilled figure is white, as if it had none" in told


def test_too_many_colours_are_found(exhibit: Exhibit) -> None:
    def change(workbook: Workbook) -> None:
        for row in range(1, 12):
            workbook["About"].cell(90 + row, 2, "words").font = Font("Arial", 11, color=f"FF0000{row:02X}")

    told = fresh(line_30_palette_and_contrast, edited(exhibit, change), exhibit)
    assert any("colours; 20 are allowed" in one for one in told)


def conditioned(exhibit: Exhibit, ranges: str, rule: Rule, sheet: str = "Agency", times: int = 1) -> Exhibit:
    def change(workbook: Workbook) -> None:
        for _ in range(times):
            workbook[sheet].conditional_formatting.add(ranges, rule)

    return edited(exhibit, change)


@pytest.mark.parametrize(
    ("ranges", "rule", "said"),
    [
        ("Q90:Q91 Q95", made("cellIs", "equal", '"Late"', fill=GREY), "it has 2 ranges"),
        ("Q90:Q91", made("cellIs", "equal", "5", fill=GREY), "no word stands beside its colour"),
        ("Q90:Q91", made("cellIs", "equal", '" "', fill=GREY), "no word stands beside its colour"),
        ("Q90:Q91", made("cellIs", "lessThan", "0", fill=GREY), "no word stands beside its colour"),
        ("Q90:Q91", made("cellIs", "greaterThan", "0", ink="FFB3261E"), "no word stands"),
        ("Q90:Q91", made("expression", None, "Q90>5", fill=GREY), "no word stands beside its colour: expression"),
        (
            "Q90:Q91",
            SCALE,
            "colorScale",
        ),
    ],
)
def test_a_colour_without_a_word_is_found(ranges: str, rule: Rule, said: str, exhibit: Exhibit) -> None:
    told = fresh(line_36_conditional_formats, conditioned(exhibit, ranges, rule), exhibit)
    assert any(one.startswith("conditional format on Agency Q90:Q91") and said in one for one in told), told


def test_a_range_that_stops_short_is_found(exhibit: Exhibit) -> None:
    first, last = place(exhibit, "agency.nursing[fot]"), place(exhibit, "agency.admin_estates[fot]")
    rule = made("cellIs", "lessThan", "0", ink="FFB3261E")
    ranges = f"{at(first).split()[-1]}:{at(last).split()[-1]}"
    told = fresh(line_36_conditional_formats, conditioned(exhibit, ranges, rule), exhibit)
    assert any(f"stops short of {at(place(exhibit, 'agency.other[fot]'))}" in one for one in told)


def test_a_red_figure_without_brackets_is_found(exhibit: Exhibit) -> None:
    where = place(exhibit, TOTAL)

    def change(workbook: Workbook) -> None:
        cell_of(workbook, where).number_format = "#,##0"

    told = fresh(line_36_conditional_formats, edited(exhibit, change), exhibit)
    assert any(one.endswith(f"{at(where)} shows a negative figure without brackets") for one in told)


def test_too_many_conditional_formats_are_found(exhibit: Exhibit) -> None:
    rule = made("cellIs", "equal", '"Late"', fill=GREY)
    before = sum(len(one.rules) for one in exhibit.book.sheets["Agency"].conditional_formatting)
    assert fresh(line_36_conditional_formats, conditioned(exhibit, "Q90:Q91", rule, times=30 - before), exhibit) == []
    told = fresh(line_36_conditional_formats, conditioned(exhibit, "Q90:Q91", rule, times=31 - before), exhibit)
    assert told == ["Agency has 31 conditional formats; 30 are allowed"]


def test_a_workbook_without_conditional_formats_does_not_pass(exhibit: Exhibit) -> None:
    def change(workbook: Workbook) -> None:
        for sheet in workbook.worksheets:
            sheet.conditional_formatting = type(sheet.conditional_formatting)()

    assert offences(line_36_conditional_formats, edited(exhibit, change)) == ["no sheet has a conditional format"]


def test_an_unlocked_cell_must_have_its_border_wherever_it_stands(exhibit: Exhibit) -> None:
    def change(workbook: Workbook) -> None:
        workbook["About"]["B90"].protection = Protection(locked=False)

    told = fresh(line_30_palette_and_contrast, edited(exhibit, change), exhibit)
    assert any(one.startswith("About B90: the input has no border") for one in told)
