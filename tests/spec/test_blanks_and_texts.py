"""A blank is 0 in arithmetic, and so is a text in a number's cell, however it is read."""

from tests.engines.spec import Case, Spoken, case, on_every_engine

NOTHING = (None, "", " ", "abc", "5", "12,5", "1,234", "=1+1", "#N/A", "TRUE")
READINGS = {
    "apples[nov]": 0.0,
    "apples[nov] + 1": 1.0,
    "2 * apples[nov] - 3": -3.0,
    "-apples[nov]": 0.0,
    "abs(apples[nov])": 0.0,
    "round(apples[nov], 1)": 0.0,
    "sum(apples[nov], 2)": 2.0,
    "sum(apples[months])": 0.0,
    "iff(1 < 2, apples[nov], 9)": 0.0,
    "apples[fot]": 0.0,
    "total[nov]": 0.0,
}


@on_every_engine(
    *[case(text, said, {"apples[nov]": value}) for value in NOTHING for text, said in READINGS.items()],
    case("apples[nov] == 0", True, {"apples[nov]": "abc"}),
    case("apples[nov] < 0.01", True, {"apples[nov]": "abc"}),
    case("within(apples[nov], 0, 0)", True, {"apples[nov]": "abc"}),
    case("apples[plan] + 1", 1.0),
    case("apples[fot]", 7.0, {"apples[ytd]": 7.0, "apples[nov]": "x"}),
    case("staff.r01[started]", 0.0, {"staff.r01[started]": "1 May"}),
    case("staff.r01[weighed]", 0.0, {"staff.r01[pay]": "5"}),
)
def test_nothing_is_nought(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
