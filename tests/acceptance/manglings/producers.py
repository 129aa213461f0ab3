"""The same return as other programs write it: nothing is told, for nothing has changed."""

import re
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.acceptance.manglings.answers import since_1904
from tests.acceptance.manglings.kind import Change, Kind, edited, sheet_wide
from tests.acceptance.manglings.parts import TYPES, WORKBOOK_RELATIONSHIPS, replace
from tests.acceptance.manglings.places import SYSTEMS
from tests.acceptance.manglings.writing import inline, texts
from tests.engines.libreoffice import recalculate_with_libreoffice
from tests.returns import completed, file_name
from tests.spoil import MAIN, WORKBOOK, Spoiled, with_openpyxl

STRICT = (
    (MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"),
    ("http://schemas.openxmlformats.org/drawingml/2006/", "http://purl.oclc.org/ooxml/drawingml/"),
)
"""The namespaces of a Strict workbook in place of the ordinary ones; content types and package relationships are the same."""
COMPATIBILITY = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="x14ac xr" '
    'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac" '
    'xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
)
CHOICE = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="x15">'
    '<x15ac:absPath url="/Users/a/Documents/" xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/>'
    "</mc:Choice></mc:AlternateContent>"
)


def strict(name: str, text: str) -> str:
    """A part with the namespaces of a Strict workbook."""
    if name == TYPES:
        return text
    for old, new in STRICT:
        text = text.replace(old, new)
    return text.replace(
        "officeDocument/relationships/custom-properties", "officeDocument/relationships/customProperties"
    ).replace("officeDocument/relationships/extended-properties", "officeDocument/relationships/extendedProperties")


def as_mac(name: str, text: str) -> str:
    """A part as Excel for Mac writes it: absolute targets, attributes of later versions, alternatives, no dimension."""
    if name.startswith("xl/worksheets/") and name.endswith(".xml"):
        text = re.sub(r"<dimension [^>]*/>", "", text).replace("<worksheet ", f"<worksheet {COMPATIBILITY} ", 1)
        text = text.replace("<sheetFormatPr ", '<sheetFormatPr baseColWidth="10" x14ac:dyDescent="0.2" ')
        return re.sub(r"<row ", '<row x14ac:dyDescent="0.2" ', text)
    if name == WORKBOOK:
        text = text.replace("<workbook ", f"<workbook {COMPATIBILITY} ", 1).replace("<bookViews>", f"{CHOICE}<bookViews>", 1)
    if name == WORKBOOK_RELATIONSHIPS:
        return re.sub(r'Target="([^/"]+(?:/[^"]+)?)"', r'Target="/xl/\1"', text)
    return re.sub(r'Target="((?:xl|docProps)/)', r'Target="/\1', text) if name == "_rels/.rels" else text


def google(file: Spoiled, code: str) -> None:
    """No properties at all, sheets under other names, every text in its cell."""
    for name in [name for name in file.members if name.startswith("docProps/")]:
        del file.members[name]
        relation = re.search(f'<Relationship [^>]*Target="{name}"/>', file.members["_rels/.rels"].decode())
        override = re.search(f'<Override PartName="/{name}"[^>]*/>', file.members[TYPES].decode())
        assert relation
        assert override
        replace(file, "_rels/.rels", relation[0], "")
        replace(file, TYPES, override[0], "")
    inline(file, code)
    rename_parts(file)


def rename_parts(file: Spoiled) -> None:
    """The sheets' parts in the opposite order, under other names."""
    for number, (name, part) in enumerate(file.parts.items()):
        new = f"xl/worksheets/page-{len(file.parts) - number}.xml"
        file.members[new] = file.members.pop(part)
        if part in file.trees:
            file.trees[new] = file.trees.pop(part)
        replace(file, WORKBOOK_RELATIONSHIPS, f'"{part.removeprefix("xl/")}"', f'"{new.removeprefix("xl/")}"')
        replace(file, TYPES, f'"/{part}"', f'"/{new}"')
        relations = part.replace("worksheets/", "worksheets/_rels/") + ".rels"
        if relations in file.members:
            file.members[new.replace("worksheets/", "worksheets/_rels/") + ".rels"] = file.members.pop(relations)
        file.parts[name] = new


def zipped_again(data: bytes, _: str) -> bytes:
    """Unpacked and zipped again: folders, no compression, another order."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as after:
        for folder in ("xl/", "xl/worksheets/", "docProps/"):
            after.writestr(folder, b"")
        for name in sorted(before.namelist(), reverse=True):
            after.writestr(name, before.read(name))
    return stream.getvalue()


def by_openpyxl(data: bytes, _: str) -> bytes:
    return with_openpyxl(data, lambda book: None)


def one_after_the_other(*changes: Change) -> Change:
    """Changes, each to what the one before has written."""

    def work(data: bytes, code: str) -> bytes:
        for change in changes:
            data = change(data, code)
        return data

    return work


@cache
def saved_by_libreoffice() -> dict[str, bytes]:
    """The returns of all systems that the catalogue is tested on, saved by one LibreOffice."""
    with TemporaryDirectory(prefix="returns-") as folder:
        paths = [Path(folder) / file_name(code) for code in SYSTEMS]
        for code, path in zip(SYSTEMS, paths, strict=True):
            path.write_bytes(completed(code))
        out = Path(folder) / "saved"
        out.mkdir()
        made = recalculate_with_libreoffice(paths, out)
        return {code: path.read_bytes() for code, path in zip(SYSTEMS, made, strict=True)}


KINDS = (
    Kind("Strict workbook", "chose Strict Open XML", edited(texts(strict)), sheet_wide("STR-019", "")),
    Kind("Excel for Mac", "saved it in Excel for Mac", one_after_the_other(edited(since_1904), edited(texts(as_mac)))),
    Kind("Google Sheets", "worked in Google Sheets and downloaded it", edited(google)),
    Kind("LibreOffice", "saved it in LibreOffice", lambda _, code: saved_by_libreoffice()[code], program="libreoffice"),
    Kind("openpyxl", "had a script save it, which works no formula out", by_openpyxl, stale=True),
    Kind("zipped again", "unpacked it and zipped it again", zipped_again),
)
