"""Lines 13 to 17: tables that other programs can read too: no merged cells, one header row, no gaps, tops and codes."""

from collections import Counter
from collections.abc import Iterator

from openpyxl.cell.cell import Cell
from openpyxl.utils import get_column_letter

from workbook_gen.lint.addresses import at
from workbook_gen.lint.book import MAIN, Book
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import ABOUT, CHECKS, COVER, GUIDANCE, PLAN_DATA, Exhibit
from workbook_gen.lint.standing import Standing, standing_tables, used_columns
from workbook_gen.lint.visible import WHITE, ink, paper

INTERFACE = (
    *("RegionName", "RegionCode", "ICSCode", "ICSName", "OrgCode", "OrgName", "DimensionID", "DimDateStart", "DimensionName"),
    *("PlanningRef", "MeasureID", "MeasureName", "MeasureType", "Value_Actuals", "Value_Plans"),
    *("OriginalBedCore", "OriginalBedEsc", "OriginalBedAddedEsc", "OrgCodeCalc"),
    *("Plan_restated", "RestatedBedCore", "RestatedBedEsc", "RestatedBedAddedEsc", "helper 1", "helper 2", "helper 3"),
)
"""The headings of PlanData, which NHS England's analysts read by their place."""
WITH_TABLES = {COVER: 2, GUIDANCE: 1, CHECKS: 1, PLAN_DATA: 1, ABOUT: 1}
"""How many tables the sheets that every return has hold at least."""

Look = tuple[str, str, bool]


def line_13_no_merged_cells(exhibit: Exhibit) -> Iterator[str]:
    """No merged cells."""
    for sheet in exhibit.book.sheet_parts:
        for one in exhibit.book.tree_of(sheet).iter(f"{MAIN}mergeCell"):
            yield f"{sheet} {one.get('ref')} is merged"


def line_14_one_header_row(exhibit: Exhibit) -> Iterator[str]:
    """One unique non-blank header row to a table: the labels of a row differ, and each column has one.

    On the sheets that every return has, a header row is one that looks as those of the return's own tables do.
    """
    book, looks = exhibit.book, set[Look]()
    for table in standing_tables(exhibit):
        if not table.mains:
            continue
        if len(table.headers) != 1:
            yield f"{table.sheet} {table.code} has {len(table.headers)} header rows"
            continue
        row = table.headers[0]
        below = (column for line in (row, *table.lines) for column in used_columns(book, table.sheet, line))
        last = max([*table.mains, *below])
        yield from _labels(book, table.sheet, row, 1, last)
        looks |= {_look(book.cells[table.sheet, row, column].cell) for column in table.mains}
    looks = {look for look in looks if look[0] != WHITE}
    for sheet, least in WITH_TABLES.items():
        rows = _header_rows(book, sheet, looks)
        if len(rows) < least:
            yield f"{sheet} has {len(rows)} header rows, not {least}"
        for row, (first, last) in rows.items():
            if row + 1 in rows:
                yield f"{sheet} has two header rows, {row} and {row + 1}"
            beyond = [column for column in used_columns(book, sheet, row + 1) if column > last]
            yield from _labels(book, sheet, row, first, max([last, *beyond]))


def _labels(book: Book, sheet: str, row: int, first: int, last: int) -> Iterator[str]:
    labels = {column: book.text(sheet, row, column).strip() for column in range(first, last + 1)}
    yield from (f"{at((sheet, row, column))} is a header without a word" for column, label in labels.items() if not label)
    for label, count in Counter(label.casefold() for label in labels.values() if label).items():
        if count > 1:
            yield f"{sheet} row {row} has {count} columns called {label}"


def _header_rows(book: Book, sheet: str, looks: set[Look]) -> dict[int, tuple[int, int]]:
    """The first and last column of each row that looks like a header."""
    found: dict[int, tuple[int, int]] = {}
    for (name, row, column), seen in book.cells.items():
        if name == sheet and _look(seen.cell) in looks:
            found[row] = (found.get(row, (column, column))[0], column)
    return found


def _look(cell: Cell) -> Look:
    return (paper(cell), ink(cell), bool(cell.font.bold))


def line_15_no_gaps(exhibit: Exhibit) -> Iterator[str]:
    """No blank rows or columns inside a table: none between its first line and its last, none between code and last column.

    A row or column that is there to be filled in has its code and its label. On Checks and PlanData the table goes from its
    header to the end of the sheet, on Cover, Guidance and About over the rows of what the definition lists.
    """
    for table in standing_tables(exhibit):
        yield from _blank_rows(exhibit.book, table.sheet, list(table.lines))
        used = {column for row in (*table.headers, *table.lines) for column in used_columns(exhibit.book, table.sheet, row)}
        for column in sorted(set(range(1, max(used, default=0) + 1)) - used - set(table.mains)):
            yield f"{table.sheet} {table.code} has a blank column {get_column_letter(column)}"
    for sheet, rows in _listed_rows(exhibit):
        if len(rows) == 0:
            yield f"{sheet} lacks a table"
        yield from _blank_rows(exhibit.book, sheet, rows)
    for sheet, header in ((CHECKS, _header_of_checks(exhibit)), (PLAN_DATA, 1)):
        last = exhibit.book.rows(sheet).stop - 1 if sheet in exhibit.book.sheets else 0
        yield from _blank_rows(exhibit.book, sheet, [header, last])
        for column in range(1, (exhibit.book.sheets[sheet].max_column or 0) + 1 if last else 1):
            if not exhibit.book.text(sheet, header, column):
                yield f"{sheet} has a blank column {get_column_letter(column)}"


