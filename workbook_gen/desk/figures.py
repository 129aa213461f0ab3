"""Rows of a CSV -> the cells that they name and the values put there, or everything that is wrong with them at once."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from workbook_gen.catalogue import quote, structural
from workbook_gen.definition.errors import nearest
from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.layout import Layout, address
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value, serial
from workbook_gen.desk.ledger import CELL, CODES, Fault, Ledger, LedgerRefused, Row, unguarded
from workbook_gen.excel.answers import read_answer
from workbook_gen.excel.validation import choices_of, validation
from workbook_gen.findings import Finding, Severity, listed, where

ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
"""The Excel errors that a CSV saved by Excel holds as texts."""

_LOCKED = {
    "prefill": "is one of the centre's figures, and locked. Leave the row out.",
    "total": "is a total, worked out by the workbook. Leave the row out, and give the inputs that it adds.",
    "not_applicable": "does not apply to you and stays blank. Leave the row out.",
}
_MEND = {
    "STR-401": "Write it in figures alone.",
    "STR-403": "Write the value in its place.",
    "STR-406": "Write one of them.",
    "STR-407": "Shorten it.",
    "STR-408": "Write it as day/month/year: 31/12/2023.",
}
"""How a value in a CSV is mended, by the code of what the reader of workbooks would say of it."""


class Unfit(Exception):
    """A row that cannot be used: its codes name no cell, the cell is none to fill in, or its value is of another kind."""


def figures(ledger: Ledger, layout: Layout) -> dict[Key, Value]:
    """The value that each row puts in its cell. Raises `LedgerRefused` with all that is wrong, row by row."""
    faults: list[Fault] = list(ledger.faults)
    rows: dict[Key, int] = {}
    values: dict[Key, Value] = {}
    for row in ledger.rows:
        try:
            key = cell_named(row, layout)
            if key in rows:
                raise Unfit(f"{in_words(key, layout)} stands in row {rows[key]} too. Keep one of the two.")
            rows[key] = row.number
            values[key] = value_in(row.value, key, layout)
        except Unfit as unfit:
            faults.append((row.number, str(unfit)))
    if faults:
        raise LedgerRefused(faults)
    return values


def in_words(key: Key, layout: Layout) -> str:
    """A cell as messages name it: `Agency F12 (AGY0900, Total agency, forecast)`."""
    sheet, row, column = layout.cells[key]
    return where(sheet, address(row, column), layout.form.cells[key].words)


def cell_named(row: Row, layout: Layout) -> Key:
    """The cell of a row's table, line and column, or of its main and sub code. Raises `Unfit`, also where the two differ."""
    named = ((CELL, _by_names), (CODES, _by_codes))
    found = [find(row, layout.form) for columns, find in named if any(row.names(columns))]
    if not found:
        raise Unfit(f"it names no cell. Give {listed(CELL)}, or {listed(CODES)}.")
    if len(set(found)) > 1:
        first, second = (in_words(key, layout) for key in found)
        raise Unfit(f"{listed(CELL)} name {first}, but {listed(CODES)} name {second}. Correct one of them.")
    return found[0]


def _whole(row: Row, columns: tuple[str, ...]) -> tuple[str, ...]:
    names = row.names(columns)
    blank = [column for column, name in zip(columns, names, strict=True) if not name]
    if blank:
        raise Unfit(f"{listed(blank)} {'is' if len(blank) == 1 else 'are'} blank. Give {listed(columns)}.")
    return names


def _by_names(row: Row, form: Form) -> Key:
    table, line, column = _whole(row, CELL)
    name = _known(table, form.tables, "there is no table")
    return Key(
        name,
        _known(line, form.tables[name].line_by_key, f"the table {name} has no line"),
        _known(column, form.tables[name].column_by_key, f"the table {name} has no column"),
    )


def _by_codes(row: Row, form: Form) -> Key:
    main_code, sub_code = _whole(row, CODES)
    columns = {
        table.table.code + column.code: (table, column.key) for table in form.tables.values() for column in table.table.columns
    }
    table, column = columns[_known(main_code, columns, "there is no main code")]
    lines = {line.sub_code: line.key for line in table.lines}
    return Key(table.table.key, lines[_known(sub_code, lines, f"the table {table.table.key} has no sub code")], column)


def _known(name: str, known: Iterable[str], lacking: str) -> str:
    """The name that is known, whatever its case. Raises `Unfit` with the nearest one."""
    names = list(known)
    alike = [name] if name in names else [one for one in names if one.casefold() == name.casefold()]
    if len(alike) != 1:
        raise Unfit(f"{lacking} '{quote(name)}'. {nearest(name, names)}")
    return alike[0]


def value_in(text: str, key: Key, layout: Layout) -> Value:
    """What a text means in an input, read as in a workbook. Raises `Unfit`: the cell is locked, or would not take it."""
    cell = layout.form.cells[key]
    if cell.role in _LOCKED:
        raise Unfit(f"{in_words(key, layout)} {_LOCKED[cell.role]}")
    sheet, row, column = layout.cells[key]
    say = partial(structural, sheet=sheet, cell=address(row, column), label=cell.words)
    typed = text.strip().removesuffix("%") if cell.unit == "%" else text
    answer = read_answer(cell, _typed(typed), _options(cell, layout), say)
    for finding in answer.findings:
        if finding.severity is Severity.FIX:
            raise Unfit(f"{finding.message} {_MEND[finding.code]}")
    if isinstance(answer.value, float | int):
        _within(answer.value, text, cell, in_words(key, layout))
        return answer.value + 0.0  # no minus before a nought
    return answer.value


def doubts(given: Mapping[Key, Value], layout: Layout) -> Iterator[Finding]:
    """What `check` will ask about the values given: a percentage that may be a fraction."""
    for key, value in given.items():
        cell = layout.form.cells[key]
        sheet, row, column = layout.cells[key]
        say = partial(structural, sheet=sheet, cell=address(row, column), label=cell.words)
        yield from read_answer(cell, value, _options(cell, layout), say).findings


def _typed(text: str) -> str:
    """A field as it would stand in a cell: lines broken as there, an Excel error as one."""
    plain = unguarded(text).replace("\r\n", "\n").replace("\r", "\n")
    return CellError(plain.strip()) if plain.strip() in ERRORS else plain


def _options(cell: FormCell, layout: Layout) -> tuple[str, ...]:
    options = choices_of(cell)
    return tuple(one.name for one in layout.form.system.organisations) if isinstance(options, str) else options


def _within(value: float, text: str, cell: FormCell, place: str) -> None:
    """Raises `Unfit` for what the cell's own validation stops: a number or a date beyond its bounds."""
    asked = validation(cell)
    low, high = asked["minimum"], asked["maximum"]
    first, last = (serial(bound) if isinstance(bound, date) else bound for bound in (low, high))
    if not first <= value <= last:
        bounds = f"{low:%-d %B %Y} and {high:%-d %B %Y}" if isinstance(low, date) else f"{low:,.15g} and {high:,.15g}"
        raise Unfit(f"{place}: we read '{quote(text.strip())}', which is not between {bounds}. Correct it.")
