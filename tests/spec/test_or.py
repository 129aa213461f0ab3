"""`a or b`: every part is evaluated, so an error in any is the answer."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine


@on_every_engine(
    case("1 < 2 or 2 < 3", True),
    case("1 < 2 or 3 < 2", True),
    case("2 < 1 or 2 < 3", True),
    case("2 < 1 or 3 < 2", False),
    case("2 < 1 or 3 < 2 or 3 < 4", True),
    case("2 < 1 or 3 < 2 or 4 < 3", False),
    case("apples[answer] == 'yes' or filled(apples[explanation])", True, {"apples[explanation]": "because"}),
    case("apples[answer] == 'yes' or filled(apples[explanation])", False, {"apples[explanation]": "  "}),
    case("2 < 1 or 1 / 0 > 1", DIVISION),
    case("1 < 2 or 1 / 0 > 1", DIVISION),
    case("1 / 0 > 1 or 1 < 2", DIVISION),
    case("1 < 2 or 1 < 2 or 1 / apples[nov] > 1", DIVISION),
    case("1 < 2 or 1 < 2 and 1 / 0 > 1", DIVISION),
)
def test_or(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
