"""`a + b`."""

from tests.engines.spec import Case, Spoken, case, on_every_engine


@on_every_engine(
    case("3 + 4", 7.0),
    case("apples[plan] + pears[nov]", 12.5, {"apples[plan]": 10.0, "pears[nov]": 2.5}),
    case("apples[nov] + pears[nov]", -5.0, {"apples[nov]": -7.0, "pears[nov]": 2.0}),
    case("apples[nov] + pears[nov]", 0.3, {"apples[nov]": 0.1, "pears[nov]": 0.2}),
    case("1 + 2 + 3 + 4", 10.0),
    case("1 + 2 * 3", 7.0),
    case("(1 + 2) * 3", 9.0),
    case("3 + 4 == 7", True),
)
def test_add(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
