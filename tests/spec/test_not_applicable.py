"""A cell that does not apply, or that this system does not have, is 0 in arithmetic, not filled, and equals no text."""

from tests.engines.spec import Case, Spoken, case, on_every_engine


@on_every_engine(
    case("carrots[plan]", 0.0),
    case("carrots[plan] + 3", 3.0),
    case("carrots[nov] - 3", -3.0),
    case("3 - carrots[nov]", 3.0),
    case("3 * carrots[nov]", 0.0),
    case("carrots[plan] == 0", True),
    case("turnips[restated, nov]", 0.0),
    case("turnips[restated, nov] < 1", True),
    case("abs(carrots[plan])", 0.0),
    case("filled(carrots[plan])", False),
    case("not filled(carrots[plan])", True),
    case("sum(carrots[months])", 0.0),
    case("total[plan]", 3.0, {"apples[plan]": 1.0, "turnips[plan]": 2.0}),
    case("stations.total[plan]", 0.0),
    case("stations.total[plan] <= ceiling", True),
    case("sum(stations.total[months])", 0.0),
    case("total[answer] == 'yes'", False),
    case("total[answer] != 'yes'", True),
    case("not total[answer] == 'yes' and 1 < 2", True),
    case("filled(total[answer])", False),
    case("count_filled(total[answer], apples[answer])", 1.0, {"apples[answer]": "no"}),
    case("level[blank]", 0.0),
    case("level[wrong_sign] == 0", True),
    case("carrots[fot]", 4.0, {"carrots[ytd]": 4.0}),
)
def test_not_applicable(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
