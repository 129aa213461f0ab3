"""Every case of every rule, on our engine and in the workbook as written; and no rule without its cases."""

import shutil
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import pytest

from tests import shipped
from tests.broken import break_once
from tests.casebook import CaseBook
from workbook_gen.checks.run import Result
from workbook_gen.definition.cases import CaseError, RuleCase, all_rules, checked_values, instance_at, load_cases, without_cases
from workbook_gen.definition.expand import make_form
from workbook_gen.definition.layout import make_layout
from workbook_gen.definition.load import load_collection
from workbook_gen.desk.assemble import Issuable
from workbook_gen.findings import Outcome, word

CASES = load_cases(shipped.FOLDER)
ONE_OF_EACH = [next(case for case in CASES if case.outcome is one) for one in Outcome if one is not Outcome.WAIVED]


@lru_cache(maxsize=4)
def book(code: str) -> CaseBook:
    return CaseBook(shipped.issuable(code))


def words(results: tuple[Result, ...]) -> list[str]:
    return [word(result.outcome, result.instance.rule.severity) for result in results]


def differences(results: tuple[Result, ...], theirs: list[str]) -> list[str]:
    """One sentence for each row of Checks on which the engines differ."""
    rows = zip(results, words(results), theirs, strict=True)
    return [f"{one.instance.name}: ours {ours}, in the workbook {said}" for one, ours, said in rows if ours != said]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_case_is_answered_alike_here_and_in_the_workbook(case: RuleCase) -> None:
    asked = book(case.organisation)
    layout = asked.issuable.layout
    values = checked_values(layout.form, case)
    results = asked.our_results(values)
    result = results[instance_at(layout.instances, case)]
    assert result.outcome is case.outcome, f"{result.instance.name}: {result}"
    assert differences(results, asked.their_words(values)) == []


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_words_beside_the_result_are_the_same_here_and_in_the_workbook(case: RuleCase) -> None:
    asked = book(case.organisation)
    layout = asked.issuable.layout
    values, position = checked_values(layout.form, case), instance_at(layout.instances, case)
    ours = asked.our_saying(values, position)
    assert (ours == "") is (case.outcome is Outcome.PASS)
    assert "unknown" not in ours
    assert asked.their_saying(values, position) == ours


@pytest.mark.parametrize("case", ONE_OF_EACH, ids=str)
def test_a_value_set_in_the_workbook_counts_like_one_written_in_it(case: RuleCase) -> None:
    asked = book(case.organisation)
    plain, set_in = asked.their_words({}), asked.their_words(case.values)
    assert set_in == asked.their_words_when_written(case.values)
    assert asked.their_words({}) == plain, "the plain answers have been put back"
    assert Outcome.PASS is case.outcome or set_in != plain


def test_a_workbook_with_another_rule_says_another_word(tmp_path: Path) -> None:
    """The ceiling itself is within the ceiling; a workbook that says otherwise is noticed by the cases."""
    folder = break_once(tmp_path, "sheets/agency.toml", "total[fot] <= agency_limit", "total[fot] < agency_limit")
    other = CaseBook(Issuable(load_collection(folder), shipped.national(), shipped.national().system("QSL")))
    case = next(case for case in CASES if case.rule == "AGY-001" and case.name == "exactly the ceiling")
    results = book("QSL").our_results(case.values)
    assert differences(results, other.their_words(case.values)) == ["AGY-001: ours Pass, in the workbook Look"]


def test_every_rule_has_a_pass_and_a_fail_and_every_look_an_explanation() -> None:
    assert without_cases(shipped.collection(), CASES) == []


