"""`iff(condition, a, b)`: only the branch taken is evaluated."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine


@on_every_engine(
    case("iff(1 < 2, 10, 20)", 10.0),
    case("iff(2 < 1, 10, 20)", 20.0),
    case("iff(1 < 2, 10, 1 / 0)", 10.0),
    case("iff(2 < 1, 1 / 0, 20)", 20.0),
    case("iff(1 < 2, 1 / 0, 20)", DIVISION),
    case("iff(1 / 0 > 1, 10, 20)", DIVISION),
    case("iff(apples[plan] == 0, 0, 1 / apples[plan])", 0.0),
    case("iff(apples[plan] == 0, 0, 1 / apples[plan])", 0.25, {"apples[plan]": 4.0}),
    case("iff(apples[plan] == 0, 0, 1 / apples[plan])", 0.0, {"apples[plan]": 0.004}),
    case("iff(filled(apples[nov]), apples[nov], -1)", -1.0),
    case("iff(filled(apples[nov]), apples[nov], -1)", 0.0, {"apples[nov]": "abc"}),
    case("iff(1 < 2, apples[nov], 1)", 0.0),
    case("iff(apples[answer] == 'yes', 1, 2) + 10", 12.0),
    case("-iff(1 < 2, 3, 4)", -3.0),
    case("iff(1 < 2, iff(2 < 1, 1, 2), 3)", 2.0),
    case("iff(1 < 2 and 1 / apples[nov] > 0, 1, 2)", DIVISION),
    case("iff(1 < 2, 10, 20) > iff(2 < 1, 10, 5)", True),
    case("apples[guarded]", 0.0, {"apples[ytd]": 5.0}),
    case("apples[guarded]", 50.0, {"apples[ytd]": 6.0, "apples[plan]": 4.0}),
)
def test_iff(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
