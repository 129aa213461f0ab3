"""A workbook read the plain way, whole part by whole part: what the reader under test is held against.

It shares no code with the reader. What a sound file never holds (two values in a cell, a cell twice) it does not read at all.
"""

import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from math import isfinite
from posixpath import dirname, join, normpath
from typing import NamedTuple
from xml.etree import ElementTree as ET

from openpyxl.formula.translate import Translator, TranslatorError

MAINS = ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main")
_LINKS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_WHOLE = re.compile(r"\s*[+-]?[0-9]+\s*", re.ASCII)
_NUMBER = re.compile(r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*", re.ASCII)
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(RuntimeError, EOFError, OSError, ValueError, KeyError, OverflowError),
)


class Unsound(Exception):
    """The file is not what a sound program writes; the text says in which way."""


class PlainCell(NamedTuple):
    """A cell as written: `kind` is number, text, truth, error, date or blank; a formula with what marks it as shared."""

    kind: str
    value: float | str | bool | None
    formula: str | None

    @property
    def filled(self) -> bool:
        """Whether it holds anything."""
        return self.formula is not None or self.value not in (None, "")


BLANK = PlainCell("blank", None, None)
PlainSheet = dict[str, PlainCell]


@dataclass(frozen=True)
class PlainBook:
    """The cells of every worksheet by address, the sheets in order, and whether dates count from 1904."""

    sheets: dict[str, PlainSheet]
    date1904: bool

    @property
    def filled(self) -> int:
        """How many cells hold something."""
        return sum(cell.filled for sheet in self.sheets.values() for cell in sheet.values())


def read_plainly(data: bytes) -> PlainBook:
    """The workbook in these bytes. Raises `Unsound` where it is none."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = {info.filename.casefold(): archive.read(info) for info in archive.infolist()}
    except _BROKEN_ZIP as error:
        raise Unsound("the zip cannot be read") from error
    return _book(members)


def _book(members: dict[str, bytes]) -> PlainBook:
    main = next((target for _, kind, target in _links(members, "") if kind == "officeDocument"), "")
    root, links = _tree(members, main), _links(members, main)
    by_id = {one: (kind, target) for one, kind, target in links}
    if len(by_id) < len(links):
        raise Unsound("two relationships have one id")
    shared = next((target for _, kind, target in links if kind == "sharedStrings"), None)
    strings = _strings(_part(members, shared)) if shared else ()
    sheets: dict[str, PlainSheet] = {}
    for entry in (entry for group in root if _name(group) == "sheets" for entry in group if _name(entry) == "sheet"):
        link = next((entry.get(f"{{{space}}}id") for space in _LINKS if entry.get(f"{{{space}}}id")), "")
        kind, target = by_id.get(link or "", ("", ""))
        name = entry.get("name", "")
        if name.casefold() in {one.casefold() for one in sheets}:
            raise Unsound("a sheet stands twice")
        sheets[name] = _sheet(_part(members, target), strings) if kind == "worksheet" else {}
    flags = [one.get("date1904", "").strip() in ("1", "true") for one in root.iter() if _name(one) == "workbookPr"]
    return PlainBook(sheets, any(flags))


def _links(members: dict[str, bytes], source: str) -> list[tuple[str, str, str]]:
    """The relationships of a part to others, in whatever namespace: id, kind and target."""
    folder, name = dirname(source), source.rpartition("/")[2]
    part = join(folder, "_rels", f"{name}.rels")
    if part.casefold() not in members:
        return []
    return [
        (
            one.get("Id", ""),
            one.get("Type", "").rpartition("/")[2],
            normpath(join("/", folder, one.get("Target", ""))).lstrip("/"),
        )
        for one in _tree(members, part).iter()
        if _name(one) == "Relationship" and one.get("TargetMode") != "External"
    ]


@lru_cache(maxsize=100)
def _strings(content: bytes) -> tuple[str, ...]:
    """The shared texts, which most mutants share with the file that they are made of."""
    root = _parsed(content)
    items = _children(root, "si")
    if len(items) < sum(_is(one, "si") for one in root.iter()):
        raise Unsound("a text stands inside another")
    return tuple(_text(item) for item in items)


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _part(members: dict[str, bytes], name: str) -> bytes:
    if name.casefold() not in members:
        raise Unsound("a part is missing")
    return members[name.casefold()]


def _tree(members: dict[str, bytes], name: str) -> ET.Element:
    return _parsed(_part(members, name))


def _parsed(content: bytes) -> ET.Element:
    try:
        return ET.fromstring(content)
    except (ET.ParseError, LookupError, ValueError) as error:
        raise Unsound("a part is no XML") from error


def _is(element: ET.Element, name: str) -> bool:
    return element.tag in _names(name)


@cache
def _names(name: str) -> frozenset[str]:
    """How an element of ours may be called."""
    return frozenset(f"{{{space}}}{name}" for space in MAINS)


def _children(element: ET.Element, name: str) -> list[ET.Element]:
    return [child for child in element if _is(child, name)]


def _text(item: ET.Element) -> str:
    """The text of a string: its own and that of its runs, no phonetic one."""
    parts = [*_children(item, "t"), *(t for run in _children(item, "r") for t in _children(run, "t"))]
    if any(len(part) for part in parts):
        raise Unsound("something stands inside a text")
    text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), "".join(part.text or "" for part in parts))
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


@lru_cache(maxsize=100)
def _sheet(content: bytes, strings: tuple[str, ...]) -> PlainSheet:
    """The cells of a worksheet's part, which most mutants share with the file that they are made of."""
    root = _parsed(content)
    if not _is(root, "worksheet"):
        raise Unsound("a worksheet's part is no worksheet")
    tables = _children(root, "sheetData")
    if len(tables) > 1:
        raise Unsound("a sheet has two tables of cells")
    rows = _children(tables[0], "row") if tables else []
    cells: PlainSheet = {}
    masters: dict[str, tuple[str, str]] = {}
    number = held = 0
    for row in rows:
        number = _whole(row.get("r", str(number + 1)))
        column = 0
        for cell in _children(row, "c"):
            held += 1
            column = _column(cell.get("r"), number, column)
            address = f"{_letters(column)}{number}"
            if address in cells:
                raise Unsound("a cell stands twice")
            cells[address] = _cell(cell, strings, masters, address)
    if held < sum(_is(one, "c") for one in root.iter()) or len(rows) < sum(_is(one, "row") for one in root.iter()):
        raise Unsound("a row or cell stands where none can be")
    return cells


