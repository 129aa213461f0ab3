"""`line`, `previous`, `month`, `direction`, and the same line of another table."""

from tests.engines.spec import Case, Spoken, case, on_every_engine

FIGURES = {"apples[plan]": 5.0, "pears[plan]": 7.0, "pears[nov]": 1.0, "pears[dec]": 2.0, "pears[jan]": 4.0}
STEPS = {"apples[ytd]": 5.0, "pears[ytd]": 7.0, "plums[ytd]": -2.0}


@on_every_engine(
    case("line[plan]", 7.0, FIGURES, line="pears"),
    case("line[month]", 2.0, FIGURES, line="pears", month="dec"),
    case("line[nov]", 1.0, FIGURES, line="pears", month="dec"),
    case("total[month]", 2.0, FIGURES, month="dec"),
    case("sum(line[months])", 7.0, FIGURES, line="pears"),
    case("line[restated, month]", 3.0, {"pears[restated_jan]": 3.0}, line="pears", month="jan"),
    case("line[restated, nov]", 3.0, {"pears[restated_nov]": 3.0}, line="pears", month="jan"),
    case("previous[plan]", 5.0, FIGURES, line="pears"),
    case("previous[plan]", 0.0, FIGURES, line="apples"),
    case("direction", -1.0, line="pears"),
    case("direction", 1.0, line="apples"),
    case("direction * (line[fot] - line[plan])", 0.0, FIGURES, line="pears"),
    case("pears[variance]", -2.0, {"pears[ytd]": 9.0, "pears[plan]": 7.0}),
    case("apples[variance]", 2.0, {"apples[ytd]": 9.0, "apples[plan]": 7.0}),
    case("level.line[step]", 7.0, STEPS, line="pears"),
    case("figures.line[ytd]", 7.0, STEPS, table="level", line="pears"),
    case("level.apples[height]", 5.0, STEPS),
    case("level.pears[height]", 12.0, STEPS),
    case("level.plums[height]", 10.0, STEPS),
    case("line[height] - previous[height]", -2.0, STEPS, table="level", line="plums"),
    case("sites.total[month]", 6.0, {"sites.qx1[dec]": 6.0}, month="dec"),
)
def test_name_at_hand(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
