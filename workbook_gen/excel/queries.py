"""Queries: what the centre asks about a return, each with its cell and a yellow one for the reply, and what became of texts."""

from collections.abc import Collection

from workbook_gen.definition.layout import CODE_COLUMN
from workbook_gen.excel.page import ROW_HEIGHT, WORDS_HEIGHT, Page, height_of
from workbook_gen.excel.query_sheet import (
    QUERY,
    QUERY_HEADINGS,
    READING,
    READING_HEADINGS,
    REPLY,
    Block,
    Heading,
    QueryRow,
    QuerySheet,
    blocks,
    place_words,
    reply_cell,
)
from workbook_gen.excel.validation import validation

PURPOSE = "What we ask about your return, and where to reply."
SENTENCE = "Words; a figure is changed on its own sheet, where the link beside the query leads."
LAST_COLUMN = REPLY.column

_TITLES = {QUERY: "Queries", READING: "What was read where text was found, and what was not carried"}
_NOTES = {
    QUERY: "Reply in the yellow cells. Where a figure is to change, change it on its sheet and say so in the reply.",
    READING: "Nothing to fill in: look whether each was read as you meant it, and mend the cell where it was not.",
}
_EMPTY = {
    QUERY: "We have no query about this return. Nothing to reply to.",
    READING: "Every cell was read as it stood, and everything was carried into this workbook.",
}
_WIDTHS = (11.0, 50.0, 28.0, 30.0, 16.0, 13.0, 44.0, 48.0)
_HIGHEST = 400.0
"""Points: Excel has no row above 409. What does not fit stands in the cell all the same."""
_LONGEST = 32_767
"""Characters of a cell, as in Excel; more of them and the cell would stay empty."""


def write_queries(page: Page, sheet: QuerySheet, sheets: Collection[str]) -> int:
    """Write both tables; the last row used. `sheets` are those of the workbook, which links can lead to."""
    page.widths([*_WIDTHS])
    queries, readings = blocks(len(sheet.rows), len(sheet.remarks))
    _write_head(page, queries, QUERY, QUERY_HEADINGS)
    for row, query in enumerate(sheet.rows, queries.first):
        _write_query(page, row, query, sheets)
    if sheet.rows:
        page.worksheet.data_validation(
            queries.first, REPLY.column, queries.last, REPLY.column, validation(reply_cell(sheet.rows[0].number))
        )
    _write_head(page, readings, READING, READING_HEADINGS)
    for number, reading in enumerate(sheet.remarks, 1):
        row = readings.first + number - 1
        page.put(row, CODE_COLUMN, f"M{number:03}", "sub_code")
        _write_words(page, row, READING_HEADINGS, {"done": reading.done, "found": reading.found})
        _write_place(page, row, READING_HEADINGS["place"].column, (reading.sheet, reading.cell), sheets)
        _set_height(page, row, {1: reading.done, 2: place_words((reading.sheet, reading.cell)), 3: reading.found}, 0)
    return readings.last


def _write_head(page: Page, block: Block, code: str, headings: dict[str, Heading]) -> None:
    """Title, sentence, and (where the table has rows) main codes and headings."""
    page.put(block.title, CODE_COLUMN, code, "table_code")
    page.put(block.title, 1, _TITLES[code], "table_title", text_wrap=False)
    page.height(block.title, 18)
    page.put(block.note, 1, _NOTES[code] if block.count else _EMPTY[code], "note")
    if block.count:
        page.put(block.codes, CODE_COLUMN, "", "main_code")
        page.put(block.codes + 1, CODE_COLUMN, "Code", "header")
        for heading in headings.values():
            page.put(block.codes, heading.column, heading.code, "main_code")
            page.put(block.codes + 1, heading.column, heading.label, "header")
        page.height(block.codes + 1, ROW_HEIGHT * 2 + 3)


def _write_query(page: Page, row: int, query: QueryRow, sheets: Collection[str]) -> None:
    texts = {name: getattr(query, name) for name in ("asks", "label", "found", "state", "answer")}
    page.put(row, CODE_COLUMN, query.code, "sub_code")
    _write_words(page, row, QUERY_HEADINGS, texts)
    _write_place(page, row, QUERY_HEADINGS["place"].column, query.place, sheets)
    page.put(row, REPLY.column, query.reply or None, "input_words")
    shown = {QUERY_HEADINGS[name].column: text for name, text in texts.items()}
    _set_height(page, row, {**shown, 2: place_words(query.place), REPLY.column: query.reply}, WORDS_HEIGHT)


def _write_words(page: Page, row: int, headings: dict[str, Heading], texts: dict[str, str]) -> None:
    for name, text in texts.items():
        page.put(row, headings[name].column, text[:_LONGEST] or None, "cell_words")


def _write_place(page: Page, row: int, column: int, place: tuple[str, str] | None, sheets: Collection[str]) -> None:
    """The cell as a link, where the workbook has its sheet; else in words."""
    if place is not None and place[0] in sheets and place[1]:
        page.link(row, column, *place, place_words(place), "cell_link")
    else:
        page.put(row, column, place_words(place) or None, "cell_words")


def _set_height(page: Page, row: int, texts: dict[int, str], least: float) -> None:
    """High enough for the longest of the texts, each in its column, its own line breaks kept."""
    heights = [sum(height_of(line, _WIDTHS[column] - 2) for line in text.split("\n")) for column, text in texts.items()]
    page.height(row, min(max([least, *heights]) + 3, _HIGHEST))
