"""`not a`."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine


@on_every_engine(
    case("not 1 < 2", False),
    case("not 2 < 1", True),
    case("not not 1 < 2", True),
    case("not filled(apples[nov])", True),
    case("not filled(apples[nov])", False, {"apples[nov]": 0.0}),
    case("not (1 < 2 and 2 < 1)", True),
    case("not 1 < 2 and 2 < 1", False),
    case("not (1 < 2 or 2 < 1)", False),
    case("not 2 < 1 or 2 < 1", True),
    case("not within(1, 2, 3)", False),
    case("not 1 / 0 > 1", DIVISION),
)
def test_not(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
