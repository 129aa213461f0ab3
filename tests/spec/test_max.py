"""`max(…)`: the largest; skips blanks and texts in cells; of none it is 0."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine

MONTHS = {"apples[nov]": 3.0, "apples[dec]": -2.5, "apples[jan]": 4.0}
ALL_BELOW = {"apples[nov]": -3.0, "apples[jan]": -4.0}


@on_every_engine(
    case("max(apples[months])", 4.0, MONTHS),
    case("max(apples[months], 9)", 9.0, MONTHS),
    case("max(apples[nov], apples[dec])", 3.0, MONTHS),
    case("max(apples[nov])", 3.0, MONTHS),
    case("max(1, 2, 3)", 3.0),
    case("max(-apples[jan], apples[nov] * 2)", 6.0, MONTHS),
    case("max(share, months_left)", 3.7),
    case("max(apples[months], pears[months])", 4.0, MONTHS),
    case("max(apples[nov], 0)", 3.0, MONTHS),
)
def test_max(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


@on_every_engine(
    case("max(apples[months])", -3.0, ALL_BELOW),
    case("max(apples[months])", -3.0, {**ALL_BELOW, "apples[dec]": "9"}),
    case("max(apples[months])", 0.0),
    case("max(apples[months])", 0.0, {"apples[nov]": "abc", "apples[dec]": " "}),
    case("max(apples[nov])", 0.0),
    case("max(apples[nov], -5)", -5.0),
    case("max(-apples[nov], -5)", 0.0),
    case("max(carrots[months])", 0.0),
    case("max(carrots[months], -5)", -5.0),
    case("max(carrots[plan], -5)", 0.0),
    case("max(stations.organisations[plan])", 0.0),
    case("max(stations.organisations[plan], -5)", -5.0),
    case("max(apples[months], 1 / 0)", DIVISION),
)
def test_max_of_blanks_texts_nothing_and_errors(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
