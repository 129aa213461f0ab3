"""Totals worked out from prefills and inputs alone, and what a rule says: Not tested before To do before the verdict."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.small import small_collection, system_of
from workbook_gen.checks.evaluate import Facts, Undefined, number, truth
from workbook_gen.checks.run import Result, complete, facts_of, run_rules, settings_of
from workbook_gen.definition.expand import make_form
from workbook_gen.definition.form import Form
from workbook_gen.definition.instances import make_instances
from workbook_gen.definition.nodes import Arithmetic, Call, Cell, Key, Name, Number
from workbook_gen.definition.values import CellError, Value, serial
from workbook_gen.findings import Outcome

SHEET = """
[[table]]
key = "t"
code = "T"
title = "Table"
lines = "lines/t.csv"
columns = [
  { key = "plan", code = "PLN", label = "Plan", kind = "prefill", source = "plans" },
  { key = "amount", code = "AMT", label = "Amount", kind = "input" },
  { key = "day", code = "DAY", label = "Day", kind = "input", type = "date", optional = true },
  { key = "ratio", code = "RAT", label = "Ratio", kind = "total", formula = "line[amount] / line[plan]" },
  { key = "explanation", code = "TXT", label = "Explanation", kind = "input", type = "text", optional = true },
]

[[table]]
key = "other"
code = "O"
title = "Other"
lines = "lines/t.csv"
columns = [
  { key = "amount", code = "AMT", label = "Amount", kind = "input" },
  { key = "ratio", code = "RAT", label = "Ratio", kind = "total", formula = "10 * t.line[ratio]" },
]

[[rule]]
id = "FIX-001"
table = "t"
title = "Within the ceiling"
severity = "fix"
check = "total[amount] <= ceiling"
message = "Above."
fix = "Lower it."
basis = "consistency"

[[rule]]
id = "LOK-001"
table = "t"
title = "Up to plan"
severity = "look"
check = "a[amount] >= a[plan]"
explain = "a[explanation]"
message = "Below."
fix = "Raise it."
basis = "consistency"

[[rule]]
id = "DIV-001"
table = "t"
title = "A ratio"
severity = "note"
check = "a[ratio] <= 2"
message = "Large."
fix = "Nothing."
basis = "consistency"

[[rule]]
id = "OTH-001"
table = "other"
title = "Another table's ratio"
severity = "fix"
check = "a[ratio] <= 20"
message = "Large."
fix = "Nothing."
basis = "consistency"

