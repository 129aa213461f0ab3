"""`within(a, b, n)`: |a − b| ≤ n/2, n the number of rounded figures summed."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine


@on_every_engine(
    case("within(10, 10, 0)", True),
    case("within(10, 11, 2)", True),
    case("within(11, 10, 2)", True),
    case("within(10, 11.004, 2)", True),
    case("within(10, 11.01, 2)", False),
    case("within(10, 11.01, 2.01)", True),
    case("within(10, 10.5, 1)", True),
    case("within(10, 10.51, 1)", False),
    case("within(-10, -10.5, 1)", True),
    case("within(-10, 10, 40)", True),
    case("within(-10, 10, 39)", False),
    case("within(apples[plan], apples[nov], 2)", True, {"apples[plan]": 100.0, "apples[nov]": 101.0}),
    case("within(apples[plan], apples[nov], 2)", False, {"apples[plan]": 100.0, "apples[nov]": 102.0}),
    case("within(apples[plan], apples[nov], 2)", True, {"apples[plan]": 1.0}),
    case("within(apples[plan], apples[nov], 2)", True, {"apples[nov]": "100"}),
    case("within(sum(apples[months]), 3 - 1, 3 + 1)", True, {"apples[nov]": 2.0, "apples[jan]": 2.0}),
    case("within(sum(apples[months]), 3 - 1, 3 - 1)", False, {"apples[nov]": 2.0, "apples[jan]": 2.0}),
    case("within(10, 10 - (3 - 1), 1 + 3)", True),
    case("within(10, 11, -2)", False),
    case("within(10, 11, months_left - 1)", True),
    case("within(10, 11, -(1 - 3))", True),
    case("within(1 / 0, 1, 2)", DIVISION),
    case("within(1, 1, 1 / 0)", DIVISION),
)
def test_within(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
