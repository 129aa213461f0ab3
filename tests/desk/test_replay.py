"""Replay: the returns in the register under other rules than they came under."""

import csv
import json
import shutil
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.desk.at_the_desk import register, run
from tests.desk.stand_in import START, moment
from tests.desk.test_audit import change_original
from tests.returns import (
    TEMPLATE,
    collection,
    copied_collection,
    issuable,
    listing,
    replace_text,
)
from workbook_gen.definition.cases import all_rules
from workbook_gen.desk.docket import Docket
from workbook_gen.desk.hit_rates import HitRate, rates_as_received
from workbook_gen.desk.originals import original
from workbook_gen.desk.register.cases import Waiver
from workbook_gen.desk.register.decisions import decide
from workbook_gen.desk.replay import that_count
from workbook_gen.desk.waivers import given
from workbook_gen.desk.workspace import Workspace
from workbook_gen.findings import Outcome

TRIAL = """
[[rule]]
id       = "AGY-090"
table    = "agency"
title    = "Many nurses from an agency in March"
severity = "look"
check    = "nursing[mar] == 100000"
message  = "You plan £{nursing[mar]}k."
fix      = "Lower the plan, or explain why."
explain  = "nursing[explanation]"
basis    = "good practice"
trial    = true
"""


def replayed(workspace: Workspace, *words: str | Path) -> dict[str, Any]:
    """What replay says to programs, ended well."""
    result = run(workspace, "replay", "--json", *words)
    assert result.exit_code == 0, result.stderr
    said: dict[str, Any] = json.loads(result.stdout)
    return said


