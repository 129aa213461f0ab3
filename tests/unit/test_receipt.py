"""What a check says: exit codes by weight, the object for programs, the lines for people, the table of the demo."""

import json
from dataclasses import replace

import pytest

from tests.returns import answers, collection, issuable
from workbook_gen.catalogue import catalogue, structural
from workbook_gen.checks.run import complete, facts_of, run_rules
from workbook_gen.desk.check import CheckedReturn, RuleResult
from workbook_gen.desk.receipt import as_json, as_text, exit_code, summary_table
from workbook_gen.excel.identity import Identity
from workbook_gen.findings import Finding, Outcome, Severity, State

IDENTITY = Identity("QSL", "1.0", None, ())


def finding(severity: Severity, outcome: Outcome, code: str = "AGY-002") -> Finding:
    what = "Agency F12: too much."
    return Finding(code, severity, outcome, "Agency falls", what, "Lower it.", sheet="Agency", cells=("F12",))


FIX, LOOK, NOTE = (finding(severity, Outcome.FAIL) for severity in (Severity.FIX, Severity.LOOK, Severity.NOTE))
EXPLAINED = finding(Severity.LOOK, Outcome.EXPLAINED)
WAIVED = finding(Severity.LOOK, Outcome.WAIVED)
TO_DO = finding(Severity.FIX, Outcome.TO_DO, "CMP-001")
NOT_TESTED = finding(Severity.NOTE, Outcome.NOT_TESTED)


def checked(*findings: Finding, file: str = "a.xlsx", identity: Identity | None = IDENTITY) -> CheckedReturn:
    return CheckedReturn(file, "0" * 64, "h2_2023_24", identity, findings)


@pytest.mark.parametrize(
    ("findings", "state", "codes"),
    [
        ((), State.CLEAN, (0, 0, 0)),
        ((NOTE,), State.CLEAN, (0, 0, 0)),
        ((WAIVED,), State.CLEAN, (0, 0, 0)),
        ((EXPLAINED, NOTE), State.EXPLAINED, (0, 0, 0)),
        ((LOOK, EXPLAINED), State.LOOK, (0, 1, 0)),
        ((FIX, LOOK), State.FIX, (1, 1, 0)),
        ((TO_DO,), State.FIX, (1, 1, 0)),
        ((NOT_TESTED,), State.FIX, (1, 1, 0)),
        ((structural("STR-401", found="TBC"),), State.FIX, (1, 1, 0)),
        ((structural("STR-202"),), State.FIX, (1, 1, 0)),
        ((structural("STR-107"), structural("STR-108")), State.CLEAN, (0, 0, 0)),
        ((structural("STR-110"),), State.CLEAN, (0, 0, 0)),
        ((structural("STR-106"), FIX), State.FIX, (4, 4, 4)),
    ],
)
def test_state_and_exit_codes(findings: tuple[Finding, ...], state: State, codes: tuple[int, int, int]) -> None:
    found = checked(*findings)
    assert found.state is state
    assert tuple(exit_code(found, fail_on) for fail_on in ("fix", "look", "never")) == codes


def test_every_refusal_has_its_exit_code_whatever_fails() -> None:
    refusals = [entry.code for entry in catalogue() if entry.refuses]
    assert len(refusals) > 12
    for code in refusals:
        found = checked(structural(code), identity=None)
        expected = 4 if code.startswith("STR-1") else 3
        assert {exit_code(found, fail_on) for fail_on in ("fix", "look", "never")} == {expected}, code
        assert found.state is State.REFUSED


def test_the_object_of_a_refused_file() -> None:
    one = as_json(checked(structural("STR-002"), identity=None), collection())
    assert json.loads(json.dumps(one)) == one
    assert (one["organisation"], one["version"], one["state"]) == (None, None, "refused")
    assert set(one["headlines"].values()) == {"not_tested"}
    assert one["counts"]["fix"] == 1
    assert one["findings"][0]["code"] == "STR-002"


def test_the_heaviest_stands_first_and_an_explained_one_asks_nothing() -> None:
    lines = list(as_text(checked(EXPLAINED, NOTE, FIX, TO_DO, LOOK)))
    assert lines[0] == "a.xlsx: QSL, version 1.0: fix"
    assert [line.split()[0] for line in lines[1:]] == ["FIX", "TO", "LOOK", "EXPLAINED", "NOTE"]
    assert lines[1].endswith("Agency F12: too much. Lower it.")
    assert lines[4].endswith("Agency F12: too much.")


def test_a_refused_file_says_why() -> None:
    first, second = as_text(checked(structural("STR-002"), identity=None))
    assert first == "a.xlsx: refused"
    assert second.startswith("  REFUSED    STR-002  The file is encrypted")


def filled(code: str) -> CheckedReturn:
    """A system's clean return, without a file."""
    one = issuable(code)
    facts = facts_of(one.layout.form, complete(one.layout.form, {**one.prefill, **answers(code)}))
    results = tuple(RuleResult.of(result, facts.values) for result in run_rules(one.layout.instances, facts))
    return replace(checked(identity=replace(IDENTITY, organisation=code)), results=results)


def test_the_counts_are_of_rule_instances() -> None:
    counts = filled("QYG").counts()
    assert counts["pass"] + counts["explained"] == len(issuable("QYG").layout.instances)
    assert counts["fix"] == counts["look"] == counts["to_do"] == counts["waived"] == 0


def test_the_table_has_a_heading_and_a_line_a_return() -> None:
    rows = list(summary_table([filled("QYG"), checked(structural("STR-002"), identity=None)], collection(), {"QYG": "Clean"}))
    assert [state for _, state in rows] == ["heading", "clean", "refused"]
    heading, first, second = (line for line, _ in rows)
    labels = [one.label for one in collection().headlines]
    assert [label for label in labels if label not in heading] == []
    assert first.startswith("QYG  clean")
    assert first.endswith("Clean")
    assert [first[heading.index(label) :].split()[0] for label in labels] == ["yes"] * 4
    assert second.startswith("?    refused")
    assert second.count("not tested") == 4
