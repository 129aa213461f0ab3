"""A national table's text made into figures: every row and cell that is not what the return needs is told."""

import math
from collections.abc import Iterable, Iterator, Mapping

from workbook_gen.definition.errors import nearest
from workbook_gen.national.coverage import Need
from workbook_gen.national.faults import named
from workbook_gen.national.items import number
from workbook_gen.national.organisations import Directory
from workbook_gen.national.tables import CODE, TextTable

Row = dict[str, str]
Rows = tuple[Row, ...]
Figures = Mapping[str, Mapping[str, float]]
"""The figures of a table by column, those of a column by organisation code, sorted."""
SHOWN = 3
"""How many figures of a row a message quotes."""


def figures(table: TextTable) -> Figures:
    """The figures of a table; NaN where there is no number. A repeated code counts once."""
    rows = {row[CODE]: row for row in reversed(table.rows)}
    return {name: {code: _float(rows[code][name]) for code in sorted(rows)} for name in table.columns if name != CODE}


def table_faults(table: TextTable, need: Need, columns: Iterable[str], directory: Directory) -> list[str]:
    """All that is wrong with a table as text; `columns` are those that items.csv describes, beside the needed ones."""
    if CODE not in table.columns:
        return [f"{need.table}: the column {CODE} is missing. Name the column of organisation codes {CODE}."]
    rows = table.rows
    columns_here = [name for name in table.columns if name != CODE]
    faults = [
        *_columns(columns_here, need, tuple(columns)),
        *_missing(rows, columns_here, need, directory),
        *_strange(rows, need, directory),
        *_repeated(rows, directory),
        *_cells(rows, directory),
    ]
    return [f"{need.table}: {fault}" for fault in faults]


def _columns(here: list[str], need: Need, listed: tuple[str, ...]) -> Iterator[str]:
    for name in dict.fromkeys((*need.columns, *listed)):
        if name not in here:
            why = f"{need.columns[name]} needs it" if name in need.columns else "items.csv describes it"
            yield f"the column {name} is missing ({why}). Add it. {nearest(name, here)}"
    for name in here:
        if name not in need.columns and name not in listed:
            yield (
                f"the column {name} is neither used by the return nor described in items.csv. Remove or describe it. "
                + nearest(name, (*need.columns, *listed))
            )


def _missing(rows: Rows, columns: list[str], need: Need, directory: Directory) -> Iterator[str]:
    for code in sorted(need.codes - {row[CODE] for row in rows}):
        yield f"{named(code, directory.by_code)} is missing. Add its row, with {', '.join(columns)}."


def _strange(rows: Rows, need: Need, directory: Directory) -> Iterator[str]:
    known = directory.by_code
    missing = need.codes - {row[CODE] for row in rows}
    for row in rows:
        code = row[CODE]
        if code in need.codes or code in directory.doubtful:
            continue
        if not code:
            yield f"a row has no organisation code ({_quote(row)}). Enter its code, or remove the row."
        elif code in known:
            who = named(code, known)
            yield f"{who} is one too many ({_quote(row)}): the return does not ask this of it. Remove its row."
        else:
            hint = nearest(code, missing or known)
            yield f"{code} is no organisation of organisations.csv ({_quote(row)}). Correct or remove it. {hint}"


def _repeated(rows: Rows, directory: Directory) -> Iterator[str]:
    standing: dict[str, list[Row]] = {}
    for row in rows:
        standing.setdefault(row[CODE], []).append(row)
    for code, found in standing.items():
        if code and len(found) > 1:
            told = " and ".join(map(_quote, found))
            yield f"{named(code, directory.by_code)} stands {len(found)} times ({told}). Keep one row."


def _cells(rows: Rows, directory: Directory) -> Iterator[str]:
    for row in rows:
        for name, text in row.items():
            if name == CODE or number(text) is not None:
                continue
            where = f"{named(row[CODE], directory.by_code)}, {name}"
            if text:
                yield f"{where} is '{text}', not a number. Write digits only, such as 1234 or -56.7."
            else:
                yield f"{where} is blank. Enter the figure; 0 is a figure."


def _quote(row: Row) -> str:
    pairs = [f"{name} {text}" for name, text in row.items() if name != CODE]
    return ", ".join(pairs[:SHOWN]) + (", …" if len(pairs) > SHOWN else "")


def _float(text: str) -> float:
    value = number(text)
    return math.nan if value is None else value
