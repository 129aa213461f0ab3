"""Line 35: charts have alt text, titles, axis titles and units, and a table behind them."""

import pytest
from openpyxl.chart import BarChart

from tests.unit.lint.breaking import edited, exhibit_of, matched, offences, with_book
from tests.unit.lint.written import fresh
from workbook_gen.lint.charts import line_35_charts
from workbook_gen.lint.exhibit import Exhibit

CHART = "xl/charts/chart1.xml"


@pytest.mark.parametrize("code", ["QSL", "QYG"])
def test_an_issued_workbook_holds(code: str) -> None:
    assert offences(line_35_charts, exhibit_of(code)) == []


@pytest.mark.parametrize(
    ("part", "pattern", "new", "said"),
    [
        ("xl/drawings/drawing1.xml", r' descr="[^"]*"', "", "its alt text is ''"),
        ("xl/drawings/drawing1.xml", r'( descr=")[^"]*', r"\g<1>A chart", "its alt text is 'A chart'"),
        (CHART, r"(<c:title>.*?<a:t>)[^<]*", r"\g<1>Chart 1", "its title is 'Chart 1'"),
        (CHART, r"<c:chart><c:title>.*?</c:title>", "<c:chart>", "its title is ''"),
        (CHART, r"(<c:catAx>.*?)<c:title>.*?</c:title>", r"\g<1>", "its catAx has no title"),
        (CHART, r"(<c:valAx>.*?)<c:title>.*?</c:title>", r"\g<1>", "its valAx has no title"),
        (CHART, r"(<c:valAx>.*?<a:t>)[^<]*", r"\g<1>Money", "its valAx is named 'Money', without the unit '£000'"),
        (CHART, r"(<c:valAx>.*?)(<c:axPos)", r'\g<1><c:delete val="1"/>\g<2>', "its valAx is not shown"),
        (CHART, r"<c:ser>.*</c:ser>", "", "it draws nothing"),
        (CHART, r"(<c:ser>.*?)<c:tx>.*?</c:tx>", r"\g<1>", "a series has no name"),
        (CHART, r"(<c:ser>.*?)<c:cat>.*?</c:cat>", r"\g<1>", "a series has no table behind it"),
        (CHART, r"(<c:ser>.*?)<c:val>.*?</c:val>", r"\g<1>", "a series has no table behind it"),
        (CHART, r"(<c:val><c:numRef><c:f>)Bridge!", r"\g<1>Agency!", "a series refers to Agency"),
        (CHART, r"(<c:val><c:numRef><c:f>)[^<]*", r"\g<1>Bridge!$D$1:$D$3", "a series draws Bridge D1, which is no figure"),
        (CHART, r"(<c:val><c:numRef><c:f>)[^<]*", r"\g<1>#REF!", "a series refers to what is no cell"),
        (CHART, r"(<c:cat><c:strRef><c:f>)[^<]*", r"\g<1>Bridge!$Z$1:$Z$2", "a category is Bridge Z1, which shows no text"),
    ],
)
def test_a_chart_that_lacks_something_is_found(part: str, pattern: str, new: str, said: str, exhibit: Exhibit) -> None:
    told = fresh(line_35_charts, matched(exhibit, part, f"(?s){pattern}", new), exhibit)
    assert any(one.startswith(f"Bridge, {CHART}") and said in one for one in told), told


def test_a_chart_without_axes_is_found(exhibit: Exhibit) -> None:
    bare = matched(exhibit, CHART, r"(<c:axId [^>]*/>)+(?=</c:barChart>)", "")
    told = fresh(line_35_charts, matched(bare, CHART, r"(?s)<c:catAx>.*</c:valAx>", ""), exhibit)
    assert told == [f"Bridge, {CHART}: it has 0 axes"]


@pytest.mark.filterwarnings("ignore:DrawingML support is incomplete")
def test_decorative_alt_text_is_none(exhibit: Exhibit) -> None:
    decorative = '<a:extLst><a:ext><adec:decorative xmlns:adec="urn:d" val="1"/></a:ext></a:extLst></xdr:cNvPr>'
    broken = matched(exhibit, "xl/drawings/drawing1.xml", r"(<xdr:cNvPr [^>]*)/>", rf"\g<1>>{decorative}")
    assert any("its alt text is ''" in one for one in fresh(line_35_charts, broken, exhibit))


def test_a_chart_that_is_not_there_is_found(exhibit: Exhibit) -> None:
    broken = matched(exhibit, exhibit.book.part_of("Bridge"), r"<drawing [^>]*/>", "")
    relations = exhibit.book.part_of("Bridge").replace("worksheets/", "worksheets/_rels/") + ".rels"
    broken = matched(broken, relations, r'<Relationship [^>]*drawing"[^>]*/>', "")
    assert fresh(line_35_charts, broken, exhibit) == ["Bridge has 0 charts; the definition has 1"]


def test_a_chart_on_a_sheet_without_tables_is_found(exhibit: Exhibit) -> None:
    broken = edited(exhibit, lambda workbook: workbook["Cover"].add_chart(BarChart()))
    assert "Cover has a chart, and no table behind it" in fresh(line_35_charts, broken, exhibit)


def test_the_figures_must_stand_in_a_table(exhibit: Exhibit) -> None:
    codes = exhibit.book.parts["xl/sharedStrings.xml"]
    broken = with_book(exhibit, exhibit.book.changed({"xl/sharedStrings.xml": codes.replace("<t>BRC0100</t>", "<t>ELSE</t>")}))
    assert any("which is no figure of a table" in one for one in fresh(line_35_charts, broken, exhibit))
