"""PlanData: a row for each provider, measure and month, in the layout that NHS England's analysts read with R.

The sheet's name, its 26 headings and where values stand are an interface: headings in row 1, nothing else.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_gen.definition.calendar import month_date, month_name
from workbook_gen.definition.layout import PLAN_DATA, Layout
from workbook_gen.definition.model import PlanData, Table
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import serial
from workbook_gen.excel.contents import Contents
from workbook_gen.excel.formula import Place
from workbook_gen.excel.page import Page
from workbook_gen.excel.style import DATE_FORMAT

HEADINGS = (
    "RegionName",
    "RegionCode",
    "ICSCode",
    "ICSName",
    "OrgCode",
    "OrgName",
    "DimensionID",
    "DimDateStart",
    "DimensionName",
    "PlanningRef",
    "MeasureID",
    "MeasureName",
    "MeasureType",
    "Value_Actuals",
    "Value_Plans",
    "OriginalBedCore",
    "OriginalBedEsc",
    "OriginalBedAddedEsc",
    "OrgCodeCalc",
    "Plan_restated",
    "RestatedBedCore",
    "RestatedBedEsc",
    "RestatedBedAddedEsc",
    "helper 1",
    "helper 2",
    "helper 3",
)


_COLUMNS = {heading: column for column, heading in enumerate(HEADINGS)}
_NARROWEST = 14


@dataclass(frozen=True)
class Row:
    """One row: its texts, its date as a serial day, and the cells that its figures come from."""

    texts: dict[str, str]
    start: float
    figures: dict[str, Key]
    divide: int


def plan_rows(layout: Layout) -> Iterator[Row]:
    """The rows, measure by measure in the order of the sheets, each organisation with its months in order."""
    for sheet in layout.form.collection.sheets:
        for table in sheet.tables:
            for measure in table.plan_data:
                for line in layout.form.tables[table.key].lines:
                    if line.organisation is not None:
                        for month in (layout.form.collection.actual_to, *layout.form.collection.months):
                            yield _row(layout, table, measure, line.key, month)


def _row(layout: Layout, table: Table, measure: PlanData, line: str, month: str) -> Row:
    collection, board = layout.form.collection, layout.form.system.icb
    organisation = layout.form.tables[table.key].line_by_key[line].organisation
    assert organisation is not None
    start = month_date(collection.year_start, month)
    dimension = collection.plan_data.dimension_ids.get(month, "")
    texts = {
        "RegionName": board.region_name,
        "RegionCode": board.region_code,
        "ICSCode": board.code,
        "ICSName": board.name,
        "OrgCode": organisation.code,
        "OrgName": organisation.name,
        "DimensionID": dimension,
        "DimensionName": f"{month_name(month)} {start.year}",
        "PlanningRef": measure.ref,
        "MeasureID": measure.id,
        "MeasureName": measure.name,
        "MeasureType": measure.type,
        "OrgCodeCalc": organisation.code,
        "helper 1": organisation.code,
        "helper 2": dimension,
        "helper 3": measure.ref,
    }
    return Row(texts, serial(start), dict(_figures(layout, table, measure, line, month)), measure.divide)


def _figures(layout: Layout, table: Table, measure: PlanData, line: str, month: str) -> Iterator[tuple[str, Key]]:
    if month == layout.form.collection.actual_to:
        wanted = {"Value_Actuals": measure.actual}
    else:
        wanted = {"Value_Plans": measure.plan, "Plan_restated": measure.restated, **measure.cells}
    for heading, name in wanted.items():
        if name:
            owner, _, column = name.rpartition(".")
            columns = layout.form.tables[owner or table.key].table.columns
            for one in columns:
                key = Key(owner or table.key, line, one.key)
                if column in (one.key, one.group) and one.month in (None, month) and key in layout.cells:
                    yield heading, key


def write_plan_data(page: Page, layout: Layout, contents: Contents) -> int:
    """Write the sheet; the number of its rows."""
    rows = list(plan_rows(layout))
    page.widths([_width(heading, rows) for heading in HEADINGS])
    for column, heading in enumerate(HEADINGS):
        page.put(0, column, heading, "header")
    page.height(0, 33)
    for count, row in enumerate(rows, 1):
        for heading, text in row.texts.items():
            page.put(count, _COLUMNS[heading], text)
        page.put(count, _COLUMNS["DimDateStart"], row.start, "plain", DATE_FORMAT)
        for heading, key in row.figures.items():
            _write_figure(page, count, heading, key, row.divide, layout, contents)
    return len(rows)


def _width(heading: str, rows: list[Row]) -> float:
    """Wide enough for the longest text of the column."""
    return max([_NARROWEST, *(len(row.texts.get(heading, "")) + 1 for row in rows)])


def _write_figure(page: Page, row: int, heading: str, key: Key, divide: int, layout: Layout, contents: Contents) -> None:
    """A reference to the figure's cell; a month that is not filled in stays empty, because a plain reference reads 0."""
    reference = Place(layout, PLAN_DATA).cell(key)
    value = contents.values.get(key)
    scaled = f"{reference}/{divide}" if divide != 1 else reference
    if isinstance(value, float | int):
        value = value / divide
    if layout.form.cells[key].role == "input":
        page.formula(row, _COLUMNS[heading], f'=IF(ISBLANK({reference}),"",{_numeric(reference, scaled)})', _shown(value))
    else:
        page.formula(row, _COLUMNS[heading], f"={scaled}", 0 if value is None else value)


def _numeric(reference: str, scaled: str) -> str:
    """A text in the cell is handed on as it stands, not divided."""
    return scaled if scaled == reference else f"IF(ISTEXT({reference}),{reference},{scaled})"


def _shown(value: float | str | None) -> float | str:
    return "" if value is None else value
