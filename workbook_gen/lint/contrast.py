"""Colours: a palette of few with one meaning each, contrast that can be read, conditional formats with a word beside them."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from openpyxl.cell.cell import Cell
from openpyxl.styles.borders import Side

from workbook_gen.lint.addresses import at
from workbook_gen.lint.book import Book, Place
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.conditions import BLACK, WHITE, Condition, channels, colour, conditions, on
from workbook_gen.lint.exhibit import COVER, Exhibit

TEXT_CONTRAST, BORDER_CONTRAST = 4.5, 3.0
MOST_COLOURS = 20
MOST_CONDITIONS = 30
ROLES = {"input": "an input", "prefill": "a prefilled figure", "total": "a total", "not_applicable": "what does not apply"}

_CHART_COLOUR = re.compile(r'<a:srgbClr val="([0-9A-Fa-f]{6})"')
_WORD = re.compile(r'"[^"]*\w[^"]*"')


Shade = tuple[str | None, str | None]
"""The ink and the fill that a conditional format gives; None where it leaves the cell's own."""


class Shades(NamedTuple):
    """The ink and the fill of a cell's own format, empty where they are not written out, and whether it is locked."""

    ink: str
    fill: str
    locked: bool


def contrast(one: str, other: str) -> float:
    """The contrast of two colours of six digits as WCAG 2 has it, 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(ink: str) -> float:
    parts = (part / 255 for part in channels(ink))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def line_30_palette_and_contrast(exhibit: Exhibit) -> Iterator[str]:
    """Roles from one palette; a contrast of at least 4.5 for text and 3 for the borders of inputs.

    Text: the colour of every cell that shows something, and every colour that a conditional format may give to its letters, on
    each fill that it may have. Borders: on all four sides, against the fill inside and the white outside. Palette: inputs,
    prefills, totals and cells that do not apply have one fill each, no two the same, each explained by Cover's key; the fills
    of inputs, prefills and of what does not apply stand nowhere else; a workbook has at most 20 colours, charts among them,
    each written out.
    """
    listed, shades, faults = conditions(exhibit.book), shades_of(exhibit.book), dict[tuple[int, frozenset[Shade]], list[str]]()
    for place, seen in exhibit.book.cells.items():
        if seen.value is None and seen.formula is None and shades[place].locked:
            continue
        given = frozenset((one.ink, one.fill) for one in on(listed, place))
        look = seen.cell.style_id, given
        if look not in faults:
            faults[look] = [*_faint(shades[place], given), *([] if shades[place].locked else _border_faults(seen.cell))]
        yield from (f"{at(place)}: {fault}" for fault in faults[look])
    yield from _palette(exhibit, shades)
    yield from _colours(exhibit.book, listed, shades)


def shades_of(book: Book) -> dict[Place, Shades]:
    """What every cell's format says of its colours and its lock."""
    made: dict[int, Shades] = {}
    found = {}
    for place, seen in book.cells.items():
        number = seen.cell.style_id
        if number not in made:
            made[number] = Shades(ink_of(seen.cell), fill_of(seen.cell), bool(seen.cell.protection.locked))
        found[place] = made[number]
    return found


def ink_of(cell: Cell) -> str:
    """The colour of a cell's text as six digits, the theme's dark one as black; empty where it is not written out."""
    found = cell.font.color
    if found is None or (found.type == "theme" and found.theme == 1):
        return BLACK
    return colour(found) or ""


def fill_of(cell: Cell) -> str:
    """The colour behind a cell as six digits, white where there is none; empty where it is not plain or not written out."""
    if cell.fill.fill_type is None:
        return WHITE
    return (colour(cell.fill.fgColor) or "") if cell.fill.fill_type == "solid" else ""


def _faint(own: Shades, given: frozenset[Shade]) -> list[str]:
    inks = {own.ink, *(ink for ink, _ in given if ink)}
    fills = {own.fill, *(fill for _, fill in given if fill)}
    if "" in inks | fills:
        return ["it takes a colour from the theme, a list or a pattern"]
    pairs = [(ink, fill, contrast(ink, fill)) for ink in sorted(inks) for fill in sorted(fills)]
    return [f"text #{ink} on #{fill} has a contrast of {found:.1f}" for ink, fill, found in pairs if found < TEXT_CONTRAST]


def _border_faults(cell: Cell) -> Iterator[str]:
    border = cell.border
    for name, side in (("left", border.left), ("right", border.right), ("top", border.top), ("bottom", border.bottom)):
        drawn = colour(side.color) if isinstance(side, Side) and side.style else None
        if drawn is None:
            yield f"the input has no border of a colour of its own on its {name}"
            continue
        least = min(contrast(drawn, fill_of(cell) or WHITE), contrast(drawn, WHITE))
        if least < BORDER_CONTRAST:
            yield f"the border #{drawn} on its {name} has a contrast of {least:.1f}"