def _column(address: str | None, row: int, before: int) -> int:
    if address is None:
        return before + 1
    match = _ADDRESS.fullmatch(address)
    if match is None or int(match[2]) != row:
        raise Unsound("a cell stands outside its row")
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise Unsound("a count is no number")
    return int(text)


def _cell(cell: ET.Element, strings: tuple[str, ...], masters: dict[str, tuple[str, str]], address: str) -> PlainCell:
    values, formulas, texts = (_children(cell, name) for name in ("v", "f", "is"))
    if max(len(values), len(formulas), len(texts)) > 1:
        raise Unsound("a cell holds two values")
    if any(len(one) for one in (*values, *formulas)):
        raise Unsound("something stands inside a value")
    formula = _formula(formulas[0], masters, address) if formulas else None
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return PlainCell("text", _text(texts[0]) if texts else None, formula)
    text = values[0].text or "" if values else None
    return PlainCell("blank", None, formula) if text is None else _value(kind, text, formula, strings)


def _formula(element: ET.Element, masters: dict[str, tuple[str, str]], address: str) -> str:
    """The formula's text; that of a shared one, where another cell holds it, moved by openpyxl."""
    kind, group, text = element.get("t", "normal"), element.get("si", ""), element.text or ""
    if kind == "dataTable":
        return f"TABLE({element.get('r1', '')},{element.get('r2', '')})"
    if kind != "shared":
        return text
    if text:
        masters[group] = (text, address)
        return text
    if group not in masters:
        return ""
    master, origin = masters[group]
    try:
        return str(Translator(f"={master}", origin).translate_formula(address))[1:]
    except TranslatorError:  # it would read left of column A or above row 1
        return "#REF!"


def _value(kind: str, text: str, formula: str | None, strings: tuple[str, ...]) -> PlainCell:
    if kind in ("n", "s") and not text:
        return PlainCell("blank", None, formula)
    if kind == "n":
        if not _NUMBER.fullmatch(text) or not isfinite(float(text)):
            raise Unsound("a number is no number")
        return PlainCell("number", float(text), formula)
    if kind == "s":
        number = _whole(text)
        if not 0 <= number < len(strings):
            raise Unsound("a text has no entry")
        return PlainCell("text", strings[number], formula)
    if kind == "b":
        return PlainCell("truth", text.strip() in ("1", "true"), formula)
    if kind not in ("str", "e", "d"):
        raise Unsound("a cell is of an unknown type")
    return PlainCell({"str": "text", "e": "error", "d": "date"}[kind], _ESCAPE.sub(lambda m: chr(int(m[1], 16)), text), formula)
