"""Practice returns: seeded, every way occurs, the clean ones are clean, and each other is wrong in the way its name says."""

from collections import Counter
from functools import cache

import pytest

from tests.returns import (
    SYSTEMS,
    answers,
    by_code,
    check,
    completed,
    file_name,
    issuable,
    practice,
    structural_codes,
    systems,
    way,
)
from workbook_gen.checks.run import complete, facts_of, run_rules
from workbook_gen.definition.model import System
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.practice import Practice, Way, cells_of
from workbook_gen.definition.values import Value
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.practice import PLAIN_TEXT, choose_ways, fill_in
from workbook_gen.findings import Outcome, State

SAYS = {
    "clean": ({}, State.EXPLAINED),
    "deficit_explained": ({"BAL-001": Outcome.EXPLAINED}, State.EXPLAINED),
    "deficit_unexplained": ({"BAL-001": Outcome.FAIL}, State.LOOK),
    "agency_rising": ({"AGY-002": Outcome.FAIL}, State.LOOK),
    "elective_short": ({"ELE-001": Outcome.FAIL}, State.LOOK),
    "incomplete": ({"CMP-001": Outcome.TO_DO}, State.FIX),
    "inconsistent": (dict.fromkeys(("IE-003", "IE-004", "BRG-001", "EFF-001", "ELE-002", "ASR-003"), Outcome.FAIL), State.FIX),
    "text_in_numbers": ({"STR-401": Outcome.FAIL, "STR-402": Outcome.FAIL}, State.FIX),
}
"""What each way is to show, by rule or code, and the heaviest state that it may have."""


@cache
def checked(code: str, way_key: str) -> CheckedReturn:
    return check(completed(code, way_key), file_name(code))


@pytest.mark.parametrize("code", SYSTEMS)
@pytest.mark.parametrize("way_key", SAYS)
def test_a_way_is_wrong_as_its_name_says(way_key: str, code: str) -> None:
    expected, state = SAYS[way_key]
    found = checked(code, way_key)
    assert found.state is state or (way_key == "clean" and found.state is State.CLEAN)
    for rule, outcome in expected.items():
        assert {finding.outcome for finding in by_code(found, rule)} == {outcome}, rule
    told = structural_codes(found)
    assert (sorted(set(told)) == ["STR-401", "STR-402"]) if way_key == "text_in_numbers" else told == []


@pytest.mark.parametrize("code", SYSTEMS)
def test_what_a_way_leaves_unexplained_is_all_that_is_to_be_looked_at(code: str) -> None:
    for one in practice().ways:
        found = checked(code, one.key)
        looks = {finding.code for finding in found.findings if finding.severity == "look" and finding.outcome is Outcome.FAIL}
        assert looks <= set(one.leave), one.key
        assert bool(looks) == bool(one.leave), one.key


def test_every_way_has_its_test() -> None:
    assert [one.key for one in practice().ways] == list(SAYS)


@pytest.mark.parametrize("seed", [1, 2])
def test_clean_is_clean_in_every_system(seed: int) -> None:
    """By the rules, from the answers alone: that a file is read as it was written is proved elsewhere."""
    for code in systems():
        one = issuable(code)
        facts = facts_of(one.layout.form, complete(one.layout.form, {**one.prefill, **answers(code, "clean", seed)}))
        results = run_rules(one.layout.instances, facts)
        outcomes = Counter(
            (result.outcome, result.instance.rule.severity)
            for result in results
            if result.outcome not in (Outcome.PASS, Outcome.EXPLAINED)
        )
        assert set(outcomes) <= {(Outcome.FAIL, "note")}, (code, outcomes)
        assert len(results) > 150
    assert len(systems()) > 40


def test_the_same_seed_gives_the_same_answers_and_another_others() -> None:
    one = issuable("QSL")
    again = fill_in(one, practice(), way("clean"), 1)
    other = fill_in(one, practice(), way("clean"), 2)
    assert again == answers("QSL")
    assert list(again) == list(other) == [cell.key for cell in one.layout.form.inputs()]
    assert sum(again[key] != other[key] for key in again) > 100


def test_systems_differ_under_one_seed() -> None:
    shares = {code: answers(code)[Key("agency_control", "above_price_cap", "october")] for code in SYSTEMS}
    assert len(set(shares.values())) == len(SYSTEMS)


def test_every_way_occurs_about_as_often_as_it_weighs() -> None:
    codes = tuple(f"Q{number:03}" for number in range(400))
    lots = sum(one.weight for one in practice().ways)
    dealt = Counter(one.key for one in choose_ways(practice(), codes, 1).values())
    for one in practice().ways:
        assert abs(dealt[one.key] - len(codes) * one.weight / lots) <= one.weight, one.key
    assert {one.key for one in choose_ways(practice(), systems(), 1).values()} == set(SAYS)


def test_the_seed_decides_who_gets_which() -> None:
    first, again, other = (choose_ways(practice(), systems(), seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other
    assert list(first) == list(other) == list(systems())


def test_incomplete_leaves_blank_just_what_it_says() -> None:
    one = issuable("QYG")
    form = one.layout.form
    named = {cell.key for target in way("incomplete").blank for cell in cells_of(target, form)}
    before, after = answers("QYG"), answers("QYG", "incomplete")
    assert {key for key in before if before[key] is not None and after[key] is None} == named
    assert len(named) > 10


def test_a_collection_without_recipes_is_answered_plainly() -> None:
    plain = Practice(ways=(Way(key="plain", label="Plain answers"),))
    one = issuable("QSL")
    given = fill_in(one, plain, plain.ways[0], 1)
    form = one.layout.form
    required = [cell for cell in form.inputs() if cell.required]
    assert len(required) > 300
    kinds: dict[str, set[Value]] = {}
    for cell in required:
        kinds.setdefault(cell.column.type, set()).add(given[cell.key])
    assert kinds["number"] == {0.0}
    assert kinds["text"] == {PLAIN_TEXT}
    assert kinds["yesno"] == {"Yes"}
    assert len(kinds["date"]) == 1


def test_an_organisation_is_one_of_the_system() -> None:
    system: System = issuable("QUE").system
    names = {one.name for one in system.organisations}
    given = [answers("QUE")[Key("risks", f"r{number:02}", "organisation")] for number in range(1, 4)]
    assert given[2] == system.icb.name
    assert set(given) <= names
