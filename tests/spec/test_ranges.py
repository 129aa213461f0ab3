"""Ranges: sections of lines, also ones that do not stand together, groups of months, and both at once."""

from tests.engines.spec import Case, Spoken, case, on_every_engine

LINES = ("apples", "pears", "carrots", "plums", "turnips")
YTD = {f"{line}[ytd]": float(10**n) for n, line in enumerate(LINES)}
NOV = {f"{line}[nov]": float(10**n) for n, line in enumerate(LINES) if line != "carrots"}
GRID = {f"{line}[{month}]": float(n) for n, line in enumerate(LINES) if n != 2 for month in ("nov", "dec", "jan")}
RESTATED = {"apples[restated_nov]": 1.0, "apples[restated_dec]": 10.0, "apples[restated_jan]": 100.0}
SITES = {"sites.qx1[plan]": 1.0, "sites.rx1[plan]": 10.0, "sites.rx2[plan]": 100.0}


@on_every_engine(
    case("sum(fruit[ytd])", 1011.0, YTD),
    case("sum(roots[ytd])", 10100.0, YTD),
    case("sum(fruit[ytd], roots[ytd])", 11111.0, YTD),
    case("min(fruit[ytd])", 1.0, YTD),
    case("max(fruit[ytd])", 1000.0, YTD),
    case("sum(fruit[nov])", 1011.0, NOV),
    case("sum(roots[nov])", 10000.0, NOV),
    case("count_filled(fruit[ytd])", 3.0, YTD),
    case("count_filled(roots[nov])", 1.0, NOV),
    case("sum(fruit[months])", 12.0, GRID),
    case("sum(roots[months])", 12.0, GRID),
    case("sum(fruit[month])", 4.0, GRID, month="dec"),
    case("max(fruit[months], roots[months])", 4.0, GRID),
    case("sum(apples[restated])", 111.0, RESTATED),
    case("sum(fruit[restated])", 111.0, RESTATED),
    case("sum(fruit[restated, dec])", 10.0, RESTATED),
    case("sum(apples[restated], apples[months])", 112.0, {**RESTATED, "apples[nov]": 1.0}),
    case("sum(sites.organisations[plan])", 111.0, SITES),
    case("sum(organisations[plan])", 111.0, SITES, table="sites"),
    case("sites.total[plan]", 111.0, SITES),
    case("sum(fruit[fot])", 1011.0, YTD),
    case("sum(staff.records[pay])", 7.0, {"staff.r01[pay]": 3.0, "staff.r03[pay]": 4.0}),
    case("sum(sites.organisations[months])", 3.0, {"sites.rx2[dec]": 3.0}),
)
def test_range(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
