"""What the page shows, as facts for its templates: tables, charts, and a view for each thing that can be looked up."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_gen.report.page.draw import Drawing
from workbook_gen.report.page.figures import Shown
from workbook_gen.report.rulebook import Page


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its words, what it is sorted by where that is a number, where it leads, and what kind it is."""

    words: str
    number: float | None = None
    link: str = ""
    kind: str = ""

    @classmethod
    def of(cls, figure: Shown) -> "Cell":
        """A figure."""
        return cls(figure.text, figure.number, kind="" if figure.number is not None else "absent")


@dataclass(frozen=True)
class Heading:
    """The heading of a column, with the unit of its figures; `figures` stand on the right."""

    label: str
    unit: str = ""
    figures: bool = False


@dataclass(frozen=True)
class Table:
    """A table: its caption, headings and rows, the first `totals` of them areas; the first cell of a row names it."""

    key: str
    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    sortable: bool = False
    filtered: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart: what it shows, its alternative text, its drawing, the table of its figures and what to know of them."""

    key: str
    title: str
    description: str
    alt: str
    drawing: Drawing
    table: Table
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """A headline of the nation: how many of how many, and the rest in words."""

    label: str
    number: int
    of: int
    rest: str


@dataclass(frozen=True)
class Asked:
    """A query of a system: its number, state, rule and place, what is asked, and what was answered and decided."""

    number: int
    state: str
    rule: str
    has_page: bool
    where: str
    asks: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AreaView:
    """England or a region: its headlines, systems, tables and charts; `parts` are the regions of England."""

    key: str
    title: str
    lead: str
    cards: tuple[Card, ...]
    tallies: Table
    charts: tuple[Chart, ...]
    tables: tuple[Table, ...]
    profiles: tuple[Chart, ...]
    absent: tuple[str, ...]
    systems: Table | None = None


@dataclass(frozen=True)
class SystemView:
    """A system: where its return stands, its headlines, figures and charts, and what it is asked."""

    key: str
    title: str
    region: str
    region_key: str
    state: str
    facts: tuple[tuple[str, str], ...]
    headlines: tuple[tuple[str, str], ...]
    figures: Table | None
    charts: tuple[Chart, ...]
    absent: tuple[str, ...]
    queries: tuple[Asked, ...]
    slips: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RulesView:
    """The rule book: how often each rule speaks, and what it asks."""

    lead: str
    table: Table
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class StatusView:
    """How sure the figures are: published, illustrative, submitted, missing."""

    notes: tuple[str, ...]
    counts: Table
    national: Table
    completeness: Table


@dataclass(frozen=True)
class Report:
    """Everything that the page shows."""

    title: str
    team: str
    caveat: str
    england: AreaView
    systems: Table
    regions: tuple[AreaView, ...]
    places: tuple[SystemView, ...]
    rules: RulesView
    status: StatusView

    def views(self) -> Iterator[str]:
        """The keys of all views, in order."""
        yield from (self.england.key, "systems", *(one.key for one in self.regions), *(one.key for one in self.places))
        yield from ("rules", "status")
