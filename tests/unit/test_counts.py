"""The four counts of a table and the word beside each line."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.small import small_form
from workbook_gen.checks.counts import count_inputs, line_words
from workbook_gen.definition.bind import COUNTS
from workbook_gen.definition.doubts import AS_TEXT, NOT_WHOLE
from workbook_gen.definition.form import Form
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value

SHEET = """
[[table]]
key = "t"
code = "T"
title = "Table"
lines = "lines/t.csv"
columns = [
  { key = "plan", code = "PLN", label = "Plan", kind = "prefill", source = "plans" },
  { key = "amount", code = "AMT", label = "Amount", kind = "input" },
  { key = "more", code = "MOR", label = "More", kind = "input", optional = true },
  { key = "day", code = "DAY", label = "Day", kind = "input", type = "date", optional = true },
  { key = "sure", code = "SUR", label = "Sure", kind = "input", type = "yesno" },
  { key = "explanation", code = "TXT", label = "Explanation", kind = "input", type = "text", optional = true },
]

[[table]]
key = "words"
code = "W"
title = "Words"
records = 2
columns = [{ key = "said", code = "SAI", label = "Said", kind = "input", type = "text" }]
"""
LINES = """\
A1,plus,Plus,,+,,,,
A2,minus,Minus,,-,,,,
A3,either,Either,,+/-,,,,
A4,share,Share,,+,%,,,
A9,total,Total,,,,,,plus[column] + minus[column]
"""
REQUIRED = 8
"""Four lines, each with an amount and an answer; the total line asks for nothing but an explanation."""


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return small_form(tmp_path, SHEET, {"t": LINES})


def counts(form: Form, **cells: Value) -> tuple[int, ...]:
    """The four counts of the table; cells are named `plus_amount`."""
    return counted(form, "t", given(**cells))


def counted(form: Form, table: str, values: Mapping[Key, Value]) -> tuple[int, ...]:
    found = count_inputs(form, values)
    return tuple(found[table, kind] for kind in COUNTS)


def given(**cells: Value) -> dict[Key, Value]:
    places = {name: name.partition("_") for name in cells}
    return {Key("t", places[name][0], places[name][2]): value for name, value in cells.items()}


def test_an_empty_table_is_all_blank(form: Form) -> None:
    assert counts(form) == (REQUIRED, 0, 0, 0)
    assert counted(form, "words", {}) == (2, 0, 0, 0)


def test_0_is_an_answer_and_an_optional_blank_is_none_missing(form: Form) -> None:
    assert counts(form, plus_amount=0.0) == (REQUIRED - 1, 0, 0, 0)
    assert counts(form, plus_more=1.0, plus_day=45000.0, plus_explanation="x") == (REQUIRED, 0, 0, 0)


def test_prefilled_figures_and_totals_are_not_counted(form: Form) -> None:
    assert counts(form, plus_plan=-1.5, total_amount=-1.5) == (REQUIRED, 0, 0, 0)


@pytest.mark.parametrize("value", ["12", "n/a", "", " ", CellError("#DIV/0!")])
@pytest.mark.parametrize("column", ["amount", "more", "day"])
def test_a_text_or_an_error_where_a_number_belongs(form: Form, column: str, value: Value) -> None:
    blank = REQUIRED - (column == "amount")
    assert counts(form, **{f"plus_{column}": value}) == (blank, 1, 0, 0)


def test_texts_and_answers_are_no_numbers(form: Form) -> None:
    assert counts(form, plus_sure="maybe", plus_explanation="12") == (REQUIRED - 1, 0, 0, 0)
    assert counts(form, plus_sure=1.0) == (REQUIRED - 1, 0, 0, 0)


@pytest.mark.parametrize(
    ("line", "value", "wrong"),
    [
        ("plus", -1.0, 1),
        ("plus", 1.0, 0),
        ("plus", 0.0, 0),
        ("minus", 1.0, 1),
        ("minus", -1.0, 0),
        ("minus", 0.0, 0),
        ("either", -1.0, 0),
        ("either", 1.0, 0),
        ("share", -1.0, 1),
    ],
)
def test_the_sign_expected_is_the_lines(form: Form, line: str, value: float, wrong: int) -> None:
    assert counts(form, **{f"{line}_amount": value}) == (REQUIRED - 1, 0, wrong, 0)


def test_signs_are_counted_in_every_cell_but_not_of_a_date(form: Form) -> None:
    assert counts(form, plus_amount=-1.0, plus_more=-2.0, minus_more=3.0, plus_day=-4.0)[2] == 3


def test_no_sign_is_counted_beside_a_text_in_the_same_table(form: Form) -> None:
    """The table cannot be tested anyway, and Excel's COUNTIF would see the text's neighbours only."""
    assert counts(form, plus_amount=-1.0, minus_amount="n/a") == (REQUIRED - 2, 1, 0, 0)


@pytest.mark.parametrize(
    ("line", "value", "not_whole"),
    [("plus", 1.5, 1), ("plus", 1.0, 0), ("plus", -0.1, 1), ("plus", 1e15, 0), ("either", 0.5, 1), ("share", 76.4, 0)],
)
def test_whole_numbers_are_expected_where_the_unit_is_whole(form: Form, line: str, value: float, not_whole: int) -> None:
    assert counts(form, **{f"{line}_amount": value})[3] == not_whole


def test_lines_are_counted_that_are_not_whole_not_cells(form: Form) -> None:
    assert counts(form, plus_amount=1.5, plus_more=2.5, minus_more=-3.5)[3] == 2


def test_a_line_with_a_text_says_so_whatever_else_is_wrong(form: Form) -> None:
    words = line_words(form, given(plus_amount=1.5, plus_more="n/a", minus_more=-3.5, either_day="soon"))
    assert words == {
        ("t", "plus"): AS_TEXT,
        ("t", "minus"): NOT_WHOLE,
        ("t", "either"): AS_TEXT,
        ("t", "share"): "",
    }


def test_a_date_may_have_hours(form: Form) -> None:
    assert line_words(form, given(plus_day=45000.5))["t", "plus"] == ""


def test_every_table_has_its_four_counts_in_order(form: Form) -> None:
    assert COUNTS == ("blank", "not_numeric", "wrong_sign", "not_whole")
    found = count_inputs(form, {})
    assert set(found) == {(table, kind) for table in ("t", "words") for kind in COUNTS}
