"""Cover: whose return it is, by when, what to do first, the headlines, and the contents with what is left to do."""

from collections import Counter
from dataclasses import dataclass

from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import (
    ABOUT,
    CHECKS,
    COVER,
    EXPECTED_COLUMN,
    FOUND_COLUMN,
    GUIDANCE,
    PLAN_DATA,
    RESULT_COLUMN,
    TOP_ROWS,
    Layout,
    address,
    area,
    quoted,
)
from workbook_gen.excel.contents import Contents
from workbook_gen.excel.page import Page, height_of
from workbook_gen.excel.style import WORD_FILLS, number_format
from workbook_gen.excel.verdict import figure_number

COLUMNS = ("To do", "Not tested", "Fix", "Look", "Note", "Explained", "Pass")
"""The result words that are counted, in the order of the contents' columns."""

_ASKED, _BLANK, _FIRST_WORD = 2, 3, 4
_TEXT_WIDTH = 80
_NUMBER_WIDTH = 11.5
_COUNT = number_format("", 0)
_OTHER_SHEETS = {
    GUIDANCE: "How to fill it in, the thresholds, and the lists that cells offer.",
    CHECKS: "Every check, what it found, and what to do.",
    PLAN_DATA: "The figures once more, in the layout of national planning data. Nothing to fill in.",
    ABOUT: "What this file is, where its figures come from, and what has changed.",
}
_KEY = (
    ("input", "Yellow: fill in. Only these cells are open."),
    ("prefill", "Green: filled in by the centre."),
    ("prefill_illustrative", "Green in italics: an illustrative figure, until the centre issues its own."),
    ("total", "Blue: calculated."),
    ("not_applicable", "Grey: does not apply."),
)


@dataclass(frozen=True)
class CoverRows:
    """Where the blocks of Cover begin."""

    identity: int
    headlines: int
    contents: int
    steps: int
    key: int
    last: int

    def sheet(self, position: int) -> int:
        """The row of a sheet in the contents."""
        return self.contents + 2 + position


def cover_rows(layout: Layout) -> CoverRows:
    """Place the blocks: identity, headlines, steps, contents, key."""
    collection = layout.form.collection
    identity = TOP_ROWS - 1
    steps = identity + 8
    headlines = steps + len(collection.guidance.first) + 2
    contents = headlines + len(collection.headlines) + 3
    key = contents + len(layout.sheets) + 6 + len(_OTHER_SHEETS)
    return CoverRows(identity, headlines, contents, steps, key, key + len(_KEY))


def write_cover(page: Page, layout: Layout, contents: Contents) -> None:
    """Write the sheet."""
    rows = cover_rows(layout)
    page.widths([27, _TEXT_WIDTH, *[_NUMBER_WIDTH] * (1 + _FIRST_WORD + len(COLUMNS) - 3)])
    _write_identity(page, rows, layout, contents)
    _write_steps(page, rows, layout)
    _write_headlines(page, rows, layout, contents)
    _write_contents(page, rows, layout, contents)
    _write_key(page, rows)


def _write_identity(page: Page, rows: CoverRows, layout: Layout, contents: Contents) -> None:
    collection, board = layout.form.collection, layout.form.system.icb
    facts: tuple[tuple[str, str], ...] = (
        ("Organisation", f"{board.name} ({board.code}), {board.region_name}"),
        ("Return by", f"{collection.deadline:%-d %B %Y}"),
        ("Return to", collection.return_to),
        ("Ask", collection.team),
        ("Version", f"{collection.version}, issued {collection.issued:%-d %B %Y}, issue {contents.stamp.issue}"),
        ("Figures", contents.sources[0]),
    )
    for position, (label, text) in enumerate(facts):
        page.put(rows.identity + position, 0, label, "label_total")
        page.put(rows.identity + position, 1, text, "label_total" if label == "Return by" else "label")
        page.height(rows.identity + position, height_of(text, _TEXT_WIDTH))


