"""The package of every issued workbook is plain: short formulas of old functions, links that lead somewhere, one validation
to each input, every sheet protected and every chart with its text."""

import re
import zipfile
from io import BytesIO
from xml.etree import ElementTree

import pytest
from openpyxl.utils import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbooks import Book, asked, collection

ALLOWED = """SUM N ABS ROUND MIN MAX IF AND OR NOT ISBLANK ISTEXT ISNUMBER ISERROR COUNT COUNTA COUNTBLANK COUNTIF
SUMPRODUCT TEXT TRIM LEN INDEX MATCH HYPERLINK"""
"""The only functions, as DESIGN.md lists them."""
LONGEST, LONGEST_ON_CHECKS = 200, 900
LARGEST = 2_000_000

QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'!')
CALLED = re.compile(r"([A-Za-z_][\w.]*)\(")
WHOLE = re.compile(r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}\b|(?<![\w$])\$?\d+:\$?\d+")
TARGET = re.compile(r"(?:'(?P<quoted>[^']+)'|(?P<plain>\w+))!(?P<cell>[A-Z]+\d+)")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


def test_the_package_is_small_whole_and_plain(book: Book) -> None:
    with zipfile.ZipFile(BytesIO(book.data)) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
    assert len(names) == len({name.casefold() for name in names}) > 30
    assert len(book.data) < LARGEST
    assert [name for name in names if re.search(r"vba|external|query|connection|embed|activeX|ctrlProp", name, re.I)] == []
    roots = {name: ElementTree.fromstring(text).tag for name, text in book.parts.items()}
    assert len(roots) == len(names)
    assert [name for name, text in book.parts.items() if 'TargetMode="External"' in text or "<!DOCTYPE" in text] == []


def test_formulas_are_short_and_of_old_plain_functions(book: Book) -> None:
    formulas = {place: seen.formula for place, seen in book.cells.items() if seen.formula is not None}
    assert len(formulas) > 1_000
    assert sum(text.count("<f>") for text in book.parts.values()) == len(formulas)
    assert [part for part, text in book.parts.items() if re.search(r"<f [^>]*>", text)] == []
    limits = {place: LONGEST_ON_CHECKS if place[0] == "Checks" else LONGEST for place in formulas}
    assert {place: len(text) for place, text in formulas.items() if len(text) > limits[place]} == {}
    called = {name for text in everything_reckoned(book) for name in CALLED.findall(QUOTED.sub("", text))}
    assert called - set(ALLOWED.split()) == set()
    assert {"SUM", "IF", "ROUND", "COUNTBLANK"} <= called
    assert [text for text in formulas.values() if WHOLE.search(QUOTED.sub("", text)) or "{" in QUOTED.sub("", text)] == []


def everything_reckoned(book: Book) -> list[str]:
    """The formulas of cells, conditional formats, validations and defined names."""
    found = [seen.formula for seen in book.cells.values() if seen.formula is not None]
    for sheet in book.sheets.values():
        found += [str(text) for area in sheet.conditional_formatting for rule in area.rules for text in rule.formula]
        found += [str(text) for one in sheet.data_validations.dataValidation for text in (one.formula1, one.formula2) if text]
    return found + re.findall(r"<definedName [^>]*>(.*?)</definedName>", book.parts["xl/workbook.xml"])


def test_a_function_that_is_not_allowed_is_seen(sample: Book) -> None:
    part = sample.part_of("Position")
    spoilt = sample.replaced(part, "<f>SUM(", "<f>INDIRECT(")
    with pytest.raises(AssertionError):
        test_formulas_are_short_and_of_old_plain_functions(spoilt)


def test_one_validation_to_each_input(book: Book, code: str) -> None:
    expected = sorted(book.coded[at] for at in asked(code))
    found = sorted(
        (name, row, column)
        for name, sheet in book.sheets.items()
        for one in sheet.data_validations.dataValidation
        for area in one.sqref.ranges
        for row in range(area.min_row, area.max_row + 1)
        for column in range(area.min_col, area.max_col + 1)
    )
    assert found == expected


