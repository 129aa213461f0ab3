"""The check before any workbook: every rule has its words, a passing and a failing case."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.collections import winter
from tests.returns import TEMPLATE, copied_collection
from tests.shipped import collection, national
from workbook_gen.definition.model import Collection
from workbook_gen.lint.definition import definition_verdict, national_verdict
from workbook_gen.lint.verdict import Said


def test_the_shipped_definitions_pass() -> None:
    assert definition_verdict(collection(), TEMPLATE).said is Said.PASS
    assert definition_verdict(winter.collection(), winter.FOLDER).said is Said.PASS


@pytest.mark.parametrize(
    ("name", "blank"), [("title", " "), ("message", ()), ("message", (" ",)), ("fix", ("",)), ("basis", "")]
)
def test_a_rule_without_its_words_is_found(name: str, blank: object) -> None:
    found = definition_verdict(with_rule(**{name: blank}), TEMPLATE)
    assert (found.number, found.said, found.offences) == (0, Said.FAIL, (f"AGY-002 has no {name}",))


def with_rule(**changes: object) -> Collection:
    """The definition with one rule changed."""
    sheets = tuple(
        sheet.model_copy(
            update={"rules": tuple(rule.model_copy(update=changes) if rule.id == "AGY-002" else rule for rule in sheet.rules)}
        )
        for sheet in collection().sheets
    )
    return collection().model_copy(update={"sheets": sheets})


def test_a_definition_without_rules_does_not_pass() -> None:
    sheets = tuple(sheet.model_copy(update={"rules": ()}) for sheet in collection().sheets)
    bare = collection().model_copy(update={"sheets": sheets, "rules": ()})
    assert definition_verdict(bare, TEMPLATE).offences[0] == "The definition has no rules"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the collection, to change."""
    return copied_collection(tmp_path)


def test_a_rule_without_cases_is_found(copy: Path) -> None:
    (copy / "cases" / "AGY-002.toml").unlink()
    assert definition_verdict(collection(), copy).offences == ("AGY-002 has no cases/AGY-002.toml",)


@pytest.mark.parametrize(("rule", "outcome"), [("AGY-002", "pass"), ("AGY-002", "fail"), ("CMP-001", "to_do")])
def test_a_rule_that_is_never_seen_passing_or_failing_is_found(copy: Path, rule: str, outcome: str) -> None:
    path = copy / "cases" / f"{rule}.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(f'outcome = "{outcome}"', 'outcome = "explained"'), encoding="utf-8"
    )
    assert definition_verdict(collection(), copy).offences == (f"{rule} has no case in cases/{rule}.toml that says {outcome}",)


@pytest.mark.parametrize("text", ["rule = ", "case = 3", "case = [3]"])
def test_cases_that_cannot_be_read_are_found(copy: Path, text: str) -> None:
    (copy / "cases" / "AGY-002.toml").write_text(text, encoding="utf-8")
    (found,) = definition_verdict(collection(), copy).offences
    assert found.startswith("cases/AGY-002.toml cannot be read: ")


def test_cases_of_no_rule_are_found(copy: Path) -> None:
    (copy / "cases" / "AGY-099.toml").write_text('rule = "AGY-099"', encoding="utf-8")
    assert definition_verdict(collection(), copy).offences == ("cases/AGY-099.toml has cases of no rule",)


def test_a_collection_without_a_folder_of_cases_lacks_them_all(copy: Path) -> None:
    for path in (copy / "cases").iterdir():
        path.unlink()
    rules = sum(len(sheet.rules) for sheet in collection().sheets) + len(collection().rules)
    assert len(definition_verdict(collection(), copy).offences) == rules > 40


def test_national_data_that_were_loaded_reconcile_unless_there_are_none() -> None:
    assert national_verdict(national()).said is Said.PASS
    assert national_verdict(replace(national(), systems=())).said is Said.FAIL
    assert national_verdict(replace(national(), tables={})).said is Said.FAIL