def _write_steps(page: Page, rows: CoverRows, layout: Layout) -> None:
    page.put(rows.steps - 1, 0, "What to do first", "heading")
    for position, step in enumerate(layout.form.collection.guidance.first):
        page.put(rows.steps + position, 0, f"Step {position + 1}", "label")
        page.put(rows.steps + position, 1, step, "label")
        page.height(rows.steps + position, height_of(step, _TEXT_WIDTH))


def _write_headlines(page: Page, rows: CoverRows, layout: Layout, contents: Contents) -> None:
    page.put(rows.headlines - 1, 0, "Headlines", "heading")
    for column, label in enumerate(("Headline", "What is asked", "Result", "Found", "Expected")):
        page.put(rows.headlines, column, label, "header")
    places = headline_places(layout)
    for position, headline in enumerate(layout.form.collection.headlines):
        row = rows.headlines + 1 + position
        page.put(row, 0, headline.label, "label_total")
        if headline.key not in places:
            page.put(row, 1, "Not asked of this system.", "label")
            continue
        index, instance = places[headline.key]
        page.put(row, 1, instance.title, "label")
        shown, check = contents.shown[index], layout.check_row(index)
        page.formula(row, 2, f"={CHECKS}!{address(check, RESULT_COLUMN)}", shown.word, "result")
        number = figure_number(instance, layout)
        for column, there, value in ((3, FOUND_COLUMN, shown.found), (4, EXPECTED_COLUMN, shown.expected)):
            text = f"={CHECKS}!{address(check, there)}"
            page.formula(row, column, text, "" if value is None else value, "cell_number", number)
    last = rows.headlines + len(layout.form.collection.headlines)
    if places:
        page.word_colours(rows.headlines + 1, last, 2, WORD_FILLS)
        page.deficits(rows.headlines + 1, 3, last, 4)


def headline_places(layout: Layout) -> dict[str, tuple[int, Instance]]:
    """For each headline that this system is asked: the position of its rule instance, and the instance."""
    return {
        instance.rule.headline: (position, instance)
        for position, instance in enumerate(layout.instances)
        if instance.rule.headline
    }


def _write_contents(page: Page, rows: CoverRows, layout: Layout, contents: Contents) -> None:
    page.put(rows.contents - 1 + 1, 0, "Contents", "heading")
    header = rows.contents + 1
    asked = asked_answers(layout)
    for column, label in enumerate(("Sheet", "Why it is there", "Answers asked", "Still blank", *COLUMNS)):
        page.put(header, column, label, "header")
    page.height(header, 33)
    for position, sheet in enumerate(layout.sheets):
        row = rows.sheet(position)
        page.link(row, 0, sheet.sheet.title, "A1", sheet.sheet.title, "cell_link")
        page.put(row, 1, sheet.sheet.purpose, "cell_words")
        page.height(row, height_of(sheet.sheet.purpose, _TEXT_WIDTH))
        page.put(row, _ASKED, asked[sheet.sheet.key], "cell_number", _COUNT)
        _write_blank(page, row, sheet.sheet.key, layout, contents)
        _write_words(page, row, sheet.sheet.key, layout, contents)
    _write_totals(page, rows, asked.total(), layout, contents)


def asked_answers(layout: Layout) -> Counter[str]:
    """How many answers each sheet asks for."""
    return Counter(layout.form.tables[cell.key.table].sheet for cell in layout.form.inputs() if cell.required)


def blank(layout: Layout, sheet: str | None, contents: Contents) -> int:
    """How many of them are still blank on a sheet, or in the whole return."""
    return sum(
        contents.counts[table, kind]
        for table, kind in layout.counts
        if kind == "blank" and sheet in (None, layout.form.tables[table].sheet)
    )


def _write_blank(page: Page, row: int, sheet: str, layout: Layout, contents: Contents) -> None:
    counts = [
        f"{quoted(place[0])}!{address(*place[1:])}"
        for (table, kind), place in layout.counts.items()
        if kind == "blank" and layout.form.tables[table].sheet == sheet
    ]
    value = blank(layout, sheet, contents)
    page.formula(row, _BLANK, "=" + ("+".join(counts) or "0"), value, "cell_number", _COUNT)


