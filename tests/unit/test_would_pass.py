"""What would pass: the change that is found turns its rule, one step less does not, and nothing smaller would do."""

import sys
from collections import Counter
from collections.abc import Mapping
from itertools import product
from math import inf
from pathlib import Path
from random import Random

import pytest

from tests.returns import answers, issuable, practice, systems
from tests.small import small_form
from workbook_gen.checks.run import complete, facts_of, run_rules
from workbook_gen.checks.would_pass import Change, NoChange, would_pass
from workbook_gen.definition.form import Form
from workbook_gen.definition.instances import Instance, make_instances
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.practice import choose_ways
from workbook_gen.findings import Outcome

FAILING = (Outcome.FAIL, Outcome.EXPLAINED)
SEEDS = (1, 2)


def outcome_of(instance: Instance, form: Form, values: Mapping[Key, Value]) -> Outcome:
    """What the rule says of these values among all the rules, totals worked out again."""
    results = run_rules(make_instances(form), facts_of(form, complete(form, values)))
    return next(one.outcome for one in results if one.instance.name == instance.name and one.instance.table == instance.table)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_headline_that_is_not_met_has_the_smallest_change_that_turns_it(seed: int) -> None:
    """Of a practice return of each system, every way among them: applied it passes, and one unit less does not."""
    turned: Counter[tuple[str, str]] = Counter()
    dealt = choose_ways(practice(), systems(), seed)
    for code, way in dealt.items():
        one = issuable(code)
        form, inputs = one.layout.form, answers(code, way.key, seed)
        values: dict[Key, Value] = {**one.prefill, **inputs}
        for result in run_rules(one.layout.instances, facts_of(form, complete(form, values))):
            instance = result.instance
            if not instance.rule.headline or result.outcome not in FAILING:
                continue
            change = would_pass(instance, form, values)
            assert isinstance(change, Change), (code, way.key, instance.name, change)
            assert all(form.role(key) == "input" for key in change.answers)
            assert outcome_of(instance, form, {**values, **change.answers}) is Outcome.PASS
            assert outcome_of(instance, form, {**values, **change.short}) in FAILING
            assert total(change.answers, values) == change.amount
            assert total(change.short, values) == change.amount - change.step
            turned[way.key, instance.rule.headline] += 1
    assert {way.key for way in dealt.values()} == {way.key for way in practice().ways}
    assert {way for way, _ in turned} >= {"deficit_explained", "deficit_unexplained", "agency_rising", "elective_short"}
    assert {headline for _, headline in turned} == {headline.key for headline in issuable("QSL").collection.headlines}
    sys.stdout.write(f"{len(dealt)} returns, {sum(turned.values())} headlines not met, all turned: {dict(turned)}\n")


def total(new: Mapping[Key, float], values: Mapping[Key, Value]) -> float:
    """How far answers have moved in all."""
    moved = 0.0
    for key, value in new.items():
        before = values[key]
        assert isinstance(before, float | int)
        moved += abs(value - before)
    return round(moved, 9)


SHEET = """
[[table]]
key = "t"
code = "T"
title = "Table"
lines = "lines/t.csv"
columns = [
  {{ key = "plan", code = "PLN", label = "Plan", kind = "prefill", source = "plans" }},
  {{ key = "amount", code = "AMT", label = "Amount", kind = "input"{more} }},
  {{ key = "words", code = "WRD", label = "Words", kind = "input", type = "text", optional = true }},
]

[[table]]
key = "u"
code = "U"
title = "Rates"
lines = "lines/u.csv"
columns = [
  {{ key = "rate", code = "RAT", label = "Rate", kind = "input", unit = "%", dp = 1 }},
]

[[rule]]
id = "FIX-001"
table = "t"
title = "Rule"
severity = "fix"
check = "{check}"
message = "No."
fix = "Mend it."
basis = "consistency"
"""
ROWS = "T1,a,A,parts,+,,,,\nT2,b,B,parts,+/-,,,,\nT3,c,C,parts,-,,,,\nT9,total,Total,,,,,,sum(parts[column])\n"


