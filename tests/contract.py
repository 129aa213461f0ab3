"""A collection said again in the words of `acceptance/contract.toml`, so that the two can be compared."""

from collections import Counter

from workbook_gen.definition.cases import all_rules
from workbook_gen.definition.model import ORGANISATIONS, RECORDS, Chart, Collection, Column, Line, Organisation, Rule, Table
from workbook_gen.definition.where import matches

KINDS = ("icb", "acute", "specialist", "mental_health", "community", "ambulance")
"""The ICB and the sectors of its providers."""

Said = dict[str, object]


def described(collection: Collection) -> dict[str, Said]:
    """Every section of the contract but the workbook's sheets and PlanData's headings, as the collection has it."""
    return {
        "codes": _codes(collection),
        "headlines": {headline.key: _headline_rule(collection, headline.key) for headline in collection.headlines},
        "thresholds": _thresholds(collection),
        "charts": {sheet.title: [_chart(chart) for chart in sheet.charts] for sheet in collection.sheets if sheet.charts},
        "rules": {rule.id: _rule(rule) for rule in all_rules(collection)},
        "tables": {table.key: _table(sheet.title, table) for sheet in collection.sheets for table in sheet.tables},
        "months": dict(collection.plan_data.dimension_ids),
    }


def _codes(collection: Collection) -> Said:
    """The code of each column key that the contract gives one, as long as every table that has the column agrees."""
    shared = ("plan", "ytd", *collection.months, "fot", *(f"restated_{month}" for month in collection.months), "explanation")
    columns = [column for sheet in collection.sheets for table in sheet.tables for column in table.columns]
    found = {key: sorted({column.code for column in columns if column.key == key}) for key in shared}
    return {key: " or ".join(codes) for key, codes in found.items() if codes}


def _headline_rule(collection: Collection, headline: str) -> str:
    return " and ".join(rule.id for rule in all_rules(collection) if rule.headline == headline)


def _thresholds(collection: Collection) -> Said:
    titles = {sheet.key: sheet.title for sheet in collection.sheets}
    return {one.key: f"{one.value:g} {one.unit} on {titles[one.sheet]}" for one in collection.parameters}


def _chart(chart: Chart) -> str:
    return f"{chart.kind}: " + ", ".join(f"{series.table}.{series.line}[{series.column}]" for series in chart.series)


def _rule(rule: Rule) -> str:
    if rule.for_each == ("table",):
        said = f"{rule.severity} every table"
    else:
        said = " ".join([rule.severity, rule.table or "", *rule.for_each])
    narrowed = " ".join([*rule.lines, *([rule.section] if rule.section else []), *rule.months])
    return said + (f": {narrowed}" if narrowed else "") + (", completeness" if rule.completeness else "")


def _table(sheet: str, table: Table) -> Said:
    said: Said = {"sheet": sheet, "lines": _lines(table), "columns": _columns(table)}
    measures = [f"{one.ref}, {one.id}, {one.name}, {one.type}" for one in table.plan_data]
    return {**said, "plan_data": measures} if measures else said


def _columns(table: Table) -> str:
    """Key and kind of each column, a repeated one once with its number of months."""
    counted = Counter(_column(column) for column in table.columns)
    return ", ".join(
        f"{name} {count} {kind}" if repeats else f"{name} {kind}" for (name, repeats, kind), count in counted.items()
    )


def _column(column: Column) -> tuple[str, bool, str]:
    return column.group or column.key, column.group is not None, column.kind + ("+/-" if column.sign == "+/-" else "")


def _lines(table: Table) -> str:
    total = " *total*" if table.total else ""
    if table.lines == ORGANISATIONS:
        return f"{ORGANISATIONS} ({' '.join(kind for kind in KINDS if matches(table.where, _of_kind(kind)))}){total}"
    if isinstance(table.lines, int):
        return f"{RECORDS} ({table.lines}){total}"
    assert isinstance(table.lines, tuple)
    return " ".join(_line(line) for line in table.lines)


def _line(line: Line) -> str:
    return f"*{line.key}*" if line.formula else line.key + (line.sign if line.sign in ("-", "+/-") else "")


def _of_kind(kind: str) -> Organisation:
    about = {"code": "X0", "name": "X", "icb_code": "X0", "region_code": "Y0", "region_name": "Y"}
    return Organisation(kind="icb", **about) if kind == "icb" else Organisation(kind="provider", sector=kind, **about)
