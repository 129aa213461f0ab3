"""`a <= b <= c` is `a <= b and b <= c`."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine


@on_every_engine(
    case("1 <= 2 <= 3", True),
    case("1 <= 4 <= 3", False),
    case("3 > 2 > 1", True),
    case("3 > 2 > 2", False),
    case("1 < 2 > 1", True),
    case("1 == 1 != 2", True),
    case("1 < 2 < 3 < 4", True),
    case("1 < 2 < 3 < 3", False),
    case("0 <= apples[nov] <= 100", True, {"apples[nov]": 100.004}),
    case("0 <= apples[nov] <= 100", False, {"apples[nov]": 100.01}),
    case("0 <= apples[nov] <= 100", True, {"apples[nov]": -0.004}),
    case("0 <= apples[nov] <= 100", False, {"apples[nov]": -0.005}),
    case("0 <= apples[nov] <= 100", True, {"apples[nov]": "abc"}),
    case("not 1 < 2 < 3", False),
    case("1 > 2 > 1 / 0", DIVISION),
)
def test_chain(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
