"""`sum(…)`: of ranges, cells and numbers; skips blanks and texts in cells; of none it is 0."""

from tests.engines.spec import DIVISION, OVERFLOW, Case, Spoken, case, on_every_engine

MONTHS = {"apples[nov]": 1.0, "apples[dec]": 2.0, "apples[jan]": 4.5}


@on_every_engine(
    case("sum(apples[months])", 7.5, MONTHS),
    case("sum(apples[months], 10)", 17.5, MONTHS),
    case("sum(apples[nov], apples[nov])", 2.0, MONTHS),
    case("sum(apples[months], apples[dec])", 9.5, MONTHS),
    case("sum(apples[months], pears[months])", 7.5, MONTHS),
    case("sum(apples[nov])", 1.0, MONTHS),
    case("sum(-apples[nov], 2 * apples[jan])", 8.0, MONTHS),
    case("sum(share, ceiling)", 503.7),
    case("sum(1, 2, 3)", 6.0),
    case("sum(apples[months]) == 7.5", True, MONTHS),
    case("sum(apples[nov], pears[nov], plums[nov])", 0.6, {"apples[nov]": 0.1, "pears[nov]": 0.2, "plums[nov]": 0.3}),
)
def test_sum(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


@on_every_engine(
    case("sum(apples[months])", 0.0),
    case("sum(apples[nov])", 0.0),
    case("sum(apples[nov])", 0.0, {"apples[nov]": "5"}),
    case("sum(apples[months])", 1.0, {"apples[nov]": 1.0, "apples[dec]": "12,5", "apples[jan]": " "}),
    case("sum(apples[months])", 0.0, {"apples[nov]": "1", "apples[dec]": "2", "apples[jan]": "3"}),
    case("sum(apples[nov], -apples[dec])", 1.0, {"apples[nov]": 1.0, "apples[dec]": "2"}),
    case("sum(carrots[plan])", 0.0),
    case("sum(carrots[months])", 0.0),
    case("sum(carrots[months], 3)", 3.0),
    case("sum(stations.organisations[plan])", 0.0),
    case("sum(previous[plan])", 0.0, {"apples[plan]": 7.0}, line="apples"),
    case("sum(apples[months], 1 / 0)", DIVISION),
    case("sum(fruit[growth])", DIVISION),
)
def test_sum_of_blanks_texts_nothing_and_errors(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


HUGE = {"apples[nov]": 1e308, "apples[dec]": 1e308, "pears[nov]": -1e308}


@on_every_engine(
    case("sum(apples[months])", OVERFLOW, HUGE),
    case("sum(apples[months]) > 0", OVERFLOW, HUGE),
    case("sum(apples[months]) + pears[nov]", OVERFLOW, HUGE),
    case("apples[fot]", OVERFLOW, HUGE),
    case("apples[nov] + apples[dec]", OVERFLOW, HUGE),
    case("apples[nov] - pears[nov]", OVERFLOW, HUGE),
    case("apples[nov] * 100", OVERFLOW, HUGE),
    case("apples[nov] / 0.001", OVERFLOW, HUGE),
    case("apples[nov] > 0", True, HUGE),
)
def test_what_is_too_large_is_an_error(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