def asked(
    folder: Path, check: str, a: Value, b: Value, c: Value, more: str = ""
) -> tuple[Change | NoChange, Form, Instance, dict[Key, Value]]:
    """What would pass in a small return with these three amounts: a is positive, c negative, b either."""
    form = small_form(folder, SHEET.format(check=check, more=more), {"t": ROWS, "u": "U1,r,R,,,,,,\n"})
    (instance,) = make_instances(form)
    plans = {Key("t", line, "plan"): 100.0 for line in "abc"}
    amounts: dict[Key, Value] = {Key("t", "a", "amount"): a, Key("t", "b", "amount"): b, Key("t", "c", "amount"): c}
    values = {**plans, **amounts, Key("u", "r", "rate"): 2.0}
    return would_pass(instance, form, values), form, instance, values


@pytest.mark.parametrize(
    ("check", "amount", "direction", "new"),
    [
        ("total[amount] >= 40", 10, 1, {"a": 30}),
        ("total[amount] > 40", 11, 1, {"a": 31}),
        ("total[amount] <= 10", 20, -1, {"b": -5}),
        ("a[amount] <= 5", 15, -1, {"a": 5}),
        ("c[amount] >= -2", 3, 1, {"c": -2}),
        ("total[amount] == 37", 7, 1, {"a": 27}),
        ("total[amount] == 21", 9, -1, {"b": 6}),
        ("within(total[amount], 42, 3)", 11, 1, {"a": 31}),
        ("not total[amount] < 33", 3, 1, {"a": 23}),
        ("a[amount] <= 5 and total[amount] >= 30", 30, 0, {"a": 5, "b": 30}),
        ("a[amount] <= 5 or total[amount] >= 32", 2, 1, {"a": 22}),
        ("max(a[amount], b[amount]) <= 18", 2, -1, {"a": 18}),
        ("2 * a[amount] + b[amount] >= 60", 3, 1, {"a": 23}),
        ("total[amount] / a[amount] >= 2", 10, 1, {"b": 25}),
        ("35 <= total[amount] <= 50", 5, 1, {"a": 25}),
        ("max(total[amount] - 100, 0) >= 5", 75, 1, {"a": 95}),
        ("a[amount] <= 18 and 2 * a[amount] + b[amount] >= 60", 11, 0, {"a": 18, "b": 24}),
        ("total[amount] + 3 * u.r[rate] >= 46", 10, 1, {"a": 30}),
        ("total[amount] >= 40 or a[amount] >= 900", 10, 1, {"a": 30}),
    ],
)
def test_the_smallest_change_is_found(check: str, amount: float, direction: int, new: dict[str, float], tmp_path: Path) -> None:
    change, form, instance, values = asked(tmp_path, check, 20.0, 15.0, -5.0)
    assert isinstance(change, Change), change
    assert (change.amount, change.step) == (amount, 1.0)
    assert outcome_of(instance, form, {**values, **change.answers}) is Outcome.PASS
    assert outcome_of(instance, form, {**values, **change.short}) is Outcome.FAIL
    assert change.direction == direction
    assert {key.line: figure for key, figure in change.answers.items()} == new
    assert total(change.answers, values) == amount


@pytest.mark.parametrize(
    ("check", "why"),
    [
        ("total[plan] >= 500", "No answer in the return moves it"),
        ("c[amount] >= 1", "No change of the answers it reads is enough"),
        ("filled(a[words])", "about words or counts"),
        ("a[words] == 'yes'", "about words or counts"),
        ("t[blank] == 5", "about words or counts"),
        ("a[amount] != 20", "about words or counts"),
        ("total[amount] <= 1000", "It passes as it is."),
        ("iff(total[amount] > 33, 100, total[amount]) == 40", "Its figures move in jumps"),
        ("0 * a[amount] >= 3", "No answer in the return moves it"),
    ],
)
def test_where_no_change_can_help_it_says_so(check: str, why: str, tmp_path: Path) -> None:
    change, *_ = asked(tmp_path, check, 20.0, 15.0, -5.0)
    assert isinstance(change, NoChange), change
    assert why in change.why
    assert change.why.endswith(".")


