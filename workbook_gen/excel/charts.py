"""Charts of a sheet, drawn from the tables that stand on it; each with titles, units and a text for those who cannot see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from workbook_gen.definition.layout import CHART_ROWS, LABEL_COLUMN, Layout, TableLayout, address, area, quoted, rectangles
from workbook_gen.definition.model import Chart, Series
from workbook_gen.excel.page import ROW_HEIGHT, Page
from workbook_gen.excel.style import FONT, PALETTE, number_format

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_COLOURS = ("plan", "actual", "reference", "gain", "loss")
_DASHES = ("solid", "dash", "round_dot")
_FONT = {"name": FONT, "size": 11, "color": PALETTE["ink"]}
_PIXELS_A_ROW = ROW_HEIGHT * 4 / 3
WIDTH = 960


def insert_chart(workbook: Workbook, page: Page, chart: Chart, row: int, layout: Layout) -> None:
    """Draw the chart at a row, below the tables."""
    drawn = workbook.add_chart({"type": "line"} if chart.kind == "line" else {"type": "column", "subtype": "stacked"})
    series = [one for one in chart.series if layout.table(one.table).rows]
    if not series:
        return
    months = max((len(_cells(one, layout)) for one in series), default=0)
    for position, one in enumerate(series):
        drawn.add_series(_series(one, position, chart, page, layout, months))
    drawn.set_title({"name": chart.title, "name_font": {**_FONT, "size": 13, "bold": True}, "overlay": False})
    drawn.set_x_axis({"name": chart.x, "name_font": _FONT, "num_font": _FONT, "label_position": "low"})
    drawn.set_y_axis(
        {
            "name": chart.y,
            "name_font": _FONT,
            "num_font": _FONT,
            "num_format": number_format("", 0),
            "major_gridlines": {"visible": True, "line": {"color": PALETTE["grey"]}},
        }
    )
    hidden = [position for position, one in enumerate(series) if one.invisible]
    drawn.set_legend({"position": "bottom", "font": _FONT, "delete_series": hidden})
    drawn.set_size({"width": WIDTH, "height": (CHART_ROWS - 2) * _PIXELS_A_ROW})
    options = {"description": chart.alt, "decorative": False, "object_position": 2, "y_offset": 4}
    page.worksheet.insert_chart(row, 1, drawn, options)


def _cells(series: Series, layout: Layout) -> list[tuple[int, int]]:
    """The cells of a series: a line over a group of columns, or a column over the lines of a section."""
    table = layout.table(series.table)
    lines = table.table.sections.get(series.line, (series.line,))
    columns = table.table.groups.get(series.column, (series.column,))
    return [(table.rows[line], table.columns[column]) for line in lines for column in columns]


def _series(series: Series, position: int, chart: Chart, page: Page, layout: Layout, points: int) -> dict[str, Any]:
    table = layout.table(series.table)
    cells = _cells(series, layout)
    sheet = quoted(page.name)
    found: dict[str, Any] = {"name": series.label or _name(series, table)}
    if len(cells) == 1 and points > 1:
        one = f"{sheet}!{address(*cells[0], absolute=True)}"
        found["values"] = f"=({','.join([one] * points)})"
    else:
        found["values"] = _reference(sheet, cells)
    found["categories"] = _categories(chart, sheet, layout)
    colour = PALETTE[series.colour or _COLOURS[position % len(_COLOURS)]]
    if chart.kind == "line":
        found["line"] = {"color": colour, "width": 2.5, "dash_type": _DASHES[position % len(_DASHES)]}
        found["marker"] = {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}}
    elif series.invisible:
        found |= {"fill": {"none": True}, "border": {"none": True}, "gap": 40}
    else:
        found |= {"fill": {"color": colour}, "border": {"color": colour}, "gap": 40}
    return found


def _name(series: Series, table: TableLayout) -> str:
    """A line's label; for a section the label of its column."""
    line, column = table.table.line_by_key.get(series.line), table.table.column_by_key.get(series.column)
    return line.label if line else column.label if column else series.line


def _reference(sheet: str, cells: list[tuple[int, int]]) -> str:
    """The reference to just these cells, in as few areas as they make."""
    areas = [f"{sheet}!{area(*corners, absolute=True)}" for corners in rectangles(set(cells))]
    return "=" + (areas[0] if len(areas) == 1 else f"({','.join(areas)})")


def _categories(chart: Chart, sheet: str, layout: Layout) -> str:
    """The names along the axis: the months in the header, or the lines' labels."""
    first = max(chart.series, key=lambda one: len(_cells(one, layout)))
    table, cells = layout.table(first.table), _cells(first, layout)
    if len({row for row, _ in cells}) == 1:
        return _reference(sheet, [(table.header_row, column) for _, column in cells])
    return _reference(sheet, [(row, LABEL_COLUMN) for row, _ in cells])
