"""The second collection once it is filled in: recalculated by other engines, read, checked, and its rules' cases."""

from functools import lru_cache
from math import isclose
from pathlib import Path
from shutil import copyfile

import pytest
from openpyxl import load_workbook

from tests.casebook import CaseBook
from tests.collections import winter
from tests.collections.winter import SYSTEMS, completed, formulas_of, issued, run, sheets_of
from tests.engines.libreoffice import Cells, recalculate_with_libreoffice
from tests.engines.second_engine import formualizer_values
from workbook_gen.definition.cases import RuleCase, checked_values, instance_at, load_cases, without_cases
from workbook_gen.definition.layout import EXPECTED_COLUMN, FOUND_COLUMN
from workbook_gen.definition.values import CellError
from workbook_gen.excel.package import open_package
from workbook_gen.excel.scan import scan
from workbook_gen.findings import State, word

CASES = load_cases(winter.FOLDER)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which every workbook is issued and a practice return of each is made."""
    return winter.issued_and_completed(tmp_path_factory.mktemp("winter"))


# Recalculated --------------------------------------------------------------------------------------------------------


def shown_by(path: Path) -> Cells:
    """What stands in every formula's cell, whatever it is shown as; an empty text where nothing does."""
    return {
        (sheet.name, row - 1, column - 1): "" if cell.value is None else cell.value
        for sheet in scan(open_package(path.read_bytes())).sheets
        for (row, column), cell in sheet.cells.items()
        if cell.formula is not None
    }


def without_results(path: Path, folder: Path) -> Path:
    """A copy that openpyxl has saved: it holds no result of any formula, so that what is read from it was worked out."""
    copy = folder / f"{path.parent.name}_{path.name}"
    load_workbook(path).save(copy)
    values = load_workbook(copy, data_only=True)
    places = [(sheet.title, cell.coordinate) for sheet in sheets_of(path) for cell in formulas_of(sheet)]
    assert len(places) > 300
    assert [place for place in places if values[place[0]][place[1]].value is not None] == []
    return copy


def equal(ours: object, theirs: object) -> bool:
    if isinstance(ours, float) and isinstance(theirs, float):
        return isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-7)
    return type(ours) is type(theirs) and ours == theirs


def differences(path: Path, theirs: Cells) -> list[str]:
    """Each formula whose result is not ours; at least 300 are compared."""
    ours = shown_by(path)
    assert len(ours) > 300
    assert not any(isinstance(value, CellError) for value in ours.values())
    pairs = ((place, value, theirs.get(place, "")) for place, value in ours.items())
    return [f"{path.name} {place}: ours {mine!r}, theirs {other!r}" for place, mine, other in pairs if not equal(mine, other)]


def books(workspace: Path) -> list[Path]:
    return [made(workspace, code) for made in (issued, completed) for code in SYSTEMS]


