"""`count_filled(…)`: how many cells hold more than blanks; a number, wherever it stands."""

from tests.engines.spec import Case, Spoken, case, on_every_engine
from workbook_gen.definition.values import Value

RECORDS: dict[str, Value] = {"staff.r01[name]": "A", "staff.r02[name]": "  ", "staff.r01[pay]": 0.0, "staff.r03[pay]": "x"}


@on_every_engine(
    case("count_filled(apples[months])", 0.0),
    case("count_filled(apples[months])", 2.0, {"apples[nov]": 0.0, "apples[jan]": 5.0}),
    case("count_filled(apples[months])", 2.0, {"apples[nov]": "abc", "apples[dec]": " ", "apples[jan]": 5.0}),
    case("count_filled(apples[nov])", 1.0, {"apples[nov]": 3.0}),
    case("count_filled(apples[nov])", 0.0),
    case("count_filled(apples[nov]) + count_filled(apples[dec])", 1.0, {"apples[nov]": 3.0}),
    case("sum(count_filled(apples[nov]), 1)", 2.0, {"apples[nov]": 3.0}),
    case("max(count_filled(apples[nov]), 0)", 1.0, {"apples[nov]": 3.0}),
    case("abs(count_filled(apples[nov]))", 1.0, {"apples[nov]": 3.0}),
    case("round(count_filled(apples[nov]))", 1.0, {"apples[nov]": 3.0}),
    case("iff(1 < 2, count_filled(apples[nov]), 5)", 1.0, {"apples[nov]": 3.0}),
    case("count_filled(apples[nov]) == 0", True),
    case("count_filled(apples[nov]) == 1", True, {"apples[nov]": 3.0}),
    case("count_filled(apples[nov]) * 3", 3.0, {"apples[nov]": 3.0}),
    case("count_filled(apples[nov], apples[nov])", 2.0, {"apples[nov]": 3.0}),
    case("count_filled(staff.r01[name], staff.r01[pay], staff.r01[grade])", 2.0, RECORDS),
    case("count_filled(staff.records[name])", 1.0, RECORDS),
    case("count_filled(staff.records[name], staff.records[pay])", 3.0, RECORDS),
    case("count_filled(line[name], line[pay], line[grade])", 1.0, RECORDS, table="staff", line="r03"),
    case("count_filled(carrots[months])", 0.0),
    case("count_filled(carrots[plan], apples[nov])", 1.0, {"apples[nov]": 3.0}),
    case("count_filled(carrots[plan])", 0.0),
    case("count_filled(stations.organisations[plan])", 0.0),
    case("2 * (count_filled(apples[months]) - 1)", 2.0, {"apples[nov]": 3.0, "apples[dec]": 3.0}),
    case("10 / count_filled(apples[nov], apples[dec])", 5.0, {"apples[nov]": 3.0, "apples[dec]": 3.0}),
)
def test_count_filled(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
