"""Whether an answer of one version fits the cell that it has become in the next, and why not."""

from dataclasses import replace
from typing import Any

import pytest

from tests.returns import issuable
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value
from workbook_gen.desk.refit import Refitted, refit

FORM = issuable("QSL").layout.form
MONEY = FORM.cells[Key("agency", "medical", "dec")]
SHARE = FORM.cells[Key("cancer", "fds", "nov")]
TEXT = FORM.cells[Key("agency", "total", "explanation")]
ANSWER = FORM.cells[Key("assurance", "icb_agrees", "answer")]
LIKELY = FORM.cells[Key("risks", "r01", "likelihood")]
WHOSE = FORM.cells[Key("risks", "r01", "organisation")]
DATE = FORM.cells[Key("signoff", "chief_executive", "date")]
TOTAL = FORM.cells[Key("agency", "total", "fot")]
PREFILL = FORM.cells[Key("agency", "medical", "ytd")]


def changed(cell: FormCell, **column: Any) -> FormCell:
    """The cell with a column that is other than it was."""
    return replace(cell, column=cell.column.model_copy(update=column))


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (5.0, MONEY),
        (0.0, MONEY),
        (-5.0, MONEY),
        (5.5, MONEY),
        ("words", TEXT),
        ("x" * 2001, TEXT),
        (45250.0, DATE),
        ("Yes", ANSWER),
    ],
)
def test_a_cell_that_asks_for_the_same_takes_what_stood_in_it(value: Value, cell: FormCell) -> None:
    assert refit(value, cell, FORM, cell) == Refitted(value)


@pytest.mark.parametrize(
    ("value", "was", "now", "why"),
    [
        (CellError("#REF!"), MONEY, MONEY, "the cell holds an Excel error, not a value"),
        ("tbc", MONEY, MONEY, "a text stands where a number belongs"),
        ("soon", DATE, DATE, "a text stands where a date belongs"),
        (5.0, MONEY, None, "this version does not ask for it"),
        (5.0, MONEY, TOTAL, "in this version it is worked out"),
        (5.0, MONEY, PREFILL, "in this version it is filled in by the centre"),
        (5.0, MONEY, TEXT, "a text belongs here now"),
        (5.0, MONEY, DATE, "a date belongs here now"),
        ("words", TEXT, MONEY, "a number belongs here now"),
        (5.0, MONEY, SHARE, "the unit is now %; it was £000"),
        (-5.0, replace(MONEY, sign="+/-"), MONEY, "the expected sign is now +; it was +/-"),
        (5.0, MONEY, replace(MONEY, sign="-"), "the expected sign is now -; it was +"),
        (5.5, replace(MONEY, dp=1), MONEY, "whole numbers are asked now"),
        (5.0, MONEY, changed(MONEY, minimum=10.0), "the least is now 10"),
        (5.0, MONEY, changed(MONEY, maximum=4.0), "the most is now 4"),
        ("x" * 101, TEXT, changed(TEXT, length=100), "it has 101 characters, and there is room for 100"),
        ("Yes", ANSWER, changed(ANSWER, type="choice", options=("Agreed", "Not")), "the list is now: Agreed, Not"),
        ("words", TEXT, ANSWER, "the list is now: Yes, No"),
    ],
)
def test_what_does_not_fit_is_said_with_why(value: Value, was: FormCell, now: FormCell | None, why: str) -> None:
    assert refit(value, was, FORM, now) == Refitted(why=why)


@pytest.mark.parametrize(
    ("value", "was", "now", "taken"),
    [
        (5.0, MONEY, replace(MONEY, sign="+/-"), 5.0),
        (5.0, replace(MONEY, sign="-"), MONEY, 5.0),
        (0.0, MONEY, replace(MONEY, sign="-"), 0.0),
        (5.0, changed(MONEY, maximum=4.0), changed(MONEY, maximum=4.0), 5.0),
        ("yes", TEXT, ANSWER, "Yes"),
        ("Yes", ANSWER, TEXT, "Yes"),
        ("High", LIKELY, changed(LIKELY, options=("low", "high")), "high"),
        (FORM.system.icb.name, WHOSE, WHOSE, FORM.system.icb.name),
    ],
)
def test_what_fits_is_taken_as_the_new_cell_has_it(value: Value, was: FormCell, now: FormCell, taken: Value) -> None:
    assert refit(value, was, FORM, now) == Refitted(taken)
