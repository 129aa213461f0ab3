"""PlanData is the interface that NHS England's analysts read: 26 columns, a row for every provider, measure and month."""

from datetime import date
from typing import NamedTuple

import pytest

from tests.returns import answers, issuable, written
from tests.workbooks import Book, Code, Value, collection, figures, members, plain

SHEET = "PlanData"

HEADINGS = """RegionName, RegionCode, ICSCode, ICSName, OrgCode, OrgName, DimensionID, DimDateStart, DimensionName, PlanningRef,
MeasureID, MeasureName, MeasureType, Value_Actuals, Value_Plans, OriginalBedCore, OriginalBedEsc, OriginalBedAddedEsc,
OrgCodeCalc, Plan_restated, RestatedBedCore, RestatedBedEsc, RestatedBedAddedEsc, helper 1, helper 2, helper 3"""
"""The names as RETURN.md lists them."""
RESTATED = ("Plan_restated", "RestatedBedCore", "RestatedBedEsc", "RestatedBedAddedEsc")
FIGURES = ("Value_Actuals", "Value_Plans", "OriginalBedCore", "OriginalBedEsc", "OriginalBedAddedEsc", *RESTATED)
TEXTS = tuple(name for name in HEADINGS.replace("\n", " ").split(", ") if name not in (*FIGURES, "DimDateStart"))


class Month(NamedTuple):
    dimension: str
    start: date
    name: str
    key: str


MONTHS = (
    Month("1117", date(2023, 10, 1), "October 2023", ""),
    Month("1118", date(2023, 11, 1), "November 2023", "nov"),
    Month("1119", date(2023, 12, 1), "December 2023", "dec"),
    Month("1120", date(2024, 1, 1), "January 2024", "jan"),
    Month("1121", date(2024, 2, 1), "February 2024", "feb"),
    Month("1122", date(2024, 3, 1), "March 2024", "mar"),
)
MAIN_MONTHS = {"nov": "M08", "dec": "M09", "jan": "M10", "feb": "M11", "mar": "M12"}


class Measure(NamedTuple):
    """A measure of RETURN.md's table: whom it is about, and the national figures and input columns behind it."""

    ref: str
    id: str
    name: str
    type: str
    sectors: tuple[str, ...]
    actual: str = ""
    plans: tuple[tuple[str, str], ...] = ()
    restated: tuple[tuple[str, str, str], ...] = ()
    divide: int = 1


HOSPITALS = ("acute", "specialist")
BEDS = "Average number of overnight G&A beds available"
MEASURES = (
    Measure(
        *("E.B.20", "2074", "Number of 65+ week RTT waits", "Count", HOSPITALS, "waits_65_actual.oct"),
        plans=(("Value_Plans", "waits_65_plan"),),
        restated=(("Plan_restated", "ELE5", "RS"),),
    ),
    Measure(
        *("ERF", "ERF", "Value-weighted elective activity", "Count", HOSPITALS),
        plans=(("Value_Plans", "erf_plan"),),
        restated=(("Plan_restated", "ELE4", "RS"),),
    ),
    Measure(
        *("E.M.13", "2066", "A&E attendances within 4 hours, all types", "Percentage", ("acute",), "ae_actual.share"),
        plans=(("Value_Plans", "ae_plan"),),
        restated=(("Plan_restated", "UEC3", "RS"),),
        divide=100,
    ),
    Measure(
        *("E.M.30", "3017", BEDS, "Denominator", ("acute",), "beds_core_actual.oct"),
        plans=(("OriginalBedCore", "beds_core_plan"), ("OriginalBedEsc", "beds_escalation_plan")),
        restated=(("RestatedBedCore", "UEC1", "RS"), ("RestatedBedEsc", "UEC2", "RS")),
    ),
    Measure(
        *("AmbHours", "AmbHours", "Deployed ambulance hours", "Count", ("ambulance",), "ambulance_actual.hours"),
        plans=(("Value_Plans", "ambulance_hours_plan"),),
        restated=(("Plan_restated", "UEC4", "RS"),),
    ),
    Measure(
        *("E.B.23c", "1181", "C2 Mean", "Mean", ("ambulance",), "ambulance_actual.cat2"),
        restated=(("Plan_restated", "UEC4", "C2"),),
        divide=1440,
    ),
    Measure(
        *("AmbHandover", "AmbHandover", "Average Handover", "Mean", ("ambulance",), "ambulance_actual.handover"),
        restated=(("Plan_restated", "UEC4", "HO"),),
        divide=1440,
    ),
)


def headings() -> list[str]:
    return HEADINGS.replace("\n", " ").split(", ")


def rows(book: Book) -> list[dict[str, tuple[str, int, int]]]:
    """The places of each row below the headings, by heading."""
    return [{name: (SHEET, row, column) for column, name in enumerate(headings(), 1)} for row in book.rows(SHEET) if row > 1]


def value(book: Book, row: dict[str, tuple[str, int, int]], name: str) -> Value:
    return book.cells[row[name]].value


def expected_rows(code: str) -> set[tuple[str, Measure, Month]]:
    """Every provider of the system in a measure's sectors, with every measure and month."""
    own = members(code)
    return {
        (row["org_code"], measure, month)
        for measure in MEASURES
        for row in own
        if row["kind"] == "provider" and row["sector"] in measure.sectors
        for month in MONTHS
    }


