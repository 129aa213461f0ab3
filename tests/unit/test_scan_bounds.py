"""A sheet that makes no sense or passes a bound is refused, with the sheet and the cell named."""

import pytest

from tests.unit import handmade
from workbook_gen.excel import locks, markup, members, room, worksheet
from workbook_gen.excel.cells import Cells
from workbook_gen.excel.markup import elements
from workbook_gen.excel.package import PackageRefused, open_package
from workbook_gen.excel.room import Room
from workbook_gen.excel.scan import Scan, scan
from workbook_gen.findings import Finding


def scanned(data: bytes) -> Scan:
    return scan(open_package(data))


def only(rows: str, **values: str) -> Cells:
    """The cells of a workbook with one sheet of these rows."""
    return scanned(handmade.workbook(rows, **values)).sheets[0].cells


def refusal(rows: str, **values: str) -> Finding:
    with pytest.raises(PackageRefused) as caught:
        only(rows, **values)
    return caught.value.finding


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="2"><c r="A1"><v>1</v></c></row>',
        '<row r="2"><c r="A12"><v>1</v></c></row>',
        '<row r="1"><c r="A"><v>1</v></c></row>',
        '<row r="1"><c r="1"><v>1</v></c></row>',
        '<row r="1"><c r=""><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"/><c/></row>',
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="-1"/>',
        '<row r="1048577"/>',
        '<row r="one"/>',
        "<c><v>1</v></c>",
        '<row r="1"><c r="A1"><c r="B1"/></c></row>',
        '<row r="1"><c r="A1"><v>1,5</v></c></row>',
        '<row r="1"><c r="A1"><v>1_5</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>0</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>x</v></c></row>',
        '<row r="1"><c r="A1" t="q"><v>1</v></c></row>',
        f'<row r="1"><c r="A1"><f>{"1+" * 4_096}1</f></c></row>',
        '<row r="1"><c r="A1">',
    ],
)
def test_a_sheet_that_makes_no_sense_is_damaged(rows: str) -> None:
    finding = refusal(rows)
    assert finding.code == "STR-007"
    assert "sheet" in finding.message


def test_the_message_names_sheet_and_cell() -> None:
    finding = refusal('<row r="7"><c r="AB7"><v>12.5m</v></c></row>')
    assert finding.message == "The file is cut short or damaged: the sheet 'Plan', AB7, holds '12.5m' as a number."


@pytest.mark.parametrize("part", ["<html/>", "<worksheet/>", '<worksheet xmlns="urn:other"><sheetData/></worksheet>'])
def test_a_part_that_is_no_worksheet_is_damaged(part: str) -> None:
    with pytest.raises(PackageRefused) as caught:
        scanned(handmade.zipped(handmade.parts({"Plan": part})))
    assert caught.value.finding.code == "STR-007"


@pytest.mark.parametrize("declaration", ['[<!ENTITY b "9">]', 'SYSTEM "file:///etc/passwd"', ""])
def test_the_parser_itself_refuses_declarations(declaration: str) -> None:
    with pytest.raises(PackageRefused) as caught:
        elements("a.xml", [f"<!DOCTYPE a {declaration}><a/>".encode()], Room())
    assert caught.value.finding.code == "STR-010"
    assert "a.xml" in caught.value.finding.message


def test_an_unknown_encoding_is_damaged() -> None:
    text = f'<?xml version="1.0" encoding="klingon"?><worksheet xmlns="{handmade.MAIN}"/>'
    with pytest.raises(PackageRefused) as caught:
        scanned(handmade.zipped(handmade.parts({"Plan": text})))
    assert caught.value.finding.code == "STR-007"


def too_large(rows: str, words: str, **values: str) -> None:
    """Assert that a workbook of these rows is refused for what the words name."""
    finding = refusal(rows, **values)
    assert finding.code == "STR-008"
    assert words in finding.message


def test_a_small_part_with_too_many_elements_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAXIMUM_ELEMENTS", 3)
    assert len(elements("a.xml", [b"<a><b/><b/></a>"], Room())) == 3
    with pytest.raises(PackageRefused) as caught:
        elements("a.xml", [b"<a><b/><b/>", b"<b/></a>"], Room())
    assert caught.value.finding.code == "STR-008"


