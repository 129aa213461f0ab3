"""Files of another kind under the name of a workbook."""

from tests.acceptance.hostile.kind import hostile
from tests.acceptance.hostile.making import zipped
from tests.unit import handmade
from tests.unit.handmade import ROWS

MACRO = "application/vnd.ms-excel.{}.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml"


def declared(content_type: str) -> bytes:
    return handmade.workbook(ROWS, content_type=content_type)


@hostile("a workbook that opens only with a password", "STR-002")
def encrypted() -> bytes:
    return handmade.ole("EncryptionInfo", "EncryptedPackage")


@hostile("an Excel 97 workbook", "STR-003")
def xls() -> bytes:
    return handmade.ole("Workbook")


@hostile("an Excel 97 workbook of twenty megabytes, most of it empty", "STR-003")
def large_xls() -> bytes:
    return handmade.ole("Workbook") + bytes(19_000_000)


@hostile("a binary workbook", "STR-004")
def xlsb() -> bytes:
    return declared("application/vnd.ms-excel.sheet.binary.macroEnabled.main")


@hostile("an OpenDocument spreadsheet", "STR-005")
def ods() -> bytes:
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"})


@hostile("an OpenDocument spreadsheet whose kind is fifty megabytes long", "STR-001")
def ods_without_end() -> bytes:
    return zipped({"mimetype": bytes(900_000), "content.xml": "<a/>"})


@hostile("a workbook with macros", "STR-006")
def macros() -> bytes:
    return declared(MACRO.format("sheet"))


@hostile("a template", "STR-006")
def template() -> bytes:
    return declared(TEMPLATE)


@hostile("a list in CSV", "STR-001")
def csv() -> bytes:
    return b"org,plan\r\n" + b"QYG,4200\r\n" * 1_000_000


@hostile("a picture in PNG", "STR-001")
def png() -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(1_000)


@hostile("a picture in JPEG", "STR-001")
def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(1_000)


@hostile("a PDF", "STR-001")
def pdf() -> bytes:
    return b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@hostile("a web page", "STR-001")
def web_page() -> bytes:
    return b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>"


@hostile("nothing at all", "STR-001")
def empty() -> bytes:
    return b""


@hostile("bytes of no kind", "STR-001")
def noise() -> bytes:
    return bytes(range(256)) * 1_000
