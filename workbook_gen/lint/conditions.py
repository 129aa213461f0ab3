"""Conditional formats: where they hold, what they ask, and the colours that they give."""

from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.formatting.rule import Rule
from openpyxl.styles.colors import Color
from openpyxl.styles.fills import PatternFill

from workbook_gen.lint.addresses import Area, area, at
from workbook_gen.lint.book import Book, Place

WHITE, BLACK = "FFFFFF", "000000"


class Condition(NamedTuple):
    """One conditional format. `ink` and `fill` are six digits; None where it leaves the cell's own."""

    sheet: str
    areas: tuple[Area, ...]
    kind: str
    operator: str
    formulas: tuple[str, ...]
    ink: str | None
    fill: str | None

    @property
    def where(self) -> str:
        """Its ranges, in words."""
        corners = ((at((one.sheet, one.top, one.left)), at((one.sheet, one.bottom, one.right))) for one in self.areas)
        return ", ".join(f"{first}:{last.rpartition(' ')[2]}" for first, last in corners)

    def holds(self, place: Place) -> bool:
        """Whether a cell lies in one of its ranges."""
        return any(one.holds(place) for one in self.areas)


def conditions(book: Book) -> dict[str, list[Condition]]:
    """The conditional formats of every sheet, in the order of the file."""
    return {
        name: [_condition(name, str(ranges.sqref), rule) for ranges in sheet.conditional_formatting for rule in ranges.rules]
        for name, sheet in book.sheets.items()
    }


def on(listed: dict[str, list[Condition]], place: Place) -> Iterator[Condition]:
    """The conditional formats that a cell may take."""
    return (one for one in listed[place[0]] if one.holds(place))


def _condition(sheet: str, ranges: str, rule: Rule) -> Condition:
    style = rule.dxf
    ink = colour(style.font.color) if style and style.font and style.font.color else None
    fill = colour(style.fill.bgColor) if style and isinstance(style.fill, PatternFill) else None
    found = tuple(one for text in ranges.split() if (one := area(text, sheet)))
    return Condition(sheet, found, str(rule.type), str(rule.operator or ""), tuple(map(str, rule.formula or ())), ink, fill)


def colour(found: Color | None) -> str | None:
    """A colour as six digits; None for one of the theme or of the old list of colours, which differ from program to program."""
    if found is None or found.type != "rgb":
        return None
    return str(found.rgb)[-6:].upper()


def is_red(ink: str | None) -> bool:
    """Whether a colour is a red: red is twice as strong in it as green and as blue."""
    if ink is None:
        return False
    red, green, blue = channels(ink)
    return red >= 2 * max(green, blue) and red > 0


def channels(ink: str) -> tuple[int, int, int]:
    """Red, green and blue of a colour of six digits, 0 to 255."""
    return int(ink[:2], 16), int(ink[2:4], 16), int(ink[4:], 16)
