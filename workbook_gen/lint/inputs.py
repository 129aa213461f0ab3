"""Lines 19 to 21: what is open is what is asked, each with one validation that helps and does not refuse a figure."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from openpyxl.utils import range_boundaries

from workbook_gen.definition.form import FormCell
from workbook_gen.lint.addresses import at
from workbook_gen.lint.book import MAIN, Book, Place
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import Exhibit

TITLE, PROMPT, ERROR = 32, 255, 225
"""Characters that a validation's titles, its prompt and its message may have."""
ANYTHING = 1e9
"""A bound of numbers that refuses no figure that a return could hold."""
TYPES = {"number": "decimal", "date": "date", "text": "textLength", "choice": "list", "yesno": "list"}
"""The kind of validation that stops a wrong type, by the type of the input."""
YES_NO = ("Yes", "No")

_AREA = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!(\$[A-Z]+\$\d+(?::\$[A-Z]+\$\d+)?)$")
_QUOTED = re.compile(r'"([^"]*)"')


def line_19_open_is_asked(exhibit: Exhibit) -> Iterator[str]:
    """Unlocked cells = the definition's inputs, both ways; no row, column or range is open in which a new cell could be."""
    asked = {exhibit.found[cell.key]: cell for cell in exhibit.form.inputs() if cell.key in exhibit.found}
    if not asked:
        yield "No input of the definition stands in a sheet"
    for cell in exhibit.form.inputs():
        if cell.key not in exhibit.found:
            yield f"{cell.key} is an input, but stands nowhere"
    for place, seen in exhibit.book.cells.items():
        if place in asked and seen.cell.protection.locked:
            yield f"{place[0]} {seen.cell.coordinate} is locked, but an input: {asked[place].key}"
        elif place not in asked and not seen.cell.protection.locked:
            yield f"{place[0]} {seen.cell.coordinate} is open, but no input"
    yield from _open_ranges(exhibit.book)


def _open_ranges(book: Book) -> Iterator[str]:
    for name, sheet in book.sheets.items():
        for key, one in (*sheet.row_dimensions.items(), *sheet.column_dimensions.items()):
            if not one.protection.locked:
                yield f"{name} {'row' if isinstance(key, int) else 'column'} {key} is open as a whole"
        for area in book.tree_of(name).iter(f"{MAIN}protectedRange"):
            yield f"{name} {area.get('sqref')} is a range that some may edit"


@dataclass(frozen=True)
class Validation:
    """A data validation as its part says it."""

    element: Element

    def said(self, name: str) -> str:
        """An attribute; empty where it says nothing."""
        return self.element.get(name, "")

    def formula(self, number: int) -> str:
        """The first or second formula."""
        return (self.element.findtext(f"{MAIN}formula{number}") or "").strip()

    def places(self, sheet: str) -> Iterator[Place]:
        """Every cell that it covers."""
        for area in self.said("sqref").split():
            left, top, right, bottom = range_boundaries(area)
            if None not in (left, top, right, bottom):
                rows, columns = range(int(top or 0), int(bottom or 0) + 1), range(int(left or 0), int(right or 0) + 1)
                yield from ((sheet, row, column) for row in rows for column in columns)


def validations(book: Book) -> Mapping[Place, list[Validation]]:
    """The validations of every cell that has any."""
    found: dict[Place, list[Validation]] = defaultdict(list)
    for sheet in book.sheet_parts:
        for element in book.tree_of(sheet).iter(f"{MAIN}dataValidation"):
            for place in Validation(element).places(sheet):
                found[place].append(Validation(element))
    return found


def line_20_one_validation(exhibit: Exhibit) -> Iterator[str]:
    """Exactly one validation to an input, with prompt and error; `stop` for a wrong type, a word for what is implausible.

    Titles have at most 32 characters, the prompt 255, the message 225. Only a type, the definition's own bounds and the
    length of a text may be refused; that a figure is not plausible is said by a word beside it, with a conditional format.
    """
    found = validations(exhibit.book)
    asked = {exhibit.found[cell.key]: cell for cell in exhibit.form.inputs() if cell.key in exhibit.found}
    if not asked:
        yield "There is no input to validate"
    told = set[tuple[int, str]]()
    for place, cell in asked.items():
        if len(found.get(place, ())) != 1:
            yield f"{at(place)} has {len(found.get(place, ()))} validations"
            continue
        for fault in (*_texts(found[place][0]), *_refuses(found[place][0], cell)):
            if (id(found[place][0].element), fault) not in told:
                yield f"{at(place)} {fault}"
            told.add((id(found[place][0].element), fault))
    yield from (f"{at(place)} has a validation, but is no input" for place in found if place not in asked)
    yield from _without_word(exhibit)


def _texts(validation: Validation) -> Iterator[str]:
    """What is wrong with prompt and message."""
    for name, most in (("promptTitle", TITLE), ("prompt", PROMPT), ("errorTitle", TITLE), ("error", ERROR)):
        length = len(validation.said(name))
        if not 0 < length <= most:
            yield f"has a validation whose {name} has {length} characters, not 1 to {most}"
    for name in ("showInputMessage", "showErrorMessage"):
        if validation.said(name) not in ("1", "true"):
            yield f"has a validation without {name}"


