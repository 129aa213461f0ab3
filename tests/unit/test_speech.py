"""Rules said in English: every part of the language, with the labels of the form; and every rule of the return."""

import pytest

from tests.shipped import collection
from workbook_gen.definition.cases import all_rules
from workbook_gen.definition.expand import specimen_form
from workbook_gen.definition.expression import parse
from workbook_gen.definition.form import Form
from workbook_gen.definition.nodes import Cell, Key
from workbook_gen.definition.speech import Speaker, said

TOTAL = "“Total agency expenditure, Forecast outturn”"


@pytest.fixture(scope="module")
def form() -> Form:
    return specimen_form(collection())


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            "total[fot] <= agency_limit.ceiling[value]",
            f"{TOTAL} is at most “2023/24 agency ceiling, 2023/24” in Agency ceiling",
        ),
        (
            "total[mar] < position.total[plan]",
            "“Total agency expenditure, March forecast” is below “System total, 2023/24 plan” on Position",
        ),
        ("line[fot] >= 1000", "the line's “Forecast outturn” is at least 1,000"),
        ("line[explanation] == 'yes'", "the line's “Explanation” equals “yes”"),
        ("sum(groups[fot]) != 0", "the sum of “every line of groups, Forecast outturn” differs from 0"),
        ("sum(line[months]) > 0", "the sum of the line's “every month's forecast” is above 0"),
        ("line[month] == previous[month]", "the line's “the month's forecast” equals “the line above, the month's forecast”"),
        ("total[fot] / months_done * 2 > 0", f"{TOTAL} divided by the months of actual figures times 2 is above 0"),
        ("-(total[fot] - 1) < 0", f"minus ({TOTAL} less 1) is below 0"),
        ("abs(total[fot]) + 1 > 0", f"the size of {TOTAL} plus 1 is above 0"),
        ("round(total[fot], 1) > 0", f"{TOTAL} rounded to 1 decimals is above 0"),
        (
            "min(total[nov], total[dec]) > 0",
            "the smallest of “Total agency expenditure, November forecast” and "
            "“Total agency expenditure, December forecast” is above 0",
        ),
        ("max(line[months]) > 0", "the largest of the line's “every month's forecast” is above 0"),
        ("iff(total[fot] > 0, 1, 2) > 1", f"1 if {TOTAL} is above 0, else 2 is above 1"),
        ("filled(line[explanation])", "the line's “Explanation” is filled in"),
        ("count_filled(line[months]) == 5", "how many of the line's “every month's forecast” are filled in equals 5"),
        ("within(total[fot], 10, 2)", f"{TOTAL} and 10 agree but for the rounding of 2 figures"),
        ("not total[fot] > 0", f"it is not so that {TOTAL} is above 0"),
        (
            "line[nov] > 0 or line[dec] > 0 and line[jan] > 0",
            "the line's “November forecast” is above 0, or (the line's “December forecast” "
            "is above 0, and the line's “January forecast” is above 0)",
        ),
        ("table[blank] == 0", "the number of answers still blank equals 0"),
        (
            "line[fot] <= agency_share",
            "the line's “Forecast outturn” is at most the threshold “Agency share of total pay, at most”",
        ),
        (
            "line[fot] * direction > deadline",
            "the line's “Forecast outturn” times the line's direction (1, or -1 where less is better) "
            "is above the day to return by",
        ),
    ],
)
def test_each_part_is_said(form: Form, rule: str, words: str) -> None:
    assert said(parse(rule), Speaker(form, "agency")) == words


def test_a_month_of_another_repeat_is_named_by_its_label(form: Form) -> None:
    speaker = Speaker(form, "waits_65")
    assert said(parse("line[restated, mar]"), speaker) == "the line's “March restated plan”"
    assert said(parse("line[restated, month]"), speaker) == "the line's “the month's restated plan”"
    assert said(parse("sum(line[original])"), speaker) == "the sum of the line's “every month's original plan”"


def test_every_rule_of_the_return_is_said_without_a_key(form: Form) -> None:
    rules = all_rules(collection())
    assert len(rules) > 40
    for rule in rules:
        words = said(rule.check, Speaker(form, rule.table))
        assert not {"[", "]", "_", "{"} & set(words), f"{rule.id}: {words}"


def test_a_bound_tree_is_refused(form: Form) -> None:
    with pytest.raises(TypeError, match="bound"):
        said(Cell(Key("agency", "total", "fot")), Speaker(form, "agency"))
