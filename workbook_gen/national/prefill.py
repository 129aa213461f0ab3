"""The national figures that one system's workbook is issued with, and whether each is published or illustrative."""

from collections.abc import Iterator

from workbook_gen.definition.model import ORGANISATIONS, Collection, Column, Line, System, Table
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.where import matches
from workbook_gen.national.coverage import column_name, prefilled, sourced
from workbook_gen.national.data import NationalData
from workbook_gen.national.items import Item


def prefill(collection: Collection, national: NationalData, system: System) -> dict[Key, float]:
    """A figure for each prefilled cell of the system's return, in the definition's order; totals are not among them."""
    return {
        key: figure for sheet in collection.sheets for table in sheet.tables for key, figure in _table(table, national, system)
    }


def item_of(national: NationalData, table: Table, line: Line, column: Column) -> Item:
    """What a prefilled cell's figure is: published or illustrative, its unit and its source.

    Raises `KeyError` for a cell that no national table fills.
    """
    if column.source is None or not prefilled(line, column):
        raise KeyError(str(Key(table.key, line.key, column.key)))
    return national.item(column.source, column_name(column, _fixed(table, line)))


def _table(table: Table, national: NationalData, system: System) -> Iterator[tuple[Key, float]]:
    for column in sourced(table):
        source = str(column.source)
        if table.lines == ORGANISATIONS:
            name = column_name(column)
            for organisation in system.organisations:
                if matches(table.where, organisation):
                    key = Key(table.key, organisation.code.lower(), column.key)
                    yield key, national.figure(source, organisation.code, name)
            continue
        for line in _lines(table, column):
            if line is not None:
                name = column_name(column, line)
                yield Key(table.key, line.key, column.key), national.figure(source, system.code, name)


def _lines(table: Table, column: Column) -> tuple[Line | None, ...]:
    """The fixed lines that a sourced column fills; of organisations one stands for all: none."""
    if table.lines == ORGANISATIONS:
        return (None,)
    return tuple(line for line in table.lines if prefilled(line, column)) if isinstance(table.lines, tuple) else ()


def _fixed(table: Table, line: Line) -> Line | None:
    return None if table.lines == ORGANISATIONS else line