def test_validations_help_and_stop(book: Book) -> None:
    every = [one for sheet in book.sheets.values() for one in sheet.data_validations.dataValidation]
    assert len(every) > 20
    for one in every:
        assert one.errorStyle in (None, "stop")
        assert one.showErrorMessage
        assert one.showInputMessage
        assert 0 < len(one.promptTitle) <= 32
        assert 0 < len(one.prompt) <= 255
        assert 0 < len(one.error) <= 225
        if one.type == "list":
            assert re.fullmatch(r"list_\w+", str(one.formula1))
            assert f'name="{one.formula1}"' in book.parts["xl/workbook.xml"]


def test_no_cells_are_merged(book: Book) -> None:
    assert [name for name, sheet in book.sheets.items() if sheet.merged_cells.ranges] == []
    assert [part for part, text in book.parts.items() if "<mergeCell" in text] == []


def test_every_link_leads_to_a_cell(book: Book) -> None:
    links = list(links_of(book))
    rules = len([row for row in book.rows("Checks") if re.fullmatch(r"[A-Z]{2,4}-\d{3}", book.text("Checks", row, 1))])
    assert len(links) > rules + len(book.sheets)
    assert rules > 100
    assert [link for link in links if not leads_somewhere(link, book)] == []
    linked = {TARGET.fullmatch(link)[0].split("!")[0].strip("'") for link in links}  # type: ignore[index]
    assert {sheet.title for sheet in collection().sheets} <= linked


def links_of(book: Book) -> list[str]:
    """Where the hyperlinks of the sheets lead; none of them leaves the workbook."""
    found = []
    for part, text in book.parts.items():
        if part.startswith("xl/worksheets/sheet"):
            for link in ElementTree.fromstring(text).iter(f"{MAIN}hyperlink"):
                assert set(link.attrib) <= {"ref", "location", "display", "tooltip"}, link.attrib
                found.append(link.attrib["location"])
    return found


def leads_somewhere(link: str, book: Book) -> bool:
    target = TARGET.fullmatch(link)
    if target is None:
        return False
    sheet = target["quoted"] or target["plain"]
    column, row, _, _ = range_boundaries(target["cell"])
    return (sheet, row, column) in book.cells


def test_a_link_that_leads_nowhere_is_seen(sample: Book) -> None:
    part, link = sample.part_of("Cover"), next(link for link in links_of(sample) if link.startswith("Position!"))
    for nowhere in ("Positron!A1", "Position!XX9", "Position"):
        spoilt = sample.replaced(part, f'location="{link}"', f'location="{nowhere}"')
        assert [one for one in links_of(spoilt) if not leads_somewhere(one, spoilt)] == [nowhere]


def test_names_of_sheets_are_short_and_every_sheet_is_protected(book: Book) -> None:
    assert [name for name in book.sheets if len(name) > 31] == []
    assert len({name.casefold() for name in book.sheets}) == len(book.sheets)
    assert {name for name, sheet in book.sheets.items() if not is_protected(sheet)} == set()


def is_protected(sheet: Worksheet) -> bool:
    """Protected, without a password, and so that locked cells can be selected and copied."""
    protection = sheet.protection
    return bool(protection.sheet) and not protection.password and not protection.selectLockedCells


def test_every_chart_has_a_title_units_and_a_text(book: Book) -> None:
    wanted = {chart.title: chart for sheet in collection().sheets for chart in sheet.charts}
    charts = {part: text for part, text in book.parts.items() if part.startswith("xl/charts/chart")}
    titles = {part: re.findall(r"<a:t>(.*?)</a:t>", text) for part, text in charts.items()}
    assert {said[0] for said in titles.values()} == set(wanted)
    assert len(charts) == len(wanted)
    for said in titles.values():
        assert wanted[said[0]].y in said
    frames = [
        frame
        for part, text in book.parts.items()
        if part.startswith("xl/drawings/drawing")
        for frame in ElementTree.fromstring(text).iter(f"{DRAWN}graphicFrame")
    ]
    texts = [one.attrib.get("descr", "") for frame in frames for one in frame.iter(f"{DRAWN}cNvPr")]
    assert sorted(texts) == sorted(chart.alt for chart in wanted.values())
    assert min(map(len, texts)) > 40
