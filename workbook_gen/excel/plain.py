"""Cells and texts written as every program writes nearly all of them, taken out of a part without a parser.

What is left of the part is parsed as ever, so that the rest is as strict as before. Only a part that is wholly plain is read in
this way: one attribute more, a blank between two cells, a comment, a sign written as a number, and the parser reads all of it.
"""

import re
from itertools import pairwise
from typing import NamedTuple

from workbook_gen.excel.shared import LAST_ROW

_ATTRIBUTE = r'[\w:]+="[^"<&\t\n]*"'
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9]\d{0,6})"(?: s="(\d{1,6})")?(?: t="([a-z]{1,3})")?'
    r'(?:/>|>(?:<f((?: \w+="[^"<&\t\n]*")*)(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>)?</c>)',
    re.ASCII,
)
_OF_A_CELL = 8
"""What a cell leaves when the rows are split at it: what stands before it, and its seven parts."""
_EMPTY = rf'(?:<row r="\d{{1,7}}"(?: {_ATTRIBUTE})*(?:/>|></row>))*'
_BEFORE_A_ROW = re.compile(rf'(</row>)?({_EMPTY})<row r="([1-9]\d{{0,6}})"((?: {_ATTRIBUTE})*)>', re.ASCII)
_AFTER_ALL = re.compile(rf"(</row>)?({_EMPTY})", re.ASCII)
_TEXT = re.compile(r'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_BEGINNING = re.compile(
    rb"""<\?xml version=["']1.0["']( encoding=["'][Uu][Tt][Ff]-8["'])?( standalone=["'](yes|no)["'])?\s?\?>\s*(?=<[a-z])"""
)
_MARKS = ("<!", "<?")
"""How comments, sections and instructions begin; in what the patterns match there are none."""
_STRANGE = ("]]>", "\ufffe", "\uffff")
"""What no part may hold, and the patterns do not look for."""
_CONTROL = bytes(sign for sign in range(ord(" ")) if sign not in b"\t\n")
_BORDER = "\x01"
"""Stands between texts that are read as one: no part that is split holds it."""
_SIGNS = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


class NotPlain(Exception):
    """Something that is not written as nearly all programs write it."""


class Written(NamedTuple):
    """Cells as written, part by part: their columns' letters, rows, formats, types, formulas with attributes, and values.

    What a cell does not have is None.
    """

    letters: list[str]
    rows: list[int]
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
    letters, digits, *others = (parts[number::_OF_A_CELL] for number in range(1, _OF_A_CELL))
    rest, numbers = _take_rows(parts[::_OF_A_CELL], digits)
    if "xmlns" in rest or max(numbers, default=0) > LAST_ROW:
        raise NotPlain
    return rest, Written(letters, numbers, *others)


def _take_rows(before: list[str], digits: list[str]) -> tuple[str, list[int]]:
    """The rows that begin and end before, between and behind cells, and the row of each cell. Raises `NotPlain`.

    Of rows that differ in nothing but their number the first stands for all, so that the parser sees how they are written;
    those that may be hidden are all kept.
    """
    rest: list[str] = []
    numbers: list[int] = []
    seen: set[str] = set()
    begins = [place for place, between in enumerate(before) if between or place == len(digits)]
    for begin, end in pairwise(begins):
        row = _BEFORE_A_ROW.fullmatch(before[begin])
        if row is None or (row[1] is None) != (begin == 0) or digits[begin:end] != [row[3]] * (end - begin):
            raise NotPlain
        numbers += [int(row[3])] * (end - begin)
        rest.append(row[2])
        if row[4] not in seen or "hidden" in row[4]:
            seen.add(row[4])
            rest.append(f'<row r="{row[3]}"{row[4]}></row>')
    after = _AFTER_ALL.fullmatch(before[-1])
    if after is None or (after[1] is None) != (not digits) or len(numbers) != len(digits):
        raise NotPlain
    return "".join([*rest, after[2]]), numbers


def take_texts(items: str) -> list[str]:
    """The texts of a table of nothing but plain ones. Raises `NotPlain`."""
    parts = _TEXT.split(items)
    if any(parts[::2]):
        raise NotPlain
    return all_signs(parts[1::2])


def attributes_of(written: str) -> dict[str, str]:
    """The attributes of an element by name. Raises `NotPlain` where one stands twice."""
    if not written:
        return {}
    pairs = [pair.split("=", 1) for pair in written.split('" ')]
    found = {name.strip(): value.strip('"') for name, value in pairs}
    if len(found) != len(pairs) or "xmlns" in found:
        raise NotPlain
    return found


def all_signs(texts: list[str]) -> list[str]:
    """What `read_signs` makes of each, all read as one. Raises `NotPlain`."""
    return read_signs(_BORDER.join(texts)).split(_BORDER) if texts else []


def read_signs(text: str) -> str:
    """A text with the signs that stand for others read: `&lt;` is `<`. Raises `NotPlain` for one written as a number."""
    if "&" not in text:
        return text
    for written, sign in _SIGNS.items():
        text = text.replace(written, sign)
    if text.count("&") != text.count("&amp;"):
        raise NotPlain
    return text.replace("&amp;", "&")