def test_too_many_texts_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_TEXTS", 2)
    two = f'<sst xmlns="{handmade.MAIN}"><si><t>a</t></si><si><t>b</t></si></sst>'
    rows = '<row r="1"><c r="A1" t="s"><v>1</v></c></row>'
    assert only(rows, strings=two)[1, 1].value == "b"
    too_large(rows, "3 texts; we read at most 2", strings=two.replace("</sst>", "<si/></sst>"))


CELLS = '<row r="1"><c r="A1"/><c r="B1"/><c r="C1"/></row>'


def test_too_many_cells_in_all_sheets_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_CELLS", 5)
    sheets = {"One": handmade.worksheet(CELLS), "Two": handmade.worksheet(CELLS)}
    assert scanned(handmade.zipped(handmade.parts({"One": sheets["One"]}))).cells == 3
    with pytest.raises(PackageRefused) as caught:
        scanned(handmade.zipped(handmade.parts(sheets)))
    assert caught.value.finding.code == "STR-008"
    assert "6 cells; we read at most 5" in caught.value.finding.message


@pytest.mark.parametrize(("bound", "cell"), [("MAXIMUM_CELLS", "<c/>"), ("MAXIMUM_FILLED", "<c><v>1</v></c>")])
def test_a_sheet_with_too_many_cells_is_not_read_to_its_end(bound: str, cell: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, bound, 5)
    beyond = '<row r="2"><c t="unknown"><v>1</v></c></row>'
    assert refusal('<row r="1">' + cell * 5 + "</row>" + beyond).code == "STR-007"
    too_large('<row r="1">' + cell * 6 + "</row>" + beyond, "we read at most 5")


def test_blank_cells_are_none_that_are_filled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_FILLED", 1)
    assert len(only('<row r="1"><c/><c><v/></c><c s="1"/><c><v>1</v></c></row>')) == 4


def test_shared_formulas_that_swell_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_WRITTEN_OUT", 30)
    rows = '<row r="1"><c r="A1"><f t="shared" si="0">SUM(B1:B2)</f></c>{}</row>'
    child = '<c><f t="shared" si="0"/></c>'
    assert only(rows.format(child * 3))[1, 4].formula == "SUM(E1:E2)"
    too_large(rows.format(child * 4), "characters of shared formulas")


def test_too_many_characters_of_formulas_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_FORMULAS", 9)
    rows = '<row r="1"><c><f>B1+B2</f></c><c><f>{}</f></c></row>'
    assert only(rows.format("1+B2"))[1, 2].formula == "1+B2"
    too_large(rows.format("1+1+1"), "10 characters of formulas")


@pytest.mark.parametrize("kind", ["str", "inlineStr", "s"])
def test_a_text_longer_than_excel_s_is_refused(kind: str) -> None:
    text = "x" * 32_767
    for more in ("", "x"):
        shared = f'<sst xmlns="{handmade.MAIN}"><si><t>{text}{more}</t></si></sst>'
        inside = {"str": f"<v>{text}{more}</v>", "inlineStr": f"<is><t>{text}{more}</t></is>", "s": "<v>0</v>"}[kind]
        rows = f'<row r="1"><c t="{kind}">{inside}</c></row>'
        if more:
            too_large(rows, "32,768 characters in one text", strings=shared)
        else:
            assert only(rows, strings=shared)[1, 1].value == text


def test_too_many_characters_of_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_CHARACTERS", 5)
    cell = '<c t="str"><v>abc</v></c>'
    assert only(f'<row r="1">{cell}</row>')[1, 1].value == "abc"
    too_large(f'<row r="1">{cell * 2}</row>', "6 characters of text")


def test_a_text_that_never_ends_is_not_gathered() -> None:
    endless = '<row r="1"><c t="str"><v>' + "x" * 900_000
    too_large(endless, "characters in one text")
    too_large(endless.replace("<v>", "<is><t>"), "characters in one text")


def test_blanks_between_rows_and_cells_are_not_gathered() -> None:
    rows = "".join(f'<row r="{number}">{" " * 100_000}<c><v>1</v></c></row>{" " * 100_000}' for number in (1, 2, 3, 4))
    assert [cell.value for cell in only(rows).values()] == [1.0] * 4