def words_of(layout: Layout, sheet: str | None, contents: Contents) -> Counter[str]:
    """How often each result word stands in a sheet's rows of Checks, or in all."""
    if sheet is None:
        return Counter(shown.word for shown in contents.shown)
    rows = layout.check_rows(sheet)
    if rows is None:
        return Counter()
    first = layout.check_row(0)
    return Counter(shown.word for shown in contents.shown[rows[0] - first : rows[1] + 1 - first])


def _write_words(page: Page, row: int, sheet: str, layout: Layout, contents: Contents) -> None:
    rows = layout.check_rows(sheet)
    words = words_of(layout, sheet, contents)
    for position, word in enumerate(COLUMNS):
        column = _FIRST_WORD + position
        if rows is None:
            page.put(row, column, 0, "cell_number", _COUNT)
            continue
        results = f"{CHECKS}!{area(rows[0], RESULT_COLUMN, rows[1], RESULT_COLUMN, absolute=True)}"
        page.formula(row, column, f'=COUNTIF({results},"{word}")', words[word], "cell_number", _COUNT)


def _write_totals(page: Page, rows: CoverRows, asked: int, layout: Layout, contents: Contents) -> None:
    first, last = rows.sheet(0), rows.sheet(len(layout.sheets) - 1)
    row = last + 1
    page.put(row, 0, "All sheets", "label_total")
    page.put(row, 1, "", "label")
    words = words_of(layout, None, contents)
    totals = [asked, blank(layout, None, contents), *(words[word] for word in COLUMNS)]
    for position, total in enumerate(totals):
        column = _ASKED + position
        page.formula(row, column, f"=SUM({area(first, column, last, column)})", total, "total", _COUNT)
    page.put(row + 1, 0, "Share of answers filled", "label_total")
    page.put(row + 1, 1, "", "label")
    share = (1 - totals[1] / totals[0]) * 100 if totals[0] else 100.0
    text = f"=(1-{address(row, _BLANK)}/{address(row, _ASKED)})*100" if totals[0] else "=100"
    page.formula(row + 1, _ASKED, text, share, "total", number_format("%", 1))
    for position, (sheet, purpose) in enumerate(_OTHER_SHEETS.items()):
        page.link(row + 2 + position, 0, sheet, "A1", sheet, "cell_link")
        page.put(row + 2 + position, 1, purpose, "cell_words")


def status_formula(layout: Layout, page: str, sheet: str | None) -> str:
    """The status line on a page, of one of the return's sheets or of the whole return, from the contents on Cover."""
    rows = cover_rows(layout)
    keys = [one.sheet.key for one in layout.sheets]
    row = rows.sheet(keys.index(sheet) if sheet else len(keys))
    own = "" if page == COVER else f"{COVER}!"
    name = "This sheet" if sheet else "This return"
    parts = [f'{own}{address(row, _FIRST_WORD + COLUMNS.index(word))}&" {said}' for word, said in _SAID]
    return f'="{layout.form.system.code} – {name}: "&{own}{address(row, _BLANK)}&" blank, "&' + ', "&'.join(parts) + '."'


_SAID = (("Not tested", "not tested"), ("Fix", "to fix"), ("Look", "to look at"), ("Explained", "explained"))


def status_words(layout: Layout, sheet: str | None, contents: Contents) -> str:
    """The status line as it reads now."""
    words, blanks = words_of(layout, sheet, contents), blank(layout, sheet, contents)
    said = ", ".join(f"{words[word]} {said}" for word, said in _SAID)
    return f"{layout.form.system.code} – {'This sheet' if sheet else 'This return'}: {blanks} blank, {said}."


def _write_key(page: Page, rows: CoverRows) -> None:
    page.put(rows.key - 1, 0, "Colours", "heading")
    for position, (role, words) in enumerate(_KEY):
        page.put(rows.key + position, 0, None, role, locked=True)
        page.put(rows.key + position, 1, words, "label")
