"""What a rule says of a return: Not tested before To do before the verdict; explained; completeness says no more than To do.

On our engine: the result word of the Checks sheet is compared with it on whole workbooks.
"""

import pytest

from tests.engines.trial import key, trial_form
from workbook_gen.checks.run import Result, complete, facts_of, run_rules
from workbook_gen.definition.instances import Instance, make_instances
from workbook_gen.definition.values import CellError, Value
from workbook_gen.findings import Outcome, word

BLANK = [str(cell.key) for cell in trial_form().inputs() if cell.required]
WHOLE: dict[str, Value] = {name: "yes" if name.endswith(("[answer]", "[effect]")) else 1.0 for name in BLANK}
"""Every required input answered."""

Cells = dict[str, Value]


def results(cells: Cells) -> dict[str, Result]:
    """Every rule instance of the trial return, by name."""
    form = trial_form()
    facts = facts_of(form, complete(form, {key(name): value for name, value in cells.items()}))
    return {name_of(result.instance): result for result in run_rules(make_instances(form), facts)}


def name_of(instance: Instance) -> str:
    """`LOK-001 apples`; the rules asked of every table with the table."""
    return f"{instance.name} {instance.table}" if "table" in instance.rule.for_each else instance.name


def said(name: str, cells: Cells) -> str:
    """The word that one instance shows."""
    result = results(cells)[name]
    return word(result.outcome, result.instance.rule.severity)


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("FIX-001 dec", {}, "Pass"),
        ("FIX-001 dec", {"apples[nov]": 1.01}, "Fix"),
        ("FIX-001 dec", {"apples[nov]": 1.004}, "Pass"),
        ("LOK-001 apples", {}, "Pass"),
        ("LOK-001 apples", {"apples[plan]": 4.0}, "Look"),
        ("LOK-001 pears", {"apples[plan]": 4.0}, "Pass"),
        ("NOT-001 apples", {"apples[plan]": 3.0}, "Pass"),
        ("NOT-001 apples", {"apples[plan]": 2.0}, "Note"),
        ("FIX-002", {"staff.r01[pay]": 500.0}, "Pass"),
        ("FIX-002", {"staff.r01[pay]": 500.01}, "Fix"),
        ("NOT-002", {"sites.qx1[plan]": 9.0}, "Pass"),
        ("NOT-002", {"sites.qx1[plan]": 8.0}, "Note"),
    ],
)
def test_verdict(name: str, cells: Cells, expected: str) -> None:
    assert said(name, WHOLE | cells) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("because", "Explained"), ("0", "Explained"), (None, "Look"), ("", "Look"), ("   ", "Look")],
)
def test_a_filled_box_explains_a_look(text: str | None, expected: str) -> None:
    assert said("LOK-001 apples", {**WHOLE, "apples[plan]": 9.0, "apples[explanation]": text}) == expected


def test_a_filled_box_beside_a_look_that_passes_changes_nothing() -> None:
    assert said("LOK-001 apples", {**WHOLE, "apples[explanation]": "because"}) == "Pass"


def test_an_error_in_the_box_explains_nothing() -> None:
    assert said("LOK-001 apples", {**WHOLE, "apples[plan]": 9.0, "apples[explanation]": CellError("#N/A")}) == "Look"


@pytest.mark.parametrize("failing", [{}, {"apples[plan]": 9.0}])
def test_to_do_before_the_verdict(failing: Cells) -> None:
    cells = {**WHOLE, **failing, "pears[dec]": None}
    assert said("LOK-001 apples", cells) == "To do"


def test_to_do_while_a_table_is_blank_that_is_read_through_totals() -> None:
    assert said("NOT-002", {**WHOLE, "sites.qx1[plan]": 9.0, "sites.rx2[jan]": None}) == "To do"
    assert said("NOT-002", {**WHOLE, "sites.qx1[plan]": 9.0, "apples[nov]": None}) == "Pass"


def test_a_blank_that_is_optional_is_nothing_to_do() -> None:
    assert said("FIX-002", {}) == "Pass"


def test_a_text_answer_of_spaces_is_not_blank_and_not_a_number_too_many() -> None:
    assert said("LOK-001 apples", {**WHOLE, "apples[answer]": " "}) == "Pass"


@pytest.mark.parametrize("stray", ["12,5", " ", "abc", CellError("#DIV/0!"), CellError("#REF!")])
@pytest.mark.parametrize("blank", [False, True])
def test_not_tested_before_to_do(stray: str, blank: bool) -> None:
    cells: Cells = {**WHOLE, "plums[jan]": stray, **({"pears[dec]": None} if blank else {})}
    for name in ("LOK-001 apples", "FIX-001 dec", "NOT-001 apples"):
        assert said(name, cells) == "Not tested"


def test_not_tested_only_where_the_table_is_read() -> None:
    assert said("FIX-002", {**WHOLE, "plums[jan]": "abc"}) == "Pass"


@pytest.mark.parametrize("name", ["NOT-001 apples", "NOT-002"])
def test_not_tested_where_it_divides_by_zero(name: str) -> None:
    assert said(name, WHOLE) == "Not tested"


def test_to_do_before_a_division_by_zero() -> None:
    assert said("NOT-002", {**WHOLE, "sites.qx1[nov]": None}) == "To do"


@pytest.mark.parametrize(
    ("table", "cells", "expected"),
    [
        ("figures", {}, "Pass"),
        ("figures", {"apples[nov]": None}, "To do"),
        ("figures", {"apples[nov]": "abc"}, "Pass"),
        ("figures", {"apples[nov]": "abc", "pears[nov]": None}, "To do"),
        ("figures", {"apples[nov]": CellError("#N/A")}, "Pass"),
        ("sites", {"apples[nov]": None}, "Pass"),
        ("sites", {"sites.rx2[jan]": None}, "To do"),
    ],
)
def test_completeness_says_pass_or_to_do(table: str, cells: Cells, expected: str) -> None:
    assert said(f"CMP-001 {table}", WHOLE | cells) == expected


def test_no_instance_where_a_cell_does_not_apply() -> None:
    names = set(results(WHOLE))
    assert {"LOK-001 apples", "LOK-001 turnips", "CMP-001 figures", "CMP-001 sites"} <= names
    assert names.isdisjoint({"LOK-001 carrots", "LOK-001 total", "CMP-001 staff", "CMP-001 level", "CMP-001 stations"})


def test_the_figures_compared_are_shown() -> None:
    shown = results({**WHOLE, "apples[plan]": 4.0, "apples[ytd]": 0.5})["LOK-001 apples"]
    assert (shown.outcome, shown.found, shown.expected) == (Outcome.FAIL, 3.5, 4.0)
    undefined = results(WHOLE)["NOT-001 apples"]
    assert (undefined.found, undefined.expected) == (None, 3.7)
