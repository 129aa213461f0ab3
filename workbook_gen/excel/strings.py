"""Texts as a workbook writes them: the shared strings, rich or plain, and Excel's escapes."""

import re
from collections.abc import Iterable

from workbook_gen.excel.markup import MainNames, check_depth
from workbook_gen.excel.members import Members
from workbook_gen.excel.plain import NotPlain, split_part, take_texts
from workbook_gen.excel.refusal import PackageRefused, damaged, too_large
from workbook_gen.excel.room import MAXIMUM_TEXT, Room

ESCAPED = 7
"""Characters in which one may be written: `_x000D_`."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def unescape(text: str) -> str:
    """The text with `_x000D_` and its like decoded; `_x005F_` guards an underscore that is meant."""
    if "_x" not in text:
        return text
    decoded = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def counted(text: str, room: Room) -> str:
    """The text decoded, its characters counted as they are written; PackageRefused where it is longer than Excel's longest."""
    room.characters.add(len(text))
    decoded = unescape(text)
    if len(decoded) > MAXIMUM_TEXT:
        raise too_large(len(decoded), MAXIMUM_TEXT, "characters in one text")
    return decoded


def all_counted(texts: list[str], room: Room) -> list[str]:
    """What `counted` says of each, the characters of all counted at once where none is written with an escape."""
    if "_x" in "".join(texts):
        return [counted(text, room) for text in texts]
    room.characters.add(sum(map(len, texts)))
    longest = max(map(len, texts), default=0)
    if longest > MAXIMUM_TEXT:
        raise too_large(longest, MAXIMUM_TEXT, "characters in one text")
    return texts


def check_length(pieces: Iterable[str]) -> None:
    """PackageRefused where a text that is not finished yet is already longer than Excel's longest, however it is written."""
    length = sum(map(len, pieces))
    if length > ESCAPED * MAXIMUM_TEXT:
        raise too_large(length, MAXIMUM_TEXT, "characters in one text")


_OF_AN_ITEM = 2
"""How deep a text stands: right below the table of texts."""


class _Table:
    """Collects the shared strings in order: the texts of all runs, without the phonetic ones."""

    def __init__(self, room: Room) -> None:
        self.strings: list[str] = []
        self.kinds = MainNames()
        self.room = room
        self.pieces: list[str] = []
        self.runs: list[str] = []
        self.phonetic = self.inside = False
        self.depth = 0
        self.text = self.pieces.append

    def start(self, name: str, attributes: dict[str, str]) -> None:
        kind = self.kinds[name]
        self.depth += 1
        check_depth(self.depth)
        if self.inside or (kind == "si" and self.depth != _OF_AN_ITEM):
            raise damaged("one of its texts stands inside another")
        if kind == "t":
            self.inside = True
            self.pieces.clear()
        elif kind == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        kind = self.kinds[name]
        self.depth -= 1
        if kind == "t":
            self.inside = False
            if not self.phonetic:
                self.runs += self.pieces
        elif kind == "rPh":
            self.phonetic = False
        elif kind == "si":
            self.strings.append(counted("".join(self.runs), self.room))
            self.runs.clear()
            self.room.texts.add()

    def pause(self) -> None:
        """What stands between two texts is nothing to keep; what stands in one must come to an end."""
        if not self.inside:
            self.pieces.clear()
        check_length(self.pieces)
        check_length(self.runs)


def shared_strings(members: Members, part: str) -> list[str]:
    """The shared strings in order. Their declared count is not read."""
    met = members.room.met()
    try:
        return _plainly(members, part)
    except (NotPlain, PackageRefused):  # read from the beginning, so that what is refused is told as ever
        members.room.go_back(met)
    table = _Table(members.room)
    members.parse(part, table)
    return table.strings


def _plainly(members: Members, part: str) -> list[str]:
    """The strings of a short part in which every one is plain. The parser reads the first, and so whether they are strings.

    Raises `NotPlain`.
    """
    if members.room.counted:
        raise NotPlain
    written = split_part(members.read(part), b"sst")
    first, end, _ = written.content.partition(b"</si>")
    texts, table = take_texts(written.content), _Table(members.room)
    members.parse(part, table, written.around(first + end))
    if table.strings != texts[:1]:
        raise NotPlain
    members.room.texts.add(len(texts[1:]))
    return [*table.strings, *all_counted(texts[1:], members.room)]