def _refuses(validation: Validation, cell: FormCell) -> Iterator[str]:
    """Whether a wrong type is stopped, and nothing else but what the definition rules out."""
    if validation.said("errorStyle") not in ("", "stop"):
        yield f"has a validation that does not stop: {validation.said('errorStyle')}"
    kind = TYPES[cell.column.type]
    if validation.said("type") != kind:
        yield f"has a validation of the type {validation.said('type') or 'any'}, not {kind}"
    elif kind == "decimal":
        yield from _narrow(validation, cell)
    elif kind == "textLength" and (validation.said("operator"), validation.formula(1)) != (
        "lessThanOrEqual",
        str(cell.column.length),
    ):
        yield f"has a validation of another length than {cell.column.length}"


def _narrow(validation: Validation, cell: FormCell) -> Iterator[str]:
    """Bounds within which the definition lets a figure be."""
    low, high = (_number(validation.formula(number)) for number in (1, 2))
    least = -ANYTHING if cell.column.minimum is None else cell.column.minimum
    most = ANYTHING if cell.column.maximum is None else cell.column.maximum
    if validation.said("operator") not in ("", "between") or low is None or high is None or low > least or high < most:
        yield f"has a validation that refuses figures between {least:,.10g} and {most:,.10g}"


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _without_word(exhibit: Exhibit) -> Iterator[str]:
    """Lines with figures to fill in that have no word between label and figures, or whose words have no conditional format."""
    lines: dict[tuple[str, int], int] = {}
    for sheet, row, column in exhibit.found.values():
        lines[sheet, row] = min(lines.get((sheet, row), column), column)
    numbers = [cell.key for cell in exhibit.form.inputs() if cell.column.numeric and cell.key in exhibit.found]
    figures = dict.fromkeys(exhibit.found[key][:2] for key in numbers)
    marked = {sheet: _marked(exhibit.book, sheet) for sheet in exhibit.book.sheet_parts}
    for sheet, row in figures:
        place = (sheet, row, lines[sheet, row] - 1)
        seen = exhibit.book.cells.get(place)
        words = _words(seen.formula or "") if seen else set[str]()
        if not words:
            yield f"{at(place)} holds no word on whether the figures beside it are plausible"
        elif missing := words - {word for one, words in marked[sheet] if _covers(one, place) for word in words}:
            yield f"{at(place)} has no conditional format for {', '.join(sorted(missing))}"


def _words(formula: str) -> set[str]:
    """The words that stand in a formula; not the conditions of its counts, such as ">0"."""
    return {text for text in _QUOTED.findall(formula) if text[:1].isalpha()}


def _marked(book: Book, sheet: str) -> list[tuple[str, set[str]]]:
    """The areas of conditional formats and the words that each marks."""
    return [
        (one.get("sqref", ""), {word for rule in one.iter(f"{MAIN}formula") for word in _words(rule.text or "")})
        for one in book.tree_of(sheet).iter(f"{MAIN}conditionalFormatting")
    ]


def _covers(areas: str, place: Place) -> bool:
    bounds = (range_boundaries(area) for area in areas.split())
    return any(
        (left or 0) <= place[2] <= (right or 0) and (top or 0) <= place[1] <= (bottom or 0)
        for left, top, right, bottom in bounds
    )


def line_21_choices(exhibit: Exhibit) -> Iterator[str]:
    """Choices from defined names: each list is a name for cells that hold the definition's options, and drops down."""
    found, names = validations(exhibit.book), _defined(exhibit.book)
    told = set[str]()
    for cell in exhibit.form.inputs():
        place = exhibit.found.get(cell.key)
        if cell.column.type not in ("choice", "yesno") or place is None:
            continue
        lists = [one for one in found.get(place, ()) if one.said("type") == "list"]
        if not lists:
            yield f"{at(place)} offers no choice"
        for one in lists:
            if one.said("showDropDown") in ("1", "true"):
                yield f"{at(place)} hides its list"
            for fault in _list_faults(one.formula(1), names, cell, exhibit):
                if fault not in told:
                    yield f"{at(place)} {fault}"
                told.add(fault)


def _list_faults(name: str, names: Mapping[str, str], cell: FormCell, exhibit: Exhibit) -> Iterator[str]:
    area = _AREA.match(names.get(name, ""))
    if area is None:
        yield f"takes its choices from {name}, which is no name for a range of cells"
        return
    sheet = (area[1] or area[2]).replace("''", "'")
    left, top, right, bottom = (int(bound or 0) for bound in range_boundaries(area[3]))
    held = tuple(exhibit.book.text(sheet, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
    if held != _options(cell, exhibit):
        yield f"offers {', '.join(held)} by the name {name}, not {', '.join(_options(cell, exhibit))}"


def _options(cell: FormCell, exhibit: Exhibit) -> tuple[str, ...]:
    if cell.column.type == "yesno":
        return YES_NO
    if isinstance(cell.column.options, str):
        return tuple(one.name for one in exhibit.form.system.organisations)
    return cell.column.options


def _defined(book: Book) -> dict[str, str]:
    """The workbook's own defined names and what they stand for; a sheet's, such as its print area, left out."""
    names = book.trees["xl/workbook.xml"].iter(f"{MAIN}definedName")
    return {one.get("name", ""): (one.text or "").strip() for one in names if one.get("localSheetId") is None}


LINES = (
    Line(19, "Unlocked cells are the definition's inputs, both ways", line_19_open_is_asked),
    Line(20, "One validation to an input, with prompt and error; plausibility is a word", line_20_one_validation),
    Line(21, "Choices from defined names", line_21_choices),
)
