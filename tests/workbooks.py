"""Issued workbooks as others see them: by openpyxl and part by part, their cells found by codes, not by our layout."""

import csv
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import EXPLANATION, Collection, Column, Table

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "h2_2023_24"

Place = tuple[str, int, int]
"""A sheet's name, a row and a column, both counted from 1."""

Value = float | str | bool | None


class Code(NamedTuple):
    """What identifies a figure on paper: the table's code, the line's sub code and the column's main code."""

    table: str
    sub: str
    main: str


class Seen(NamedTuple):
    """A cell: its value (a date as a serial day, an empty text as None), its formula, and the cell with its formats."""

    value: Value
    formula: str | None
    cell: Cell


@dataclass(frozen=True)
class Book:
    """A workbook's bytes, read in every way that the tests need."""

    data: bytes

    @cached_property
    def parts(self) -> dict[str, str]:
        """The text of every part, by name. Raises `UnicodeDecodeError` for one that is not text."""
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return {name: archive.read(name).decode() for name in archive.namelist()}

    @cached_property
    def sheets(self) -> dict[str, Worksheet]:
        """The worksheets with their formulas, by name, in order."""
        return _worksheets(load_workbook(BytesIO(self.data)))

    @cached_property
    def cells(self) -> dict[Place, Seen]:
        """Every cell within the bounds of its sheet, empty ones included."""
        values = _worksheets(load_workbook(BytesIO(self.data), data_only=True))
        return {
            (name, cell.row, cell.column): Seen(plain(values[name].cell(cell.row, cell.column).value), _formula(cell), cell)
            for name, sheet in self.sheets.items()
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell, Cell)
        }

    @cached_property
    def coded(self) -> dict[Code, Place]:
        """Where every coded cell stands. Raises `AssertionError` for codes that stand twice."""
        found: dict[Code, Place] = {}
        for code, place in _coded(self.cells):
            assert code not in found, (code, place, found[code])
            found[code] = place
        return found

    def at(self, code: Code) -> Seen:
        """The cell with these codes."""
        return self.cells[self.coded[code]]

    def part_of(self, sheet: str) -> str:
        """The part that holds a worksheet; ours are numbered in the order of the tabs."""
        return f"xl/worksheets/sheet{list(self.sheets).index(sheet) + 1}.xml"

    def text(self, sheet: str, row: int, column: int) -> str:
        """What a cell shows as a text; empty where it holds none."""
        seen = self.cells.get((sheet, row, column))
        return seen.value if seen and isinstance(seen.value, str) else ""

    def rows(self, sheet: str) -> range:
        """The rows of a sheet, from 1."""
        return range(1, (self.sheets[sheet].max_row or 0) + 1)

    def columns_of(self, sheet: str, row: int) -> dict[str, int]:
        """The column below each heading of a header row."""
        width = self.sheets[sheet].max_column or 0
        return {text: column for column in range(1, width + 1) if (text := self.text(sheet, row, column))}

    def changed(self, changes: Mapping[str, str]) -> "Book":
        """The same workbook with the text of some parts replaced. Raises `AssertionError` for a part that is not there."""
        assert set(changes) <= set(self.parts), set(changes) - set(self.parts)
        stream = BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in {**self.parts, **changes}.items():
                archive.writestr(name, text)
        return Book(stream.getvalue())

    def replaced(self, part: str, old: str, new: str) -> "Book":
        """The same workbook with one text of a part replaced, the first time it stands there."""
        assert old in self.parts[part], f"{part} does not hold {old!r}"
        return self.changed({part: self.parts[part].replace(old, new, 1)})


def plain(value: object) -> Value:
    """A value in one form whoever read it: numbers as floats, dates as serial days, empty texts as None."""
    match value:
        case None | "":
            return None
        case bool():
            return value
        case int() | float():
            return float(value)
        case date() | datetime():
            return float(to_excel(value))  # type: ignore[no-untyped-call]
        case _:
            return str(value)


def _worksheets(workbook: Workbook) -> dict[str, Worksheet]:
    found: dict[str, Worksheet] = {}
    for sheet in workbook.worksheets:
        assert isinstance(sheet, Worksheet)
        found[str(sheet.title)] = sheet
    return found


def _formula(cell: Cell) -> str | None:
    if cell.data_type != "f":
        return None
    assert isinstance(cell.value, str), f"{cell.coordinate} holds an array formula"
    return cell.value


