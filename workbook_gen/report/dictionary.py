"""The data dictionary, from the definition: what every cell of the return is, and what every column of the exports means."""

from collections.abc import Iterator

import pandas as pd

from workbook_gen.definition.expand import specimen_form
from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.model import ORGANISATIONS, Collection, Line, Organisation
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.words import text_of
from workbook_gen.national.coverage import column_name
from workbook_gen.national.data import NationalData
from workbook_gen.report.tidy import framed

CELLS = (
    "sheet",
    "table",
    "table_title",
    "table_code",
    "line",
    "sub_code",
    "line_label",
    "column",
    "main_code",
    "column_label",
    "month",
    "unit",
    "decimals",
    "role",
    "type",
    "required",
    "sign",
    "formula",
    "source",
    "status",
)

SIGNS = {"+": "positive", "-": "negative", "+/-": "either"}

MEANINGS = {
    "figures": {
        "region_code": "NHS England region, its code",
        "region": "NHS England region, its name",
        "system": "The ICB whose return it is, its code",
        "organisation": "Whose figure it is: the provider on a provider's line, else the ICB",
        "table": "The table of the return, by its key in the dictionary",
        "line": "The line of the table, by its key; a provider's line is its code in small letters",
        "column": "The column of the table, by its key",
        "month": "The month that the column is for, as three letters; empty for any other column",
        "unit": "The unit of the value; percentages are 0 to 100",
        "value": "The figure; empty where it is missing or is a text",
        "text": "The answer where it is words, a choice, or a text in place of a figure",
        "status": "published or illustrative national figure, submitted answer, computed total, or missing",
        "submission": "The number of the organisation's submission that counts; empty for national figures",
        "cell": "Sheet and cell: in the file that came back for an answer, in the workbook as issued for the rest",
        "source": "The national table and column that a national figure comes from",
    },
    "totals": {
        "area_code": "England, or the code of a region",
        "area": "England, or the name of a region",
        "table": "As in figures",
        "line": "As in figures; only lines that every system has",
        "column": "As in figures",
        "month": "As in figures",
        "unit": "As in figures",
        "value": "The total of the systems that have the figure; empty where there is none to give",
        "method": "sum, worked out (a share that follows from totals), or none (a share that systems answer)",
        "systems": "How many systems have the figure",
        "expected": "How many systems have that cell in their return",
    },
    "comparisons": {
        "comparison": "What is compared: a key of picture.toml",
        "area_code": "England, the code of a region, or the code of an ICB",
        "area": "Its name",
        "table": "As in figures",
        "line": "As in figures",
        "month": "As in figures",
        "unit": "As in figures",
        "before": "The plan, original plan or national figure, of the systems that have both",
        "after": "The forecast, restated plan or ledger figure, of the same systems",
        "difference": "after less before",
        "systems": "How many systems have both",
    },
    "completeness": {
        "region": "NHS England region, its name",
        "system": "The ICB's code",
        "sheet": "The sheet, by its key",
        "asked": "How many answers the sheet requires",
        "answered": "How many of them there are",
    },
    "controls": {
        "table": "The national table",
        "column": "Its column",
        "label": "What it is",
        "unit": "Its unit",
        "status": "published or illustrative",
        "england_total": "The England total that the centre gives",
        "consolidated": "What the figures of all systems add up to",
        "difference": "consolidated less england_total; published figures are rounded system by system",
    },
    "slips": {
        "system": "The ICB's code",
        "kind": "What is suspected",
        "table": "As in figures",
        "line": "As in figures; the first of several",
        "column": "As in figures; the first of several",
        "cells": "Sheet and cells in the file that came back",
        "found": "The figure that stands there",
        "expected": "What it was held against",
        "says": "What is suspected, in words",
    },
}
"""What the columns of each table mean, by the table's name."""


def cells_table(collection: Collection, national: NationalData) -> pd.DataFrame:
    """Every cell of the return once, in its order; lines of organisations, and blank records, stand for all of them."""
    form = specimen_form(collection)
    seen: set[tuple[object, ...]] = set()
    rows = []
    for row in _cells(form, national):
        if row[:10] not in seen:
            seen.add(row[:10])
            rows.append(row)
    return framed(iter(rows), dict.fromkeys(CELLS, "str"))


def columns_table() -> pd.DataFrame:
    """Every column of the exported tables and what it means."""
    rows = ((table, name, meaning) for table, columns in MEANINGS.items() for name, meaning in columns.items())
    return framed(iter(rows), dict.fromkeys(("table", "column", "meaning"), "str"))


def _cells(form: Form, national: NationalData) -> Iterator[tuple[object, ...]]:
    for sheet in form.collection.sheets:
        for table in sheet.tables:
            for line in form.tables[table.key].lines:
                for column in table.columns:
                    cell = form.cells[Key(table.key, line.key, column.key)]
                    if cell.role != "not_applicable":
                        yield (
                            sheet.title,
                            table.key,
                            table.title,
                            table.code,
                            *_line(line),
                            *_cell(cell, table.code, national),
                        )


def _line(line: Line) -> tuple[str, str, str]:
    if line.organisation is not None:
        return ORGANISATIONS, "the organisation's code", "Each organisation"
    return ("records", "R01 and on", "Each record") if line.record else (line.key, line.sub_code, line.label)


def _cell(cell: FormCell, code: str, national: NationalData) -> tuple[str, ...]:
    column = cell.column
    formula = cell.line.formula or column.formula
    item = ""
    status = ""
    if cell.role == "prefill":
        name = column_name(column, None if isinstance(cell.line.organisation, Organisation) else cell.line)
        item, status = f"{column.source}.{name}", national.status(str(column.source), name)
    return (
        column.key,
        code + column.code,
        column.label,
        column.month or "",
        cell.unit,
        str(cell.dp),
        cell.role,
        column.type,
        "yes" if cell.required else "no",
        SIGNS[cell.sign] if cell.signed else "",
        text_of(formula) if cell.role == "total" and formula is not None else "",
        item,
        status,
    )
