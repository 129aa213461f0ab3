"""Cells and texts written as every program writes nearly all of them, taken out of a part without a parser.

What is left of the part is parsed as ever, so that the rest is as strict as before. Only a part that is wholly plain is read in
this way: one attribute more, a blank between two cells, a comment, a sign written as a number, and the parser reads all of it.
"""

import re
from functools import lru_cache
from itertools import compress, count, pairwise
from typing import NamedTuple

from workbook_gen.excel.cells import Place, shared_place
from workbook_gen.excel.shared import LAST_COLUMN, LAST_ROW, column_number

_CELL = re.compile(
    rb'<c r="([A-Z]{1,3}+[1-9]\d{0,6}+)"((?: s="\d{1,6}+")?+(?: t="[a-z]{1,3}+")?+)'
    rb'(?:/>|>(?:<f((?: [A-Za-z_]\w*+="[^"<&\t\n\r]{0,255}+"){0,9}+)(?:/>|>([^<]*+)</f>))?+(?:<v>([^<]*+)</v>)?+</c>)'
)
_ATTRIBUTE = re.compile(r' (\w+)="([^"]*)"')
_OF_A_CELL = 6
"""What a cell leaves when the rows are split at it: what stands before it, and its five parts."""
_BORDER = b"\x01"
"""Stands between what is read as one; no text and no row holds it."""
_ROW_ENDS = b"</row>"
_EMPTY = rb'(?:<row r="[1-9]\d{0,6}+"[^<>&/\x01]*+(?:/>|></row>))*+'
_BEFORE_A_ROW = re.compile(rb'%b(%b)<row r="([1-9]\d{0,6}+)"([^<>&\x01]*+)>%b' % (_ROW_ENDS, _EMPTY, _BORDER))
_OF_A_ROW = 4
_AFTER_ALL = re.compile(rb"(?:%b)?(%b)" % (_ROW_ENDS, _EMPTY))
_TEXT = re.compile(rb'<si><t(?: xml:space="preserve")?>([^<]*)</t></si>')
_BEGINNING = re.compile(
    rb"""<\?xml version=["']1.0["']( encoding=["'][Uu][Tt][Ff]-8["'])?( standalone=["'](yes|no)["'])?\s?\?>\s*(?=<[a-z])"""
)
_MARKS = (b"<!", b"<?")
"""How comments, sections and instructions begin; in what the patterns match there are none."""
_STRANGE = (b"]]>", b"\xef\xbf")
"""What no text may hold, as it is encoded: the second begins U+FFFE and U+FFFF, and few others."""
_CONTROL = bytes(sign for sign in range(ord(" ")) if sign not in b"\t\n")
_SIGNS = {b"amp;": b"&", b"lt;": b"<", b"gt;": b">", b"quot;": b'"', b"apos;": b"'"}


class NotPlain(Exception):
    """Something that is not written as nearly all programs write it."""


class Written(NamedTuple):
    """Cells as written, part by part: their addresses, marks (format and type), formulas with attributes, and values.

    What a cell does not have is None, but for marks, which are empty.
    """

    places: list[Place]
    marks: list[bytes]
    attributes: list[bytes | None]
    formulas: list[bytes | None]
    values: list[bytes | None]


class Part(NamedTuple):
    """A part in three: what stands before its content, the content, and what stands behind."""

    head: bytes
    content: bytes
    tail: bytes

    def around(self, rest: bytes = b"") -> bytes:
        """The part with no more in it than that."""
        return self.head + rest + self.tail


def split_part(data: bytes, element: bytes) -> Part:
    """A part split around the content of one element, which stands in it once. Raises `NotPlain`."""
    beginning = _BEGINNING.match(data)
    start, end = data.find(b"<" + element), data.rfind(b"</" + element + b">")
    inside = data.find(b">", start) + 1
    if beginning is None or not 0 < start < inside <= end:
        raise NotPlain
    part = Part(data[:inside], data[inside:end], data[end:])
    around = part.head[beginning.end() :] + part.tail
    if part.head.endswith(b"/>") or around.count(element) != 2 or any(sign in around for sign in _MARKS):
        raise NotPlain
    return part


