"""Comparisons of numbers: made after rounding their difference to 2 decimals, half away from zero on 15 digits."""

import pytest

from tests.engines.spec import Case, Spoken, case, on_every_engine

LESS, EQUAL, GREATER = (-1, 0, 1)
TRUE_OF = {
    "<": (LESS,),
    "<=": (LESS, EQUAL),
    "==": (EQUAL,),
    "!=": (LESS, GREATER),
    ">=": (EQUAL, GREATER),
    ">": (GREATER,),
}
PAIRS = [
    (1.0, 2.0, LESS),
    (2.0, 2.0, EQUAL),
    (2.0, 1.0, GREATER),
    (0.0, 0.0049, EQUAL),
    (0.0049, 0.0, EQUAL),
    (0.005, 0.0, GREATER),
    (0.0, 0.005, LESS),
    (-0.005, 0.0, LESS),
    (-0.0049, 0.0, EQUAL),
    (1.005, 1.0, EQUAL),  # the difference is 0.00499999999999989 in doubles, and in Excel
    (2.675, 2.67, EQUAL),  # 0.00499999999999989
    (2.675, 2.68, LESS),  # -0.00500000000000034
    (100.005, 100.0, EQUAL),  # 0.00499999999999545
    (0.125, 0.12, GREATER),  # 0.005, exactly enough in 15 digits
    (0.3, 0.1, GREATER),
    (10_000_000.01, 10_000_000.0, GREATER),
    (10_000_000.004, 10_000_000.0, EQUAL),
    (-10_000_000.0, 10_000_000.0, LESS),
    (-2.5, -2.5, EQUAL),
    (-3.0, -2.5, LESS),
]
CASES = [
    case(f"apples[nov] {operator} pears[nov]", order in orders, {"apples[nov]": left, "pears[nov]": right})
    for left, right, order in PAIRS
    for operator, orders in TRUE_OF.items()
]


@on_every_engine(*CASES)
def test_comparison_after_rounding(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


@on_every_engine(
    case("1.005 == 1", True),
    case("0.005 > 0", True),
    case("-0.005 < 0", True),
    case("0.1 + 0.2 == 0.3", True),
    case("apples[nov] > 0", True, {"apples[nov]": 0.005}),
    case("apples[nov] > 0", False, {"apples[nov]": 0.0049999}),
    case("apples[nov] < 0", True, {"apples[nov]": -0.005}),
    case("apples[nov] - 1 >= 0", True, {"apples[nov]": 0.996}),
    case("apples[nov] == 0", True),
    case("0 == apples[nov]", True),
    case("10 - (4 - 3) == 9", True),
    case("10 - 4 == 9 - 3", True),
    case("10 > -(4 + 3)", True),
    case("10 == -(4 - 14)", True),
    case("apples[fot] >= apples[plan]", True, {"apples[nov]": 10.0, "apples[plan]": 10.004}),
    case("apples[fot] >= apples[plan]", False, {"apples[nov]": 10.0, "apples[plan]": 10.01}),
)
def test_comparison_of_expressions(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


@pytest.mark.parametrize("operator", TRUE_OF)
def test_every_operator_is_seen_both_ways(operator: str) -> None:
    seen = {case.expected for case in CASES if f" {operator} " in case.text}
    assert seen == {True, False}
