"""`table[blank]`, `[not_numeric]`, `[wrong_sign]`, `[not_whole]`: the four counts of a table's inputs.

The workbook of the trial holds the counts as numbers; how Excel counts them is tested on whole workbooks.
"""

from tests.engines.spec import Case, Spoken, case, on_every_engine
from workbook_gen.definition.values import CellError

NINE = {f"sites.{line}[{month}]": 1.0 for line in ("qx1", "rx1", "rx2") for month in ("nov", "dec", "jan")}


@on_every_engine(
    case("sites[blank]", 9.0),
    case("sites[blank]", 0.0, NINE),
    case("sites[blank] == 0", True, NINE),
    case("sites[blank]", 8.0, {"sites.qx1[nov]": 0.0}),
    case("sites[blank]", 8.0, {"sites.qx1[nov]": " "}),
    case("table[blank]", 8.0, {"sites.qx1[nov]": 1.0}, table="sites"),
    case("staff[blank]", 0.0),
    case("sites[not_numeric]", 0.0),
    case("sites[not_numeric]", 2.0, {"sites.qx1[nov]": " ", "sites.rx1[dec]": "12,5", "sites.rx1[jan]": 3.0}),
    case("sites[not_numeric]", 1.0, {"sites.qx1[nov]": CellError("#DIV/0!")}),
    case("staff[not_numeric]", 1.0, {"staff.r01[name]": "A", "staff.r01[started]": "1 May"}),
    case("staff[wrong_sign]", 1.0, {"staff.r01[pay]": -5.0, "staff.r02[pay]": 5.0, "staff.r03[pay]": 0.0}),
    case("staff[wrong_sign]", 0.0, {"staff.r01[pay]": -5.0, "staff.r02[pay]": "x"}),
    case("sites[wrong_sign]", 0.0, {"sites.qx1[nov]": -5.0}),
    case("staff[not_whole]", 1.0, {"staff.r01[pay]": 1.5, "staff.r02[pay]": 2.0}),
    case("sites[not_whole]", 1.0, {"sites.qx1[nov]": 1.5, "sites.qx1[dec]": 2.5}),
    case("sites[not_whole]", 1.0, {"sites.qx1[nov]": 1.5, "sites.rx1[nov]": 1.5, "sites.rx1[dec]": "x"}),
    case("sites[blank] + sites[not_numeric]", 9.0, {"sites.qx1[nov]": "x"}),
)
def test_count(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
