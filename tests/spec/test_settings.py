"""Names: parameters, `months_done`, `months_left`, `issued` and `deadline`."""

from tests.engines.spec import Case, Spoken, case, on_every_engine


@on_every_engine(
    case("share", 3.7),
    case("ceiling", 500.0),
    case("tolerance", 0.01),
    case("months_done", 7.0),
    case("months_left", 3.0),
    case("issued", 45238.0),
    case("deadline", 45252.0),
    case("deadline - issued", 14.0),
    case("deadline > issued", True),
    case("share / 100 * ceiling", 18.5),
    case("-share", -3.7),
    case("share == 3.7", True),
    case("abs(apples[nov]) <= tolerance", True, {"apples[nov]": -0.01}),
    case("abs(apples[nov]) <= tolerance", False, {"apples[nov]": -0.02}),
    case("apples[ytd] / months_done", 100.0, {"apples[ytd]": 700.0}),
    case("apples[plan] / (months_done + months_left)", 10.0, {"apples[plan]": 100.0}),
)
def test_setting(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