def _coded(cells: dict[Place, Seen]) -> Iterator[tuple[Code, Place]]:
    """A table begins where column A holds its code; a row of main codes follows, then lines with sub codes in column A."""
    tables = {table.code for table in tables_of(collection())}
    sheets = {sheet.title for sheet in collection().sheets}
    rows: dict[tuple[str, int], dict[int, Value]] = {}
    for (sheet, row, column), seen in cells.items():
        if sheet in sheets:
            rows.setdefault((sheet, row), {})[column] = seen.value
    table, mains = "", dict[int, str]()
    for (sheet, row), values in rows.items():
        first = values.get(1)
        if first in tables or row == 1:
            table, mains = str(first), {}
        elif table in tables and not mains:
            mains = {column: str(value) for column, value in values.items() if str(value).startswith(table)}
        elif mains and first not in (None, "Code"):
            yield from ((Code(table, str(first), main), (sheet, row, column)) for column, main in mains.items())


@lru_cache(maxsize=1)
def collection() -> Collection:
    """The collection shipped."""
    return load_collection(TEMPLATE)


def tables_of(definition: Collection) -> list[Table]:
    """Every table of a collection, in order."""
    return [table for sheet in definition.sheets for table in sheet.tables]


@lru_cache(maxsize=1)
def organisations() -> tuple[dict[str, str], ...]:
    """The rows of organisations.csv."""
    with (TEMPLATE / "national" / "organisations.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def members(code: str) -> list[dict[str, str]]:
    """The organisations of a system, its board among them."""
    return [row for row in organisations() if row["icb_code"] == code]


CODES = tuple(row["org_code"] for row in organisations() if row["kind"] == "icb")
"""The systems: how many there are is what organisations.csv says."""


@lru_cache(maxsize=64)
def figures(table: str) -> dict[str, dict[str, float]]:
    """A national table as it lies in its file: organisation code → column → figure."""
    with (TEMPLATE / "national" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("org_code"): {name: float(text) for name, text in row.items()} for row in csv.DictReader(file)}


class Row(NamedTuple):
    """A line that a table has for one system."""

    sub: str
    total: bool
    not_applicable: tuple[str, ...]


def rows_of(table: Table, code: str) -> list[Row]:
    """The lines of a table for a system; organisations are those that the table's national figures are about."""
    if isinstance(table.lines, tuple):
        return [Row(line.sub_code, line.formula is not None, line.not_applicable) for line in table.lines]
    if isinstance(table.lines, int):
        subs = [f"R{number:02}" for number in range(1, table.lines + 1)]
    else:
        sources = {column.source for column in table.columns if column.source}
        assert sources, f"{table.key} has no national figures"
        subs = [row["org_code"] for row in members(code) if all(row["org_code"] in figures(name) for name in sources)]
    total = [Row("TOTAL", True, ())] if table.total and subs else []
    return [Row(sub, False, ()) for sub in subs] + total


def _applies(row: Row, column: Column) -> bool:
    return not {column.key, column.group} & set(row.not_applicable)


def prefilled(code: str) -> dict[Code, float]:
    """What the national tables say of every prefilled cell of a system, straight from their files."""
    return {
        Code(table.code, row.sub, table.code + column.code): _figure(table, column, row, code)
        for table in tables_of(collection())
        for column in table.columns
        if column.kind == "prefill" and column.source
        for row in rows_of(table, code)
        if not row.total and _applies(row, column)
    }


def _figure(table: Table, column: Column, row: Row, code: str) -> float:
    """A fixed line's column is named as the line, or by the source (with the month); an organisation's as the column."""
    national = figures(str(column.source))
    if isinstance(table.lines, tuple):
        key = next(line.key for line in table.lines if line.sub_code == row.sub)
        return national[code]["_".join(filter(None, (column.source_column or key, column.month)))]
    return national[row.sub][column.month or column.source_column or column.key]


def asked(code: str) -> dict[Code, Column]:
    """Every cell that a system is to fill in, as the definition says."""
    return {
        Code(table.code, row.sub, table.code + column.code): column
        for table in tables_of(collection())
        for column in table.columns
        if column.kind == "input"
        for row in rows_of(table, code)
        if _applies(row, column) and (not row.total or column.key == EXPLANATION)
    }
