"""`-a`, and the brackets that it needs."""

from tests.engines.spec import Case, Spoken, case, on_every_engine

FIGURES = {"apples[nov]": 10.0, "pears[nov]": 4.0}


@on_every_engine(
    case("-3", -3.0),
    case("--3", 3.0),
    case("-(1 + 2)", -3.0),
    case("-(1 - 2)", 1.0),
    case("-(2 * 3)", -6.0),
    case("-2 * 3", -6.0),
    case("-6 / 3 - 1", -3.0),
    case("-(apples[nov] + pears[nov])", -14.0, FIGURES),
    case("-(apples[nov] - pears[nov])", -6.0, FIGURES),
    case("-apples[nov] - pears[nov]", -14.0, FIGURES),
    case("-apples[nov] + pears[nov]", -6.0, FIGURES),
    case("-(-apples[nov])", 10.0, FIGURES),
    case("-sum(apples[nov], pears[nov])", -14.0, FIGURES),
    case("-apples[nov]", 0.0),
    case("-apples[nov]", 0.0, {"apples[nov]": "abc"}),
    case("-direction", 1.0, line="pears"),
    case("-direction - direction", 2.0, line="pears"),
    case("-count_filled(apples[nov], pears[nov])", -2.0, FIGURES),
    case("-(apples[nov]) == -10", True, FIGURES),
)
def test_negate(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