def test_what_stands_in_a_cell_of_another_type_does_not_leak_into_the_next() -> None:
    rows = '<row r="1"><c><is><t>stray</t></is><v>1</v></c><c t="inlineStr"><is><t>own</t></is></c></row>'
    assert [cell.value for cell in only(rows).values()] == [1.0, "own"]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("", '<mergeCells><mergeCell ref="A3:XFD200000"/></mergeCells>', "STR-008"),
        ("", '<mergeCells><mergeCell ref="A1:B2"/><mergeCell ref="C3:D4"/></mergeCells>', "STR-008"),
        ("", '<mergeCells><mergeCell ref="B2:A1"/></mergeCells>', "STR-007"),
        ("", '<mergeCells><mergeCell ref="A1:XFE2"/></mergeCells>', "STR-007"),
        ("", '<mergeCells><mergeCell ref="everything"/></mergeCells>', "STR-007"),
        ("", "<mergeCells><mergeCell/></mergeCells>", "STR-007"),
        ('<cols><col min="1" max="9" hidden="1"/><col min="2" max="16384" hidden="1"/></cols>', "", "STR-007"),
        ('<cols><col min="0" max="9" hidden="1"/></cols>', "", "STR-007"),
        ('<cols><col min="9" max="2" hidden="1"/></cols>', "", "STR-007"),
        (f'<cols><col min="1" max="{"9" * 5_000}" hidden="1"/></cols>', "", "STR-007"),
        ("<a>" * 101 + "</a>" * 101, "", "STR-008"),
        ("", "<!--" + "x" * 300_000 + "-->", "STR-008"),
        ("", f'<a b="{"x" * 300_000}"/>', "STR-008"),
        ("", f'<a xmlns="{"x" * 256}"/>', "STR-008"),
        ("", "".join(f"<n{number}/>" for number in range(10_001)), "STR-008"),
    ],
)
def test_what_stands_beside_the_cells_is_bounded(before: str, after: str, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_MERGED", 1)
    with pytest.raises(PackageRefused) as caught:
        scanned(handmade.zipped(handmade.parts({"Plan": handmade.worksheet(handmade.ROWS, before, after)})))
    assert caught.value.finding.code == code


def test_too_many_hidden_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MAXIMUM_HIDDEN_ROWS", 2)
    assert scanned(handmade.workbook('<row hidden="1"/>' * 2)).sheets[0].hidden_rows == {1, 2}
    too_large('<row hidden="1"/>' * 3, "3 hidden rows")


def test_too_many_elements_in_a_cell_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet, "MAXIMUM_INSIDE", 2)
    assert only('<row r="1"><c><v>1</v><a/></c><c><v>2</v><a/></c></row>')[1, 2].value == 2.0
    too_large('<row r="1"><c><v>1</v><a/><a/></c></row>', "3 elements in one cell")


def test_too_many_cell_formats_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "MAXIMUM_FORMATS", 2)
    styles = f'<styleSheet xmlns="{handmade.MAIN}"><cellXfs><xf/><xf/>{{}}</cellXfs></styleSheet>'
    assert only(handmade.ROWS, styles=styles.format(""))
    too_large(handmade.ROWS, "3 cell formats", styles=styles.format("<xf/>"))


def test_tags_and_signs_are_counted_in_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "UNCOUNTED", 0)
    long = '<row r="1"><c><v>1</v></c></row>\n' * 20
    monkeypatch.setattr(room, "MAXIMUM_TAGS", 100)
    too_large(long, "tags; we read at most 100")
    monkeypatch.setattr(room, "MAXIMUM_TAGS", 1_000)
    monkeypatch.setattr(room, "MAXIMUM_SIGNS", 60)
    too_large(long, "attributes, line ends and references; we read at most 60")


@pytest.mark.parametrize(
    "cell",
    [
        f"<c><v>{'9' * 101}</v></c>",
        "<c><v>\uff11</v></c>",
        '<c t="s"><v>0_0</v></c>',
        f'<c t="s"><v>{"0" * 5_000}</v></c>',
        f'<c t="e"><v>{"#" * 41}</v></c>',
        f'<c t="{"q" * 5_000}"><v>1</v></c>',
    ],
)
def test_a_value_that_excel_never_writes_is_named_in_few_words(cell: str) -> None:
    finding = refusal(f'<row r="1">{cell}</row>', strings=f'<sst xmlns="{handmade.MAIN}"><si><t>a</t></si></sst>')
    assert finding.code == "STR-007"
    assert len(finding.message) < 300


def test_a_sheet_s_name_without_end_is_damaged() -> None:
    with pytest.raises(PackageRefused) as caught:
        scanned(handmade.zipped(handmade.parts({"x" * 256: handmade.worksheet(handmade.ROWS)})))
    assert "256 characters" in caught.value.finding.message
