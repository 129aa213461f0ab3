"""`min(…)`: the smallest; skips blanks and texts in cells; of none it is 0."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine

MONTHS = {"apples[nov]": 3.0, "apples[dec]": -2.5, "apples[jan]": 4.0}
ALL_ABOVE = {"apples[nov]": 3.0, "apples[jan]": 4.0}


@on_every_engine(
    case("min(apples[months])", -2.5, MONTHS),
    case("min(apples[months], -3)", -3.0, MONTHS),
    case("min(apples[nov], apples[dec])", -2.5, MONTHS),
    case("min(apples[nov])", 3.0, MONTHS),
    case("min(1, 2, 3)", 1.0),
    case("min(-apples[jan], apples[nov] * 2)", -4.0, MONTHS),
    case("min(share, months_left)", 3.0),
    case("min(apples[months], pears[months])", -2.5, MONTHS),
    case("min(apples[nov], 0)", 0.0, MONTHS),
)
def test_min(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


@on_every_engine(
    case("min(apples[months])", 3.0, ALL_ABOVE),
    case("min(apples[months])", 3.0, {**ALL_ABOVE, "apples[dec]": "1"}),
    case("min(apples[months])", 0.0),
    case("min(apples[months])", 0.0, {"apples[nov]": "abc", "apples[dec]": " "}),
    case("min(apples[nov])", 0.0),
    case("min(apples[nov], 5)", 5.0),
    case("min(-apples[nov], 5)", 0.0),
    case("min(carrots[months])", 0.0),
    case("min(carrots[months], 5)", 5.0),
    case("min(carrots[plan], 5)", 0.0),
    case("min(stations.organisations[plan])", 0.0),
    case("min(stations.organisations[plan], 5)", 5.0),
    case("min(apples[months], 1 / 0)", DIVISION),
)
def test_min_of_blanks_texts_nothing_and_errors(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
