"""The HTML report of a consolidation as tests look at it: made with the queries given, and taken apart without a browser."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.report.round import Round
from tests.returns import collection
from workbook_gen.desk.hit_rates import HitRate, rates_as_received
from workbook_gen.desk.register.cases import Query
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.desk.replay import that_count
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.national import national_tables
from workbook_gen.report.page.render import national_page

VOID = ("meta", "input", "br")


def page_of(found: Consolidation, queries: Mapping[str, Sequence[Query]], rates: Sequence[HitRate] = ()) -> bytes:
    """The page of a consolidation."""
    return national_page(found, national_tables(found.picture.sheets, found.systems), queries, rates)


def page_of_round(made: Round, found: Consolidation) -> bytes:
    """The page of what came in a round, with the queries and rates of its register."""
    files = dockets(made.register, found.collection.deadline)
    rates = rates_as_received(collection(), made.register, that_count(made.register.entries()))
    return page_of(found, {code: docket.cases.queries for code, docket in files.items()}, rates)


@dataclass
class Element:
    """An element with its attributes, and the elements and words in it, in order."""

    tag: str
    attributes: dict[str, str | None]
    parts: list["Element | str"] = field(default_factory=list)

    @property
    def children(self) -> list["Element"]:
        """The elements in it."""
        return [part for part in self.parts if isinstance(part, Element)]

    @property
    def own(self) -> list[str]:
        """The words in it, without those of its elements."""
        return [part for part in self.parts if isinstance(part, str)]

    def all(self, tag: str, **wanted: str) -> list["Element"]:
        """Every element of a tag below it with these attributes, in order."""
        found = []
        for child in self.children:
            if child.tag == tag and all(child.attributes.get(name) == value for name, value in wanted.items()):
                found.append(child)
            found += child.all(tag, **wanted)
        return found

    def one(self, tag: str, **wanted: str) -> "Element":
        """The one element of a tag with these attributes."""
        (found,) = self.all(tag, **wanted)
        return found

    @property
    def text(self) -> str:
        """All words in and below it, blanks put together."""
        return " ".join("".join(part if isinstance(part, str) else f" {part.text} " for part in self.parts).split())

    def rows(self) -> list[list[str]]:
        """The rows of a table, headings first."""
        return [[cell.text for cell in row.children] for row in self.all("tr")]


class _Tree(HTMLParser):
    """The elements of a page; raises where one is closed that is not open."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].parts.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].parts.append(Element(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"{closed.tag} is open, {tag} is closed"

    def handle_data(self, data: str) -> None:
        self.open[-1].parts.append(data)


def tree_of(page: bytes) -> Element:
    """The page as a tree; every element has to be closed."""
    tree = _Tree()
    tree.feed(page.decode())
    tree.close()
    assert tree.open == [tree.root]
    return tree.root
