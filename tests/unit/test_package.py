"""What comes in as bytes: opened as a package, or refused with a word that names it and the way to mend it."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.unit import handmade
from tests.unit.handmade import ROWS, refusal
from workbook_gen.excel.package import Package, open_package
from workbook_gen.findings import Severity, State, state_of

MACRO = "application/vnd.ms-excel.{}.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"
BINARY = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def good(**values: str) -> bytes:
    return handmade.workbook(ROWS, **values)


# What it is not


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty (0 bytes)"),
        (b"org,plan\r\nQE1,4200\r\n", "a text, such as a CSV"),
        ("\ufefforg,plan\r\n".encode(), "a text, such as a CSV"),
        ("org\tplan\r\n".encode("utf-16"), "a text, such as a CSV"),
        ("£4,200\n".encode("cp1252"), "a text, such as a CSV"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture (PNG)"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a picture (JPEG)"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"<html><table></table></html>", "a web page"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML text"),
        (b"\0\1\2\3\4\5\6\7", "of a kind we do not know"),
        (b"PK\x05\x06" + bytes(18), "an empty zip folder"),
        (handmade.ole("WordDocument"), "another kind of old Office file"),
        (handmade.zipped({"a.txt": "a"}), "a zip folder"),
        (handmade.zipped({"return.xlsx": good()}), "a zip folder with a workbook in it"),
        (handmade.zipped({"Index/Document.iwa": "a"}), "an Apple Numbers or Pages file"),
        (handmade.zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "another OpenDocument file"),
        (good(content_type=WORD), "a Word document"),
    ],
)
def test_a_file_that_is_no_workbook_is_named(data: bytes, words: str) -> None:
    finding = refusal(data)
    assert finding.code == "STR-001"
    assert finding.message == f"The file is {words}, not an Excel workbook."
    assert "File > Save As > Excel Workbook (*.xlsx)" in finding.fix


@pytest.mark.parametrize(
    ("data", "code", "word", "menu"),
    [
        (handmade.ole("EncryptionInfo", "EncryptedPackage"), "STR-002", "password", "File > Info > Protect Workbook"),
        (handmade.ole("Workbook"), "STR-003", ".xls", "File > Save As"),
        (handmade.ole("Book"), "STR-003", ".xls", "File > Save As"),
        (good(content_type=BINARY), "STR-004", ".xlsb", "File > Save As"),
        (
            handmade.zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}),
            "STR-005",
            ".ods",
            "File > Save As",
        ),
        (good(content_type=MACRO.format("sheet")), "STR-006", "a macro-enabled workbook (.xlsm)", "File > Save As"),
        (good(content_type=MACRO.format("template")), "STR-006", "a macro-enabled template (.xltm)", "File > Save As"),
        (good(content_type=MACRO.format("addin")), "STR-006", "a macro-enabled add-in (.xlam)", "File > Save As"),
        (good(content_type=TEMPLATE), "STR-006", "a template (.xltx)", "File > Save As"),
    ],
)
def test_another_kind_of_spreadsheet_is_named_with_its_way_out(data: bytes, code: str, word: str, menu: str) -> None:
    finding = refusal(data)
    assert finding.code == code
    assert word in finding.message
    assert menu in finding.fix


def test_a_text_that_quotes_a_stream_s_name_is_not_taken_for_encrypted() -> None:
    quoted = handmade.ole("WordDocument") + "EncryptedPackage of the Workbook".encode("utf-16-le")
    assert refusal(quoted).code == "STR-001"


def test_macros_in_a_workbook_that_calls_itself_plain_are_refused() -> None:
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)})
    relations = str(members["xl/_rels/workbook.xml.rels"])
    macro = '<Relationship Id="m" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="v.bin"/>'
    members["xl/_rels/workbook.xml.rels"] = relations.replace("</Rel", macro + "</Rel")
    members["xl/v.bin"] = b"\0"
    assert refusal(handmade.zipped(members)).code == "STR-006"


# What is opened


def by_xlsxwriter(path: Path) -> None:
    with xlsxwriter.Workbook(path) as workbook:
        for name in ("Cover", "Agency", "Über £"):
            workbook.add_worksheet(name).write(0, 0, name)
        workbook.add_chartsheet("Picture")
        workbook.worksheets()[1].hide()
        workbook.set_custom_property("seal", "abc")


def by_openpyxl(path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].title = "Cover"
    workbook.create_sheet("Agency")
    workbook.worksheets[1].sheet_state = "hidden"
    workbook.create_sheet("Über £")
    workbook.create_chartsheet().title = "Picture"
    workbook.save(path)


@pytest.mark.parametrize("write", [by_xlsxwriter, by_openpyxl])
def test_sheets_are_listed_in_order(write: Callable[[Path], None], tmp_path: Path) -> None:
    write(tmp_path / "made.xlsx")
    package = open_package((tmp_path / "made.xlsx").read_bytes())
    listed = [(sheet.name, sheet.state, sheet.kind) for sheet in package.workbook.sheets]
    assert listed == [
        ("Cover", "visible", "worksheet"),
        ("Agency", "hidden", "worksheet"),
        ("Über £", "visible", "worksheet"),
        ("Picture", "visible", "chartsheet"),
    ]
    assert all(sheet.part in package.members for sheet in package.workbook.sheets)
    assert package.findings == ()


def test_parts_are_found_by_relationship_whatever_their_names() -> None:
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)}, strings="<sst/>")
    members["xl/worksheets/odd.xml"] = members.pop("xl/worksheets/sheet1.xml")
    members["XL/SharedStrings.XML"] = members.pop("xl/sharedStrings.xml")
    key = "xl/_rels/workbook.xml.rels"
    members[key] = str(members[key]).replace("worksheets/sheet1.xml", "../xl/worksheets/odd.xml")
    package = open_package(handmade.zipped(members))
    assert package.workbook.sheets[0].part == "xl/worksheets/odd.xml"
    assert package.shared_strings is not None
    assert package.members.read(package.shared_strings) == b"<sst/>"


def test_folders_in_the_zip_are_no_parts() -> None:
    package = open_package(handmade.zipped(handmade.parts({"Plan": handmade.worksheet(ROWS)}) | {"xl/media/": b""}))
    assert "xl/media/" not in package.members.names
    assert "xl/workbook.xml" in package.members.names


def test_a_strict_workbook_is_read_with_a_note() -> None:
    package: Package = open_package(
        good(main=handmade.STRICT_MAIN, relations=handmade.STRICT_RELATIONSHIPS),
    )
    assert package.workbook.sheets[0].name == "Plan"
    (note,) = package.findings
    assert (note.code, note.severity, note.refuses) == ("STR-019", Severity.NOTE, False)
    assert state_of((note,)) is State.CLEAN


def test_missing_properties_are_no_damage() -> None:
    members = handmade.parts({"Plan": handmade.worksheet(ROWS)})
    extra = f'<Relationship Id="p" Type="{handmade.RELATIONSHIPS}/extended-properties" Target="docProps/app.xml"/>'
    members["_rels/.rels"] = str(members["_rels/.rels"]).replace("</Rel", extra + "</Rel")
    assert open_package(handmade.zipped(members)).application is None


def test_defined_names_say_where_they_are_known() -> None:
    members = handmade.parts(
        {"Plan": handmade.worksheet(ROWS)},
        workbook='<workbookPr date1904="1"/><definedNames><definedName name="share">Plan!$A$1</definedName>'
        '<definedName name="own" localSheetId="0" hidden="1">Plan!$B$1</definedName></definedNames>',
    )
    workbook = open_package(handmade.zipped(members)).workbook
    assert [(name.name, name.text, name.sheet, name.hidden) for name in workbook.names] == [
        ("share", "Plan!$A$1", None, False),
        ("own", "Plan!$B$1", "Plan", True),
    ]
    assert workbook.date1904