def found_rows(book: Book) -> dict[tuple[str, Measure, Month], dict[str, tuple[str, int, int]]]:
    """The rows by what they are about; a row of no measure or month fails."""
    measures = {measure.ref: measure for measure in MEASURES}
    months = {month.dimension: month for month in MONTHS}
    return {
        (
            str(value(book, row, "OrgCode")),
            measures[str(value(book, row, "PlanningRef"))],
            months[str(value(book, row, "DimensionID"))],
        ): row
        for row in rows(book)
    }


def test_the_26_columns_stand_in_row_1_and_nothing_beyond(book: Book) -> None:
    assert len(headings()) == len(set(headings())) == 26
    assert [book.text(SHEET, 1, column) for column in range(1, 27)] == headings()
    used = {place for place, seen in book.cells.items() if place[0] == SHEET and seen.value is not None}
    assert {column for _, _, column in used} <= set(range(1, 27))
    assert max(row for _, row, _ in used) == book.sheets[SHEET].max_row
    assert book.sheets[SHEET].max_column == 26


def test_there_is_a_row_for_every_provider_measure_and_month(book: Book, code: str) -> None:
    expected = expected_rows(code)
    assert len(expected) >= 12
    assert len(rows(book)) == len(expected)
    assert set(found_rows(book)) == expected


def test_every_text_is_there_as_text_and_right(book: Book, code: str) -> None:
    own = {row["org_code"]: row for row in members(code)}
    for (provider, measure, month), row in found_rows(book).items():
        said = {name: value(book, row, name) for name in TEXTS}
        assert said == {
            "RegionName": own[code]["region_name"],
            "RegionCode": own[code]["region_code"],
            "ICSCode": code,
            "ICSName": own[code]["name"],
            "OrgCode": provider,
            "OrgName": own[provider]["name"],
            "DimensionID": month.dimension,
            "DimensionName": month.name,
            "PlanningRef": measure.ref,
            "MeasureID": measure.id,
            "MeasureName": measure.name,
            "MeasureType": measure.type,
            "OrgCodeCalc": provider,
            "helper 1": provider,
            "helper 2": month.dimension,
            "helper 3": measure.ref,
        }
        assert {book.cells[row[name]].cell.data_type for name in TEXTS} == {"s"}
        start = book.cells[row["DimDateStart"]]
        assert start.cell.is_date
        assert start.value == plain(month.start)


def test_figures_are_the_national_ones_with_fractions_for_percentages_and_times(book: Book) -> None:
    compared = 0
    for (provider, measure, month), row in found_rows(book).items():
        expected = dict.fromkeys(FIGURES)
        expected |= original(measure, provider, month)
        assert {name: value(book, row, name) for name in FIGURES} == pytest.approx(expected)
        compared += sum(figure is not None for figure in expected.values())
    assert compared >= 10


def original(measure: Measure, provider: str, month: Month) -> dict[str, float]:
    """What an untouched row shows: October's actual, or the original plan of a month to come."""
    if month.key:
        return {name: figures(table)[provider][month.key] / measure.divide for name, table in measure.plans}
    if not measure.actual:
        return {}
    table, column = measure.actual.split(".")
    own = figures(table)[provider]
    return {"Value_Actuals": own["within_4h"] / own["attendances"] if column == "share" else own[column] / measure.divide}


def test_a_restated_month_is_empty_until_it_is_filled_in(book: Book) -> None:
    seen = 0
    for (provider, measure, month), row in found_rows(book).items():
        expected = {name: Code(table, provider, table + code) for name, table, code in measure.restated if month.key}
        for name in RESTATED:
            formula = book.cells[row[name]].formula
            if name not in expected:
                assert formula is None
                assert value(book, row, name) is None
                continue
            table, sub, main = expected[name]
            at = book.coded[Code(table, sub, main + MAIN_MONTHS[month.key])]
            cell = f"'{at[0]}'!{book.cells[at].cell.coordinate}".replace("'Elective'", "Elective")
            assert formula in restated_formulas(cell, measure.divide)
            seen += 1
    assert seen == len(found_rows(book)) * 5 / 6 + sum(
        measure.ref == "E.M.30" and bool(month.key) for _, measure, month in found_rows(book)
    )


def restated_formulas(cell: str, divide: int) -> set[str]:
    """A blank stays blank; a text is handed on undivided."""
    if divide == 1:
        return {f'=IF(ISBLANK({cell}),"",{cell})'}
    return {f'=IF(ISBLANK({cell}),"",IF(ISTEXT({cell}),{cell},{cell}/{divide}))', f'=IF(ISBLANK({cell}),"",{cell}/{divide})'}


@pytest.mark.parametrize("system", ["QUE", "QYG"])
def test_restated_figures_are_handed_on_as_fractions(system: str) -> None:
    book = Book(written(issuable(system), answers(system)))
    compared = 0
    for (provider, measure, month), row in found_rows(book).items():
        for name, table, code in measure.restated if month.key else ():
            given = book.at(Code(table, provider, table + code + MAIN_MONTHS[month.key])).value
            assert isinstance(given, float)
            assert value(book, row, name) == pytest.approx(given / measure.divide)
            compared += 1
    assert compared == sum(len(measure.restated) for _, measure, month in expected_rows(system) if month.key) > 20


def test_the_measures_are_all_the_measures(book: Book) -> None:
    refs = [measure.ref for sheet in collection().sheets for table in sheet.tables for measure in table.plan_data]
    assert sorted(refs) == sorted(measure.ref for measure in MEASURES)
    assert book.sheets[SHEET].auto_filter.ref is None
