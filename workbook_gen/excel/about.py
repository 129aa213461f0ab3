"""About: what this file is and what it was made from, the sources and status of its figures, and the change log."""

from workbook_gen.definition.layout import TOP_ROWS, Layout
from workbook_gen.excel.contents import Contents, Stamp
from workbook_gen.excel.page import Page, height_of

PROPERTIES = ("collection", "version", "organisation", "issue", "national", "layout", "seal")
"""The names of the stamp's facts, on About and (with the prefix) as properties of the file."""
PREFIX = "workbook_gen_"

MEANINGS = {
    "collection": "Collection",
    "version": "Version",
    "organisation": "Organisation",
    "issue": "Issue number",
    "national": "Digest of the national figures",
    "layout": "Digest of the layout",
    "seal": "Seal",
}


def stamp_facts(stamp: Stamp) -> dict[str, str]:
    """The stamp as named texts."""
    return dict(zip(PROPERTIES, (*stamp.lines(), stamp.seal), strict=True))


def write_about(page: Page, layout: Layout, contents: Contents) -> int:
    """Write the sheet; its last row."""
    page.widths([34, 100])
    page.put(TOP_ROWS, 0, "This file", "heading")
    row = TOP_ROWS + 1
    for name, text in stamp_facts(contents.stamp).items():
        page.put(row, 0, MEANINGS[name], "label_total")
        page.put(row, 1, text, "label")
        row += 1
    page.put(row + 1, 0, "Figures", "heading")
    row += 2
    for source in contents.sources:
        page.put(row, 1, source, "text")
        page.height(row, height_of(source, 100))
        row += 1
    page.put(row + 1, 0, "Changes", "heading")
    page.put(row + 2, 0, "Version and date", "header")
    page.put(row + 2, 1, "What changed", "header")
    row += 3
    for change in layout.form.collection.changes:
        page.put(row, 0, f"{change.version}, {change.date:%-d %B %Y}", "label")
        page.put(row, 1, change.text, "label")
        row += 1
    return row