[[rule]]
id = "OWN-001"
table = "other"
title = "Another table's amount"
severity = "fix"
check = "a[amount] <= 1000"
message = "Large."
fix = "Nothing."
basis = "consistency"
"""
HEAD = """
[[rule]]
id = "CMP-001"
for_each = "table"
title = "Everything is filled in"
severity = "fix"
completeness = true
check = "table[blank] == 0"
message = "{table}"
fix = "Fill it in."
basis = "consistency"
"""
LINES = "A1,a,A,parts,,,,,\nA2,b,B,parts,,,,,\nA9,total,Total,,,,,,sum(parts[column])\n"
FULL = {
    "t.a.plan": 100.0,
    "t.b.plan": 200.0,
    "t.a.amount": 100.0,
    "t.b.amount": 200.0,
    "other.a.amount": 0.0,
    "other.b.amount": 0.0,
}


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return make_form(small_collection(tmp_path, SHEET, {"t": LINES}, HEAD), system_of())


def values(**changes: Value) -> dict[Key, Value]:
    """The full return with some cells changed, named `t_a_amount`."""
    given: Mapping[str, Value] = {**FULL, **{name.replace("_", "."): value for name, value in changes.items()}}
    return {Key(*name.split(".")): value for name, value in given.items()}


def results(form: Form, **changes: Value) -> dict[str, Result]:
    """What each rule says of the full return with some cells changed; a rule for every table by its table too."""
    found = run_rules(make_instances(form), facts_of(form, complete(form, values(**changes))))
    return {f"{one.instance.rule.id}{f' {one.instance.table}' if not one.instance.rule.table else ''}": one for one in found}


def outcomes(form: Form, **changes: Value) -> dict[str, Outcome]:
    return {name: one.outcome for name, one in results(form, **changes).items()}


def test_totals_are_worked_out_in_the_order_they_are_read(form: Form) -> None:
    found = complete(form, values(t_a_amount=250.0))
    assert found[Key("t", "total", "amount")] == 450
    assert found[Key("t", "a", "ratio")] == 2.5
    assert found[Key("other", "a", "ratio")] == 25
    assert found[Key("t", "total", "ratio")] == 450 / 300


def test_totals_that_are_given_are_not_believed(form: Form) -> None:
    given = {**values(), Key("t", "total", "amount"): 7.0, Key("t", "a", "ratio"): CellError("#N/A")}
    assert complete(form, given) == complete(form, values())


def test_completing_adds_nothing_but_totals_and_changes_no_input(form: Form) -> None:
    before = values(t_a_explanation=" as it was ")
    found = complete(form, before)
    assert set(found) == {key for key, cell in form.cells.items() if cell.role != "not_applicable"}
    assert {key: found[key] for key in before} == before


@pytest.mark.parametrize(
    ("plan", "error"), [(0.0, "#DIV/0!"), (None, "#DIV/0!"), ("none", "#DIV/0!"), (CellError("#N/A"), "#N/A")]
)
def test_an_error_travels_through_totals_as_in_excel(form: Form, plan: Value, error: str) -> None:
    found = complete(form, values(t_a_plan=plan))
    assert found[Key("t", "a", "ratio")] == CellError(error)
    assert found[Key("other", "a", "ratio")] == CellError(error)
    assert found[Key("t", "b", "ratio")] == 1


def test_the_named_cells(form: Form) -> None:
    assert settings_of(form.collection) == {
        "share": 3.7,
        "ceiling": 500,
        "months_done": 7,
        "months_left": 3,
        "issued": serial(form.collection.issued),
        "deadline": serial(form.collection.deadline),
    }


def test_a_full_return_passes(form: Form) -> None:
    assert set(outcomes(form).values()) == {Outcome.PASS}
    assert list(outcomes(form)) == ["FIX-001", "LOK-001", "DIV-001", "OTH-001", "OWN-001", "CMP-001 t", "CMP-001 other"]


def test_a_rule_that_does_not_hold_fails_whatever_its_severity(form: Form) -> None:
    found = outcomes(form, t_a_amount=501.0)
    assert {name for name, outcome in found.items() if outcome is Outcome.FAIL} == {"FIX-001", "DIV-001", "OTH-001"}


@pytest.mark.parametrize(
    ("box", "outcome"),
    [
        (None, Outcome.FAIL),
        ("", Outcome.FAIL),
        ("   ", Outcome.FAIL),
        (CellError("#N/A"), Outcome.FAIL),
        ("Beds open late.", Outcome.EXPLAINED),
        (0.0, Outcome.EXPLAINED),
    ],
)
def test_a_filled_box_explains_a_look(form: Form, box: Value, outcome: Outcome) -> None:
    assert outcomes(form, t_a_amount=99.0, t_a_explanation=box)["LOK-001"] is outcome


def test_a_text_in_the_box_of_a_look_that_passes_changes_nothing(form: Form) -> None:
    assert outcomes(form, t_a_explanation="Just in case.")["LOK-001"] is Outcome.PASS


def test_an_explanation_is_no_answer_to_a_fix(form: Form) -> None:
    assert outcomes(form, t_a_amount=501.0, t_a_explanation="Because.")["FIX-001"] is Outcome.FAIL


def test_a_blank_leaves_every_rule_that_reads_its_table_to_do(form: Form) -> None:
    """Directly or through totals; a rule that reads another table only is told."""
    assert outcomes(form, t_b_amount=None) == {
        "FIX-001": Outcome.TO_DO,
        "LOK-001": Outcome.TO_DO,
        "DIV-001": Outcome.TO_DO,
        "OTH-001": Outcome.TO_DO,
        "OWN-001": Outcome.PASS,
        "CMP-001 t": Outcome.TO_DO,
        "CMP-001 other": Outcome.PASS,
    }


@pytest.mark.parametrize("wrong", ["4.2m", "", CellError("#REF!")])
def test_a_text_or_an_error_leaves_them_not_tested(form: Form, wrong: Value) -> None:
    """Excel's SUM would skip the text, and a ceiling would pass."""
    found = outcomes(form, t_b_amount=wrong)
    not_tested = {"FIX-001", "LOK-001", "DIV-001", "OTH-001"}
    assert {name for name, outcome in found.items() if outcome is Outcome.NOT_TESTED} == not_tested
    assert found["CMP-001 t"] is Outcome.PASS, "a text is no blank"


