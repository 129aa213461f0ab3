"""`a / b`: by zero, or by a blank or a text, which are 0, it is an error."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine


@on_every_engine(
    case("12 / 4", 3.0),
    case("12 / (4 * 3)", 1.0),
    case("12 / 4 * 3", 9.0),
    case("12 / (12 / 4)", 4.0),
    case("12 / 12 / 4", 0.25),
    case("(1 + 2) / (1 - 4)", -1.0),
    case("1 / -4", -0.25),
    case("apples[nov] / (pears[nov] * plums[nov])", 0.5, {"apples[nov]": 6.0, "pears[nov]": 4.0, "plums[nov]": 3.0}),
)
def test_divide(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


@on_every_engine(
    case("1 / 0", DIVISION),
    case("0 / 0", DIVISION),
    case("1 / apples[nov]", DIVISION, {"apples[nov]": 0.0}),
    case("1 / apples[nov]", DIVISION),
    case("1 / apples[nov]", DIVISION, {"apples[nov]": "12,5"}),
    case("1 / apples[plan]", DIVISION),
    case("1 / carrots[plan]", DIVISION),
    case("1 / apples[fot]", DIVISION),
    case("1 / (apples[nov] - pears[nov])", DIVISION, {"apples[nov]": 2.5, "pears[nov]": 2.5}),
    case("1 / apples[nov] > 0", DIVISION),
    case("not 1 / apples[nov] > 0", DIVISION),
    case("total[growth]", DIVISION),
    case("total[growth] + 1", DIVISION),
    case("sum(fruit[growth])", DIVISION),
    case("filled(total[growth])", DIVISION),
)
def test_division_by_zero(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
