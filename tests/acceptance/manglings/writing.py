"""The same return in other ways of writing the same thing, one at a time: nothing is told, for nothing has changed."""

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from openpyxl.utils import column_index_from_string

from tests.acceptance.manglings.kind import Edit, Kind, edited
from tests.acceptance.manglings.parts import TYPES, WORKBOOK_RELATIONSHIPS, replace
from tests.spoil import MAIN, SPACE, STRINGS, Spoiled, q

STRINGS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def texts(rewrite: Callable[[str, str], str]) -> Edit:
    """Every part of XML rewritten as a text, given its name."""

    def work(file: Spoiled, _: str) -> None:
        for name, content in file.members.items():
            if name.endswith((".xml", ".rels")):
                file.members[name] = rewrite(name, content.decode()).encode()

    return work


def strings_of(file: Spoiled) -> list[ET.Element]:
    """The shared strings."""
    return list(ET.fromstring(file.members[STRINGS]))


def inline(file: Spoiled, _: str) -> None:
    """Every text in its cell, and no table of texts."""
    strings = strings_of(file)
    for name in file.parts:
        for cell in file.tree(name).iter(q("c")):
            value = cell.find(q("v"))
            if cell.attrib.get("t") == "s" and value is not None:
                cell.attrib["t"] = "inlineStr"
                cell.remove(value)
                text = ET.SubElement(cell, q("is"))
                text.extend(strings[int(value.text or "")])
    del file.members[STRINGS]
    replace(file, TYPES, f'<Override PartName="/{STRINGS}" ContentType="{STRINGS_TYPE}"/>', "")
    relation = re.search(r"<Relationship [^>]*sharedStrings[^>]*/>", file.members[WORKBOOK_RELATIONSHIPS].decode())
    assert relation
    replace(file, WORKBOOK_RELATIONSHIPS, relation[0], "")


def rewrite_strings(file: Spoiled, change: Callable[[ET.Element], None]) -> None:
    """Change every shared string."""
    tree = ET.fromstring(file.members[STRINGS])
    assert len(tree) > 100
    for text in tree:
        change(text)
    file.members[STRINGS] = ET.tostring(tree, encoding="UTF-8", xml_declaration=True)


def run(text: str) -> ET.Element:
    """A stretch of a text, in bold."""
    one = ET.Element(q("r"))
    ET.SubElement(ET.SubElement(one, q("rPr")), q("b"))
    ET.SubElement(one, q("t"), {SPACE: "preserve"}).text = text
    return one


def make_rich(text: ET.Element) -> None:
    """A text in two runs, of which the first is bold."""
    plain = text.find(q("t"))
    if plain is not None and plain.text:
        middle = len(plain.text) // 2
        text[:] = [run(part) for part in (plain.text[:middle], plain.text[middle:]) if part]


def pronounce(text: ET.Element) -> None:
    """A text with how it is pronounced, as Japanese Excel writes."""
    phonetic = ET.SubElement(text, q("rPh"), {"sb": "0", "eb": "1"})
    ET.SubElement(phonetic, q("t")).text = "カナ"
    ET.SubElement(text, q("phoneticPr"), {"fontId": "1"})


def share_formulas(file: Spoiled, _: str) -> None:
    """Formulas that repeat from row to row, shared as Excel shares them: each a group of its own."""
    for name in file.parts:
        for number, cell in enumerate(file.tree(name).iter(q("c"))):
            formula = cell.find(q("f"))
            if formula is not None and cell.attrib["r"].startswith("J"):
                formula.attrib.update({"t": "shared", "si": str(number), "ref": cell.attrib["r"]})


def without_addresses(file: Spoiled, _: str) -> None:
    """Rows and cells that are where they stand: every gap is filled, and no number or address is written."""
    for name in file.parts:
        rows = file.tree(name).find(q("sheetData"))
        assert rows is not None
        filled: list[ET.Element] = []
        for row in rows:
            filled += [ET.Element(q("row")) for _ in range(int(row.attrib["r"]) - len(filled) - 1)]
            fill_gaps(row)
            filled.append(row)
        rows[:] = filled


def fill_gaps(row: ET.Element) -> None:
    """Empty cells where a row has none."""
    del row.attrib["r"]
    cells: list[ET.Element] = []
    for cell in row:
        column = column_index_from_string(cell.attrib.pop("r").rstrip("0123456789"))
        cells += [ET.Element(q("c")) for _ in range(column - len(cells) - 1)]
        cells.append(cell)
    row[:] = cells


def prefixed(name: str, text: str) -> str:
    """A part whose every name has a prefix, as some libraries write."""
    if not name.startswith("xl/w") or not name.endswith(".xml"):
        return text
    text = re.sub(r"<(/?)(?=[A-Za-z])", r"<\1x:", text)
    return text.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"', 1)


def marked(file: Spoiled, _: str) -> None:
    """A mark of the order of bytes before each part."""
    for name, content in file.members.items():
        if name.startswith("xl/work") and name.endswith(".xml"):
            file.members[name] = b"\xef\xbb\xbf" + content


KINDS = (
    Kind("formulas shared one by one", "had formulas shared, each a group of its own", edited(share_formulas)),
    Kind("texts with formats", "made half of every text bold", edited(lambda file, _: rewrite_strings(file, make_rich))),
    Kind("texts pronounced", "saved it in a Japanese Excel", edited(lambda file, _: rewrite_strings(file, pronounce))),
    Kind("texts in their cells", "saved it with a program without shared strings", edited(inline)),
    Kind("cells without addresses", "saved it with a program that writes no addresses", edited(without_addresses)),
    Kind("names with a prefix", "saved it with a .NET library", edited(texts(prefixed))),
    Kind("marks of byte order", "saved it with a library that writes them", edited(marked)),
)
