"""Workbooks made part by part, for what no library writes, and what refuses them."""

import struct
import zipfile
from collections.abc import Mapping
from io import BytesIO
from xml.sax.saxutils import quoteattr

import pytest

from workbook_gen.excel.package import PackageRefused, open_package
from workbook_gen.findings import Finding, Outcome, Severity, State, state_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONSHIPS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PLAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
ROWS = '<row r="1"><c r="A1"><v>1</v></c></row>'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def worksheet(rows: str, before: str = "", after: str = "", main: str = MAIN) -> str:
    """A worksheet part with these rows."""
    return f'{HEAD}<worksheet xmlns="{main}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(
    sheets: Mapping[str, str],
    *,
    strings: str = "",
    styles: str = "",
    content_type: str = PLAIN,
    workbook: str = "",
    main: str = MAIN,
    relations: str = RELATIONSHIPS,
) -> dict[str, str | bytes]:
    """The parts of a workbook with these sheets (name → part), in order."""
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{content_type}"/></Types>',
        "_rels/.rels": _relations({"main": ("officeDocument", "xl/workbook.xml")}, relations),
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{main}" xmlns:r="{relations}">{workbook}<sheets>'
        + "".join(
            f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="s{number}"/>' for number, name in enumerate(sheets, 1)
        )
        + "</sheets></workbook>",
    }
    links = {f"s{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)}
    for number, sheet in enumerate(sheets.values(), 1):
        found[f"xl/worksheets/sheet{number}.xml"] = sheet
    for kind, text in (("sharedStrings", strings), ("styles", styles)):
        if text:
            links[kind] = (kind, f"/xl/{kind}.xml")
            found[f"xl/{kind}.xml"] = text
    found["xl/_rels/workbook.xml.rels"] = _relations(links, relations)
    return found


def _relations(links: Mapping[str, tuple[str, str]], relations: str) -> str:
    rows = "".join(
        f'<Relationship Id="{key}" Type="{relations}/{kind}" Target="{target}"/>' for key, (kind, target) in links.items()
    )
    return f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def zipped(members: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The members as a zip."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def workbook(rows: str, **values: str) -> bytes:
    """A workbook with one sheet, `Plan`, that has these rows."""
    return zipped(parts({"Plan": worksheet(rows, main=values.get("main", MAIN))}, **values))


def ole(*streams: str) -> bytes:
    """An OLE file whose directory names these streams."""
    entries = b"".join(_entry(name, 2) for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + _entry("Root Entry", 5) + entries


def _entry(name: str, kind: int) -> bytes:
    coded = name.encode("utf-16-le")
    return (coded.ljust(64, b"\0") + struct.pack("<HB", len(coded) + 2, kind)).ljust(128, b"\0")


def changed(**members: str | bytes | None) -> bytes:
    """A good workbook with members replaced, added or (None) left out; `__` stands for `/`, `.xml` is understood."""
    found: dict[str, str | bytes] = parts({"Plan": worksheet(ROWS)})
    for key, content in members.items():
        name = key.replace("__", "/") + ".xml"
        found.pop(name, None)
        if content is not None:
            found[name] = content
    return zipped(found)


def refusal(data: bytes) -> Finding:
    """The finding with which the bytes are refused as a package; it weighs most, and says how to mend it."""
    with pytest.raises(PackageRefused) as caught:
        open_package(data)
    finding = caught.value.finding
    assert finding.refuses
    assert finding.severity is Severity.FIX
    assert finding.outcome is Outcome.FAIL
    assert state_of((finding,)) is State.REFUSED
    assert finding.fix
    return finding
