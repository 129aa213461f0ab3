"""Issued workbooks as others see them: by openpyxl and part by part, their cells found by codes, not by our layout."""

import csv
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import EXPLANATION, Collection, Column, Table
from workbook_gen.lint import book as lint
from workbook_gen.lint.book import Code, Place, Seen, Value, plain

__all__ = ["Book", "Code", "Place", "Seen", "Value", "plain"]

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "h2_2023_24"


@dataclass(frozen=True)
class Book(lint.Book):
    """A workbook of the collection shipped, its cells found by their codes."""

    @cached_property
    def coded(self) -> dict[Code, Place]:
        """Where every coded cell stands. Raises `AssertionError` for codes that stand twice."""
        found: dict[Code, Place] = {}
        for code, place in lint.coded(self.cells, collection()):
            assert code not in found, (code, place, found[code])
            found[code] = place
        return found

    def at(self, code: Code) -> Seen:
        """The cell with these codes."""
        return self.cells[self.coded[code]]


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
