"""`a and b`: every part is evaluated, so an error in any is the answer."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine


@on_every_engine(
    case("1 < 2 and 2 < 3", True),
    case("1 < 2 and 3 < 2", False),
    case("2 < 1 and 2 < 3", False),
    case("2 < 1 and 3 < 2", False),
    case("1 < 2 and 2 < 3 and 3 < 4", True),
    case("1 < 2 and 2 < 3 and 4 < 3", False),
    case("filled(apples[nov]) and apples[answer] == 'yes'", True, {"apples[nov]": 0.0, "apples[answer]": "yes"}),
    case("1 < 2 and 1 / 0 > 1", DIVISION),
    case("2 < 1 and 1 / 0 > 1", DIVISION),
    case("1 / 0 > 1 and 2 < 1", DIVISION),
    case("2 < 1 and 2 < 1 and 1 / apples[nov] > 1", DIVISION),
    case("2 < 1 and (2 < 1 and 1 / 0 > 1)", DIVISION),
    case("(1 < 2 or 2 < 1) and 3 < 2", False),
    case("1 < 2 or 2 < 1 and 3 < 2", True),
)
def test_and(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
