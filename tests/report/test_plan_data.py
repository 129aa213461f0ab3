"""PlanData files: what R reads from them, as regional analysts do, is what stands in our tidy table."""

import csv
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook

from tests.acceptance.test_plan_data import HEADINGS, MEASURES, MONTHS
from tests.conftest import find_program
from tests.report.round import Round
from tests.returns import answers, collection, issuable, systems
from workbook_gen.definition.nodes import Key
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.pack.plan_file import plan_file
from workbook_gen.report.plan_table import rows_of

SCRIPT = Path(__file__).with_name("read_plan_data.R")
RESTATED = {
    ("E.B.20", "Plan_restated"): "waits_65.restated",
    ("ERF", "Plan_restated"): "erf.restated",
    ("E.M.13", "Plan_restated"): "ae.restated",
    ("E.M.30", "RestatedBedCore"): "beds_core.restated",
    ("E.M.30", "RestatedBedEsc"): "beds_escalation.restated",
    ("AmbHours", "Plan_restated"): "ambulance.restated",
    ("E.B.23c", "Plan_restated"): "ambulance.cat2",
    ("AmbHandover", "Plan_restated"): "ambulance.handover",
}
"""Where each restated figure stands in the return: table and repeated column."""


class About(NamedTuple):
    """What a restated figure is about."""

    system: str
    organisation: str
    measure: str
    column: str
    month: str


@pytest.fixture(scope="module")
def read(picture: Consolidation, tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, str]]:
    """What R makes of the files of every system."""
    folder = tmp_path_factory.mktemp("plan_data")
    for one in picture.systems:
        (folder / f"{one.system.code}.xlsm").write_bytes(plan_file(tuple(rows_of(one)), collection()))
    out = folder / "read.csv"
    script = find_program("Rscript")
    assert script is not None
    done = subprocess.run([script, "--vanilla", SCRIPT, folder, out], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def restated(read: list[dict[str, str]]) -> dict[About, float]:
    """The restated figures that R read, back in the units of the return."""
    measures = {measure.ref: measure for measure in MEASURES}
    months = {month.dimension: month.key for month in MONTHS}
    return {
        About(row["ICSCode"], row["OrgCode"], row["PlanningRef"], heading, months[row["DimensionID"]]): float(row[heading])
        * measures[row["PlanningRef"]].divide
        for row in read
        for heading in ("Plan_restated", "RestatedBedCore", "RestatedBedEsc", "RestatedBedAddedEsc")
        if row[heading]
    }


def tidy(picture: Consolidation) -> dict[About, float]:
    """The same figures in the tidy table."""
    where = {name.partition(".")[::2]: about for about, name in RESTATED.items()}
    found = {}
    frame = picture.figures
    for row in frame[(frame.status == "submitted") & frame.table.isin([table for table, _ in where])].to_dict("records"):
        about = where.get((row["table"], str(row["column"]).removesuffix(f"_{row['month']}")))
        if about is not None and row["line"] != "total":
            found[About(row["system"], row["organisation"], *about, row["month"])] = row["value"]
    return found


@pytest.mark.r
def test_r_reads_the_restated_plans_of_every_system(read: list[dict[str, str]], picture: Consolidation) -> None:
    seen, expected = restated(read), tidy(picture)
    assert len(expected) > 3000
    assert seen.keys() == expected.keys()
    assert seen == pytest.approx(expected, rel=1e-12)


@pytest.mark.r
def test_r_reads_a_row_for_every_provider_measure_and_month(read: list[dict[str, str]], picture: Consolidation) -> None:
    assert list(read[0]) == HEADINGS.replace("\n", " ").split(", ")
    assert {row["ICSCode"] for row in read} == set(systems())
    own = [(row["OrgCode"], row["PlanningRef"], row["DimensionID"]) for row in read]
    providers = [one for one in picture.national.organisations if one.kind == "provider"]
    expected = sum(one.sector in measure.sectors for one in providers for measure in MEASURES) * len(MONTHS)
    assert len(own) == len(set(own)) == expected
    starts = {row["DimensionID"]: row["DimDateStart"] for row in read}
    assert starts == {month.dimension: f"{(month.start.toordinal() - 693594)}" for month in MONTHS}


@pytest.mark.r
def test_r_reads_the_original_plans_and_actuals(read: list[dict[str, str]], picture: Consolidation) -> None:
    by_system = {one.system.code: one for one in picture.systems}
    seen = 0
    for row in read:
        if row["PlanningRef"] == "E.B.20":
            one, line = by_system[row["ICSCode"]], row["OrgCode"].lower()
            month = {month.dimension: month.key for month in MONTHS}[row["DimensionID"]]
            column = f"original_{month}" if month else "october"
            assert float(row["Value_Plans" if month else "Value_Actuals"]) == one.number(Key("waits_65", line, column))
            assert row["Value_Actuals" if month else "Value_Plans"] == ""
            seen += 1
    assert seen > 800


def test_a_month_that_was_not_restated_is_empty(small: Round) -> None:
    blank = next(key for key in answers("QUE") if key.table == "waits_65" and key.column == "restated_jan")
    small.receive(issuable("QUE"), {**answers("QUE"), blank: None}, "QUE.xlsx")
    (one,) = [one for one in small.consolidated().systems if one.returned]
    rows = [dict(zip(HEADINGS.replace("\n", " ").split(", "), row, strict=True)) for row in rows_of(one)]
    own = [row for row in rows if row["OrgCode"] == blank.line.upper() and row["PlanningRef"] == "E.B.20"]
    empty = [row["DimensionName"] for row in own if row["Plan_restated"] is None]
    assert empty == ["October 2023", "January 2024"]


def test_the_file_is_what_its_ending_says_and_holds_no_macro(picture: Consolidation) -> None:
    rows = tuple(rows_of(picture.systems[0]))
    data = plan_file(rows, collection())
    assert data == plan_file(rows, collection())
    with zipfile.ZipFile(BytesIO(data)) as package:
        assert b"macroEnabled.main+xml" in package.read("[Content_Types].xml")
        assert [name for name in package.namelist() if "vba" in name.lower()] == []
    book = load_workbook(BytesIO(data))
    assert book.sheetnames == ["PlanData"]
    assert book["PlanData"].max_row == len(rows) + 1
