"""A sheet of a publication: a title, what it holds, and one table marked as a table. Nothing merged, hidden or filtered.

It follows the Analysis Function's checklist for spreadsheets: everything begins in column A, no row or column inside a table is
blank, every column has a heading of its own, units stand in the headings, and shorthand in brackets says why a figure is not
there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.worksheet import Worksheet

from workbook_gen.definition.layout import quoted
from workbook_gen.excel.page import A4, MARGINS, ROW_HEIGHT, height_of
from workbook_gen.excel.style import PALETTE, Formats, number_format

CONTENTS = "Contents"
SIZE = 12
_SIZES = {"title": 18, "heading": 14}
_WIDE = 58
_TEXT_WIDTH = 100
_LETTER, _BOLD = 0.98, 0.88
"""The characters of this size, and bold ones, that fit a unit of width."""
_DEEPEST = 4
"""Lines of a heading at the most: a column is as wide as that needs."""

Cell = str | float | int | None


@dataclass(frozen=True)
class Heading:
    """A column: its heading, and the unit and decimals of its figures (no unit for words)."""

    label: str
    unit: str = ""
    dp: int = 0
    width: int = 0

    @property
    def words(self) -> str:
        """The heading with its unit."""
        return f"{self.label} ({self.unit})" if self.unit else self.label


@dataclass(frozen=True)
class TableSheet:
    """A sheet with one table: its name, title, sentences above the table, the table's own name, columns and rows.

    The first `totals` rows are what others add up to: they stand in bold, and a column says so in words.
    """

    name: str
    title: str
    sentences: tuple[str, ...]
    table: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0

    @property
    def first_row(self) -> int:
        """The row of the headings: below the title, the sentences and the link."""
        return len(self.sentences) + 2

    @property
    def filled(self) -> tuple[tuple[Cell, ...], ...]:
        """The rows, one that says None where there is none: a table has one row at least."""
        return self.rows or (("None", *[None] * (len(self.headings) - 1)),)

    @property
    def widths(self) -> tuple[float, ...]:
        """The widths of the columns, in characters."""
        cells = [[row[column] for row in self.rows] for column in range(len(self.headings))]
        return tuple(_width(heading, column) for heading, column in zip(self.headings, cells, strict=True))


def write_text(sheet: Worksheet, formats: Formats, lines: tuple[tuple[str, str], ...]) -> None:
    """A sheet of words in column A: each text in a role."""
    sheet.set_column(0, 0, _TEXT_WIDTH)
    for row, (text, role) in enumerate(lines):
        sheet.write_string(row, 0, text, formats.role(role, text_wrap=True, font_size=_SIZES.get(role, SIZE)))
        sheet.set_row(row, 30 if role in _SIZES else 6 + _height([text], [_TEXT_WIDTH], _LETTER))
    finish(sheet)


def write_table(sheet: Worksheet, formats: Formats, found: TableSheet) -> None:
    """The sheet of a table."""
    sheet.write_string(0, 0, found.title, formats.role("title"))
    sheet.set_row(0, 30)
    for row, sentence in enumerate(found.sentences, 1):
        sheet.write_string(row, 0, sentence, formats.role("plain", font_size=SIZE))
        sheet.set_row(row, 18)
    link(sheet, formats, found.first_row - 1, 0, CONTENTS, "Back to the contents")
    sheet.set_row(found.first_row - 1, 20)
    _mark_as_table(sheet, formats, found)
    widths = found.widths
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.set_row(found.first_row, 8 + _height([one.words for one in found.headings], widths, _BOLD))
    for position, cells in enumerate(found.filled, 1):
        bold = position <= found.totals
        sheet.set_row(found.first_row + position, 4 + _height(cells, widths, _BOLD if bold else _LETTER))
        for column, value in enumerate(cells):
            _write(sheet, found.first_row + position, column, value, _format(found.headings[column], formats, bold=bold))
    sheet.repeat_rows(found.first_row)
    finish(sheet)


def _mark_as_table(sheet: Worksheet, formats: Formats, found: TableSheet) -> None:
    header = formats.role("header", font_size=SIZE)
    options = {
        "name": found.table,
        "autofilter": False,
        "banded_rows": False,
        "style": None,
        "columns": [{"header": one.words, "header_format": header} for one in found.headings],
    }
    sheet.add_table(found.first_row, 0, found.first_row + len(found.filled), len(found.headings) - 1, options)


def link(sheet: Worksheet, formats: Formats, row: int, column: int, target: str, text: str) -> None:
    """A link to another sheet."""
    cell_format = formats.role("link", font_size=SIZE, valign="top")
    sheet.write_url(row, column, f"internal:{quoted(target)}!A1", cell_format, text, f"Go to {target}")


def _write(sheet: Worksheet, row: int, column: int, value: Cell, cell_format: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, cell_format)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, cell_format)
    else:
        sheet.write_number(row, column, value, cell_format)


def _format(heading: Heading, formats: Formats, *, bold: bool = False) -> Any:
    line: dict[str, Any] = {"font_size": SIZE, "bold": bold, "bottom": 1, "bottom_color": PALETTE["grey"]}
    if heading.unit:
        return formats.role("plain", number_format(heading.unit, heading.dp), align="right", **line)
    return formats.role("plain", text_wrap=True, **line)


def _width(heading: Heading, cells: Sequence[Cell]) -> float:
    """As wide as its longest text, within bounds, and as its heading needs on a few lines."""
    if heading.width:
        return heading.width
    longest = max([len(value) for value in cells if isinstance(value, str)], default=0)
    word = max(len(word) for word in heading.words.split())
    return max(min(_WIDE, longest / _LETTER + 2), word / _BOLD + 3, len(heading.words) / _DEEPEST + 7)


def _height(cells: Sequence[Cell], widths: Sequence[float], fits: float) -> float:
    """The height of a row that shows all its texts."""
    texts = [(value, width) for value, width in zip(cells, widths, strict=True) if isinstance(value, str)]
    return max([height_of(text, width * fits) for text, width in texts], default=ROW_HEIGHT) * SIZE / 11


def finish(sheet: Worksheet) -> None:
    """Printing: A4 landscape, one page wide, with the sheet's name and the page in the footer."""
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(*MARGINS)
    sheet.set_footer("&R&9&A, page &P of &N")
