"""The cells that were written plainly, as the file holds them: the same as `worksheet` makes of each, without a parser."""

from collections.abc import Iterable, Mapping

from workbook_gen.excel.book import (
    BLANK_LOCKED,
    BLANK_UNLOCKED,
    MAXIMUM_FORMULA,
    Book,
    Formulas,
    Scanned,
    ScannedCell,
    Unreadable,
    number,
)
from workbook_gen.excel.plain import NotPlain, Written, attributes_of, read_signs

Cells = dict[tuple[int, int], ScannedCell]


def read_cells(written: Iterable[Written], book: Book, formulas: Formulas, columns: Mapping[str, int]) -> Cells:
    """The cells by row and column; `columns` gives the number of a column by its letters, 0 for what is none.

    Raises `NotPlain` for a cell that stands twice, or whose formula or value makes no sense: the parser says which.
    """
    cells: Cells = {}
    unlocked: set[str | None] = {*book.unlocked, *([None] if "0" in book.unlocked else [])}
    texts, count = book.numbered, 0
    try:
        for letters, digits, style, kind, attributes, formula, text in written:
            count += 1
            place, locked = (int(digits), columns[letters]), style not in unlocked
            value: Scanned = None
            if text is not None:
                value = texts[text] if kind == "s" else number(text) if kind is None else _value(kind, text, book)
            if attributes is not None:
                formula = _formula(formula or "", attributes, formulas, place)
            elif value is None:
                cells[place] = BLANK_LOCKED if locked else BLANK_UNLOCKED
                continue
            cells[place] = ScannedCell(value, formula, locked)
    except (KeyError, Unreadable) as error:
        raise NotPlain from error
    if len(cells) != count or not all(columns.values()):
        raise NotPlain
    return cells


def _value(kind: str, text: str, book: Book) -> Scanned:
    if kind == "n":
        return number(text)
    return book.value(kind, read_signs(text) if "&" in text else text)


def _formula(text: str, attributes: str, formulas: Formulas, place: tuple[int, int]) -> str:
    plain = read_signs(text) if "&" in text else text
    found = formulas.read(attributes_of(attributes) if attributes else {}, plain, *place)
    if max(len(plain), len(found)) > MAXIMUM_FORMULA:
        raise NotPlain
    return found
