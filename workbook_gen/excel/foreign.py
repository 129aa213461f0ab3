"""What a file is that is no workbook of ours to read: said by name, with the menu path that mends it."""

import re
import struct

from workbook_gen.excel.members import Members
from workbook_gen.excel.refusal import PackageRefused, damaged, refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

_SIGNATURES = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"BM", "a picture (BMP)"),
    (b"{\\rtf", "a rich text document"),
    (b"PK\x05\x06", "an empty zip folder"),
    (b"Rar!", "a compressed folder (RAR)"),
    (b"7z\xbc\xaf", "a compressed folder (7z)"),
    (b"\x09\x08\x10\x00", "a workbook older than Excel 97"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")
_PACKAGES = (
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.", "a Word document"),
    ("application/vnd.ms-word.", "a Word document"),
    ("application/vnd.openxmlformats-officedocument.presentationml.", "a PowerPoint presentation"),
    ("application/vnd.ms-powerpoint.", "a PowerPoint presentation"),
)
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_MACROS = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml": "a template (.xltx)",
    "application/vnd.ms-excel.sheet.macroenabled.main+xml": "a macro-enabled workbook (.xlsm)",
    "application/vnd.ms-excel.template.macroenabled.main+xml": "a macro-enabled template (.xltm)",
    "application/vnd.ms-excel.addin.macroenabled.main+xml": "a macro-enabled add-in (.xlam)",
}
_BINARY = "application/vnd.ms-excel.sheet.binary.macroenabled.main"


def not_a_zip(data: bytes) -> PackageRefused:
    """The refusal of bytes that do not begin as a zip does."""
    if data.startswith(OLE):
        return _ole(data)
    if data[:2] == ZIP[:2] and len(data) < len(ZIP):
        return damaged("it ends after its first bytes")
    return refuse("STR-001", found=_kind(data))


def _kind(data: bytes) -> str:
    """What the bytes look like, in words."""
    if not data:
        return "empty (0 bytes)"
    known = next((words for signature, words in _SIGNATURES if data.startswith(signature)), None)
    if known:
        return known
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if start.startswith(b"<"):
        return "an XML text"
    if data.startswith(_BYTE_ORDER) or not _CONTROL.search(data[:4096]):
        return "a text, such as a CSV"
    return "of a kind we do not know"


def _ole(data: bytes) -> PackageRefused:
    """Encrypted workbooks and old .xls share one container; the names in its directory tell them apart."""
    if _holds_stream(data, "EncryptedPackage"):
        return refuse("STR-002")
    if _holds_stream(data, "Workbook") or _holds_stream(data, "Book"):
        return refuse("STR-003")
    return refuse("STR-001", found="another kind of old Office file")


def _holds_stream(data: bytes, name: str) -> bool:
    """Whether the OLE directory has a stream of that name: 64 bytes of UTF-16, its length, and 2 for a stream."""
    coded = name.encode("utf-16-le")
    return coded.ljust(64, b"\0") + struct.pack("<HB", len(coded) + 2, 2) in data


def not_a_package(members: Members) -> PackageRefused:
    """The refusal of a sound zip without the list of content types that every Office file has."""
    if "mimetype" in members:
        kind = b"".join(members.chunks("mimetype"))[:200].decode("ascii", "replace").strip()
        if kind.startswith(_OPEN_DOCUMENT + "spreadsheet"):
            return refuse("STR-005")
        if kind.startswith(_OPEN_DOCUMENT):
            return refuse("STR-001", found="another OpenDocument file")
    if any(name.casefold().endswith(".iwa") for name in members.names):
        return refuse("STR-001", found="an Apple Numbers or Pages file")
    if any(name.casefold().endswith((".xlsx", ".xlsm")) for name in members.names):
        return refuse("STR-001", found="a zip folder with a workbook in it")
    return refuse("STR-001", found="a zip folder")


def check_kind(content_type: str) -> None:
    """PackageRefused unless the main part's content type is that of a plain workbook."""
    kind = content_type.casefold()
    if kind == _SPREADSHEET:
        return
    if kind == _BINARY:
        raise refuse("STR-004")
    if kind in _MACROS:
        raise refuse("STR-006", found=_MACROS[kind])
    other = next((words for start, words in _PACKAGES if kind.startswith(start)), None)
    if other:
        raise refuse("STR-001", found=other)
    raise damaged("it does not say what kind of file it is")
