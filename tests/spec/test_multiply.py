"""`a * b`."""

from tests.engines.spec import Case, Spoken, case, on_every_engine


@on_every_engine(
    case("3 * 4", 12.0),
    case("2 * 3 + 4", 10.0),
    case("2 * (3 + 4)", 14.0),
    case("(3 + 4) * 2", 14.0),
    case("(3 - 4) * (5 - 7)", 2.0),
    case("3 * -4", -12.0),
    case("-3 * 4", -12.0),
    case("apples[nov] * direction", -6.0, {"apples[nov]": 6.0}, line="pears"),
    case("apples[nov] * pears[nov]", 0.0, {"apples[nov]": 6.0}),
    case("12 * (10 / 4)", 30.0),
    case("share / 100 * apples[plan]", 37.0, {"apples[plan]": 1000.0}),
)
def test_multiply(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
