"""A rule's message with its figures: decimals of the first cell, thousands separated, -£5k, dates in full, blanks in words."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.small import small_collection, system_of
from workbook_gen.checks.messages import figure_in_words, render
from workbook_gen.checks.run import complete, facts_of
from workbook_gen.definition.expand import make_form
from workbook_gen.definition.instances import Instance, make_instances
from workbook_gen.definition.nodes import Key, Text
from workbook_gen.definition.values import CellError, Value, serial

SHEET = """
[[table]]
key = "t"
code = "T"
title = "Spend & beds"
lines = "lines/t.csv"
columns = [
  { key = "amount", code = "AMT", label = "Amount", kind = "input", sign = "+/-" },
  { key = "months", code = "{month}", label = "{month}", kind = "input", repeat = "months" },
  { key = "rate", code = "RTE", label = "Rate", kind = "input", unit = "%" },
  { key = "time", code = "TIM", label = "Time", kind = "input", unit = "minutes" },
  { key = "exact", code = "EXA", label = "Exact", kind = "input", dp = 2 },
  { key = "third", code = "THI", label = "A third", kind = "total", formula = "line[amount] / 3" },
  { key = "ratio", code = "RAT", label = "Ratio", kind = "total", formula = "line[amount] / line[rate]" },
  { key = "day", code = "DAY", label = "Day", kind = "input", type = "date" },
  { key = "answer", code = "ANS", label = "Answer", kind = "input", type = "yesno" },
  { key = "explanation", code = "TXT", label = "Explanation", kind = "input", type = "text", optional = true },
]

[[rule]]
id = "RUL-001"
table = "t"
title = "It holds"
severity = "fix"
for_each = ["line", "month"]
lines = ["nursing"]
months = ["dec"]
check = "line[amount] <= line[month]"
message = '''MESSAGE'''
fix = "Mend {line} in {month}."
basis = "consistency"
"""
LINES = "A1,nursing,Nursing & midwifery,,,,,,\nA2,shifts,Shifts,,,%,,,\n"


def said(folder: Path, message: str, **cells: Value) -> str:
    """What a message says of these cells of the line nursing."""
    return both(folder, message, cells)[0]


def both(folder: Path, message: str, cells: Mapping[str, Value]) -> tuple[str, str]:
    """What the message and the text that says how to mend it say."""
    form = make_form(small_collection(folder, SHEET.replace("MESSAGE", message), {"t": LINES}), system_of())
    instance: Instance = make_instances(form)[0]
    values = {Key("t", "nursing", name): value for name, value in cells.items()}
    facts = facts_of(form, complete(form, values))
    return render(instance.message, form, facts), render(instance.fix, form, facts)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0, "£0k."),
        (5.0, "£5k."),
        (1234567.0, "£1,234,567k."),
        (999.5, "£1,000k."),
        (-5.0, "-£5k."),
        (-1234567.0, "-£1,234,567k."),
        (-0.4, "£0k."),
        (0.4, "£0k."),
        (0.5, "£1k."),
        (2.5, "£3k."),
        (-2.5, "-£3k."),
    ],
)
def test_money_is_whole_thousands_with_its_sign_before_the_pound(tmp_path: Path, value: float, words: str) -> None:
    assert said(tmp_path, "£{line[amount]}k.", amount=value) == words


def test_a_negative_figure_without_a_pound_keeps_its_minus(tmp_path: Path) -> None:
    assert said(tmp_path, "{line[amount]} of £{line[nov]}k", amount=-5.0, nov=-7.0) == "-5 of -£7k"


def test_a_pound_that_is_no_figures_stays_where_it_is(tmp_path: Path) -> None:
    assert said(tmp_path, "In £: {line[amount]}", amount=-5.0) == "In £: -5"


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("line[rate]", "76.4"),
        ("line[time]", "30.5"),
        ("line[exact]", "2.68"),
        ("line[third]", "3,333"),
        ("line[rate] - line[amount]", "-9,923.6"),
        ("line[amount] - line[rate]", "9,924"),
        ("100 * line[rate]", "7,640.0"),
        ("shifts[amount] + line[amount]", "10,000.0"),
        ("iff(line[amount] > 0, line[rate], 0)", "76"),
        ("12345.678", "12,346"),
        ("share", "3.7"),
        ("ceiling", "500"),
        ("ceiling / 7", "71"),
        ("share / 100 * line[amount]", "370"),
        ("line[amount] * share / 100", "370"),
        ("months_left", "3"),
        ("t[blank]", "14"),
    ],
)
def test_decimals_are_those_of_the_first_cell_or_parameter(tmp_path: Path, expression: str, words: str) -> None:
    given: dict[str, Value] = {"amount": 10000.0, "rate": 76.4, "time": 30.45, "exact": 2.675}
    assert said(tmp_path, f"{{{expression}}}", **given) == words


@pytest.mark.parametrize(
    ("expression", "words"),
    [("line[day]", "9 November 2023"), ("issued", "8 November 2023"), ("deadline", "22 November 2023")],
)
def test_dates_are_said_in_full(tmp_path: Path, expression: str, words: str) -> None:
    assert said(tmp_path, f"On {{{expression}}}.", day=45239.0) == f"On {words}."


def test_a_number_of_days_is_no_date(tmp_path: Path) -> None:
    assert said(tmp_path, "{deadline - issued} days", day=0.0) == "14 days"


def test_the_words_of_the_place_are_said(tmp_path: Path) -> None:
    assert said(tmp_path, "{table}: {line}, {month}") == "Spend & beds: Nursing & midwifery, December"
    assert both(tmp_path, "x", {})[1] == "Mend Nursing & midwifery in December."


@pytest.mark.parametrize(("value", "words"), [("No", "“No”"), (None, "“nothing”"), (3.0, "“3.0”")])
def test_an_answer_is_said_as_it_is_and_a_blank_as_nothing(tmp_path: Path, value: Value, words: str) -> None:
    assert said(tmp_path, "“{line[answer]}”", answer=value) == words


def test_a_blank_number_is_0_and_so_is_a_text(tmp_path: Path) -> None:
    assert said(tmp_path, "{line[amount]} and {line[nov]}", nov="n/a") == "0 and 0"


@pytest.mark.parametrize("cells", [{"rate": 0.0}, {"rate": None}, {"amount": CellError("#N/A"), "rate": 1.0}])
def test_what_cannot_be_worked_out_is_unknown(tmp_path: Path, cells: dict[str, Value]) -> None:
    assert said(tmp_path, "£{line[ratio]}k", **cells) == "£unknownk"
    assert said(tmp_path, "£{line[amount] / line[rate]}k", **cells) == "£unknownk"


def test_a_date_that_a_calendar_has_not_is_unknown(tmp_path: Path) -> None:
    assert said(tmp_path, "On {line[day]}.", day=1e300) == "On unknown."
    assert said(tmp_path, "On {line[day]}.", day=-1e9) == "On unknown."


def test_a_text_in_the_message_is_said_as_it_is(tmp_path: Path) -> None:
    form = make_form(small_collection(tmp_path, SHEET.replace("MESSAGE", "x"), {"t": LINES}), system_of())
    assert figure_in_words(Text("as it is"), form, facts_of(form, complete(form, {}))) == "as it is"


def test_serial_days_are_a_spreadsheets(tmp_path: Path) -> None:
    form = make_form(small_collection(tmp_path, SHEET.replace("MESSAGE", "x"), {"t": LINES}), system_of())
    assert serial(form.collection.issued) == 45238
