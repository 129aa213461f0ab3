"""How many cells of a workbook hold something, counted in its XML without our reader and without openpyxl.

Parts are found by their content types and elements by their local names, so that Strict workbooks count too.
"""

import zipfile
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree as ET

TYPES = "[Content_Types].xml"


def cells_in_xml(data: bytes) -> int:
    """The cells of all worksheets that hold a formula, or a value that is not an empty text."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        parts = {f"/{name}": archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    kinds = {
        one.attrib["PartName"]: one.attrib["ContentType"]
        for one in ET.fromstring(parts[f"/{TYPES}"])
        if one.tag.endswith("}Override")
    }
    strings = [part for part, kind in kinds.items() if kind.endswith(".sharedStrings+xml")]
    empty = empty_strings(parts[strings[0]]) if strings else frozenset()
    return sum(cells_of(parts[part], empty) for part, kind in kinds.items() if kind.endswith(".worksheet+xml"))


@lru_cache(512)
def empty_strings(content: bytes) -> frozenset[str]:
    """The numbers of the shared strings that hold no text."""
    texts = [text_of(one) for one in ET.fromstring(content)]
    return frozenset(str(number) for number, text in enumerate(texts) if not text)


@lru_cache(512)
def cells_of(content: bytes, empty: frozenset[str]) -> int:
    """The cells of a worksheet that hold something."""
    return sum(holds(cell, empty) for cell in ET.fromstring(content).iter() if local(cell) == "c")


def holds(cell: ET.Element, empty: frozenset[str]) -> bool:
    """Whether a cell holds a formula or a value that is not empty."""
    inside = {local(one): one for one in cell}
    if "f" in inside:
        return True
    text = text_of(inside["is"]) if "is" in inside else (inside["v"].text or "") if "v" in inside else ""
    return bool(text) and not (cell.attrib.get("t") == "s" and text in empty)


def text_of(rich: ET.Element) -> str:
    """A text and its runs, without how it is pronounced."""
    found = [one for one in rich if local(one) == "t"]
    found += [text for run in rich if local(run) == "r" for text in run if local(text) == "t"]
    return "".join(one.text or "" for one in found)


def local(element: ET.Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]
