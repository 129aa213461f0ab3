"""Collection + Layout + Contents -> every sheet of a workbook, written into one that is not yet put together."""

from datetime import datetime, time
from typing import Any

from workbook_gen.definition.layout import (
    ABOUT,
    CHECKS,
    CHECKS_HEADER_ROW,
    COVER,
    FROZEN_ROWS,
    GUIDANCE,
    PLAN_DATA,
    QUERIES,
    Layout,
)
from workbook_gen.excel.about import PREFIX, stamp_facts, write_about
from workbook_gen.excel.breaks import page_breaks
from workbook_gen.excel.charts import insert_chart
from workbook_gen.excel.checklist import HEADERS, write_checks
from workbook_gen.excel.contents import Contents
from workbook_gen.excel.cover import cover_rows, status_formula, status_words, write_cover
from workbook_gen.excel.guidance import defined_names, write_guidance
from workbook_gen.excel.page import Page
from workbook_gen.excel.plan_data import HEADINGS, write_plan_data
from workbook_gen.excel.queries import LAST_COLUMN, PURPOSE, SENTENCE, write_queries
from workbook_gen.excel.query_sheet import QuerySheet
from workbook_gen.excel.style import Formats
from workbook_gen.excel.tables import write_sheet

_COVER_COLUMNS = 10


def draw(
    workbook: Any,
    layout: Layout,
    contents: Contents,
    settings: dict[str, float],
    queries: QuerySheet | None = None,
    *,
    kind: type[Any],
) -> None:
    """Put everything into a new workbook: one of XlsxWriter, or what stands in for it. `kind` is the class of its sheets.

    `settings` are the values of the named cells (months done, thresholds, …).
    """
    formats = Formats(workbook)
    own = [COVER, GUIDANCE] if queries is None else [COVER, QUERIES, GUIDANCE]
    names = [*own, *(sheet.sheet.title for sheet in layout.sheets), CHECKS, PLAN_DATA, ABOUT]
    pages = {name: Page(name, workbook.add_worksheet(name, kind), formats) for name in names}
    _set_properties(workbook, layout, contents)
    for name, reference in defined_names(layout).items():
        workbook.define_name(name, reference)
    _write_front(pages, layout, contents, settings)
    for sheet in layout.sheets:
        page = pages[sheet.sheet.title]
        _write_top(page, layout, contents, sheet.sheet.key, sheet.sheet.title, sheet.sheet.purpose, sheet.sheet.sentence)
        write_sheet(page, sheet, layout, contents)
        for chart, row in sheet.charts:
            insert_chart(workbook, page, chart, row, layout)
        page.worksheet.set_h_pagebreaks(page_breaks(page, sheet))
        page.finish(_footer(layout), last=(sheet.last_row, sheet.last_column))
    _write_back(pages, layout, contents)
    if queries is not None:
        _write_queries(pages[QUERIES], queries, layout, contents, names)
    pages[COVER if queries is None else QUERIES].worksheet.activate()


def _set_properties(workbook: Any, layout: Layout, contents: Contents) -> None:
    collection = layout.form.collection
    workbook.set_properties(
        {
            "title": f"{collection.title}: {layout.form.system.icb.name}",
            "subject": f"{layout.form.system.code}, version {collection.version}",
            "author": collection.team,
            "created": datetime.combine(collection.issued, time()),
        }
    )
    for name, text in stamp_facts(contents.stamp).items():
        workbook.set_custom_property(PREFIX + name, text, "text")


def _write_top(
    page: Page, layout: Layout, contents: Contents, sheet: str | None, title: str, purpose: str, sentence: str
) -> None:
    page.top(title, purpose, sentence)
    page.status(status_formula(layout, page.name, sheet), status_words(layout, sheet, contents))


def _write_front(pages: dict[str, Page], layout: Layout, contents: Contents, settings: dict[str, float]) -> None:
    collection, board = layout.form.collection, layout.form.system.icb
    cover = pages[COVER]
    cover.top(collection.title, f"{board.name} ({board.code})", collection.guidance.summary)
    cover.status(status_formula(layout, COVER, None), status_words(layout, None, contents))
    write_cover(cover, layout, contents)
    cover.finish(_footer(layout), freeze=(0, 0), repeat=0, tall=1, last=(cover_rows(layout).last, _COVER_COLUMNS))
    guidance = pages[GUIDANCE]
    _write_top(guidance, layout, contents, None, "Guidance", "How to fill in and return this workbook.", _PLAIN)
    last = write_guidance(guidance, layout, settings)
    guidance.finish(_footer(layout), freeze=(5, 0), last=(last, 3))


_PLAIN = "Words; no figures to fill in here."


def _write_back(pages: dict[str, Page], layout: Layout, contents: Contents) -> None:
    checks = pages[CHECKS]
    sentence = "Every check of every sheet; figures in the unit of the cell that each check asks about. Filter by result."
    _write_top(checks, layout, contents, None, "Checks", "What is complete, what agrees, and what to mend.", sentence)
    write_checks(checks, layout, contents)
    last = (layout.check_row(len(layout.instances) - 1), len(HEADERS) - 1)
    checks.finish(_footer(layout), freeze=(CHECKS_HEADER_ROW + 1, 4), repeat=CHECKS_HEADER_ROW + 1, last=last, filtering=True)
    plan_data = pages[PLAN_DATA]
    count = write_plan_data(plan_data, layout, contents)
    plan_data.finish(_footer(layout), freeze=(1, 0), repeat=1, last=(count, len(HEADINGS) - 1))
    about = pages[ABOUT]
    _write_top(about, layout, contents, None, "About", "What this file is and what it was made from.", _PLAIN)
    row = write_about(about, layout, contents)
    about.finish(_footer(layout), freeze=(5, 0), last=(row, 1))


def _write_queries(page: Page, queries: QuerySheet, layout: Layout, contents: Contents, names: list[str]) -> None:
    _write_top(page, layout, contents, None, QUERIES, PURPOSE, SENTENCE)
    last = write_queries(page, queries, names)
    page.finish(_footer(layout), freeze=(FROZEN_ROWS, 1), last=(last, LAST_COLUMN))


def _footer(layout: Layout) -> str:
    collection, board = layout.form.collection, layout.form.system.icb
    name = board.name.replace("&", "&&")
    return f"&L&9{name} ({board.code})&C&9{collection.title}, version {collection.version}&R&9&A, page &P of &N"
