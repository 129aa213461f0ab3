"""Tables of systems: the list with states, headlines and key figures, and each national table for one region."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbook_gen.desk.receipt import SAYS
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.headlines import LABELS, Tally, outcome_of
from workbook_gen.report.names import short_names
from workbook_gen.report.national import MISSING, NationalRow, NationalTable
from workbook_gen.report.page.figures import shown
from workbook_gen.report.page.views import Cell, Heading, Table
from workbook_gen.report.returned import SystemFigures

OVERVIEW = "overview"
"""The key of England's view."""


def region_key(code: str) -> str:
    """The key of a region's view."""
    return f"region-{code}"


def system_key(code: str) -> str:
    """The key of a system's view."""
    return f"system-{code}"


def area_link(row: NationalRow) -> str:
    """The view of a row of a national table."""
    if row.level == "England":
        return OVERVIEW
    return region_key(row.code) if row.level == "Region" else system_key(row.code)


@dataclass(frozen=True)
class Figures:
    """The national tables, with every row at hand by sheet and code, and the short name of every system by its code."""

    tables: tuple[NationalTable, ...]
    rows: dict[tuple[str, str], NationalRow]
    names: dict[str, str]

    @classmethod
    def of(cls, tables: Sequence[NationalTable], systems: Sequence[SystemFigures]) -> "Figures":
        """From the national tables of these systems."""
        rows = {(table.sheet.key, row.code): row for table in tables for row in table.rows}
        return cls(tuple(tables), rows, short_names({one.system.code: one.system.icb.name for one in systems}))

    def cells(self, name: str, code: str) -> Cell:
        """The figure of `sheet.column` of a system or area."""
        table, at = self._column(name)
        column = table.sheet.columns[at]
        return Cell.of(shown(self.rows[table.sheet.key, code].figures[at], column.unit, column.dp))

    def heading(self, name: str) -> Heading:
        """The heading of `sheet.column`, with the title of its sheet."""
        table, at = self._column(name)
        column = table.sheet.columns[at]
        return Heading(f"{table.sheet.title}: {column.label[0].lower()}{column.label[1:]}", column.unit, figures=True)

    def _column(self, name: str) -> tuple[NationalTable, int]:
        sheet, _, key = name.partition(".")
        table = next(one for one in self.tables if one.sheet.key == sheet)
        return table, [column.key for column in table.sheet.columns].index(key)


def systems_table(found: Consolidation, figures: Figures, members: Sequence[SystemFigures], key: str, caption: str) -> Table:
    """Systems with their state, headlines and key figures; it can be sorted, and that of all systems filtered."""
    is_all = len(members) == found.expected
    names = found.picture.key_figures
    headings = (
        Heading("System"),
        Heading("Code"),
        *([Heading("Region")] if is_all else []),
        Heading("State"),
        *(Heading(headline.label) for headline in found.collection.headlines),
        *(figures.heading(name) for name in names),
    )
    rows = []
    for one in sorted(members, key=lambda one: figures.names[one.system.code]):
        board = one.system.icb
        rows.append(
            (
                Cell(figures.names[board.code], link=system_key(board.code)),
                Cell(board.code),
                *([Cell(board.region_name, link=region_key(board.region_code))] if is_all else []),
                Cell(one.standing.state, kind=f"state {one.standing.state.replace(' ', '-')}"),
                *(headline_cell(one, headline.key) for headline in found.collection.headlines),
                *(figures.cells(name, board.code) for name in names),
            )
        )
    return Table(key, caption, headings, tuple(rows), sortable=True, filtered=is_all)


def headline_cell(one: SystemFigures, headline: str) -> Cell:
    """What a system's return says of a headline."""
    outcome = outcome_of(one, headline)
    return Cell("not returned", kind="absent") if outcome is None else Cell(SAYS[outcome], kind=f"outcome {outcome.value}")


def tallies_table(tallies: Sequence[Tally], key: str, caption: str) -> Table:
    """How many systems meet each headline."""
    headings = (Heading("Headline"), *(Heading(label, "systems", True) for label in LABELS))
    rows = tuple((Cell(one.headline.label), *(Cell(str(count), count) for count in one.counts)) for one in tallies)
    return Table(key, caption, headings, rows)


def region_table(found: NationalTable, code: str, names: Mapping[str, str]) -> Table:
    """A national table of one region and its systems; `names` are what these are called."""
    sheet = found.sheet
    area = next(row for row in found.of("Region") if row.code == code)
    rows = [area, *(row for row in found.of("System") if row.region == area.region)]
    headings = (Heading("Region or system"), *(Heading(column.label, column.unit, True) for column in sheet.columns))
    cells = tuple(
        (
            Cell(names.get(row.code, row.name), link=area_link(row) if row is not area else ""),
            *(
                Cell.of(shown(figure, column.unit, column.dp))
                for column, figure in zip(sheet.columns, row.figures, strict=True)
            ),
        )
        for row in rows
    )
    caption = f"{sheet.title}: {area.name}, {area.systems} of {area.expected} systems counted"
    return Table(f"{region_key(code)}-sheet-{sheet.key}", caption, headings, cells, totals=1, sortable=True)


def figures_table(found: Figures, code: str, region: str, england: str, key: str, caption: str) -> Table | None:
    """Every figure of a system beside its region's and England's; None where there are no national tables."""
    rows = [
        (
            Cell(f"{table.sheet.title}: {column.label[0].lower()}{column.label[1:]}"),
            Cell(column.unit),
            *(found.cells(f"{table.sheet.key}.{column.key}", one) for one in (code, region, england)),
        )
        for table in found.tables
        for column in table.sheet.columns
        if found.rows[table.sheet.key, code].figures.count(MISSING) < len(table.sheet.columns)
    ]
    headings = (Heading("Figure"), Heading("Unit"), *(Heading(name, figures=True) for name in ("System", "Region", "England")))
    return Table(key, caption, headings, tuple(rows)) if rows else None