def test_not_tested_comes_before_to_do(form: Form) -> None:
    found = outcomes(form, t_a_amount="4.2m", t_b_amount=None)
    assert [found[rule] for rule in ("FIX-001", "LOK-001", "OTH-001")] == [Outcome.NOT_TESTED] * 3
    assert found["CMP-001 t"] is Outcome.TO_DO


def test_to_do_comes_before_the_verdict_and_before_an_explanation(form: Form) -> None:
    found = outcomes(form, t_a_amount=99.0, t_b_amount=None, t_a_explanation="Because.")
    assert found["LOK-001"] is Outcome.TO_DO
    assert outcomes(form, t_a_amount=99_999.0, t_b_amount=None)["FIX-001"] is Outcome.TO_DO


def test_to_do_comes_before_a_division_by_zero(form: Form) -> None:
    assert outcomes(form, t_a_plan=0.0, t_b_amount=None)["DIV-001"] is Outcome.TO_DO


def test_a_division_by_zero_is_not_tested_where_it_is_read(form: Form) -> None:
    found = outcomes(form, t_a_plan=0.0)
    assert {name for name, outcome in found.items() if outcome is not Outcome.PASS} == {"DIV-001", "OTH-001"}
    assert {found["DIV-001"], found["OTH-001"]} == {Outcome.NOT_TESTED}


def test_an_optional_blank_leaves_nothing_to_do(form: Form) -> None:
    assert set(outcomes(form, t_a_day=None, t_a_explanation=None).values()) == {Outcome.PASS}


def test_a_text_for_a_date_leaves_the_table_not_tested(form: Form) -> None:
    assert outcomes(form, t_a_day="Tuesday")["FIX-001"] is Outcome.NOT_TESTED


def test_found_and_expected_are_told_with_the_outcome(form: Form) -> None:
    found = results(form, t_a_amount=501.0)
    assert (found["FIX-001"].found, found["FIX-001"].expected) == (701, 500)
    undefined = results(form, t_a_plan=0.0)["DIV-001"]
    assert (undefined.found, undefined.expected) == (None, 2)


def nothing(**cells: Value) -> Facts:
    return Facts({Key("t", "a", name): value for name, value in cells.items()}, {}, {})


def test_what_overflows_has_no_value() -> None:
    with pytest.raises(Undefined, match="#NUM!"):
        number(Arithmetic("*", Number(1e300), Number(1e300)), nothing())


def test_only_bound_trees_are_evaluated() -> None:
    with pytest.raises(TypeError, match="not bound"):
        number(Name("ceiling"), nothing())
    with pytest.raises(TypeError, match="not a function"):
        truth(Call("median", (Number(1.0),)), nothing())


def test_a_blank_cell_and_a_text_are_0_in_arithmetic() -> None:
    assert number(Arithmetic("+", Cell(Key("t", "a", "x")), Number(2.0)), nothing()) == 2
    assert number(Arithmetic("+", Cell(Key("t", "a", "x")), Number(2.0)), nothing(x="12")) == 2
