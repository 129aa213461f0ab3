"""Finding each cell by its codes: table code, sub code, main code. Never by its address."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from workbook_gen.catalogue import structural
from workbook_gen.definition.layout import Layout, TableLayout, address
from workbook_gen.definition.nodes import Key
from workbook_gen.excel.scan import Scan, ScannedSheet
from workbook_gen.findings import Finding

Place = tuple[ScannedSheet, int, int]
"""A sheet, and a row and a column from 1."""
Places = dict[str, list[Place]]


@dataclass(frozen=True, slots=True)
class Found:
    """Where a table stands in the file: its sheet, the row of its main codes, and the place of each line and column."""

    sheet: ScannedSheet
    title_row: int
    code_row: int
    code_column: int
    rows: dict[str, int]
    columns: dict[str, int]


@dataclass
class Located:
    """Where everything is; rows and columns count from 1."""

    tables: dict[str, Found] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def place(self, key: Key) -> Place | None:
        """The place of a cell, None where its line or column is missing."""
        found = self.tables.get(key.table)
        if found is None or key.line not in found.rows or key.column not in found.columns:
            return None
        return found.sheet, found.rows[key.line], found.columns[key.column]


def locate(scan: Scan, layout: Layout) -> Located:
    """Find every table of the layout in the file, and say what is missing, once, with what it takes with it."""
    located = Located()
    texts = _places(scan, layout)
    for sheet_layout in layout.sheets:
        tables = [table for table in sheet_layout.tables if not table.empty]
        missing = []
        for table in tables:
            found = _table(table, texts, layout, located.findings)
            if found is None:
                missing.append(table)
            else:
                located.tables[table.table.table.key] = found
        located.findings += _missing(sheet_layout.sheet.title, tables, missing)
    return located


def _places(scan: Scan, layout: Layout) -> Places:
    """Where the codes of tables and columns stand, in the order of the sheets and of their rows."""
    tables = [one.table for sheet in layout.sheets for one in sheet.tables]
    codes = {table.table.code for table in tables}
    codes |= {table.table.code + column.code for table in tables for column in table.table.columns}
    texts: Places = defaultdict(list)
    for sheet in scan.sheets:
        found = [(place, text) for place, text in sheet.texts.items() if text in codes]
        for (row, column), code in sorted(found):
            texts[code].append((sheet, row, column))
    return texts


def _missing(sheet: str, tables: list[TableLayout], missing: list[TableLayout]) -> list[Finding]:
    names = [f"{table.table.table.code}, {table.table.table.title}" for table in missing]
    if missing and len(missing) == len(tables):
        return [structural("STR-202", expected=sheet, found="; ".join(names), table=missing[0].table.table.key)]
    return [
        structural("STR-207", sheet=sheet, label=name, table=table.table.table.key)
        for table, name in zip(missing, names, strict=True)
    ]


def _table(table: TableLayout, texts: Places, layout: Layout, findings: list[Finding]) -> Found | None:
    code = table.table.table.code
    places = [(key, texts.get(code + column.code, [])) for key, column in table.table.column_by_key.items()]
    homes = texts.get(code, [])
    rows = Counter((sheet.name, row) for _, found in places for sheet, row, _ in found)
    if not rows or not homes:
        return None
    name, code_row = rows.most_common(1)[0][0]
    sheet = next(one for _, found in places for one, _, _ in found if one.name == name)
    home = next((place for place in reversed(homes) if place[0] is sheet and place[1] <= code_row), None)
    if home is None:
        return None
    copies = [where for where, count in rows.items() if count * 2 > len(places)]
    titled = [place for place in homes if place[0].name in {sheet for sheet, _ in copies}]
    if min(len(copies), len(titled)) > 1:
        findings.append(_twice(code, titled, table))
        return Found(sheet, home[1], code_row, home[2], {}, {})
    columns = dict(_columns(places, table, sheet, code_row, findings))
    lines = dict(_lines(table, sheet, code_row, home[2], layout, findings))
    return Found(sheet, home[1], code_row, home[2], lines, columns)


def _twice(code: str, found: list[Place], table: TableLayout, line: str = "", column: str = "") -> Finding:
    """A code that stands in several places: the second, and the first with its sheet where that is another."""
    (first, *before), (second, *here) = found[:2]
    expected = address(before[0] - 1, before[1] - 1)
    return structural(
        "STR-208",
        sheet=second.name,
        cell=address(here[0] - 1, here[1] - 1),
        found=code,
        expected=expected if first is second else f"{first.name} {expected}",
        table=table.table.table.key,
        line=line,
        column=column,
    )


def _columns(
    places: list[tuple[str, list[Place]]],
    table: TableLayout,
    sheet: ScannedSheet,
    code_row: int,
    findings: list[Finding],
) -> Iterator[tuple[str, int]]:
    name = table.table.table.key
    for key, found in places:
        column = table.table.column_by_key[key]
        code = table.table.table.code + column.code
        if len(found) > 1:
            findings.append(_twice(code, found, table, column=key))
        elif found and found[0][0] is sheet and found[0][1] == code_row:
            yield key, found[0][2]
        else:
            findings.append(structural("STR-206", sheet=sheet.name, label=f"{code}, {column.label}", table=name, column=key))


def _lines(
    table: TableLayout, sheet: ScannedSheet, code_row: int, code_column: int, layout: Layout, findings: list[Finding]
) -> Iterator[tuple[str, int]]:
    """The rows of the table's lines: below its main codes and above the next table."""
    name = table.table.table.key
    codes = {other.table.code for other in layout.form.tables.values()}
    column = [(row, text) for row, text in sheet.texts_by_column.get(code_column, ()) if row > code_row]
    end = min((row for row, text in column if text in codes), default=10**7)
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in column:
        if row < end:
            rows[text].append(row)
    for line in table.table.lines:
        found = sorted(rows.get(line.sub_code, []))
        if not found:
            label = f"{line.sub_code}, {line.label}"
            findings.append(structural("STR-205", sheet=sheet.name, label=label, table=name, line=line.key))
        elif len(found) > 1:
            findings.append(_twice(line.sub_code, [(sheet, row, code_column) for row in found], table, line=line.key))
        else:
            yield line.key, found[0]
