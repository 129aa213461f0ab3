"""One input cell: what was typed and what it means; nothing that is ambiguous is guessed."""

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from tests.returns import issuable
from workbook_gen.catalogue import structural
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value
from workbook_gen.excel.answers import Answer, date_in, number_in, read_answer
from workbook_gen.findings import Finding

MONEY = Key("agency", "medical", "dec")
PERCENT = Key("cancer", "fds", "mar")
DAY = Key("signoff", "chief_executive", "date")
YES_NO = Key("assurance", "icb_agrees", "answer")
WORDS = Key("contact", "contact", "name")

NUMBERS = {
    "1,234": 1234,
    "12,345,678": 12345678,
    " 5": 5,
    "5 ": 5,
    "\t5\n": 5,
    "(300)": -300,
    "( 300 )": -300,
    "5-": -5,
    "-5": -5,
    "- 5": -5,
    "\u22125": -5,
    "+5": 5,
    "£4,200": 4200,
    "£ 4,200": 4200,
    "-£4,200": -4200,
    "(£4,200.50)": -4200.5,
    "\u00a012\u00a0": 12,
    "\u202f12": 12,
    "\u200b12": 12,
    "１２３": 123,
    "（１２３）": -123,
    "￡５": 5,
    "0": 0,
    "-0": 0,
    "007": 7,
    "3.25": 3.25,
    "1,234.5": 1234.5,
}
NO_NUMBERS = (
    *(
        "",
        " ",
        "TBC",
        "n/a",
        "-",
        "--5",
        "(-",
        "()",
        "(5",
        "5)",
        "(-5)-",
        "4.2m",
        "12.5k",
        "1,2",
        "12,5",
        "1,23,456",
        "1,2345",
        "9" * 400,
    ),
    *(",5", "5,", ".5", "5.", "1.2.3", "1e5", "0x1F", "nan", "inf", "1 234", "5%", "=5", "5 or 6", "£", "$5", "€5", "1/2", "½"),
    *("12¹", "10³", "①", "H₂", "5£", "+-5", "-+5", "(+-5)", "#REF!", "TRUE", "1_000"),
)

DATES = (
    *("20/11/2023", "20/11/23", "20.11.2023", "20-11-2023", "2023-11-20"),
    *("20 November 2023", "20 Nov 2023", " 20/11/2023\u00a0"),
)
NO_DATES = ("", "soon", "31/11/2023", "11/20/2023", "20/11", "November 2023", "20th November 2023", "45250")


@pytest.mark.parametrize(("text", "number"), NUMBERS.items(), ids=ascii)
def test_a_text_that_plainly_is_a_number(text: str, number: float) -> None:
    assert number_in(text) == number


@pytest.mark.parametrize("text", NO_NUMBERS, ids=ascii)
def test_a_text_that_is_none(text: str) -> None:
    assert number_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "20/11/2023",
        "20/11/23",
        "20.11.2023",
        "20-11-2023",
        "2023-11-20",
        "20 November 2023",
        "20 Nov 2023",
        " 20/11/2023\u00a0",
    ],
)
def test_a_text_that_is_a_date(text: str) -> None:
    assert date_in(text) == date(2023, 11, 20)


@pytest.mark.parametrize(
    "text", ["", "soon", "31/11/2023", "11/20/2023", "20/11", "November 2023", "20th November 2023", "45250"]
)
def test_a_text_that_is_no_date(text: str) -> None:
    assert date_in(text) is None


def test_the_day_stands_before_the_month() -> None:
    assert date_in("02/11/2023") == date(2023, 11, 2)


def form_cell(key: Key) -> FormCell:
    return issuable("QSL").layout.form.cells[key]


def read(key: Key, value: Value | bool, formula: str | None = None) -> tuple[Answer, list[str]]:
    """The answer that a cell with this value gives, and the codes of what is said."""
    say: Callable[..., Finding] = partial(structural, sheet="Sheet", cell="C3")
    answer = read_answer(form_cell(key), value, ("Yes", "No"), say, formula)
    return answer, [finding.code for finding in answer.findings]


@pytest.mark.parametrize(
    ("key", "typed", "value", "codes"),
    [
        (MONEY, 5.0, 5.0, []),
        (MONEY, 0.0, 0.0, []),
        (MONEY, 0.5, 0.5, []),
        (MONEY, None, None, []),
        (MONEY, "", None, []),
        (MONEY, " \u00a0", None, ["STR-405"]),
        (MONEY, "5-", -5.0, ["STR-402"]),
        (MONEY, "TBC", "TBC", ["STR-401"]),
        (MONEY, True, "TRUE", ["STR-401"]),
        (MONEY, CellError("#N/A"), "#N/A", ["STR-403"]),
        (PERCENT, 76.0, 76.0, []),
        (PERCENT, 1.0, 1.0, []),
        (PERCENT, 0.0, 0.0, []),
        (PERCENT, -0.5, -0.5, []),
        (PERCENT, 0.76, 0.76, ["STR-409"]),
        (PERCENT, "0.76", 0.76, ["STR-402", "STR-409"]),
        (PERCENT, "76%", "76%", ["STR-401"]),
        (DAY, 45250.0, 45250.0, []),
        (DAY, 45250.5, 45250.5, []),
        (DAY, "20/11/2023", 45250.0, ["STR-410"]),
        (DAY, "soon", "soon", ["STR-408"]),
        (DAY, 2023.0, "2023", ["STR-408"]),
        (DAY, -1.0, "-1", ["STR-408"]),
        (DAY, 1e12, "1000000000000", ["STR-408"]),
        (YES_NO, "Yes", "Yes", []),
        (YES_NO, " yes ", "Yes", []),
        (YES_NO, "Y", None, ["STR-406"]),
        (YES_NO, 1.0, None, ["STR-406"]),
        (YES_NO, True, None, ["STR-406"]),
        (WORDS, "A. Name", "A. Name", []),
        (WORDS, 42.0, "42", []),
        (WORDS, "x" * 200, "x" * 200, []),
        (WORDS, "x" * 201, "x" * 201, ["STR-407"]),
    ],
    ids=repr,
)
def test_what_is_read_by_type(key: Key, typed: Value | bool, value: Value, codes: list[str]) -> None:
    answer, said = read(key, typed)
    assert (answer.value, said) == (value, codes)


def test_what_stands_there_is_kept_beside_what_is_read() -> None:
    answer, _ = read(MONEY, "1,234")
    assert (answer.standing, answer.value) == ("1,234", 1234)
    assert read(MONEY, " ")[0].standing == " "


def test_a_formula_is_told_and_its_value_used() -> None:
    answer, said = read(MONEY, 12.0, "SUM(A1:A2)")
    assert (answer.value, said) == (12.0, ["STR-404"])
    assert answer.findings[0].found == "=SUM(A1:A2)"
    assert read(MONEY, "x", "A1")[1] == ["STR-404", "STR-401"]


def test_a_cell_that_is_not_there_is_blank() -> None:
    assert read_answer(form_cell(MONEY), None, (), partial(structural)) == Answer(None, None)


def test_a_finding_quotes_what_was_read_and_as_what() -> None:
    (finding,) = read(MONEY, "£4,200")[0].findings
    assert (finding.found, finding.expected) == ("£4,200", "4200")
    (finding,) = read(PERCENT, 0.76)[0].findings
    assert finding.message.endswith("we read 0.76%; was 76% meant?")
    (finding,) = read(DAY, "2 Nov 2023")[0].findings
    assert finding.expected == "2 November 2023"
    (finding,) = read(YES_NO, "Maybe")[0].findings
    assert finding.expected == "Yes, No"
