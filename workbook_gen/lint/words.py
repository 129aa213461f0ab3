"""Numbers as they are read: a cell's number format, the text that it makes of a number, and the width which that takes."""

import re
from collections.abc import Iterator
from functools import lru_cache

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from workbook_gen.definition.form import FormCell
from workbook_gen.lint.addresses import at
from workbook_gen.lint.book import Book, Seen
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.conditions import Condition, conditions, is_red, on
from workbook_gen.lint.exhibit import Exhibit

_MONEY, _PERCENT, _COUNT = 9_999_999.0, 999.9, 999.0
"""The extremes of a figure, of a percentage, and of a count that is not a table's."""
_PIXELS_A_POINT = 96 / 72
_PADDING, _INDENT = 5, 9
"""Pixels that a column keeps free, and those of a step of indentation."""
_DIGIT_PIXELS = {"Calibri": 7, "Aptos Narrow": 7}
"""The width of a digit at 11 points, which columns are measured in; 8 in Arial and the like."""
_WIDTHS = {
    **dict.fromkeys(",. :/!'fijlt", 0.28),
    **dict.fromkeys("()-r", 0.34),
    **dict.fromkeys("cksvxyz", 0.5),
    **dict.fromkeys("mM", 0.84),
    "w": 0.73,
    "W": 0.95,
    "%": 0.89,
}
_WIDE, _CAPITAL, _BOLD = 0.56, 0.75, 1.06
"""Widths in Arial, in parts of the font's size: some letters, a digit or another letter, a capital; and bold beside plain."""

_PART = re.compile(r'"([^"]*)"|\\(.)|_(.)|\*.|\[[^\]]*\]|([0#?][0#?,]*(?:\.[0#?]+)?,*)|(.)', re.DOTALL)
_DATE = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh?|ss?")
_DAY = {"yyyy": "2024", "yy": "24", "mmmm": "September", "mmm": "Mar", "dddd": "Wednesday", "ddd": "Wed"}
_QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')


def sections(number_format: str) -> list[str]:
    """The sections of a number format: for positive numbers, negative ones, zero and texts."""
    found = [""]
    for part in re.findall(r'"[^"]*"|\\.|;|.', number_format):
        if part == ";":
            found.append("")
        else:
            found[-1] += part
    return found


def is_date(number_format: str) -> bool:
    """Whether a number format shows a day or a time."""
    return number_format != "General" and bool(_DATE.search(_QUOTED.sub("", sections(number_format)[0])))


@lru_cache(maxsize=4096)
def shown(value: float, number_format: str) -> str:
    """The text of a number in a format; the blank that `_x` keeps free is shown as x, a day as a wide one."""
    if number_format == "General":
        return f"{value:.0f}"
    parts = sections(number_format)
    if is_date(number_format):
        return _DATE.sub(lambda found: _DAY.get(found[0], "30"), _QUOTED.sub("", parts[0]))
    number = 1 if value < 0 and len(parts) > 1 else 2 if value == 0 and len(parts) > 2 else 0
    sign = "-" if value < 0 and number == 0 else ""
    return sign + "".join(_piece(found, abs(value)) for found in _PART.finditer(parts[number]))


def _piece(found: re.Match[str], value: float) -> str:
    literal, escaped, blank, digits, other = found.groups()
    if digits is not None:
        whole, _, part = digits.partition(".")
        return f"{value:{',' if ',' in whole.rstrip(',') else ''}.{len(part)}f}"
    return literal or escaped or blank or other or ""


def pixels(text: str, cell: Cell) -> float:
    """The width of a text in the font of a cell, on a screen of 96 dots to the inch."""
    size = float(cell.font.size or 11) * _PIXELS_A_POINT
    letters = sum(_WIDTHS.get(letter, _CAPITAL if letter.isupper() else _WIDE) for letter in text)
    bold = _BOLD if cell.font.bold and not text.isdigit() else 1.0
    return letters * size * bold + _INDENT * int(cell.alignment.indent or 0)


def room(book: Book, sheet: Worksheet, column: int) -> float:
    """The pixels that a column has for a text."""
    fonts = next(iter(book.sheets.values())).parent._fonts  # type: ignore[union-attr]
    digit = _DIGIT_PIXELS.get(str(fonts[0].name), 8)
    width = next(
        (
            0.0 if one.hidden else float(one.width)
            for one in sheet.column_dimensions.values()
            if (one.min or 0) <= column <= (one.max or 0)
        ),
        float(sheet.sheet_format.defaultColWidth or 8.43),
    )
    return int(width * digit) - _PADDING