def rule(said: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    (found,) = [one for one in said["rules"] if one["rule"] == code]
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("quick")
def test_the_rates_of_the_register_are_those_of_a_replay_under_the_same_rules(received: Workspace) -> None:
    said = {one["rule"]: (one["asked"], one["hits"], one["pass"], one["organisations"]) for one in replayed(received)["rules"]}
    kept = register(received)
    rates = rates_as_received(collection(), kept, that_count(kept.entries()))
    stored = {one.rule.id: (one.asked, one.hits, one.outcomes.get(Outcome.PASS, 0), one.organisations) for one in rates}
    assert stored == said
    assert sum(hits for _, hits, _, _ in stored.values()) > 0


# --- under the rules that they came under -----------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_under_the_same_rules_nothing_changes_and_nothing_is_written(received: Workspace) -> None:
    before = listing(received.folder)
    said = replayed(received)
    assert (said["submissions"], said["every"], said["changes"], said["left_out"]) == (2, False, [], [])
    assert listing(received.folder) == before
    lines = run(received, "replay").stdout.splitlines()
    assert "No rule says anything else than when the returns came." in lines
    assert replayed(received, "--all")["submissions"] == 3


@pytest.mark.usefixtures("quick")
def test_hit_rates_are_those_of_the_counts_in_the_register(received: Workspace) -> None:
    said = replayed(received, "--all")
    entries = [entry for entry in register(received).entries() if entry.counts_as_return]
    for outcome in ("pass", "explained", "to_do", "not_tested"):
        assert sum(one[outcome] for one in said["rules"]) == sum(entry.counts[outcome] for entry in entries), outcome
    assert sum(one["fail"] for one in said["rules"]) > 0
    for one in said["rules"]:
        assert one["asked"] == sum(one[outcome.value] for outcome in Outcome)
    balance = rule(said, "BAL-001")
    assert (balance["asked"], balance["fail"], balance["organisations"]) == (3, 1, 1)
    assert balance["hit_rate"] == pytest.approx(1 / 3)
    assert "BAL-001" not in said["never_speak"]
    assert {"ALC-001", "RSK-002"} <= set(said["never_speak"])
    silent = {one["rule"] for one in said["rules"] if one["asked"] and not one["hits"]}
    assert set(said["never_speak"]) == silent
    explained = {one["rule"] for one in said["rules"] if one["hits"] and one["explained"] == one["hits"]}
    assert set(said["always_explained"]) == explained != set()
    assert said["always_waived"] == []


@pytest.mark.usefixtures("quick")
def test_what_is_waived_counts_as_waived_and_changes_nothing(received: Workspace) -> None:
    until = START.date() + timedelta(days=9)

    def waiving(docket: Docket) -> list[Waiver]:
        return given(docket, "BAL-001", lambda _: True, "Agreed.", until, "kim")

    decide(register(received), "QYG", moment(9), waiving)
    said = replayed(received)
    balance = rule(said, "BAL-001")
    assert (balance["fail"], balance["waived"], balance["hits"]) == (0, 1, 1)
    assert said["always_waived"] == ["BAL-001"]
    assert said["changes"] == []
    assert "Always waived: BAL-001\n" in run(received, "replay").stdout


@pytest.mark.usefixtures("quick")
def test_the_first_time_pass_counts_the_first_submission_read_of_each(received: Workspace) -> None:
    first = {entry.organisation: entry for entry in reversed(register(received).entries()) if entry.counts_as_return}
    passed = sum(entry.state.name in ("CLEAN", "EXPLAINED") for entry in first.values())
    assert replayed(received)["first_time"] == {"organisations": 2, "passed": passed, "would_pass": None}
    assert replayed(received, "--all")["first_time"] == {"organisations": 2, "passed": passed, "would_pass": passed}


# --- under other rules ------------------------------------------------------------------------------


def test_a_rule_on_trial_is_counted_and_no_workbook_shows_it(received: Workspace, tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    sheet = copy / "sheets" / "agency.toml"
    sheet.write_text(sheet.read_text(encoding="utf-8") + TRIAL, encoding="utf-8")
    said = replayed(received, "--all", "--collection", copy)
    tried = rule(said, "AGY-090")
    assert (tried["trial"], tried["asked"], tried["pass"]) == (True, 3, 1)
    assert {(one["organisation"], one["number"], one["rule"], one["before"]) for one in said["changes"]} == {
        (code, number, "AGY-090", "not_asked") for code, number in (("QSL", 1), ("QSL", 2), ("QYG", 1))
    }
    (first,) = [one for one in said["changes"] if (one["organisation"], one["number"]) == ("QSL", 1)]
    assert (first["after"], first["found_before"], first["found_after"]) == ("pass", None, 100000.0)
    assert (first["table"], first["line"], first["month"]) == ("agency", None, None)
    text = run(received, "replay", "--collection", copy).stdout
    assert "  AGY-090  (on trial)\n" in text
    assert "'not asked' to " in text


def test_a_threshold_that_moves_turns_pass_to_fail_at_those_whom_it_meets(received: Workspace, tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    replace_text(copy / "sheets" / "position.toml", 'check = "total[fot] >= total[plan]"', 'check = "total[fot] < total[plan]"')
    shutil.rmtree(copy / "cases")
    said = replayed(received, "--collection", copy)
    turned = {one["organisation"]: (one["before"], one["after"]) for one in said["changes"] if one["rule"] == "BAL-001"}
    assert turned == {"QSL": ("pass", "fail"), "QYG": ("fail", "pass")}
    text = run(received, "replay", "--collection", copy).stdout
    assert "    pass to fail, 1 submission: QSL\n" in text
    assert "    fail to pass, 1 submission: QYG\n" in text
    assert run(received, "doctor", "--audit").exit_code == 0


def test_a_rule_that_is_gone_is_told_of_those_whom_it_was_asked(received: Workspace, tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    sheet = copy / "sheets" / "risks.toml"
    blocks = sheet.read_text(encoding="utf-8").split("[[rule]]")
    kept = [block for block in blocks if '"RSK-002"' not in block]
    assert len(kept) == len(blocks) - 1
    sheet.write_text("[[rule]]".join(kept), encoding="utf-8")
    shutil.rmtree(copy / "cases")
    path = tmp_path / "rules.csv"
    said = replayed(received, "--collection", copy, "--csv", path)
    gone = [(one["organisation"], one["before"], one["after"]) for one in said["changes"]]
    assert gone == [("QSL", "pass", "not_asked"), ("QYG", "pass", "not_asked")]
    with path.open(encoding="utf-8", newline="") as stream:
        rows = {row["rule"]: row for row in csv.DictReader(stream)}
    assert rows["RSK-002"]["changes"] == "pass to 'not asked': QSL, QYG"
    assert rows["RSK-002"]["asked"] == ""
    assert len(rows) == len(said["rules"]) + 1
    assert {code: (row["asked"], row["hits"], row["changes"]) for code, row in rows.items() if code != "RSK-002"} == {
        one["rule"]: (str(one["asked"]), str(one["hits"]), "") for one in said["rules"]
    }


def test_a_definition_of_another_version_reads_none_and_says_so(received: Workspace, tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    path = copy / "collection.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"1.0"', '"1.1"'), encoding="utf-8")
    said = replayed(received, "--collection", copy)
    assert said["submissions"] == 0
    assert [one["organisation"] for one in said["left_out"]] == ["QSL", "QYG"]
    assert all("The file is version 1.0; the current version is 1.1." in one["why"] for one in said["left_out"])
    assert all(one["asked"] == 0 and one["hit_rate"] is None for one in said["rules"])
    assert said["never_speak"] == []


# --- what is not as it should be --------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_an_original_that_is_not_as_it_came_is_left_out_and_told(received: Workspace) -> None:
    entries = {(one.organisation, one.number): one for one in register(received).entries()}
    change_original(original(received.received, entries["QSL", 2].sha256), b"another")
    original(received.received, entries["QYG", 1].sha256).unlink()
    result = run(received, "replay", "--all", "--json")
    assert result.exit_code == 2
    said = json.loads(result.stdout)
    assert said["submissions"] == 1
    assert {(one["organisation"], one["number"], one["original_lost"]) for one in said["left_out"]} == {
        ("QSL", 2, True),
        ("QYG", 1, True),
    }
    assert said["first_time"]["would_pass"] is None
    text = run(received, "replay", "--all").stdout
    assert "Left out: QSL, submission 2. " in text
    assert "is not what was received: put it back from your backup." in text
    assert "is gone: receive the file again" in text


@pytest.mark.usefixtures("quick")
def test_a_register_without_a_return_is_an_error(workspace: Workspace) -> None:
    result = run(workspace, "replay")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "The register holds no return that was read." in result.stderr
    assert not workspace.register_path.exists()


# --- the rates themselves ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcomes", "tested", "hits", "always"),
    [
        ({}, 0, 0, set()),
        ({Outcome.PASS: 3}, 3, 0, set()),
        ({Outcome.PASS: 1, Outcome.FAIL: 1, Outcome.TO_DO: 5, Outcome.NOT_TESTED: 2}, 2, 1, {Outcome.FAIL}),
        ({Outcome.EXPLAINED: 2, Outcome.TO_DO: 1}, 2, 2, {Outcome.EXPLAINED}),
        ({Outcome.WAIVED: 2, Outcome.PASS: 2}, 4, 2, {Outcome.WAIVED}),
        ({Outcome.WAIVED: 1, Outcome.EXPLAINED: 1}, 2, 2, set()),
    ],
)
def test_a_rate_counts_what_gave_a_verdict(outcomes: dict[Outcome, int], tested: int, hits: int, always: set[Outcome]) -> None:
    plain = next(one for one in all_rules(collection()) if one.id == "AGY-001")
    found = HitRate(plain, outcomes, 1)
    assert (found.tested, found.hits, found.is_silent) == (tested, hits, not hits)
    assert found.rate == (hits / tested if tested else None)
    assert {one for one in (Outcome.FAIL, Outcome.EXPLAINED, Outcome.WAIVED) if found.is_always(one)} == always


def test_a_rule_about_blanks_speaks_where_something_is_to_do() -> None:
    blanks = next(one for one in all_rules(collection()) if one.completeness)
    found = HitRate(blanks, {Outcome.PASS: 3, Outcome.TO_DO: 1}, 1)
    assert (found.tested, found.hits, found.rate) == (4, 1, 0.25)


def test_every_rule_of_the_collection_is_among_the_rates() -> None:
    written_down = sum(path.read_text(encoding="utf-8").count("\n[[rule]]") for path in TEMPLATE.rglob("*.toml"))
    assert len(list(all_rules(collection()))) == written_down > 50


def test_no_two_instances_of_a_rule_stand_in_one_place() -> None:
    for code in ("QYG", "QSL", "QUE"):
        spots = [(one.rule.id, one.table, one.line, one.month) for one in issuable(code).layout.instances]
        assert len(spots) == len(set(spots))