def _palette(exhibit: Exhibit, shades: dict[Place, Shades]) -> Iterator[str]:
    """The fills of the four roles, where they stand, and Cover's key to them."""
    places: dict[str, list[Place]] = {role: [] for role in ROLES}
    for key, cell in exhibit.form.cells.items():
        if key in exhibit.found:
            places[cell.role].append(exhibit.found[key])
    owners: dict[str, str] = {}
    for role, words in ROLES.items():
        fills = Counter(shades[place].fill for place in places[role])
        if not fills:
            continue
        own, _ = fills.most_common(1)[0]
        stray = next((place for place in places[role] if shades[place].fill != own), None)
        if stray:
            yield f"the fill of {words} is not one: #{own}, but #{shades[stray].fill} at {at(stray)}"
        if own in owners:
            yield f"the fill #{own} means {ROLES[owners[own]]} and {words}"
        if own == WHITE:
            yield f"the fill of {words} is white, as if it had none"
        owners.setdefault(own, role)
    yield from _key_and_strays(exhibit, owners, shades)


def _key_and_strays(exhibit: Exhibit, meaning: dict[str, str], shades: dict[Place, Shades]) -> Iterator[str]:
    keys = {place: key for key, place in exhibit.found.items()}
    explained = set()
    for place, seen in exhibit.book.cells.items():
        fill = shades[place].fill
        if fill not in meaning:
            continue
        blank = seen.value is None and seen.formula is None
        if place[0] == COVER and blank and exhibit.book.text(place[0], place[1], place[2] + 1):
            explained.add(fill)
        elif meaning[fill] != "total" and (place not in keys or exhibit.form.role(keys[place]) != meaning[fill]):
            yield f"{at(place)} has the fill of {ROLES[meaning[fill]]}, but is none"
    for fill in sorted(set(meaning) - explained):
        yield f"Cover's key does not explain the fill #{fill} of {ROLES[meaning[fill]]}"


def _colours(book: Book, listed: dict[str, list[Condition]], shades: dict[Place, Shades]) -> Iterator[str]:
    found = {shade for one in set(shades.values()) for shade in (one.ink, one.fill)}
    found |= {shade for rules in listed.values() for one in rules for shade in (one.ink, one.fill) if shade}
    charts = "".join(text for name, text in book.parts.items() if name.startswith("xl/charts/"))
    found |= {shade.upper() for shade in _CHART_COLOUR.findall(charts)}
    if len(found - {""}) > MOST_COLOURS:
        yield f"the workbook has {len(found)} colours; {MOST_COLOURS} are allowed: {', '.join(sorted(found))}"


def line_36_conditional_formats(exhibit: Exhibit) -> Iterator[str]:
    """At most 30 conditional formats to a sheet, on whole ranges, each with a word beside the colour.

    A whole range is one rectangle that stops where its column does: the cell above and the one below it hold no formula of the
    same number format. A fill stands behind a word that the condition names; letters are coloured only where a figure is
    negative, in cells whose number format brackets it.
    """
    listed = conditions(exhibit.book)
    for sheet, rules in listed.items():
        if len(rules) > MOST_CONDITIONS:
            yield f"{sheet} has {len(rules)} conditional formats; {MOST_CONDITIONS} are allowed"
        for one in rules:
            yield from (f"conditional format on {one.where}: {fault}" for fault in _condition_faults(exhibit.book, one))
    if not any(listed.values()):
        yield "no sheet has a conditional format"


def _condition_faults(book: Book, one: Condition) -> Iterator[str]:
    if len(one.areas) != 1:
        yield f"it has {len(one.areas)} ranges"
    named = one.operator == "equal" and len(one.formulas) == 1 and _WORD.fullmatch(one.formulas[0])
    negative = one.operator == "lessThan" and one.formulas == ("0",) and one.fill is None
    if one.kind != "cellIs" or not (named or negative):
        yield f"no word stands beside its colour: {one.kind} {one.operator} {' '.join(one.formulas)}".rstrip()
    if negative:
        yield from (f"{where} shows a negative figure without brackets" for where in _unbracketed(book, one))
    yield from (f"it stops short of {where}" for where in _beyond(book, one))


def _unbracketed(book: Book, one: Condition) -> Iterator[str]:
    for area in one.areas:
        for place in area.places():
            seen = book.cells.get(place)
            number_format = str(seen.cell.number_format) if seen else ""
            if seen and (isinstance(seen.value, float) or seen.formula) and "0" in number_format and "(" not in number_format:
                yield at(place)


def _beyond(book: Book, one: Condition) -> Iterator[str]:
    """Cells directly above and below a range that are like the one at its edge."""
    for sheet, top, left, bottom, right in one.areas:
        for column in range(left, right + 1):
            for inside, outside in ((top, top - 1), (bottom, bottom + 1)):
                edge, next_one = book.cells.get((sheet, inside, column)), book.cells.get((sheet, outside, column))
                alike = edge and next_one and edge.cell.number_format == next_one.cell.number_format
                if alike and edge and next_one and edge.formula and next_one.formula:
                    yield at((sheet, outside, column))


LINES = (
    Line(30, "One palette of few colours; contrast of 4.5 for text, 3 for the borders of inputs", line_30_palette_and_contrast),
    Line(36, "At most 30 conditional formats to a sheet, on whole ranges, a word beside each", line_36_conditional_formats),
)
