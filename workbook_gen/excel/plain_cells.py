"""The cells that were written plainly, as the file holds them: the same as `worksheet` makes of each, without a parser.

All of one kind are made at once, because a sheet has thousands: places, then values, then formulas, then the cells.
"""

import re
from functools import lru_cache
from itertools import compress
from math import inf

from workbook_gen.excel.book import LONGEST_ERROR, LONGEST_NUMBER, MAXIMUM_FORMULA, Book, Formulas, Unreadable
from workbook_gen.excel.cells import Cells, Place, Scanned
from workbook_gen.excel.plain import NotPlain, Written, attributes_of, read_texts
from workbook_gen.excel.strings import all_counted

_TOLD = re.compile(rb'(\w)="(\w+)"')
_SHORT = 500
"""Bytes of a formula that is kept for the next file: with 32,768 of them kept, less than 100 MB."""
_OF_NUMBERS = b"0123456789.-+eE"


def read_cells(written: Written, book: Book, formulas: Formulas) -> Cells:
    """The cells.

    Raises `NotPlain` for a cell that stands twice, or whose formula or value makes no sense: the parser says which.
    """
    marks = {mark: _TOLD.findall(mark) for mark in set(written.marks)}
    unlocked = {mark: dict(told).get(b"s", b"0").decode() in book.unlocked for mark, told in marks.items()}
    kinds = {mark: dict(told).get(b"t", b"n").decode() for mark, told in marks.items()}
    try:
        values = _values(written, [*map(kinds.__getitem__, written.marks)], book)
        texts = _formulas(written, formulas)
    except (KeyError, ValueError, Unreadable) as error:
        raise NotPlain from error
    opened = {*compress(written.places, map(unlocked.__getitem__, written.marks))}
    cells = Cells(dict(zip(written.places, values, strict=True)), texts, opened)
    if len(cells) != len(written.places):
        raise NotPlain
    return cells


def _values(written: Written, kinds: list[str], book: Book) -> list[Scanned]:
    given = [*zip(kinds, written.values, strict=True)]
    numbers = iter(_numbers([text for kind, text in given if kind == "n" and text is not None]))
    texts = iter(all_counted(read_texts([text for kind, text in given if kind == "str" and text is not None]), book.room))
    shared = book.numbered
    return [
        None
        if text is None
        else shared[text]
        if kind == "s"
        else next(numbers)
        if kind == "n"
        else next(texts)
        if kind == "str"
        else book.value(kind, _short(text))
        for kind, text in given
    ]


def _short(written: bytes) -> str:
    """A truth, an error or a date as it is meant."""
    if len(written) > LONGEST_ERROR:
        raise NotPlain
    return read_texts([written])[0]


def _numbers(texts: list[bytes]) -> list[float | None]:
    """What `number` says of each that is written in digits; what may be more than a number is left to it."""
    if b"".join(texts).translate(None, _OF_NUMBERS) or max(map(len, texts), default=0) > LONGEST_NUMBER:
        raise NotPlain
    found = [float(text) if text else None for text in texts]
    if inf in found or -inf in found:
        raise NotPlain
    return found


def _formulas(written: Written, formulas: Formulas) -> dict[Place, str]:
    parts = zip(written.places, written.attributes, written.formulas, strict=True)
    given = [(place, attributes, _formula(text or b"")) for place, attributes, text in parts if attributes is not None]
    longest = max((len(text) for _, _, text in given), default=0)
    if any(written.attributes):
        found = {place: formulas.read(attributes_of(attributes), text, *place) for place, attributes, text in given}
        longest = max(longest, *map(len, found.values()))
    else:
        found = formulas.count({place: text for place, _, text in given})
    if longest > MAXIMUM_FORMULA:
        raise NotPlain
    return found


def _formula(written: bytes) -> str:
    """A formula as it is meant. Raises `NotPlain`."""
    return short_formula(written) if len(written) <= _SHORT else read_texts([written])[0]


@lru_cache(maxsize=1 << 15)
def short_formula(written: bytes) -> str:
    """A formula that is kept: most of those of one file are those of the next. Raises `NotPlain`."""
    return read_texts([written])[0]