def _blank_rows(book: Book, sheet: str, rows: list[int]) -> Iterator[str]:
    """Rows between the first and the last of these in which nothing stands."""
    for row in range(min(rows, default=0), max(rows, default=-1) + 1):
        if not any(True for _ in used_columns(book, sheet, row)):
            yield f"{sheet} has a blank row {row} inside a table"


def _header_of_checks(exhibit: Exhibit) -> int:
    """The row above the first rule."""
    ids = {result.instance.rule.id for result in exhibit.results}
    rows = exhibit.book.rows(CHECKS) if CHECKS in exhibit.book.sheets else range(0)
    return next((row for row in rows if exhibit.book.text(CHECKS, row, 1) in ids), 1) - 1


def _listed_rows(exhibit: Exhibit) -> Iterator[tuple[str, list[int]]]:
    """The rows of the lists on Cover, Guidance and About, by what column A of each says."""
    collection = exhibit.form.collection
    lists: list[tuple[str, set[str]]] = [(COVER, set(exhibit.own_sheets))]
    lists += [(COVER, {one.label for one in collection.headlines})] if collection.headlines else []
    lists += [(GUIDANCE, {one.key for one in collection.parameters})] if collection.parameters else []
    lists += [(ABOUT, {f"{one.version}, {one.date:%-d %B %Y}" for one in collection.changes})]
    for sheet, wanted in lists:
        rows = exhibit.book.rows(sheet) if sheet in exhibit.book.sheets else range(0)
        yield sheet, [row for row in rows if exhibit.book.text(sheet, row, 1) in wanted]


def line_16_tops(exhibit: Exhibit) -> Iterator[str]:
    """Title A1, purpose A2, units and sign sentence A3; of PlanData headings in row 1 and nothing beyond its 26 columns.

    Of the return's own sheets they are the definition's words, on the others there are some.
    """
    book, collection = exhibit.book, exhibit.form.collection
    tops = {one.title: (one.title, one.purpose, one.sentence) for one in collection.sheets}
    for sheet in exhibit.all_sheets:
        if sheet == PLAN_DATA or sheet not in book.sheets:
            continue
        for row, what in enumerate(("title", "purpose", "sentence on units and signs"), 1):
            said = book.text(sheet, row, 1)
            wanted = tops[sheet][row - 1] if sheet in tops else said
            if not said.strip() or said != wanted:
                yield f"{sheet} A{row} is not the {what}: {said[:60] or 'blank'}"
    if PLAN_DATA not in book.sheets:
        yield f"There is no sheet {PLAN_DATA}"
    for (sheet, row, column), seen in book.cells.items():
        if sheet != PLAN_DATA:
            continue
        if column > len(INTERFACE) and (seen.value is not None or seen.formula is not None):
            yield f"{at((sheet, row, column))} stands beyond its {len(INTERFACE)} columns"
        if row == 1 and column <= len(INTERFACE) and seen.value != INTERFACE[column - 1]:
            yield f"{at((sheet, row, column))} is {seen.value!r}, not {INTERFACE[column - 1]!r}"


def line_17_codes(exhibit: Exhibit) -> Iterator[str]:
    """Codes: a sub code beside every line, a main code above every column, a table code; unique as they must be.

    Main codes are unique in the workbook, sub codes in their table.
    """
    tables = standing_tables(exhibit)
    times = Counter(table.code for table in tables)
    for one in exhibit.form.tables.values():
        if times[one.table.code] != 1:
            yield f"The code {one.table.code} stands before {times[one.table.code]} tables"
    for main, count in Counter(main for table in tables for main in table.mains.values()).items():
        if count > 1:
            yield f"The main code {main} stands above {count} columns"
    for table in tables:
        yield from _codes_of(table, exhibit.book)
    yield from exhibit.twice
    lacking = [key for key in exhibit.form.cells if key not in exhibit.found]
    yield from (f"No cell has the codes of {key}" for key in lacking)


def _codes_of(table: Standing, book: Book) -> Iterator[str]:
    where = f"{table.sheet} {table.code}"
    if book.text(table.sheet, table.title_row, 2) != table.table.table.title:
        yield f"{where} does not stand beside the title of its table"
    if not table.table.lines:
        return
    labels = {line.sub_code: line.label for line in table.table.lines}
    mains = {table.code + column.code: column.label for column in table.table.table.columns}
    yield from (f"{where} has no column with the main code {main}" for main in mains if main not in table.mains.values())
    for column in sorted({column for row in table.headers for column in used_columns(book, table.sheet, row)}):
        label = book.text(table.sheet, table.headers[-1], column)
        if label in mains.values() and mains.get(table.mains.get(column, "")) != label:
            yield f"{table.sheet} {get_column_letter(column)}: the column {label} has not its main code above it"
    yield from (
        f"{where} has {count} lines {sub}" for sub, count in Counter(filter(None, table.lines.values())).items() if count > 1
    )
    yield from (f"{where} has no line {sub}" for sub in labels if sub not in table.lines.values())
    for row, sub in table.lines.items():
        if any(True for _ in used_columns(book, table.sheet, row)) and book.text(table.sheet, row, 2) != labels.get(sub):
            yield f"{table.sheet} row {row} has not the sub code of its line: {sub or 'blank'}"


LINES = (
    Line(13, "No merged cells", line_13_no_merged_cells),
    Line(14, "One unique non-blank header row to a table", line_14_one_header_row),
    Line(15, "No blank rows or columns inside a table", line_15_no_gaps),
    Line(16, "Title A1, purpose A2, units and sign sentence A3; PlanData as its readers expect it", line_16_tops),
    Line(17, "Codes beside every line, above every column and of every table, unique", line_17_codes),
)
