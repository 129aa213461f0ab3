"""Package → every cell of every sheet, value, formula and lock, and what else the workbook says of itself."""

from dataclasses import dataclass, field
from functools import cached_property

from workbook_gen.excel.book import Book
from workbook_gen.excel.cells import Cells, Place
from workbook_gen.excel.comments import read_comments
from workbook_gen.excel.links import links_of
from workbook_gen.excel.locks import unlocked_formats
from workbook_gen.excel.package import Package
from workbook_gen.excel.parts import DefinedName, SheetPart, SheetState
from workbook_gen.excel.strings import shared_strings
from workbook_gen.excel.worksheet import Contents, scan_worksheet
from workbook_gen.findings import Finding

_LONGEST_PROPERTY = 255
"""Characters of a property, as in Excel."""
_NOTHING = Contents(Cells(), protected=False, hidden_rows=frozenset(), hidden_columns=frozenset())


@dataclass(frozen=True)
class ScannedSheet:
    """A sheet as the file holds it. A sheet that is a chart has no cells.

    `merged` are the areas of merged cells as the file writes them (`A1:C2`), `comments` the texts by row and column.
    """

    name: str
    state: SheetState
    kind: str
    protected: bool
    cells: Cells
    hidden_rows: frozenset[int]
    hidden_columns: frozenset[int]
    merged: tuple[str, ...] = ()
    comments: dict[Place, str] = field(default_factory=dict)

    @cached_property
    def texts(self) -> dict[Place, str]:
        """The texts that its cells hold, without the blanks around them."""
        return {place: value.strip() for place, value in self.cells.held.items() if isinstance(value, str)}

    @cached_property
    def texts_by_column(self) -> dict[int, list[tuple[int, str]]]:
        """The same texts with their rows, by column."""
        found: dict[int, list[tuple[int, str]]] = {}
        for (row, column), text in self.texts.items():
            found.setdefault(column, []).append((row, text))
        return found


@dataclass(frozen=True, slots=True)
class Scan:
    """A workbook as the file holds it. Dates stay serial days: with `date1904`, 1,462 fewer than elsewhere.

    `properties` are the custom ones, as text by name; `application` is the program that saved the file; `links` are the
    other workbooks that it reads, as the file names them.
    """

    sheets: tuple[ScannedSheet, ...]
    names: tuple[DefinedName, ...]
    date1904: bool
    properties: dict[str, str]
    application: str
    findings: tuple[Finding, ...]
    links: tuple[str, ...] = ()

    @property
    def cells(self) -> int:
        """How many cells there are, empty ones with a format included."""
        return sum(len(sheet.cells) for sheet in self.sheets)


def scan(package: Package) -> Scan:
    """Read every cell. PackageRefused where a part is damaged, declares entities or passes a bound."""
    members, workbook = package.members, package.workbook
    strings, styles = package.shared_strings, package.styles
    book = Book(
        strings=shared_strings(members, strings) if strings else [],
        unlocked=unlocked_formats(members, styles) if styles else frozenset(),
        date1904=workbook.date1904,
        room=members.room,
    )
    return Scan(
        sheets=tuple(_sheet(package, sheet, book) for sheet in workbook.sheets),
        names=workbook.names,
        date1904=workbook.date1904,
        properties=_properties(package),
        application=_application(package),
        findings=package.findings,
        links=links_of(members, package.related),
    )


def _sheet(package: Package, sheet: SheetPart, book: Book) -> ScannedSheet:
    is_worksheet = sheet.kind == "worksheet"
    contents = scan_worksheet(sheet.name, package.members, sheet.part, book) if is_worksheet else _NOTHING
    return ScannedSheet(
        name=sheet.name,
        state=sheet.state,
        kind=sheet.kind,
        protected=contents.protected,
        cells=contents.cells,
        hidden_rows=contents.hidden_rows,
        hidden_columns=contents.hidden_columns,
        merged=contents.merged,
        comments=read_comments(package.members, sheet.part),
    )


def _properties(package: Package) -> dict[str, str]:
    """The custom properties as text; of two with one name the first."""
    properties: dict[str, str] = {}
    name = ""
    for element in package.members.elements(package.custom) if package.custom else ():
        if element.name == "property":
            name = element.attributes.get("name", "")
        elif name:
            properties.setdefault(name, element.text[:_LONGEST_PROPERTY])
    return properties


def _application(package: Package) -> str:
    found = package.members.elements(package.application) if package.application else ()
    return next((element.text[:_LONGEST_PROPERTY] for element in found if element.name == "Application"), "")