@pytest.mark.parametrize(
    ("rule", "taken", "owed"),
    [
        ("AGY-001", None, ["pass", "fail", "explained"]),
        ("AGY-001", Outcome.EXPLAINED, ["explained"]),
        ("IE-001", None, ["pass", "fail"]),
        ("ELE-009", Outcome.FAIL, ["fail"]),
        ("SGN-001", Outcome.PASS, ["pass"]),
        ("CMP-001", None, ["pass", "to_do"]),
        ("ASR-001", Outcome.TO_DO, ["to_do"]),
    ],
)
def test_a_rule_without_a_case_is_noticed(rule: str, taken: Outcome | None, owed: list[str]) -> None:
    left = [case for case in CASES if case.rule != rule or (taken and case.outcome is not taken)]
    assert len(left) < len(CASES)
    assert without_cases(shipped.collection(), left) == [f"{rule} has no case that is {one}" for one in owed]


def test_a_rule_whose_file_is_taken_away_is_noticed(tmp_path: Path) -> None:
    shutil.copytree(shipped.FOLDER, tmp_path, dirs_exist_ok=True)
    (tmp_path / "cases" / "BAL-001.toml").unlink()
    owing = without_cases(load_collection(tmp_path), load_cases(tmp_path))
    assert owing == [f"BAL-001 has no case that is {one}" for one in ("pass", "fail", "explained")]


def test_cases_of_a_rule_that_is_not_there_are_noticed() -> None:
    rules = {rule.id for rule in all_rules(shipped.collection())}
    stray = [RuleCase("AGY-099", "stray", Outcome.PASS, "QSL", {}, {})]
    assert "AGY-099" not in rules
    assert without_cases(shipped.collection(), [*CASES, *stray]) == ["AGY-099 has cases but is no rule"]


def test_a_collection_without_cases_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no cases"):
        load_cases(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        'rule = "AGY-002"\n[[case]]\nname = "a"\noutcome = "pass"\norganisation = "QSL"\nvalues = {}',
        'rule = "AGY-001"\ncases = 1\ncase = []',
        'rule = "AGY-001"\n[[case]]\nname = "a"\noutcome = "pass"\norganisation = "QSL"',
        'rule = "AGY-001"\n[[case]]\nname = "a"\noutcome = "pass"\norganisation = "QSL"\nvalues = { "agency.nursing" = 1 }',
        'rule = "AGY-001"\n[[case]]\nname = "a"\noutcome = "pass"\norganisation = "QSL"\nat = { row = "x" }\nvalues = {}',
        'rule = "AGY-001"\n[[case]]\nname = "a"\noutcome = "pass"\norganisation = "QSL"\nvalues = { "a.b[c]" = true }',
    ],
)
def test_a_case_that_is_not_written_as_a_case_is_an_error(tmp_path: Path, text: str) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "AGY-001.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CaseError):
        load_cases(tmp_path)


def test_a_case_that_fills_in_a_total_or_looks_at_no_instance_is_an_error() -> None:
    layout = shipped.issuable("QSL").layout
    total = next(iter(layout.form.order))
    with pytest.raises(CaseError, match="nothing is filled in"):
        checked_values(layout.form, RuleCase("AGY-001", "a total", Outcome.PASS, "QSL", {}, {total: 1.0}))
    with pytest.raises(CaseError, match="0 instances"):
        instance_at(layout.instances, RuleCase("BAL-002", "elsewhere", Outcome.PASS, "QSL", {"line": "rx9"}, {}))
    with pytest.raises(CaseError, match="instances of the rule"):
        instance_at(layout.instances, RuleCase("BAL-002", "anywhere", Outcome.PASS, "QSL", {}, {}))


def test_every_rule_is_asked_of_some_system(record_property: Callable[[str, object], None]) -> None:
    rules = {rule.id for rule in all_rules(shipped.collection())}
    systems = shipped.national().systems
    asked = [make_layout(make_form(shipped.collection(), system)).instances for system in systems]
    assert {instance.rule.id for instances in asked for instance in instances} == rules
    assert {case.organisation for case in CASES} <= {system.code for system in systems}
    instances = sum(len(each) for each in asked)
    assert instances > len(rules) * len(systems)
    told = f"{len(rules)} rules, {len(CASES)} cases, {instances} instances in {len(systems)} systems"
    record_property("Cases", told)
