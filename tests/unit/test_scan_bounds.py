"""A sheet that makes no sense or passes a bound is refused, with the sheet and the cell named."""

import pytest

from tests.unit import handmade
from workbook_gen.excel import markup, strings, worksheet
from workbook_gen.excel.markup import elements
from workbook_gen.excel.package import PackageRefused, open_package
from workbook_gen.excel.scan import Scan, ScannedCell, scan
from workbook_gen.findings import Finding


def scanned(data: bytes) -> Scan:
    return scan(open_package(data))


def only(rows: str) -> dict[tuple[int, int], ScannedCell]:
    """The cells of a workbook with one sheet of these rows."""
    return scanned(handmade.workbook(rows)).sheets[0].cells


def refusal(rows: str) -> Finding:
    with pytest.raises(PackageRefused) as caught:
        only(rows)
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
        elements("a.xml", f"<!DOCTYPE a {declaration}><a/>".encode())
    assert caught.value.finding.code == "STR-010"
    assert "a.xml" in caught.value.finding.message


def test_a_small_part_with_too_many_elements_is_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MAXIMUM_ELEMENTS", 3)
    assert len(elements("a.xml", b"<a><b/><b/></a>")) == 3
    with pytest.raises(PackageRefused) as caught:
        elements("a.xml", b"<a><b/><b/><b/></a>")
    assert caught.value.finding.code == "STR-008"


def test_too_many_texts_are_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strings, "MAXIMUM_STRINGS", 2)
    two = f'<sst xmlns="{handmade.MAIN}"><si><t>a</t></si><si><t>b</t></si></sst>'
    assert strings.shared_strings("s.xml", two.encode()) == ["a", "b"]
    with pytest.raises(PackageRefused) as caught:
        strings.shared_strings("s.xml", two.replace("</sst>", "<si/></sst>").encode())
    assert caught.value.finding.code == "STR-008"


def test_an_unknown_encoding_is_damaged() -> None:
    text = f'<?xml version="1.0" encoding="klingon"?><worksheet xmlns="{handmade.MAIN}"/>'
    with pytest.raises(PackageRefused) as caught:
        scanned(handmade.zipped(handmade.parts({"Plan": text})))
    assert caught.value.finding.code == "STR-007"


def test_too_many_cells_in_all_sheets_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet.Book, "__init__", _small_book)
    row = '<row r="1"><c r="A1"/><c r="B1"/><c r="C1"/></row>'
    sheets = {"One": handmade.worksheet(row), "Two": handmade.worksheet(row)}
    assert scanned(handmade.zipped(handmade.parts({"One": sheets["One"]}))).cells == 3
    with pytest.raises(PackageRefused) as caught:
        scanned(handmade.zipped(handmade.parts(sheets)))
    assert caught.value.finding.code == "STR-008"
    assert "2,000,000" in caught.value.finding.message


def test_a_sheet_with_too_many_cells_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet.Book, "__init__", _small_book)
    beyond = '<row r="2"><c t="unknown"><v>1</v></c></row>'
    assert refusal('<row r="1">' + "<c/>" * 5 + "</row>" + beyond).code == "STR-007"
    assert refusal('<row r="1">' + "<c/>" * 6 + "</row>" + beyond).code == "STR-008"


def _small_book(book: worksheet.Book, strings: list[str], unlocked: frozenset[str], date1904: bool) -> None:
    book.strings, book.unlocked, book.date1904 = strings, unlocked, date1904
    book.cells_left, book.shared_left = 5, 30


def test_shared_formulas_that_swell_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worksheet.Book, "__init__", _small_book)
    rows = '<row r="1"><c r="A1"><f t="shared" si="0">SUM(B1:B2)</f></c>{}</row>'
    child = '<c><f t="shared" si="0"/></c>'
    assert only(rows.format(child * 3))[1, 4].formula == "SUM(E1:E2)"
    finding = refusal(rows.format(child * 4))
    assert finding.code == "STR-008"
