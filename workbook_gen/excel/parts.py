"""How the parts of a workbook find each other: content types, relationships, and the workbook part itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import Literal

from workbook_gen.excel.markup import Element, truth, whole_number
from workbook_gen.excel.members import Members
from workbook_gen.excel.refusal import damaged

CONTENT_TYPES = "[Content_Types].xml"
LONGEST_NAME = 255
"""Characters of a sheet's name. Excel's longest has 31."""
SheetState = Literal["visible", "hidden", "veryHidden"]
_STATES: dict[str, SheetState] = {"visible": "visible", "hidden": "hidden", "veryHidden": "veryHidden"}


@dataclass(frozen=True, slots=True)
class Relationship:
    """A relationship: its id, the last word of its type (`worksheet`) and the part it leads to."""

    id: str
    kind: str
    target: str
    strict: bool


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet as the workbook lists it. `kind` is `worksheet`, or what else it is (`chartsheet`)."""

    name: str
    state: SheetState
    kind: str
    part: str


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name and what it stands for; `sheet` where it is known on that sheet only."""

    name: str
    text: str
    sheet: str | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class WorkbookPart:
    """What the workbook part says: its sheets in order, defined names, and whether dates count from 1904."""

    sheets: tuple[SheetPart, ...]
    names: tuple[DefinedName, ...]
    date1904: bool


class ContentTypes:
    """The content type of every part: its own, or that of its ending."""

    def __init__(self, found: list[Element]) -> None:
        rows = [(element.name, element.attributes) for element in found]
        self._own = {a.get("PartName", "").lstrip("/").casefold(): a.get("ContentType", "") for n, a in rows if n == "Override"}
        self._by_ending = {a.get("Extension", "").casefold(): a.get("ContentType", "") for n, a in rows if n == "Default"}

    def of(self, part: str) -> str:
        """The content type; empty where the file declares none."""
        name = part.casefold()
        return self._own.get(name) or self._by_ending.get(name.rpartition(".")[2], "")


def relationships(members: Members, source: str) -> tuple[Relationship, ...]:
    """The relationships of a part (of the package for `""`) to others in the file; none where it has no list."""
    rows = _relationship_rows(members, source)
    return tuple(_relationship(row, dirname(source)) for row in rows if row.get("TargetMode") != "External")


def outside(members: Members, source: str) -> tuple[str, ...]:
    """What the relationships of a part lead to outside the file, as it is written there."""
    rows = _relationship_rows(members, source)
    return tuple(row.get("Target", "") for row in rows if row.get("TargetMode") == "External")


def _relationship_rows(members: Members, source: str) -> list[dict[str, str]]:
    folder, name = dirname(source), source.rpartition("/")[2]
    part = join(folder, "_rels", f"{name}.rels")
    found = members.elements(part) if part in members else []
    rows = [element.attributes for element in found if element.name == "Relationship"]
    if len({row.get("Id", "") for row in rows}) < len(rows):
        raise damaged(f"two parts that {name or 'it'} leads to have one name")
    return rows


def _relationship(row: Mapping[str, str], folder: str) -> Relationship:
    kind, target = row.get("Type", ""), row.get("Target", "")
    path = normpath(join("/", folder, target)).lstrip("/")
    return Relationship(row.get("Id", ""), kind.rpartition("/")[2], path, kind.startswith("http://purl.oclc.org/ooxml/"))


def first(found: tuple[Relationship, ...], *kinds: str) -> str | None:
    """The part that the first relationship of one of these kinds leads to."""
    return next((relationship.target for relationship in found if relationship.kind in kinds), None)


def workbook_part(members: Members, part: str, related: tuple[Relationship, ...]) -> WorkbookPart:
    """Read the workbook part; PackageRefused where a sheet it lists has no part, or stands twice."""
    found = members.elements(part)
    sheets = _sheets(members, found, {relationship.id: relationship for relationship in related})
    return WorkbookPart(
        sheets=sheets,
        names=tuple(_defined_name(element, sheets) for element in found if element.name == "definedName"),
        date1904=any(truth(e.attributes.get("date1904")) for e in found if e.name == "workbookPr"),
    )


def _sheets(members: Members, found: list[Element], related: Mapping[str, Relationship]) -> tuple[SheetPart, ...]:
    rows = [element.attributes for element in found if element.name == "sheet" and _is_listed(element)]
    sheets = tuple(_sheet(row, related) for row in rows)
    for sheet in sheets:
        if sheet.part not in members:
            raise damaged(f"the sheet '{sheet.name}' is missing inside it")
    if not any(sheet.kind == "worksheet" for sheet in sheets):
        raise damaged("it has no sheet")
    for what in ({sheet.name.casefold() for sheet in sheets}, {sheet.part.casefold() for sheet in sheets}):
        if len(what) < len(sheets):
            raise damaged("it lists a sheet twice")
    return sheets


def _is_listed(element: Element) -> bool:
    """Whether an element stands where sheets are listed: Excel looks for them nowhere else."""
    return element.depth == 2 and element.parent == "sheets"


def _sheet(row: Mapping[str, str], related: Mapping[str, Relationship]) -> SheetPart:
    name = row.get("name", "")
    relationship = related.get(row.get("id", ""))
    if len(name) > LONGEST_NAME:
        raise damaged(f"a sheet's name has {len(name):,} characters")
    if relationship is None:
        raise damaged(f"the sheet '{name}' is missing inside it")
    return SheetPart(name, _STATES.get(row.get("state", ""), "visible"), relationship.kind, relationship.target)


def _defined_name(element: Element, sheets: tuple[SheetPart, ...]) -> DefinedName:
    row = element.attributes
    own = whole_number(row.get("localSheetId", ""))
    sheet = sheets[own].name if own is not None and own < len(sheets) else None
    return DefinedName(row.get("name", ""), element.text, sheet, truth(row.get("hidden")))
