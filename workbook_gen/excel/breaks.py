"""Where a printed sheet begins a new page: before a table or a chart that would otherwise be torn.

An estimate, from the heights and widths as written. Excel makes breaks of its own where a sheet is fitted to a page's width.
"""

from collections.abc import Iterator
from itertools import pairwise

from workbook_gen.definition.layout import CHART_ROWS, TOP_ROWS, SheetLayout
from workbook_gen.excel.page import MARGINS, ROW_HEIGHT, Page

_A4_LANDSCAPE = (842.0, 595.0)
_POINTS_A_CHARACTER = 6.5
_SAFETY = 0.97


def page_breaks(page: Page, sheet: SheetLayout) -> list[int]:
    """The rows that a new page begins with."""
    room = _room(page)
    breaks: list[int] = []
    used = 0.0
    for first, after in _blocks(sheet):
        height = _height(page, first, after)
        if used and used + height > room and (height <= room or used > room / 2):
            breaks.append(first)
            used = 0.0
        used = (used + height) % room
    return breaks


def _blocks(sheet: SheetLayout) -> Iterator[tuple[int, int]]:
    """Each table and chart with the empty rows below it; the first with the thresholds above it."""
    starts = [table.title_row for table in sheet.tables] + [row for _, row in sheet.charts]
    last = sheet.charts[-1][1] + CHART_ROWS if sheet.charts else sheet.last_row + 1
    yield from pairwise([TOP_ROWS, *starts[1:], last])


def _room(page: Page) -> float:
    """The height in points that a page has below the titles that it repeats, at the scale that fits its width."""
    width = sum(page.columns) * _POINTS_A_CHARACTER
    left, right, top, bottom = (inches * 72 for inches in MARGINS)
    scale = min(1.0, (_A4_LANDSCAPE[0] - left - right) / width)
    return (_A4_LANDSCAPE[1] - top - bottom) / scale * _SAFETY - _height(page, 0, TOP_ROWS)


def _height(page: Page, first: int, after: int) -> float:
    return sum(page.heights.get(row, ROW_HEIGHT) for row in range(first, after))