@pytest.mark.libreoffice
def test_libreoffice_recalculates_every_formula_to_our_value(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    copies = [without_results(path, tmp_path) for path in books(workspace)]
    saved = recalculate_with_libreoffice(copies, tmp_path / "out")
    assert [differences(path, shown_by(out)) for path, out in zip(books(workspace), saved, strict=True)] == [[]] * 6


def test_the_second_engine_recalculates_every_formula_to_our_value(workspace: Path, tmp_path: Path) -> None:
    found = [differences(path, formualizer_values(without_results(path, tmp_path))) for path in books(workspace)]
    assert found == [[]] * 6


def test_a_wrong_value_is_seen(workspace: Path) -> None:
    path = completed(workspace, "N1")
    theirs = shown_by(path)
    place = next(place for place, value in theirs.items() if isinstance(value, float) and value)
    theirs[place] = -1234.5
    (said,) = differences(path, theirs)
    assert "-1234.5" in said


# Read and checked ----------------------------------------------------------------------------------------------------

STATES = {
    "clean": (State.CLEAN, set[str]()),
    "short": (State.LOOK, {"FND-002", "FND-003", "FND-004", "BED-001", "BED-002"}),
    "apart": (State.FIX, {"FND-001"}),
    "explained": (State.EXPLAINED, {"FND-002", "FND-003", "FND-004"}),
    "gaps": (State.FIX, {"ALL-030"}),
    "signs": (State.FIX, {"ALL-010"}),
    "strange": (State.LOOK, {"PRJ-002", "PRJ-003", "ANS-003"}),
}


@pytest.mark.parametrize("code", SYSTEMS)
@pytest.mark.parametrize("way", STATES)
def test_each_way_of_filling_in_has_its_state_and_its_findings(way: str, code: str, tmp_path: Path) -> None:
    state, codes = STATES[way]
    checked = winter.filled(code, way, tmp_path)
    asked = {finding for finding in codes if code != "SOLE7" or not finding.startswith("BED")}
    assert {finding.code for finding in checked.findings} == asked
    assert checked.state is state


def test_every_way_is_tried() -> None:
    assert set(winter.ways()) == set(STATES)


def test_the_round_through_the_command_line(workspace: Path) -> None:
    said = run(workspace, "check", "--json", str(workspace / "winter_2030" / "practice"))
    returns = {one["organisation"]: one for one in said.json["returns"]}
    assert said.code == 1, "among the three is one to fix"
    assert set(returns) == set(SYSTEMS)
    assert all(one["collection"] == "winter_2030" and one["version"] == "2.10" for one in returns.values())
    assert not any(finding["code"].startswith("STR") for one in returns.values() for finding in one["findings"])
    assert {code: one["counts"]["inputs"] for code, one in returns.items()} == {"N1": 51, "N1B": 41, "SOLE7": 40}
    assert returns["N1B"]["headlines"]["crews_ready"] == "not_tested"
    assert returns["SOLE7"]["headlines"]["beds_open"] == "not_tested"
    assert run(workspace, "doctor").code == 0


def test_a_practice_return_is_clean_through_the_command_line(workspace: Path) -> None:
    codes = {code: run(workspace, "check", "--fail-on", "look", str(completed(workspace, code))).code for code in SYSTEMS}
    assert sorted(codes.values()) == [0, 1, 1]
    clean = next(code for code, said in codes.items() if said == 0)
    assert run(workspace, "check", str(completed(workspace, clean))).out.startswith(
        f"{clean}_winter_2030_v2.10.xlsx: {clean}, version 2.10: clean"
    )


def test_an_untouched_workbook_is_asked_to_be_filled_in(workspace: Path) -> None:
    (one,) = run(workspace, "check", "--json", str(issued(workspace, "SOLE7"))).json["returns"]
    assert {finding["code"] for finding in one["findings"]} == {"ALL-030"}
    assert {finding["outcome"] for finding in one["findings"]} == {"to_do"}
    assert one["counts"]["inputs_filled"] == 0
    assert one["counts"]["pass"] + one["counts"]["to_do"] == 48


@pytest.mark.parametrize(("written", "named"), [("N1B", "SOLE7"), ("N1B", "N1"), ("SOLE7", "N1B"), ("N1", "N1B")])
def test_a_file_named_as_another_systems_is_noticed_whatever_the_length_of_its_code(
    written: str, named: str, workspace: Path, tmp_path: Path
) -> None:
    path = tmp_path / f"{named}_winter_2030_v2.10.xlsx"
    copyfile(completed(workspace, written), path)
    (one,) = run(workspace, "check", "--json", str(path)).json["returns"]
    assert one["organisation"] == written
    assert [finding["code"] for finding in one["findings"]].count("STR-106") == 1


def test_with_fewer_systems_than_ways_another_seed_brings_other_ways(workspace: Path) -> None:
    dealt = {
        one["way"]
        for seed in range(30)
        for one in run(workspace, "practice", "--dry-run", "--json", "--seed", str(seed)).json["practice"]
    }
    assert dealt == set(winter.ways())


def test_a_threshold_is_said_with_its_decimals(tmp_path: Path) -> None:
    checked = winter.filled("N1", "short", tmp_path)
    (said,) = [finding.message for finding in checked.findings if finding.code == "FND-003"]
    assert said.endswith("below -£0.5m.")


def test_a_count_is_not_shown_as_a_date(workspace: Path) -> None:
    """PRJ-001 reads a date among other cells, but what it finds is a count; PRJ-004 finds a date."""
    checks = next(sheet for sheet in sheets_of(issued(workspace, "N1")) if sheet.title == "Checks")
    formats = {
        rule: {
            checks.cell(row, column).number_format
            for row in range(1, checks.max_row + 1)
            for column in (FOUND_COLUMN + 1, EXPECTED_COLUMN + 1)
            if checks.cell(row, 1).value == rule
        }
        for rule in ("PRJ-001", "PRJ-004")
    }
    assert formats["PRJ-004"] == {"d mmm yyyy"}
    assert len(formats["PRJ-001"]) == 1
    assert "yy" not in formats["PRJ-001"].pop()


def test_every_headline_has_its_colour_though_another_is_not_asked(workspace: Path) -> None:
    """On N1B the first of three headlines is not asked of the system."""
    cover = next(sheet for sheet in sheets_of(issued(workspace, "N1B")) if sheet.title == "Cover")
    labels = {cell.value: cell.row for row in cover.iter_rows(max_col=1) for cell in row}
    coloured = {
        row
        for area in cover.conditional_formatting
        for rows in area.cells.ranges
        for row in range(rows.min_row, rows.max_row + 1)
    }
    asked = {labels["The winter is funded"], labels["Beds are open"]}
    assert asked <= coloured


# Cases ---------------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=3)
def book(code: str) -> CaseBook:
    return CaseBook(winter.issuable(code))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_answered_alike_here_and_in_the_workbook(case: RuleCase) -> None:
    asked = book(case.organisation)
    layout = asked.issuable.layout
    values = checked_values(layout.form, case)
    results = asked.our_results(values)
    assert results[instance_at(layout.instances, case)].outcome is case.outcome
    assert [word(one.outcome, one.instance.rule.severity) for one in results] == asked.their_words(values)


def test_every_rule_has_its_cases() -> None:
    assert len(CASES) > 50
    assert without_cases(winter.collection(), CASES) == []
