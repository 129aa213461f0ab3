"""The comments of a sheet: notes, and the threads of newer Excels with their replies."""

import re
from collections.abc import Iterator

from workbook_gen.excel.markup import Element
from workbook_gen.excel.members import Members
from workbook_gen.excel.parts import relationships
from workbook_gen.excel.room import MAXIMUM_TEXT
from workbook_gen.excel.shared import LAST_COLUMN, LAST_ROW, column_number

_NOTES, _THREADS = "comments", "threadedComment"
_ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)

Place = tuple[int, int]


def read_comments(members: Members, sheet: str) -> dict[Place, str]:
    """The comments of the sheet in that part, by row and column from 1. A thread stands for the note that repeats it."""
    related = relationships(members, sheet)
    notes = _texts(members, [one.target for one in related if one.kind == _NOTES])
    threads = _texts(members, [one.target for one in related if one.kind == _THREADS])
    return notes | threads


def _texts(members: Members, parts: list[str]) -> dict[Place, str]:
    """The texts of comment parts; those of one cell under each other."""
    found: dict[Place, list[str]] = {}
    for part in parts:
        for place, text in _comments(members.elements(part) if part in members else []):
            members.room.comments.add()
            members.room.characters.add(len(text))
            found.setdefault(place, []).append(text)
    return {place: "\n".join(texts)[:MAXIMUM_TEXT] for place, texts in found.items()}


def _comments(elements: list[Element]) -> Iterator[tuple[Place, str]]:
    """Each comment with its cell; what is at no cell of a sheet is left out."""
    place: Place | None = None
    pieces: list[str] = []
    for element in elements:
        if element.name in ("comment", "threadedComment"):
            if place is not None:
                yield place, "".join(pieces)
            place, pieces = _place(element.attributes.get("ref", "")), []
        elif element.name == "t" or (element.name == "text" and element.text.strip()):
            pieces.append(element.text)
    if place is not None:
        yield place, "".join(pieces)


def _place(address: str) -> Place | None:
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    row, column = int(match[2]), column_number(match[1])
    return (row, column) if row <= LAST_ROW and column <= LAST_COLUMN else None
