"""A sheet being written: values, formulas and links in roles. The one place that speaks to XlsxWriter's worksheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from workbook_gen.definition.layout import COVER, FIRST_COLUMN, FROZEN_ROWS, LINK_ROW, STATUS_ROW, TOP_ROWS, address, quoted
from workbook_gen.excel.style import Formats

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

A4 = 9
ROW_HEIGHT = 15
WORDS_HEIGHT = 32
"""Points: a line of text; a row in which words are typed."""
MARGINS = (0.4, 0.4, 0.5, 0.7)
"""Inches: left, right, top, bottom."""
_CHARACTERS, _CHARACTERS_OF_WIDE = 1.12, 1.2
_WIDE = 60
"""Characters that fit a unit of width: most letters are narrower than a digit, the more surely the more there are."""


def lines_of(text: str, width: float) -> int:
    """How many lines a text takes in a column of a width when words are not broken."""
    lines, used = 1, 0
    room = width * (_CHARACTERS_OF_WIDE if width >= _WIDE else _CHARACTERS)
    for word in text.split():
        if used and used + 1 + len(word) > room:
            lines, used = lines + 1, 0
        used += len(word) + (1 if used else 0)
    return lines


def height_of(text: str, width: float) -> float:
    """The height in points of a row that shows a text in a column of a width."""
    return ROW_HEIGHT * lines_of(text, width) + 1


_PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "format_columns": True,
    "format_rows": True,
}


@dataclass
class Page:
    """A worksheet with its name and the workbook's formats; what heights and widths have been given so far."""

    name: str
    worksheet: Worksheet
    formats: Formats
    heights: dict[int, float] = field(default_factory=dict)
    columns: list[float] = field(default_factory=list)

    def put(self, row: int, column: int, value: Any, role: str = "plain", number: str = "General", **more: Any) -> None:
        """A value (or None for an empty cell) in a role. A text is a text, whatever it looks like."""
        cell_format = self.formats.role(role, number, **more)
        if value is None:
            self.worksheet.write_blank(row, column, None, cell_format)
        elif isinstance(value, str):
            self.worksheet.write_string(row, column, value, cell_format)
        else:
            self.worksheet.write_number(row, column, value, cell_format)

    def formula(
        self, row: int, column: int, text: str, value: Any, role: str = "plain", number: str = "General", **more: Any
    ) -> None:
        """A formula with the value that it has, so that a viewer that does not calculate shows it too."""
        self.worksheet.write_formula(row, column, text, self.formats.role(role, number, **more), value)

    def link(self, row: int, column: int, sheet: str, cell: str, text: str, role: str = "link") -> None:
        """A link to a cell of this workbook."""
        target = f"internal:{quoted(sheet)}!{cell}"
        self.worksheet.write_url(row, column, target, self.formats.role(role), text, f"Go to {sheet} {cell}")

    def widths(self, widths: list[float]) -> None:
        """The widths of the columns from A on, in characters."""
        self.columns = widths
        for column, width in enumerate(widths):
            self.worksheet.set_column(column, column, width, self.formats.role("plain"))

    def height(self, row: int, points: float) -> None:
        """The height of a row."""
        self.heights[row] = points
        self.worksheet.set_row(row, points)

    def top(self, title: str, purpose: str, sentence: str) -> None:
        """The first three rows of every sheet: what it is, why it is there, units and signs."""
        self.put(0, 0, title, "title")
        self.put(1, 0, purpose, "purpose")
        self.put(2, 0, sentence, "sentence")
        self.height(0, 26)
        self.height(1, 18)

    def status(self, formula: str, value: str) -> None:
        """The status line, and (but on Cover itself) the link back to Cover."""
        self.formula(STATUS_ROW, 0, formula, value, "status")
        if self.name != COVER:
            self.link(LINK_ROW, 0, COVER, "A1", f"← {COVER}")

    def word_colours(self, first_row: int, last_row: int, column: int, fills: dict[str, str]) -> None:
        """Fills behind result words: the word says it, the colour helps to find it."""
        for word, colour in fills.items():
            rule = {
                "type": "cell",
                "criteria": "==",
                "value": f'"{word}"',
                "format": self.formats.conditional("bg_color", colour),
            }
            self.worksheet.conditional_format(first_row, column, last_row, column, rule)

    def deficits(self, top: int, left: int, bottom: int, right: int) -> None:
        """Negative figures, which stand in brackets, in dark red."""
        rule = {"type": "cell", "criteria": "<", "value": 0, "format": self.formats.conditional("font_color", "loss")}
        self.worksheet.conditional_format(top, left, bottom, right, rule)

    def finish(
        self,
        footer: str,
        *,
        freeze: tuple[int, int] = (FROZEN_ROWS, FIRST_COLUMN),
        repeat: int = TOP_ROWS,
        last: tuple[int, int],
        filtering: bool = False,
        tall: int = 0,
    ) -> None:
        """Protection without a password, frozen titles, and A4 landscape one page wide."""
        sheet = self.worksheet
        sheet.protect("", {**_PROTECTION, "autofilter": filtering})
        if freeze != (0, 0):
            sheet.freeze_panes(*freeze)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, tall)
        sheet.set_margins(*MARGINS)
        if repeat:
            sheet.repeat_rows(0, repeat - 1)
        sheet.print_area(0, 0, *last)
        sheet.set_footer(footer)
        sheet.set_selection(0, 0, 0, 0)
        sheet.hide_gridlines(2)


def absolute(sheet: str, row: int, column: int) -> str:
    """A reference with sheet name and dollars, for a defined name."""
    return f"={quoted(sheet)}!{address(row, column, absolute=True)}"
