"""What an author may write that neither collection has: it is issued as meant, or refused in words."""

from pathlib import Path

import pytest

from tests.collections import winter
from tests.collections.winter import Said, charts_of, coded, extended, issued, run, sheets_of, spoiled

RULE = """
[[rule]]
id       = "ADD-001"
table    = "{table}"
title    = "Added"
severity = "{severity}"
check    = "{check}"
message  = "Added."
fix      = "Nothing to do."
basis    = "good practice"
"""
RANGE_ONLY = (
    RULE.format(table="crews", severity="look", check="sum(organisations[sep]) >= 1") + 'explain = "total[explanation]"\n'
)
TRIAL = RULE.format(table="fund", severity="fix", check="net[full] > 1000") + "trial = true\n"
ELSEWHERE = RULE.format(table="answers", severity="note", check="filled(staffed[answer])")


def refused(said: Said, *words: str) -> None:
    assert said.code == 2
    assert [word for word in words if word not in said.err] == [], said.err


def rules_shown(path: Path) -> list[object]:
    sheet = next(sheet for sheet in sheets_of(path) if sheet.title == "Checks")
    return [sheet.cell(row, 1).value for row in range(1, sheet.max_row + 1)]


def test_a_copy_with_a_sound_rule_more_is_issued_with_it(tmp_path: Path) -> None:
    sound = RULE.format(table="fund", severity="note", check="net[full] > 1000")
    said = run(tmp_path, "issue", "--jobs", "1", folder=extended(tmp_path, "sheets/fund.toml", sound))
    assert said.code == 0
    assert rules_shown(issued(tmp_path, "N1")).count("ADD-001") == 1


def test_a_look_over_a_range_is_no_matter_where_the_table_has_no_line(tmp_path: Path) -> None:
    """On N1B the table is empty, and so is the box that would explain: the rule is not asked there."""
    said = run(tmp_path, "issue", "--jobs", "1", folder=extended(tmp_path, "sheets/flow.toml", RANGE_ONLY))
    assert said.code == 0, said.err
    assert {code: rules_shown(issued(tmp_path, code)).count("ADD-001") for code in winter.SYSTEMS} == {
        "N1": 1,
        "N1B": 0,
        "SOLE7": 1,
    }


def test_a_rule_that_reads_a_text_that_does_not_apply_is_not_asked_there(tmp_path: Path) -> None:
    """How sure one is, is not asked of the third statement."""
    asked = "check    = \"line[answer] == 'yes'"
    folder = spoiled(tmp_path, "sheets/signoff.toml", asked, asked + " and line[surety] != 'not sure'")
    said = run(tmp_path, "issue", "--jobs", "1", folder=folder)
    assert said.code == 0, said.err
    assert rules_shown(issued(tmp_path, "N1")).count("ANS-001") == 2


def test_a_trial_rule_is_not_shown_to_the_system_and_does_not_weigh(tmp_path: Path) -> None:
    folder = extended(tmp_path, "sheets/fund.toml", TRIAL)
    assert run(tmp_path, "issue", "--jobs", "1", folder=folder).code == 0
    assert run(tmp_path, "practice", "--jobs", "1", folder=folder).code == 0
    assert rules_shown(issued(tmp_path, "N1")).count("ADD-001") == 0
    returns = run(tmp_path, "check", "--json", str(tmp_path / "winter_2030" / "practice"), folder=folder).json["returns"]
    assert sorted(one["state"] for one in returns) == ["clean", "fix", "look"]


def test_a_rule_stands_in_the_file_of_its_tables_sheet(tmp_path: Path) -> None:
    """Else Cover and status lines count the rows of the sheets between."""
    said = run(tmp_path, "issue", "--dry-run", "--jobs", "1", folder=extended(tmp_path, "sheets/flow.toml", ELSEWHERE))
    refused(said, "ADD-001", "answers")


def test_a_series_over_a_section_needs_no_label(tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "sheets/fund.toml", '{ ref = "fund.cost[full]", label = "To September" }', '"fund.cost[full]"')
    assert run(tmp_path, "issue", "--jobs", "1", folder=folder).code == 0
    sheet = next(sheet for sheet in sheets_of(issued(tmp_path, "N1")) if sheet.title == "Winter fund & bridge")
    bars, _ = charts_of(sheet)
    assert bars.series[0].tx is not None


def test_a_colour_that_is_not_in_the_palette_is_refused(tmp_path: Path) -> None:
    folder = spoiled(tmp_path, "sheets/flow.toml", 'colour = "plan"', 'colour = "mauve"')
    refused(run(tmp_path, "issue", "--jobs", "1", folder=folder), "mauve", "flow.toml")


def with_another_code(folder: Path, code: str) -> Path:
    """A copy of the collection in which the ambulance service of N1 has another code."""
    copy = spoiled(folder, "national/bodies.csv", "NAM,", f"{code},")
    crews = copy / "national" / "crews_june.csv"
    crews.write_text(crews.read_text(encoding="utf-8").replace("NAM,", f"{code},"), encoding="utf-8")
    return copy


def test_another_code_of_a_body_is_found_in_the_workbook(tmp_path: Path) -> None:
    assert run(tmp_path, "issue", "--jobs", "1", folder=with_another_code(tmp_path, "ZZ9")).code == 0
    subs = {sub for sheet in sheets_of(issued(tmp_path, "N1")) for _, sub, _ in coded(sheet)}
    assert "ZZ9" in subs
    assert "NAM" not in subs


@pytest.mark.parametrize("code", ["8NAM", "FL4", "TOTAL"])
def test_a_code_of_a_body_that_cannot_be_a_sub_code_is_refused(code: str, tmp_path: Path) -> None:
    """It begins with a digit, or is a table's code or the total's: the workbook could not be read back by its codes."""
    refused(run(tmp_path, "issue", "--jobs", "1", folder=with_another_code(tmp_path, code)), code)


def test_a_sub_code_that_is_a_tables_code_is_refused(tmp_path: Path) -> None:
    """The reader takes the line for the beginning of that table."""
    folder = spoiled(tmp_path, "lines/fund.csv", "W30,", "WS,")
    refused(run(tmp_path, "issue", "--jobs", "1", folder=folder), "WS")


def test_an_import_without_a_publication_says_so(tmp_path: Path) -> None:
    said = run(tmp_path, "import-allocations", str(winter.FOLDER / "collection.toml"))
    refused(said, "publication")
