"""Line 5: nothing of another system stands in a workbook, in any part of its package: no code, no name, no number."""

import html
import re
from collections.abc import Iterator

from workbook_gen.lint.book import Book
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.own_numbers import NUMBER, as_number
from workbook_gen.lint.strangers import SMALL, Strangers

CONSTANTS = {1000.0, 1440.0}
"""Numbers that formulas may hold beside the small ones: units of money and of time."""
SHORTEST = 3
"""Characters of a code that is looked for within a text; a shorter one, such as A, may be a word."""

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")
_LITERAL = re.compile(r"(?<![\w$.])\d+(?:\.\d+)?(?![\w(!])")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'!')
_DIGEST = re.compile(r"\b[0-9a-f]{64}\b")
_PLACES = re.compile(r' (?:r|ref|sqref|spans|activeCell|topLeftCell)="[^"]*"')
_FORMULA = re.compile(r"<(?:c:)?(?:f|formula\d?)\b[^>]*>[^<]*</")
_ADDRESS = re.compile(r"\$?\b[A-Z]{1,3}\$?\d+\b")
_TARGET = re.compile(r'(![$A-Z\d:]+)(?=")')
_TOLD = re.compile(r"Go to [^\"]* [A-Z]{1,3}\d+(?=\")")
_ALL_SHOWN = re.compile(r"sharedStrings|charts/chart|docProps/")
"""Parts whose every text is shown to somebody; of a worksheet these are the texts of formulas, footers, prompts and links."""
_SHOWN = re.compile(
    r"<(?:odd|even|first)(?:Header|Footer)>.*?<|(?:prompt|promptTitle|error|errorTitle|tooltip|display)=\"[^\"]*\""
)
_NAME = re.compile(r"<definedName .*?</definedName>")


def line_05_nothing_of_another(exhibit: Exhibit) -> Iterator[str]:
    """Every code, name and number is this organisation's own, a total of its own, or the definition's.

    0 to 100 are anyone's, where they are whole. A code of one or two characters is looked for as a whole text or in
    brackets; digests are neither codes nor numbers.
    """
    strangers = exhibit.strangers
    if not strangers.names or not strangers.own_numbers:
        yield "There is no other system to tell this one from"
    for member in exhibit.book.members:
        if member.filename not in exhibit.book.parts:
            yield f"{member.filename} is no text, so what stands in it cannot be told"
    for part, markup in exhibit.book.parts.items():
        yield from _strange_names(part, _without_addresses(markup), strangers)
        yield from _strange_texts(part, markup, strangers)
    yield from _strange_cells(exhibit.book, strangers)


def _without_addresses(markup: str) -> str:
    """A part without the addresses of its cells, which may look like the code of a region (Y59), and without digests."""
    markup = _DIGEST.sub(" ", _PLACES.sub(" ", _TOLD.sub(" ", _TARGET.sub(" ", markup))))
    return _FORMULA.sub(lambda found: _ADDRESS.sub("", found[0]), markup)


def _strange_names(part: str, markup: str, strangers: Strangers) -> Iterator[str]:
    """Codes and names, in what is written and in what is left of it without its tags, where one may cut through a name."""
    written = html.unescape(markup).replace("&&", "&")
    short = [code for code in strangers.codes if len(code) < SHORTEST]
    for read in dict.fromkeys((written, _TAG.sub("", written))):
        found = strangers.codes & set(_WORD.findall(read)) - set(short)
        found |= {code for code in short if any(mark in read for mark in (f">{code}<", f"({code})", f'"{code}"'))}
        yield from (f"{part} holds the code {code}" for code in sorted(found))
        rest = read.casefold()
        for name in strangers.own_names:
            rest = rest.replace(name, " ")
        yield from (f"{part} holds the name {name}" for name in strangers.names if name in rest)


def _strange_texts(part: str, markup: str, strangers: Strangers) -> Iterator[str]:
    """Numbers in texts, charts, properties, defined names, footers, prompts and links."""
    if _ALL_SHOWN.search(part):
        shown = _TAG.sub(" ", markup)
    elif part == "xl/workbook.xml":
        shown = _TAG.sub(" ", " ".join(_NAME.findall(markup)))
    else:
        shown = " ".join(_SHOWN.findall(markup)) if "worksheets/sheet" in part else ""
    for token in dict.fromkeys(NUMBER.findall(_DIGEST.sub(" ", html.unescape(shown)))):
        if not strangers.owns(as_number(token)):
            yield f"{part} holds the number {token}"


def _strange_cells(book: Book, strangers: Strangers) -> Iterator[str]:
    """Cells whose number is nobody's here, and formulas with a number of their own."""
    for (sheet, _, _), seen in book.cells.items():
        place = f"{sheet} {seen.cell.coordinate}"
        if isinstance(seen.value, float) and not strangers.owns(seen.value):
            yield f"{place} holds {seen.value:.10g}"
        if seen.formula is None:
            if isinstance(seen.value, str) and seen.value.strip() in strangers.codes:
                yield f"{place} holds the code {seen.value}"
            continue
        for literal in _LITERAL.findall(_QUOTED.sub("", seen.formula)):
            if float(literal) > SMALL and float(literal) not in CONSTANTS:
                yield f"{place} reckons with {literal}"
        if isinstance(seen.value, str):
            yield from (f"{place} says {one}" for one in NUMBER.findall(seen.value) if not strangers.owns(as_number(one)))


LINES = (Line(5, "Nothing of another system: every code, name and number is its own", line_05_nothing_of_another),)
