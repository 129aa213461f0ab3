"""The national workbook: cover, contents, notes, and one table a sheet; charts stand on a sheet of their own."""

import io
from collections.abc import Sequence
from datetime import datetime, time

from xlsxwriter import Workbook

from workbook_gen.definition.layout import address, quoted
from workbook_gen.excel.style import FONT, PALETTE, Formats, number_format
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.national import NationalTable
from workbook_gen.report.pack.content import (
    comparison_sheet,
    completeness_sheet,
    controls_sheet,
    figures_sheet,
    headlines_sheet,
    notes_of,
    slips_sheet,
    sources_sheet,
    systems_sheet,
)
from workbook_gen.report.pack.sheet import CONTENTS, SIZE, Heading, TableSheet, finish, link, write_table, write_text

COVER, NOTES, CHARTS = "Cover", "Notes", "Charts"
_CHART_ROWS = 22
_A_PAGE = 3
"""Rows that a chart takes, and charts that a page takes."""
_CHART_SIZE = {"width": 960, "height": 400}
_COLOURS = ("actual", "plan")
_FONT = {"name": FONT, "size": 11, "color": PALETTE["ink"]}
_FIRST_FIGURE = 6
"""The column of a national table's first figure."""


def national_workbook(found: Consolidation, tables: Sequence[NationalTable]) -> bytes:
    """The bytes of the workbook. Same figures, same bytes."""
    stream = io.BytesIO()
    workbook = Workbook(stream, {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    workbook.formats[0].set_font_name(FONT)
    workbook.formats[0].set_font_size(SIZE)
    collection = found.collection
    workbook.set_properties(
        {
            "title": f"{collection.title}: the national picture",
            "subject": f"{found.said}, version {collection.version}",
            "author": collection.team,
            "created": datetime.combine(collection.issued, time()),
        }
    )
    formats = Formats(workbook)
    figures = {table.sheet.key: figures_sheet(found, table) for table in tables}
    charted = [table for table in tables if table.sheet.chart is not None]
    back = [comparison_sheet(found), completeness_sheet(found), controls_sheet(found), slips_sheet(found)]
    sheets = [headlines_sheet(found), systems_sheet(found), *figures.values(), *back, sources_sheet(found, tables)]
    notes = _notes(found)
    write_text(workbook.add_worksheet(COVER), formats, _cover(found))
    _write_contents(workbook, formats, [notes, *sheets], charted=bool(charted))
    write_table(workbook.add_worksheet(NOTES), formats, notes)
    for sheet in sheets:
        write_table(workbook.add_worksheet(sheet.name), formats, sheet)
    if charted:
        _write_charts(workbook, formats, charted, figures)
    workbook.close()
    return stream.getvalue()


def _cover(found: Consolidation) -> tuple[tuple[str, str], ...]:
    collection = found.collection
    missing = ", ".join(f"{one.system.icb.name} ({one.system.code})" for one in found.missing)
    return (
        (f"{collection.title}: the national picture", "title"),
        (f"{found.said} are counted, of those due on {collection.deadline:%-d %B %Y}.", "text"),
        (f"Not counted: {missing}." if missing else "Every system's return is counted.", "text"),
        ("What this workbook holds", "heading"),
        (f"What the returns of {collection.title} add up to, in England, in each region and in each system.", "text"),
        (
            "Each worksheet holds one table. Figures that the centre filled in are illustrative unless they have been "
            "published: see Notes.",
            "text",
        ),
        ("Where to begin", "heading"),
        ("Contents leads to every worksheet. Sources says which cells of which return each figure comes from.", "text"),
        ("Whom to ask", "heading"),
        (f"{collection.team}. Definition {collection.key}, version {collection.version}.", "text"),
    )


def _notes(found: Consolidation) -> TableSheet:
    rows = tuple((f"note {number}", text) for number, text in enumerate(notes_of(found), 1))
    headings = (Heading("Note"), Heading("Text", width=110))
    return TableSheet(NOTES, "Notes", ("The notes that the tables name in brackets.",), "notes", headings, rows)


def _write_contents(workbook: Workbook, formats: Formats, sheets: Sequence[TableSheet], *, charted: bool) -> None:
    named = [(sheet.name, sheet.title) for sheet in sheets]
    if charted:
        named.append((CHARTS, "Charts of the tables, by region"))
    sheet = workbook.add_worksheet(CONTENTS)
    headings = (Heading("Worksheet", width=24), Heading("What it holds", width=90))
    found = TableSheet(
        CONTENTS, CONTENTS, ("The worksheets of this workbook, with links.",), "contents", headings, tuple(named)
    )
    write_table(sheet, formats, found)
    for row, (name, _) in enumerate(named, found.first_row + 1):
        link(sheet, formats, row, 0, name, name)
    link(sheet, formats, found.first_row - 1, 0, COVER, "Back to the cover")


def _write_charts(workbook: Workbook, formats: Formats, tables: Sequence[NationalTable], sheets: dict[str, TableSheet]) -> None:
    sheet = workbook.add_worksheet(CHARTS)
    sheet.write_string(0, 0, "Charts, by region", formats.role("title"))
    sentence = (
        "Each chart shows two columns of a table for the regions; the table named in it holds every figure [note 1] [note 2]."
    )
    sheet.write_string(1, 0, sentence, formats.role("plain", font_size=SIZE))
    link(sheet, formats, 2, 0, CONTENTS, "Back to the contents")
    for position, table in enumerate(tables):
        _insert_chart(workbook, table, sheets[table.sheet.key], 4 + position * _CHART_ROWS)
    finish(sheet)
    sheet.set_portrait()
    sheet.set_h_pagebreaks([4 + position * _CHART_ROWS for position in range(_A_PAGE, len(tables), _A_PAGE)])


def _insert_chart(workbook: Workbook, table: NationalTable, placed: TableSheet, row: int) -> None:
    chart = table.sheet.chart
    assert chart is not None
    first = placed.first_row + 2  # the row of headings, then England
    last = first + len(table.of("Region")) - 1
    drawn = workbook.add_chart({"type": chart.kind})
    keys = [column.key for column in table.sheet.columns]
    for position, key in enumerate(chart.columns):
        column = _FIRST_FIGURE + keys.index(key)
        drawn.add_series(
            {
                "name": table.sheet.columns[keys.index(key)].label,
                "categories": _reference(placed.name, first, 1, last),
                "values": _reference(placed.name, first, column, last),
                "fill": {"color": PALETTE[_COLOURS[position % len(_COLOURS)]]},
                "gap": 60,
            }
        )
    drawn.set_title({"name": chart.title, "name_font": {**_FONT, "size": 13, "bold": True}, "overlay": False})
    drawn.set_x_axis({"num_font": _FONT, "label_position": "low"})
    unit = table.sheet.columns[keys.index(chart.columns[0])]
    drawn.set_y_axis(
        {
            "name": chart.y,
            "name_font": _FONT,
            "num_font": _FONT,
            "num_format": number_format(unit.unit, unit.dp),
            **({} if _below_zero(table) else {"min": 0}),
            "major_gridlines": {"visible": True, "line": {"color": PALETTE["grey"]}},
        }
    )
    drawn.set_legend({"position": "bottom", "font": _FONT})
    drawn.set_size(_CHART_SIZE)
    workbook.get_worksheet_by_name(CHARTS).insert_chart(row, 0, drawn, {"description": chart.alt, "object_position": 2})


def _below_zero(table: NationalTable) -> bool:
    """Whether a charted figure is below zero: otherwise the axis begins there, so that columns are as long as figures are."""
    assert table.sheet.chart is not None
    at = [position for position, column in enumerate(table.sheet.columns) if column.key in table.sheet.chart.columns]
    figures = [row.figures[position] for row in table.of("Region") for position in at]
    return any([isinstance(figure, float) and figure < 0 for figure in figures])


def _reference(sheet: str, first: int, column: int, last: int) -> str:
    cells = ":".join(address(row, column, absolute=True) for row in (first, last))
    return f"={quoted(sheet)}!{cells}"