@pytest.mark.parametrize("amount", [None, "words"])
def test_what_cannot_be_tested_yet_says_that(amount: Value, tmp_path: Path) -> None:
    change, *_ = asked(tmp_path, "total[amount] >= 40", amount, 15.0, -5.0)
    assert isinstance(change, NoChange)
    assert "until what is blank, or no number, has been answered" in change.why


def test_an_answer_moves_no_further_than_its_sign_and_limits(tmp_path: Path) -> None:
    change, *_ = asked(tmp_path, "a[amount] + c[amount] >= 60", 20.0, 15.0, -5.0, ", maximum = 40")
    assert isinstance(change, NoChange)
    assert "however far their signs and limits let them move" in change.why
    change, *_ = asked(tmp_path, "a[amount] + c[amount] >= 40", 20.0, 15.0, -5.0, ", maximum = 40")
    assert isinstance(change, Change)
    assert change.amount == 25
    assert change.answers == {Key("t", "a", "amount"): 40.0, Key("t", "c", "amount"): 0.0}
    assert [(one.key.line, one.room) for one in change.levers] == [("a", 20.0), ("c", 5.0)]


def test_only_answers_of_one_unit_move(tmp_path: Path) -> None:
    """The thousands alone are not enough, so per cent move, and nothing is added up that cannot be."""
    change, *_ = asked(tmp_path, "c[amount] + u.r[rate] >= 3", 20.0, 15.0, -5.0)
    assert isinstance(change, Change)
    assert (change.amount, change.unit, change.step) == (6.0, "%", 0.1)
    assert change.answers == {Key("u", "r", "rate"): 8.0}


def test_levers_are_ranked_by_what_they_can_contribute(tmp_path: Path) -> None:
    change, *_ = asked(tmp_path, "a[amount] - 3 * c[amount] <= 1", 20.0, 15.0, -5.0)
    assert isinstance(change, Change)
    ranked = [(one.key.line, round(one.slope, 6), one.room, round(one.contribution, 6)) for one in change.levers]
    assert ranked == [("a", 1, 20, 20), ("c", 3, 5, 15)]
    assert (change.amount, change.direction) == (5 + 19, 0)


def test_steps_are_of_the_last_decimal(tmp_path: Path) -> None:
    change, *_ = asked(tmp_path, "total[amount] >= 30.55", 20.0, 15.2, -5.0, ", dp = 1")
    assert isinstance(change, Change)
    assert (change.amount, change.step) == (0.4, 0.1)
    assert change.levers[0].room == inf


@pytest.mark.parametrize("seed", range(12))
def test_no_smaller_change_would_do(seed: int, tmp_path: Path) -> None:
    """Against every change of three answers that is as small or smaller."""
    chance = Random(f"would pass {seed}")
    factors = [chance.choice((-3, -2, -1, 1, 2, 3)) for _ in "abc"]
    a, b, c = chance.randint(0, 4), chance.randint(-4, 4), chance.randint(-4, 0)
    sides = " + ".join(f"{factor} * {line}[amount]" for factor, line in zip(factors, "abc", strict=True))
    now = sum(factor * value for factor, value in zip(factors, (a, b, c), strict=True))
    check = f"{sides} >= {now + chance.randint(1, 11)}"
    change, form, instance, values = asked(tmp_path, check, float(a), float(b), float(c))
    assert isinstance(change, Change)
    least = int(change.amount)
    assert least <= 11
    steps = range(-least, least + 1)
    smaller = [moves for moves in product(steps, repeat=3) if 0 < sum(map(abs, moves)) < least]
    for moves in smaller:
        new = {Key("t", line, "amount"): float(at + by) for line, at, by in zip("abc", (a, b, c), moves, strict=True)}
        if new[Key("t", "a", "amount")] >= 0 and new[Key("t", "c", "amount")] <= 0:
            figure = sum(factor * new[Key("t", line, "amount")] for factor, line in zip(factors, "abc", strict=True))
            assert figure < float(check.rpartition(" ")[2]), (check, moves)
    assert outcome_of(instance, form, {**values, **change.answers}) is Outcome.PASS
