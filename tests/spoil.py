"""A workbook's parts, opened to be changed as a program other than ours would change them. Rows and columns count from 1."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree as ET

from openpyxl import Workbook, load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
CUSTOM = "docProps/custom.xml"
_ADDRESS = re.compile(r"^([A-Z]+)(\d+)$")

for _prefix, _namespace in (("", MAIN), ("r", RELATIONSHIPS)):
    ET.register_namespace(_prefix, _namespace)


def q(name: str) -> str:
    """A name of the spreadsheet namespace."""
    return f"{{{MAIN}}}{name}"


def place(address: str) -> tuple[int, int]:
    """C5 → (5, 3)."""
    found = _ADDRESS.match(address)
    assert found, address
    return int(found[2]), column_index_from_string(found[1])


class Spoiled:
    """The members of a workbook, changed one by one; `data` zips them again, in their order."""

    def __init__(self, data: bytes) -> None:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            self.members = {name: archive.read(name) for name in archive.namelist()}
        names = [element.attrib["name"] for element in self._elements(WORKBOOK, "sheet")]
        self.parts = {name: f"xl/worksheets/sheet{number}.xml" for number, name in enumerate(names, 1)}
        self.trees: dict[str, ET.Element] = {}

    def data(self) -> bytes:
        """The workbook as it now is."""
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in self.members.items():
                tree = self.trees.get(name)
                archive.writestr(name, content if tree is None else ET.tostring(tree, encoding="UTF-8", xml_declaration=True))
        return stream.getvalue()

    def tree(self, sheet: str) -> ET.Element:
        """A sheet's part; what is changed in it stays changed."""
        name = self.parts[sheet]
        if name not in self.trees:
            self.trees[name] = ET.fromstring(self.members[name])
        return self.trees[name]

    def put(self, sheet: str, address: str, value: float | str | None, *, formula: str = "", error: bool = False) -> None:
        """What a cell holds, its format kept: a number, a text, an Excel error, a formula with its value, or nothing."""
        cell = self.cell(sheet, address)
        for child in list(cell):
            cell.remove(child)
        cell.attrib.pop("t", None)
        if formula:
            ET.SubElement(cell, q("f")).text = formula
        if isinstance(value, str) and not formula and not error:
            cell.attrib["t"] = "inlineStr"
            text = ET.SubElement(ET.SubElement(cell, q("is")), q("t"))
            text.text, text.attrib[SPACE] = value, "preserve"
        elif value is not None:
            if isinstance(value, str):
                cell.attrib["t"] = "e" if error else "str"
            ET.SubElement(cell, q("v")).text = value if isinstance(value, str) else repr(value)

    def cell(self, sheet: str, address: str) -> ET.Element:
        """A cell that the file holds."""
        return next(cell for cell in self.tree(sheet).iter(q("c")) if cell.attrib["r"] == address)

    def move_rows(self, sheet: str, where: Callable[[int], int | None]) -> None:
        """Give every row its new number; None removes it. Formulas stay as they are."""
        rows = self.tree(sheet).find(q("sheetData"))
        assert rows is not None
        moved = ((where(int(row.attrib["r"])), row) for row in rows)
        kept = sorted(((number, row) for number, row in moved if number is not None), key=lambda pair: pair[0])
        rows[:] = [row for _, row in kept]
        for number, row in kept:
            row.attrib["r"] = str(number)
            for cell in row:
                _, column = place(cell.attrib["r"])
                cell.attrib["r"] = f"{get_column_letter(column)}{number}"

    def move_columns(self, sheet: str, where: Callable[[int], int | None]) -> None:
        """Give every column its new number; None removes it. Formulas stay as they are."""
        for row in self.tree(sheet).iter(q("row")):
            placed = ((where(place(cell.attrib["r"])[1]), cell) for cell in row)
            kept = sorted(((number, cell) for number, cell in placed if number is not None), key=lambda pair: pair[0])
            row[:] = [cell for _, cell in kept]
            for number, cell in kept:
                cell.attrib["r"] = f"{get_column_letter(number)}{row.attrib['r']}"

    def rename(self, sheet: str, name: str) -> None:
        """Give a sheet another name; what refers to it stays as it is."""
        self._replace(WORKBOOK, f'<sheet name="{sheet}"', f'<sheet name="{name}"')

    def reorder(self, sheet: str, before: str) -> None:
        """Put a sheet before another."""
        content = self.members[WORKBOOK].decode()
        found = re.search(f'<sheet name="{sheet}"[^>]*/>', content)
        assert found
        mark = f'<sheet name="{before}"'
        self.members[WORKBOOK] = content.replace(found[0], "").replace(mark, found[0] + mark).encode()

    def unprotect(self, sheet: str) -> None:
        """Take the protection off a sheet."""
        tree = self.tree(sheet)
        (protection,) = tree.findall(q("sheetProtection"))
        tree.remove(protection)

    def say_property(self, name: str, old: str, new: str) -> None:
        """Change a custom property."""
        before, after = (f'name="workbook_gen_{name}"><vt:lpwstr>{text}</vt:lpwstr>' for text in (old, new))
        self._replace(CUSTOM, before, after)

    def drop_properties(self) -> None:
        """Lose the custom properties, as some programs do."""
        content = self.members[CUSTOM].decode()
        self.members[CUSTOM] = re.sub(r"<property .*</property>", "", content, flags=re.DOTALL).encode()

    def _replace(self, member: str, old: str, new: str) -> None:
        content = self.members[member].decode()
        assert content.count(old) == 1, (member, old)
        self.members[member] = content.replace(old, new).encode()

    def _elements(self, member: str, name: str) -> list[ET.Element]:
        return list(ET.fromstring(self.members[member]).iter(q(name)))


def with_openpyxl(data: bytes, change: Callable[[Workbook], None]) -> bytes:
    """Load, change, save. openpyxl drops charts and the value of every formula; the rest that we read it keeps."""
    book = load_workbook(BytesIO(data))
    change(book)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_of(book: Workbook, name: str) -> Worksheet:
    """A worksheet by name."""
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet
