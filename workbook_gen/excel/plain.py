"""Cells and texts written as every program writes nearly all of them, taken out of a part without a parser.

What is left of the part is parsed as ever, so that the rest is as strict as before. Only a part that is wholly plain is read in
this way: one attribute more, a blank between two cells, a comment, a sign written as a number, and the parser reads all of it.
"""

import re
from typing import NamedTuple

_ATTRIBUTE = r'[\w:]+="[^"<&\t\n]*"'
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="(\d{1,6})")?(?: t="([a-z]{1,3})")?'
    r'(?:/>|>(?:<f((?: \w+="[^"<&\t\n]*")*)(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>)?</c>)',
    re.ASCII,
)
_OF_A_CELL = 8
"""What a cell leaves when the rows are split at it: what stands before it, and its seven parts."""
_EMPTY = rf'(?:<row r="\d{{1,7}}"(?: {_ATTRIBUTE})*(?:/>|></row>))*'
_BEFORE_A_ROW = re.compile(rf'(?:</row>)?{_EMPTY}<row r="([1-9]\d{{0,6}})"(?: {_ATTRIBUTE})*>', re.ASCII)
_AFTER_ALL = re.compile(rf"(?:</row>)?{_EMPTY}", re.ASCII)
_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_BEGINNING = re.compile(
    rb"""<\?xml version=["']1.0["']( encoding=["'][Uu][Tt][Ff]-8["'])?( standalone=["'](yes|no)["'])?\s?\?>\s*(?=<[a-z])"""
)
_MARKS = ("<!", "<?")
"""How comments, sections and instructions begin; in what the patterns match there are none."""
_STRANGE = ("]]>", "\ufffe", "\uffff")
"""What no part may hold, and the patterns do not look for."""
_CONTROL = bytes(sign for sign in range(ord(" ")) if sign not in b"\t\n")
_SIGNS = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


class NotPlain(Exception):
    """Something that is not written as nearly all programs write it."""


class Written(NamedTuple):
    """Cells as written, part by part: their columns' letters, rows, formats, types, formulas with attributes, and values.

    What a cell does not have is None.
    """

    letters: list[str]
    rows: list[str]
    styles: list[str | None]
    kinds: list[str | None]
    attributes: list[str | None]
    formulas: list[str | None]
    values: list[str | None]


class Part(NamedTuple):
    """A part in three: what stands before its content, the content, and what stands behind."""

    head: str
    content: str
    tail: str

    def around(self, rest: str = "") -> bytes:
        """The part with no more in it than that."""
        return f"{self.head}{rest}{self.tail}".encode()


def split_part(data: bytes, element: str) -> Part:
    """A part split around the content of one element, which stands in it once. Raises `NotPlain`."""
    beginning = _BEGINNING.match(data)
    if beginning is None or len(data.translate(None, _CONTROL)) != len(data):
        raise NotPlain
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NotPlain from error
    start, end = text.find(f"<{element}"), text.rfind(f"</{element}>")
    inside = text.find(">", start) + 1
    part = Part(text[:inside], text[inside:end], text[end:])
    around = part.head[beginning.end() :] + part.tail
    if not 0 < start < inside <= end or part.head.endswith("/>") or around.count(element) != 2:
        raise NotPlain
    if any(sign in around for sign in _MARKS) or any(sign in text for sign in _STRANGE):
        raise NotPlain
    return part


def take_cells(rows: str) -> tuple[str, Written]:
    """The rows without their cells, and the cells as written, each in the row that it names. Raises `NotPlain`."""
    parts = _CELL.split(rows)
    before, written = parts[::_OF_A_CELL], Written(*(parts[number::_OF_A_CELL] for number in range(1, _OF_A_CELL)))
    rest = "".join(before)
    if not _AFTER_ALL.fullmatch(before[-1]) or "xmlns" in rest:
        raise NotPlain
    row = ""
    for between, digits in zip(before, written.rows, strict=False):
        if between:
            begun = _BEFORE_A_ROW.fullmatch(between)
            row = begun[1] if begun else ""
        if digits != row:
            raise NotPlain
    return rest, written


def take_texts(items: str) -> list[str]:
    """The texts of a table of nothing but plain ones. Raises `NotPlain`."""
    parts = _TEXT.split(items)
    if any(parts[::2]):
        raise NotPlain
    return [read_signs(text) for text in parts[1::2]]


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of an element by name. Raises `NotPlain` where one stands twice."""
    if not written:
        return {}
    pairs = [pair.split("=", 1) for pair in written.split('" ')]
    found = {name.strip(): value.strip('"') for name, value in pairs}
    if len(found) != len(pairs) or "xmlns" in found:
        raise NotPlain
    return found


def read_signs(text: str) -> str:
    """A text with the signs that stand for others read: `&lt;` is `<`. Raises `NotPlain` for one written as a number."""
    if "&" not in text:
        return text
    for written, sign in _SIGNS.items():
        text = text.replace(written, sign)
    if text.count("&") != text.count("&amp;"):
        raise NotPlain
    return text.replace("&amp;", "&")