def take_cells(rows: bytes) -> tuple[bytes, Written]:
    """The rows without their cells, and the cells as written, each in the row that it names. Raises `NotPlain`."""
    parts = _CELL.split(rows)
    places = [*map(place_at, parts[1::_OF_A_CELL])]
    rest = _take_rows(parts[::_OF_A_CELL], [row for row, _ in places])
    if b"xmlns" in rest:
        raise NotPlain
    return rest, Written(places, *(parts[number::_OF_A_CELL] for number in range(2, _OF_A_CELL)))


@lru_cache(maxsize=1 << 15)
def place_at(address: bytes) -> Place:
    """The row and the column of an address, both from 1: those of one file are those of the next. Raises `NotPlain`."""
    letters = address.rstrip(b"0123456789").decode()
    row, column = int(address[len(letters) :]), column_number(letters)
    if row > LAST_ROW or column > LAST_COLUMN:
        raise NotPlain
    return shared_place(row, column)


def _take_rows(before: list[bytes], numbers: list[int]) -> bytes:
    """The rows that begin and end before, between and behind cells that say which row they are in. Raises `NotPlain`.

    Of rows that differ in nothing but their number the first stands for all, so that the parser sees how they are written;
    those that may be hidden are all kept.
    """
    *before, behind = before
    begun = [*filter(None, before)]
    told = _BEFORE_A_ROW.split(b"".join([_ROW_ENDS * bool(begun), *(row + _BORDER for row in begun)]))
    after = _AFTER_ALL.fullmatch(behind)
    if any(told[::_OF_A_ROW]) or len(told) // _OF_A_ROW != len(begun):
        raise NotPlain
    if after is None or behind.startswith(_ROW_ENDS) != bool(begun):
        raise NotPlain
    rest: list[bytes] = []
    seen: set[bytes] = set()
    within: list[int] = []
    begins = [*compress(count(), before), len(numbers)]
    rows = zip(told[1::_OF_A_ROW], told[2::_OF_A_ROW], told[3::_OF_A_ROW], pairwise(begins), strict=True)
    for empty, number, attributes, (begin, end) in rows:
        rest.append(empty)
        within += [int(number)] * (end - begin)
        if attributes not in seen or b"hidden" in attributes:
            seen.add(attributes)
            rest.append(b'<row r="%b"%b></row>' % (number, attributes))
    if within != numbers:
        raise NotPlain
    return b"".join([*rest, after[1]])


def take_texts(items: bytes) -> list[str]:
    """The texts of a table of nothing but plain ones. Raises `NotPlain`."""
    parts = _TEXT.split(items)
    if any(parts[::2]):
        raise NotPlain
    return read_texts(parts[1::2])


def attributes_of(written: bytes) -> dict[str, str]:
    """The attributes of an element by name. Raises `NotPlain` where one stands twice, or is more than letters and digits."""
    if not written:
        return {}
    text = written.decode("ascii", "replace")
    pairs = _ATTRIBUTE.findall(text)
    found = dict(pairs)
    if len(found) != len(pairs) or "xmlns" in found or not text.isascii() or not text.isprintable():
        raise NotPlain
    return found


def read_texts(written: list[bytes]) -> list[str]:
    """Texts as they are meant, all read as one: `&lt;` is `<`. Raises `NotPlain` for what no text may hold."""
    if not written:
        return []
    joined = _BORDER.join(written)
    is_strange = any(sign[:1] in joined and sign in joined for sign in _STRANGE)  # one byte is looked for far faster than two
    if is_strange or len(joined.translate(None, _CONTROL)) + len(written) - 1 != len(joined):
        raise NotPlain
    first, *others = joined.split(b"&")
    try:
        joined = first + b"".join(
            [_SIGNS[name + end] + rest for name, end, rest in (other.partition(b";") for other in others)]
        )
        return [*map(bytes.decode, joined.split(_BORDER))]
    except (KeyError, UnicodeDecodeError) as error:
        raise NotPlain from error
