"""`abs(a)`."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine


@on_every_engine(
    case("abs(-3)", 3.0),
    case("abs(3)", 3.0),
    case("abs(0)", 0.0),
    case("abs(apples[nov])", 2.5, {"apples[nov]": -2.5}),
    case("abs(apples[nov])", 0.0),
    case("abs(apples[nov])", 0.0, {"apples[nov]": "-3"}),
    case("abs(apples[nov] - pears[nov])", 7.0, {"apples[nov]": -3.0, "pears[nov]": 4.0}),
    case("abs(apples[nov] - pears[nov]) <= 0.5", True, {"apples[nov]": 3.0, "pears[nov]": 3.5}),
    case("-abs(-3)", -3.0),
    case("abs(1 / 0)", DIVISION),
)
def test_abs(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
