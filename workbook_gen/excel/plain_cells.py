"""The cells that were written plainly, as the file holds them: the same as `worksheet` makes of each, without a parser.

All of one kind are made at once, because a sheet has thousands: places, then values, then formulas, then the cells.
"""

from collections.abc import Iterable, Mapping
from functools import partial

from workbook_gen.excel.book import MAXIMUM_FORMULA, Book, Formulas, Scanned, ScannedCell, Unreadable, number
from workbook_gen.excel.plain import NotPlain, Written, attributes_of, read_signs

Place = tuple[int, int]
_CELL = partial(tuple.__new__, ScannedCell)
"""A cell of its parts: ten thousand of them are made for a file, and this is twice as fast as naming them."""


def read_cells(written: Written, book: Book, formulas: Formulas, columns: Mapping[str, int]) -> dict[Place, ScannedCell]:
    """The cells by row and column; `columns` gives the number of a column by its letters, 0 for what is none.

    Raises `NotPlain` for a cell that stands twice, or whose formula or value makes no sense: the parser says which.
    """
    places = [*zip(map(int, written.rows), map(columns.__getitem__, written.letters), strict=True)]
    unlocked: set[str | None] = {*book.unlocked, *([None] if "0" in book.unlocked else [])}
    locked = (style not in unlocked for style in written.styles)
    try:
        values = _values(written, book)
    except (KeyError, Unreadable) as error:
        raise NotPlain from error
    parts = zip(values, _formulas(written, places, formulas), locked, strict=True)
    cells = dict(zip(places, map(_CELL, parts), strict=True))
    if len(cells) != len(places) or not all(columns.values()):
        raise NotPlain
    return cells


def _values(written: Written, book: Book) -> list[Scanned]:
    texts = book.numbered
    return [
        None if text is None else texts[text] if kind == "s" else number(text) if kind is None else _value(kind, text, book)
        for kind, text in zip(written.kinds, written.values, strict=True)
    ]


def _value(kind: str, text: str, book: Book) -> Scanned:
    return number(text) if kind == "n" else book.value(kind, read_signs(text))


def _formulas(written: Written, places: Iterable[Place], formulas: Formulas) -> list[str | None]:
    return [
        None if attributes is None else _formula(text or "", attributes, formulas, place)
        for attributes, text, place in zip(written.attributes, written.formulas, places, strict=True)
    ]


def _formula(text: str, attributes: str, formulas: Formulas, place: Place) -> str:
    plain = read_signs(text)
    found = formulas.read(attributes_of(attributes), plain, *place)
    if len(plain) > MAXIMUM_FORMULA or len(found) > MAXIMUM_FORMULA:
        raise NotPlain
    return found