def line_32_numbers_fit(exhibit: Exhibit) -> Iterator[str]:
    """No number is shown as #####: each column is as wide as what its cells may show.

    That is the value at hand, and for inputs, totals and the formulas of other sheets an extreme on either side: the least and
    greatest that the definition allows, else 9,999,999 (with decimals as many digits: 99,999.99; a percentage 999.9), in the
    font and format of the cell. The counts in a table's title row may come to as many as it has inputs.
    """
    book = exhibit.book
    keys = {place: key for key, place in exhibit.found.items()}
    rooms = {
        (name, column): room(book, sheet, column)
        for name, sheet in book.sheets.items()
        for column in range(1, (sheet.max_column or 0) + 1)
    }
    form, count = exhibit.form, 0
    counts = {table.table.code: float(len([*form.inputs(key)])) for key, table in form.tables.items()}
    for place, seen in book.cells.items():
        form_cell = form.cells[keys[place]] if place in keys else None
        for value in _extremes(seen, form_cell, counts.get(book.text(place[0], place[1], 1), _COUNT)):
            count += 1
            text = shown(value, str(seen.cell.number_format))
            if pixels(text, seen.cell) > rooms[place[0], place[2]]:
                yield f"{at(place)} is too narrow for {text.strip()}"
                break
    if not count:
        yield "no cell holds a number"


def _extremes(seen: Seen, cell: FormCell | None, most: float) -> Iterator[float]:
    """The value at hand, and the extremes that the cell may come to hold; `most` is that of a count."""
    if isinstance(seen.value, float):
        yield seen.value
    number_format = str(seen.cell.number_format)
    if cell is not None and cell.role in ("input", "total") and cell.column.numeric:
        yield from _bounds(cell, number_format)
    elif cell is None and seen.formula is not None and number_format != "General":
        yield from _either(number_format, most)


def _bounds(cell: FormCell, number_format: str) -> Iterator[float]:
    least, greatest = _either(number_format)
    limited = cell.role == "input"
    yield cell.column.minimum if limited and cell.column.minimum is not None else least
    yield cell.column.maximum if limited and cell.column.maximum is not None else greatest


def _either(number_format: str, most: float = _COUNT) -> tuple[float, float]:
    if is_date(number_format):
        return 0.0, 0.0
    decimals = len((re.search(r"0\.(0+)", number_format) or ["", ""])[1])
    extreme = _PERCENT if "%" in number_format else _MONEY / 10**decimals if "#,##0" in number_format else most
    return -extreme if len(sections(number_format)) > 1 or extreme != most else 0.0, extreme


def line_29_number_formats(exhibit: Exhibit) -> Iterator[str]:
    """Number formats match units; zeros are visible; deficits stand in brackets and red; nothing is scaled.

    A figure's format has its decimals, and a per cent sign (as a letter: 76 is 76%) if and only if its unit has one; a date
    has a date's. Negative figures stand in brackets by their format and in red by it or by a conditional format. No format,
    of whatever cell, divides by thousands or multiplies by a hundred.
    """
    listed = conditions(exhibit.book)
    numbers = {key: cell for key, cell in exhibit.form.cells.items() if cell.role != "not_applicable" and cell.column.numeric}
    for key, cell in numbers.items():
        if key not in exhibit.found:
            yield f"{key} is not found by its codes"
            continue
        place = exhibit.found[key]
        number_format = str(exhibit.book.cells[place].cell.number_format)
        red = "[red]" in number_format.lower() or any(_reddens(one) for one in on(listed, place))
        yield from (f"{at(place)}, {number_format}: {fault}" for fault in _faults(cell, number_format, red))
    for place, seen in exhibit.book.cells.items():
        yield from (f"{at(place)}, {seen.cell.number_format}: {fault}" for fault in _scaled(str(seen.cell.number_format)))
    if not numbers:
        yield "the form has no number"


def _reddens(condition: Condition) -> bool:
    negative = condition.kind == "cellIs" and condition.operator == "lessThan" and condition.formulas == ("0",)
    return negative and is_red(condition.ink)


def _faults(cell: FormCell, number_format: str, red: bool) -> Iterator[str]:
    if cell.column.type == "date":
        if not is_date(number_format):
            yield "a date is not shown as one"
        return
    parts = sections(number_format)
    decimals = {len(found[1]) for part in parts[:3] for found in re.finditer(r"0\.(0+)", _QUOTED.sub("", part))} or {0}
    if decimals != {cell.dp} or is_date(number_format) or number_format == "General":
        yield f"the figure has {cell.dp} decimals"
    if ('"%"' in number_format) != (cell.unit == "%"):
        yield f"the figure is in {cell.unit or 'no unit'}"
    if len(parts) < 2 or not ("(" in parts[1] and ")" in parts[1]):
        yield "a negative figure does not stand in brackets"
    if "0" not in parts[2 if len(parts) > 2 else 0]:
        yield "a zero is not visible"
    if not red:
        yield "a negative figure is not red"


@lru_cache(maxsize=1024)
def _scaled(number_format: str) -> tuple[str, ...]:
    bare = [_QUOTED.sub("", part) for part in sections(number_format)]
    found = []
    if any(re.search(r"[0#?],+(?![0#?,])", part) for part in bare):
        found.append("thousands are divided away")
    if any("%" in part for part in bare):
        found.append("it is multiplied by a hundred")
    return tuple(found)


LINES = (
    Line(
        29, "Number formats match units; zeros show, deficits are bracketed and red, nothing is scaled", line_29_number_formats
    ),
    Line(32, "No column shows #####: each is as wide as the extreme of its cells", line_32_numbers_fit),
)
