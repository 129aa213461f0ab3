"""Totals: computed from inputs and prefills, through one another, the line's formula or the column's where they cross."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine

FIGURES = {
    "apples[plan]": 100.0,
    "apples[ytd]": 60.0,
    "apples[nov]": 10.0,
    "apples[dec]": 20.0,
    "pears[plan]": 50.0,
    "pears[ytd]": 25.0,
    "carrots[ytd]": 5.0,
    "turnips[plan]": 10.0,
    "turnips[jan]": 4.0,
}


@on_every_engine(
    case("apples[fot]", 90.0, FIGURES),
    case("carrots[fot]", 5.0, FIGURES),
    case("total[plan]", 160.0, FIGURES),
    case("total[ytd]", 90.0, FIGURES),
    case("total[nov]", 10.0, FIGURES),
    case("total[fot]", 124.0, FIGURES),
    case("total[growth]", -22.5, FIGURES),
    case("total[guarded]", -22.5, FIGURES),
    case("apples[growth]", -10.0, FIGURES),
    case("plums[growth]", DIVISION, FIGURES),
    case("plums[guarded]", 0.0, FIGURES),
    case("total[variance]", -36.0, FIGURES),
    case("sum(fruit[fot]) + sum(roots[fot]) == total[fot]", True, FIGURES),
    case("staff.total[pay]", 12.0, {"staff.r01[pay]": 5.0, "staff.r02[pay]": 7.0}),
    case("staff.total[weighed]", 5.0, {"staff.r01[pay]": 5.0, "staff.r02[pay]": 7.0, "staff.r02[grade]": "low"}),
    case("sites.rx1[share_of_all]", 25.0, {"sites.rx1[plan]": 5.0, "sites.rx2[plan]": 15.0}),
    case("sites.total[share_of_all]", 100.0, {"sites.rx1[plan]": 5.0, "sites.rx2[plan]": 15.0}),
    case("sites.rx1[share_of_all]", 0.0),
)
def test_total(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
