"""A second collection, of other bodies, months, units and tables: issued, filled in, read and checked by the same Python."""

import re
from collections import Counter
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.cell import range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from tests.collections import winter
from tests.collections.winter import SYSTEMS, charts_of, coded, completed, issued, run, sheets_of, texts_of

GREEN, YELLOW = "FFCCFFCC", "FFFFFF99"
FUND_LINES = {"W10": "staff", "W20": "grant", "W30": "beds", "W40": "levy", "W50": "vehicles"}
FLOW_LINES = {"F10": "discharges", "F20": "handover", "F30": "weekend", "F40": "waiting"}
LINES = {**FUND_LINES, **FLOW_LINES, "I10": "rate"}
"""The national column that a fixed line's figures are named by."""
MONTHS = {"M04": "jul", "M05": "aug", "M06": "sep"}
SOURCES = {
    "WFBAS": ("fund_base", "{line}"),
    "WFACT": ("fund_spent", "{line}"),
    **{f"WFAG{code}": ("fund_agreed", f"{{line}}_{month}") for code, month in MONTHS.items()},
    "FL1JUN": ("flow_june", "{line}"),
    "FL2JUN": ("beds_june", "open"),
    **{f"FL2OR{code}": ("beds_plan", month) for code, month in MONTHS.items()},
    "FL3JUN": ("beds_june", "occupancy"),
    "FL4JUN": ("crews_june", "hours"),
    "FL5JUN": ("crews_june", "mean"),
    "FL6RAT": ("crew_index", "{line}"),
}
"""The national table and column that stand below a main code, worked out by hand from the definition."""
PREFILLED = {"N1": 37, "N1B": 31, "SOLE7": 28}
INPUTS = {"N1": 96, "N1B": 82, "SOLE7": 81}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every workbook is issued and a practice return of each is made."""
    return winter.issued_and_completed(tmp_path_factory.mktemp("winter"))


def the_sheet(path: Path, title: str) -> Worksheet:
    return next(sheet for sheet in sheets_of(path) if sheet.title == title)


def fill_of(cell: Cell) -> str:
    return str(cell.fill.start_color.rgb) if cell.fill.fill_type == "solid" else ""


# Issued --------------------------------------------------------------------------------------------------------------


def test_every_system_is_issued_once(tmp_path: Path) -> None:
    first, second = (run(tmp_path, "issue", "--json", "--jobs", "1").json for _ in range(2))
    assert [row["organisation"] for row in first["issued"]] == sorted(SYSTEMS) == ["N1", "N1B", "SOLE7"]
    assert (first["new"], second["new"], second["changed"], second["unchanged"]) == (3, 0, 0, 3)
    assert all(issued(tmp_path, code).exists() for code in SYSTEMS)
    assert [row["sha256"] for row in first["issued"]] == [row["sha256"] for row in second["issued"]]


def test_the_sheets_are_the_collections_own(workspace: Path) -> None:
    own = ["Sign-off", "Winter fund & bridge", "Flow (patients)", "R1C1"]
    for code in SYSTEMS:
        titles = [sheet.title for sheet in sheets_of(issued(workspace, code))]
        assert titles == ["Cover", "Guidance", *own, "Checks", "PlanData", "About"]


@pytest.mark.parametrize("code", SYSTEMS)
def test_the_green_cells_hold_the_national_figures_found_by_codes(code: str, workspace: Path) -> None:
    seen = 0
    for sheet in sheets_of(issued(workspace, code)):
        for main, sub, cell in coded(sheet):
            if fill_of(cell) != GREEN:
                assert main not in SOURCES or cell.value is None or cell.data_type == "f", (main, sub)
                continue
            table, column = SOURCES[main][0], SOURCES[main][1].format(line=LINES.get(sub, ""))
            row = next(row for row in winter.rows(table) if row["org_code"] == (code if sub in LINES else sub))
            item = next(one for one in winter.rows("items") if (one["table"], one["column"]) == (table, column))
            assert cell.value == float(row[column]), (main, sub)
            assert bool(cell.font.i) is (item["status"] == "illustrative"), (main, sub)
            assert cell.protection.locked
            seen += 1
    assert seen == PREFILLED[code]


@pytest.mark.parametrize("code", SYSTEMS)
def test_the_yellow_cells_are_open_and_no_others(code: str, workspace: Path) -> None:
    cells = [cell for sheet in sheets_of(issued(workspace, code)) for row in sheet.iter_rows() for cell in row]
    opened = [cell for cell in cells if not cell.protection.locked]
    assert len(opened) == INPUTS[code]
    assert {fill_of(cell) for cell in opened if isinstance(cell, Cell)} == {YELLOW}
    assert all(cell.value is None for cell in opened)


@pytest.mark.parametrize("code", SYSTEMS)
def test_nothing_of_the_shipped_return_is_in_it(code: str, workspace: Path) -> None:
    """Neither its year, months and bodies nor its subject, in any text that a person meets."""
    texts = list(texts_of(issued(workspace, code)))
    assert sum("July" in text for text in texts) > 5
    strange = re.compile(r"H2\b|20[12]\d\b|NHS|\bICB\b|gency|Octo|Novem|Decem|\bQ[A-Z][A-Z0-9]\b|trike")
    assert len(texts) > 500
    assert sorted({text for text in texts if strange.search(text)}) == []


def test_what_is_said_of_a_file_names_no_day_of_another_year(workspace: Path) -> None:
    codes = [row["code"] for row in run(workspace, "explain", "--json").json["rules"]]
    pages = {code: run(workspace, "explain", code).out for code in codes}
    assert len(pages) > 60
    assert [code for code, page in pages.items() if re.search(r"20[12]\d\b", page)] == []


def test_a_table_without_an_organisation_says_so_in_its_own_words(workspace: Path) -> None:
    said = {code: Counter(texts_of(issued(workspace, code))) for code in SYSTEMS}
    assert {code: said[code]["No ambulance crews start from here."] for code in SYSTEMS} == {"N1": 0, "N1B": 2, "SOLE7": 0}
    assert {code: said[code]["No site here has beds."] for code in SYSTEMS} == {"N1": 0, "N1B": 0, "SOLE7": 1}
    assert said["N1B"]["FL4JUN"] == 0
    assert said["N1"]["FL4JUN"] == 1


def test_a_line_is_called_illustrative_only_if_all_its_green_figures_are(workspace: Path) -> None:
    """The beds open in June are published, the plan beside them is not: the note may not name the line."""
    sheet = the_sheet(issued(workspace, "N1B"), "Flow (patients)")
    title = next(row for row in range(1, 99) if sheet.cell(row, 1).value == "FL2")
    note = str(sheet.cell(title + 1, 2).value)
    assert "llustrative" in note
    assert "Vale Infirmary" not in note


# Formulas, charts, PlanData ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("main", "sub", "formula"),
    [
        ("WFOVM05", "W10", "=N(J17)-G17"),  # line[month] and line[agreed, month] under a repeated column
        ("WFOVM05", "W90", "=SUM(M18,M20)+SUM(M17,M19,M21)"),  # a total line, its sections interleaved; what it reads is grey
        ("WFFUL", "W90", "=E16+SUM(I16:K16)"),
        ("WSSTP", "T20", "=O19"),  # fund.line[full]
        ("WSRUN", "T20", "=E27+D28"),  # previous[column]
        ("FL1BET", "F20", "=(N(G16)-D16)*-1"),  # direction
    ],
)
def test_a_formula_is_what_the_definition_means(main: str, sub: str, formula: str, workspace: Path) -> None:
    cells = [cell for sheet in sheets_of(issued(workspace, "N1B")) for m, s, cell in coded(sheet) if (m, s) == (main, sub)]
    assert [cell.value for cell in cells] == [formula]


def points(reference: str) -> list[tuple[int, int]]:
    """The cells of a chart's reference, as row and column."""
    found = []
    for part in reference.strip("()").split(","):
        left, top, right, bottom = range_boundaries(part.rpartition("!")[2])
        found += [(row, column) for row in range(top or 0, (bottom or 0) + 1) for column in range(left or 0, (right or 0) + 1)]
    return found


