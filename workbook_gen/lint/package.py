"""Lines 1 to 4: what a workbook may not carry, that it opens, that it is made the same twice, and its properties."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from workbook_gen.lint.addresses import at
from workbook_gen.lint.book import Book, local
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.verdict import NotTested

LARGEST = 2_000_000
"""Bytes of a workbook."""
CORE, APPLICATION = "docProps/core.xml", "docProps/app.xml"
CONTENT_TYPES = "[Content_Types].xml"
NO_ENGINE = "A second spreadsheet engine is needed: install LibreOffice (soffice)."
LOST = 5
"""How many of the cells that another program lost are named."""


class Banned(NamedTuple):
    """What a workbook may not carry: in words, and the relations, parts, content types and elements that carry it."""

    what: str
    relation: str
    part: str
    element: str


BANNED = (
    Banned(
        "a macro",
        r"vbaProject.*|xl(Intl)?Macrosheet|dialogsheet|attachedToolbars",
        r"vbaProject|macrosheets/|dialogsheets/|macroEnabled",
        "",
    ),
    Banned("an external link", r"externalLink.*|xlExternalLinkPath.*|xlPathMissing", r"externalLinks?/", "externalReferences"),
    Banned(
        "a query",
        r"connections|queryTable|xmlMaps|customXml|powerPivotData",
        r"xl/connections|queryTables/|^customXml/",
        "webPublishItems|webPublishObjects",
    ),
    Banned("an OLE object", r"oleObject|package", r"embeddings/", "oleObjects|oleObject"),
    Banned("an ActiveX control", r"control|ctrlProp|activeX.*", r"activeX/|ctrlProps/", "controls|control"),
    Banned("a custom view", r"revisionHeaders", r"revisions/", "customWorkbookViews|customSheetViews"),
)
_TEXT = re.compile(r'"[^"]*"')
_OTHER_BOOK = re.compile(r"\[[^\[\]]+\][^\[\]!]*!|\w\|")
"""A reference to another workbook, or to another program (DDE)."""
_FORMULAS = ("f", "formula", "formula1", "formula2", "definedName")


def line_01_nothing_foreign(exhibit: Exhibit) -> Iterator[str]:
    """No macros, external links, queries, OLE, ActiveX, custom views. A link to anything outside the file is one too."""
    book = exhibit.book
    elements = {part: {local(one) for one in tree.iter()} for part, tree in book.trees.items()}
    for banned in BANNED:
        for relation in book.relations:
            if re.fullmatch(banned.relation, relation.kind):
                yield f"{relation.part or 'The package'} is related to {relation.target}: {banned.what}"
        for member in book.members:
            if re.search(banned.part, member.filename):
                yield f"The package holds {member.filename}: {banned.what}"
        for part, held in elements.items():
            if banned.element and any(re.fullmatch(banned.element, one) for one in held):
                yield f"{part} holds {banned.what}"
    yield from _other_traces(book)


def _other_traces(book: Book) -> Iterator[str]:
    """Content types of macros, relations that leave the file, and formulas that read another one."""
    for one in book.trees[CONTENT_TYPES]:
        if "macroEnabled" in one.get("ContentType", ""):
            yield f"{CONTENT_TYPES} says of {one.get('PartName', one.get('Extension'))}: a macro"
    for relation in book.relations:
        if relation.external:
            yield f"{relation.part or 'The package'} is related to {relation.target}, outside the file: an external link"
    for part, tree in book.trees.items():
        for one in tree.iter():
            if local(one) in _FORMULAS and _OTHER_BOOK.search(_TEXT.sub("", one.text or "")):
                yield f"{part} reads {one.text}: an external link"
            if local(one) == "definedName" and {"function", "vbProcedure", "xlm"} & set(one.attrib):
                yield f"{part} defines the name {one.get('name')} as a function: a macro"


def line_02_sound_package(exhibit: Exhibit) -> Iterator[str]:
    """No duplicate members, at most 2 MB, opens in LibreOffice without repair.

    Excel mends a file whose parts are not well formed, not listed or not there: that is looked at without another program.
    The other program has opened the file whole if it shows every text and number that is no formula's. Without one: not
    tested, where nothing else offends.
    """
    book = exhibit.book
    names = Counter(member.filename.lower() for member in book.members)
    yield from (f"The package holds {name} {count} times" for name, count in names.items() if count > 1)
    if len(book.data) > LARGEST:
        yield f"The file has {len(book.data):,} bytes, more than {LARGEST:,}"
    yield from _repairs(book)
    yield from _lost(exhibit)


def _repairs(book: Book) -> Iterator[str]:
    """What Excel would mend: parts without a content type, content types and relations without their part."""
    names = {member.filename for member in book.members} - {CONTENT_TYPES}
    types = list(book.trees[CONTENT_TYPES])
    listed = {one.get("PartName", "").lstrip("/") for one in types if local(one) == "Override"}
    endings = {one.get("Extension", "").lower() for one in types if local(one) == "Default"}
    for name in sorted(names - listed):
        if name.rpartition(".")[2].lower() not in endings or (name.endswith(".xml") and not name.startswith("customXml/")):
            yield f"{CONTENT_TYPES} does not say what {name} is"
    yield from (f"{CONTENT_TYPES} lists {name}, which is not there" for name in sorted(listed - names))
    for relation in book.relations:
        if not relation.external and relation.target not in names:
            yield f"{relation.part or 'The package'} is related to {relation.target}, which is not there"


def _lost(exhibit: Exhibit) -> Iterator[str]:
    """The cells that another engine did not read as they stand."""
    if exhibit.recalculated is None:
        raise NotTested(NO_ENGINE)
    if not exhibit.recalculated:
        yield "LibreOffice did not open the file and save it"
        return
    cells = exhibit.book.cells.items()
    constants = {place: seen.value for place, seen in cells if seen.formula is None and seen.value is not None}
    lost = [place for place, value in constants.items() if not _same(exhibit.recalculated.get(place), value)]
    for place in lost[:LOST]:
        yield f"{at(place)} is not what LibreOffice shows ({len(lost)} cells in all)"


def _same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-9 * max(1.0, abs(other))
    return one == other


def line_03_same_bytes(exhibit: Exhibit) -> Iterator[str]:
    """Same input, same bytes: a second issue gives the file; no member has a time of its own; `created` is the issue date."""
    day = f"{exhibit.form.collection.issued:%Y-%m-%dT00:00:00Z}"
    said = {local(one): one.text for one in exhibit.book.trees.get(CORE, ())}
    for name in ("created", "modified"):
        if said.get(name) != day:
            yield f"{CORE} says {name} {said.get(name)}, not {day}"
    times = {member.date_time for member in exhibit.book.members}
    if len(times) > 1 or max(times)[0] > 1980:
        yield f"The members of the package carry times: {max(times)}"
    if exhibit.again is None:
        raise NotTested("The key that seals is needed to issue the workbook a second time: put seal.key back.")
    if exhibit.again != exhibit.book.data:
        yield f"A second issue gives other bytes: {', '.join(_differing(exhibit.book, Book(exhibit.again))) or 'the package'}"


def _differing(one: Book, other: Book) -> list[str]:
    return sorted(name for name in one.parts.keys() | other.parts.keys() if one.parts.get(name) != other.parts.get(name))


def line_04_properties(exhibit: Exhibit) -> Iterator[str]:
    """Title, subject, creator = the team, no person's name: of who saved it, its manager, its company, or who commented."""
    team = exhibit.form.collection.team
    said = {local(one): (one.text or "").strip() for one in exhibit.book.trees.get(CORE, ())}
    yield from (f"{CORE} has no {name}" for name in ("title", "subject") if not said.get(name))
    if said.get("creator") != team:
        yield f"{CORE} says creator {said.get('creator')!r}, not {team!r}"
    for part, tree in exhibit.book.trees.items():
        for one in tree.iter():
            yield from (
                f"{part} names somebody: {name!r}" for name in _people(local(one), one.attrib, one.text) if name != team
            )


_PERSONAL = ("lastModifiedBy", "Manager", "Company", "author")
_PERSONAL_ATTRIBUTES = ("userName", "displayName", "absPath")


def _people(kind: str, attributes: dict[str, str], text: str | None) -> Iterator[str]:
    """Names that an element gives away: of the one who saved or commented, shares the file, or where it lay on a disk."""
    if kind in _PERSONAL and (text or "").strip():
        yield str(text).strip()
    if kind == "absPath":
        yield attributes.get("url", "")
    yield from (attributes[name] for name in _PERSONAL_ATTRIBUTES if attributes.get(name))


LINES = (
    Line(1, "No macros, external links, queries, OLE, ActiveX, custom views", line_01_nothing_foreign),
    Line(2, "No duplicate zip members, at most 2 MB, opens in LibreOffice without repair", line_02_sound_package),
    Line(3, "Same input, same bytes, created on the issue date", line_03_same_bytes),
    Line(4, "Title, subject, creator the team, no person's name", line_04_properties),
)
