"""The sheets that came back beside those issued: renamed, added, missing, hidden, unprotected, or in another order."""

from collections.abc import Callable, Iterable, Iterator
from itertools import count, groupby

from workbook_gen.catalogue import structural
from workbook_gen.definition.layout import ABOUT, CHECKS, COVER, GUIDANCE, PLAN_DATA, QUERIES, Layout, TableLayout, column_name
from workbook_gen.definition.model import Table
from workbook_gen.excel.align import AlignedSheet
from workbook_gen.excel.compare import areas_in_words
from workbook_gen.excel.locate import Located
from workbook_gen.excel.scan import Scan
from workbook_gen.findings import Finding, listed

OWN_SHEETS = (COVER, GUIDANCE, CHECKS, PLAN_DATA, ABOUT)
"""The sheets without tables of their own, which stand in every workbook."""


def sheet_findings(scan: Scan, layout: Layout, located: Located, aligned: tuple[AlignedSheet, ...]) -> Iterator[Finding]:
    """What is to be said of whole sheets; one with tables that is missing is told with its tables."""
    ours = {one.sheet.name: one for one in aligned}
    for one in aligned:
        if one.sheet.name != one.issued:
            yield structural("STR-201", sheet=one.sheet.name, found=one.sheet.name, expected=one.issued)
    for sheet in scan.sheets:
        if sheet.name not in ours:
            yield structural("STR-203", sheet=sheet.name, found=sheet.name)
        else:
            yield from _state(ours[sheet.name])
    for title in OWN_SHEETS:
        if title not in {one.issued for one in aligned}:
            yield structural("STR-214", expected=title)
    for name, words in _moved(layout, located, aligned):
        yield structural("STR-213", sheet=name, found=words)
    titles = [sheet.sheet.title for sheet in layout.sheets]
    order = [ours[sheet.name].issued for sheet in scan.sheets if sheet.name in ours and ours[sheet.name].issued in titles]
    if order != [title for title in titles if title in order]:
        yield structural("STR-204", found=", ".join(order))


def _state(one: AlignedSheet) -> Iterator[Finding]:
    """A sheet unprotected or hidden, and what is hidden on it. The filter of Checks hides rows, and is there to be used."""
    sheet = one.sheet
    if one.issued not in (*OWN_SHEETS, QUERIES) and not sheet.protected:
        yield structural("STR-209", sheet=sheet.name)
    if sheet.state != "visible":
        yield structural("STR-210", sheet=sheet.name)
    inserted = _in_words(one.rows.inserted(), one.columns.inserted())
    if inserted:
        yield structural("STR-212", sheet=sheet.name, found=inserted)
    lost = _in_words(one.rows.lost(), one.columns.lost())
    if lost:
        yield structural("STR-216", sheet=sheet.name, found=lost)
    rows = () if one.issued == CHECKS else sheet.hidden_rows
    hidden = _in_words(rows, sheet.hidden_columns)
    if hidden:
        yield structural("STR-211", sheet=sheet.name, found=hidden)


def _in_words(rows: Iterable[int], columns: Iterable[int]) -> str:
    """Rows and columns: `row 15 and columns D to F`; empty where there are none."""
    words = [_runs("row", rows, str), _runs("column", columns, lambda number: column_name(number - 1))]
    return " and ".join(word for word in words if word)


def _runs(kind: str, numbers: Iterable[int], name: Callable[[int], str]) -> str:
    """Rows or columns in words: `row 15`, `rows 3 to 7, 15`; empty where there are none."""
    found = sorted(numbers)
    step = count()
    runs = [[*run] for _, run in groupby(found, key=lambda number: number - next(step))]
    texts = [name(run[0]) if len(run) == 1 else f"{name(run[0])} to {name(run[-1])}" for run in runs]
    return f"{kind}{'s' if len(found) > 1 else ''} {areas_in_words(texts)}" if texts else ""


def _moved(layout: Layout, located: Located, aligned: tuple[AlignedSheet, ...]) -> Iterator[tuple[str, str]]:
    """The sheets on which lines, columns or whole tables stand in another order or place, and these in words."""
    for one in aligned:
        tables = [table for sheet in layout.sheets if sheet.sheet.title == one.issued for table in sheet.tables]
        found = [(table.table.table, located.tables.get(table.table.table.key)) for table in tables]
        here = [(table, at) for table, at in found if at is not None]
        words = [f"table {table.code} on sheet '{at.sheet.name}'" for table, at in here if at.sheet is not one.sheet]
        if _is_disordered([at.code_row for _, at in here if at.sheet is one.sheet]):
            words.append("tables")
        elif _is_disordered(_rows(one, tables)):
            words.append("rows")
        words += [f"lines of {table.code}" for table, at in here if _is_disordered(list(at.rows.values()))]
        apart = _apart(tables, located)
        words += [
            f"columns of {table.code}" for table, at in here if table in apart or _is_disordered(list(at.columns.values()))
        ]
        if words:
            yield one.sheet.name, listed(words)


def _rows(one: AlignedSheet, tables: Iterable[TableLayout]) -> list[int]:
    """The known rows as they stand now, by their issued numbers; the lines of a table, whatever their order, as its first."""
    firsts = {row: table.code_row for table in tables for row in range(table.code_row, table.last_row + 1)}
    return [firsts.get(issued - 1, issued - 1) for _, issued in sorted(one.rows.known.items())]


def _apart(tables: Iterable[TableLayout], located: Located) -> list[Table]:
    """The tables of a sheet of which a column stands in another place than that of the tables above it."""
    places: dict[int, int] = {}
    apart = []
    for table in tables:
        found = located.tables.get(table.table.table.key)
        now = {table.columns[key]: column for key, column in found.columns.items()} if found else {}
        if any(places.setdefault(issued, column) != column for issued, column in now.items()):
            apart.append(table.table.table)
    return apart


def _is_disordered(numbers: list[int]) -> bool:
    return numbers != sorted(numbers)