def test_a_chart_draws_the_lines_of_its_section_though_others_stand_between_them(workspace: Path) -> None:
    sheet = the_sheet(issued(workspace, "N1"), "Winter fund & bridge")
    costs = [(cell.row, cell.column) for main, sub, cell in coded(sheet) if main == "WFFUL" and sub in ("W10", "W30", "W50")]
    (series,) = charts_of(sheet)[0].series
    assert len(costs) == 3
    assert points(series.val.numRef.f) == costs
    assert points((series.cat.strRef or series.cat.numRef).f) == [(row, 2) for row, _ in costs]


def test_each_chart_is_there_where_its_table_has_lines(workspace: Path) -> None:
    drawn = {
        code: [type(chart).__name__ for sheet in sheets_of(issued(workspace, code)) for chart in charts_of(sheet)]
        for code in SYSTEMS
    }
    all_four = ["BarChart", "LineChart", "BarChart", "LineChart"]
    assert drawn == {"N1": all_four, "N1B": ["BarChart", "LineChart", "LineChart"], "SOLE7": all_four}


def test_plan_data_has_the_collections_months_and_numbers(workspace: Path) -> None:
    rows = {}
    for code in SYSTEMS:
        sheet = load_workbook(completed(workspace, code), data_only=True)["PlanData"]
        heads, *rest = sheet.iter_rows(values_only=True)
        rows[code] = [dict(zip(map(str, heads), row, strict=True)) for row in rest]
    assert {code: len(found) for code, found in rows.items()} == {"N1": 20, "N1B": 8, "SOLE7": 8}
    of_vale = [row for row in rows["N1B"] if row["PlanningRef"] == "W.2"]
    assert [row["DimensionID"] for row in of_vale] == ["J06", "J07", "J08", "J09"]
    assert [row["DimensionName"] for row in of_vale] == ["June 2030", "July 2030", "August 2030", "September 2030"]
    assert [str(row["DimDateStart"])[:10] for row in of_vale] == [f"2030-0{month}-01" for month in (6, 7, 8, 9)]
    assert of_vale[0]["Value_Actuals"] == pytest.approx(0.906)
    assert of_vale[0]["Plan_restated"] is None
    assert [row["Plan_restated"] for row in of_vale[1:]] == [pytest.approx(0.906)] * 3
    hours = [row for row in rows["SOLE7"] if row["PlanningRef"] == "W.3"]
    assert [(row["Value_Actuals"], row["Value_Plans"]) for row in hours] == [(9800, None), *[(None, 9900)] * 3]
    assert {row["OrgCode"] for row in rows["N1"]} == {"NAA1", "NC022", "NAM"}
