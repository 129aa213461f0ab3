"""Dates are serial days: they compare and subtract as numbers; a blank date is 0."""

from tests.engines.spec import Case, Spoken, case, on_every_engine

DAY = {"apples[day]": 45240.0}  # 10 November 2023


@on_every_engine(
    case("apples[day]", 45240.0, DAY),
    case("apples[day] - issued", 2.0, DAY),
    case("apples[day] >= issued", True, DAY),
    case("apples[day] <= deadline", True, DAY),
    case("apples[day] > deadline", False, DAY),
    case("apples[day] >= issued", False),
    case("apples[day] == 0", True),
    case("apples[day] >= issued", False, {"apples[day]": "10/11/2023"}),
    case("apples[day] <= deadline", True, {"apples[day]": 45252.0}),
    case("apples[day] <= deadline", False, {"apples[day]": 45252.5}),
    case("max(staff.records[started])", 45240.0, {"staff.r01[started]": 45200.0, "staff.r03[started]": 45240.0}),
    case("count_filled(staff.records[started])", 1.0, {"staff.r01[started]": 45200.0}),
    case("filled(apples[day]) and apples[day] >= issued", True, DAY),
)
def test_date(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
