"""`a - b`, and that its right side keeps its brackets."""

from tests.engines.compare import LIBREOFFICE
from tests.engines.spec import Case, Spoken, case, on_every_engine

FIGURES = {"apples[nov]": 10.0, "pears[nov]": 4.0, "plums[nov]": 3.0}


@on_every_engine(
    case("3 - 4", -1.0),
    case("10 - 4 - 3", 3.0),
    case("10 - (4 - 3)", 9.0),
    case("10 - (4 + 3)", 3.0),
    case("10 - 4 + 3", 9.0),
    case("apples[nov] - (pears[nov] - plums[nov])", 9.0, FIGURES),
    case("apples[nov] - pears[nov] - plums[nov]", 3.0, FIGURES),
    case("apples[nov] - -pears[nov]", 14.0, FIGURES),
    case("apples[nov] - (-pears[nov])", 14.0, FIGURES),
    case("apples[nov] - direction", 11.0, FIGURES, line="pears"),
    case("apples[nov] - pears[nov] * plums[nov]", -2.0, FIGURES),
    case("apples[nov] - pears[nov] == 6", True, FIGURES),
)
def test_subtract(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


TENTHS = {"apples[nov]": 0.1, "apples[dec]": 0.2, "apples[jan]": 0.3}
LEFT = "apples[nov] + apples[dec] - apples[jan]"


@on_every_engine(
    case(f"{LEFT} == 0", True, TENTHS),
    case(f"{LEFT} > 0", False, TENTHS),
    case(f"iff({LEFT} == 0, 0, 1 / ({LEFT}))", 0.0, TENTHS),
    case(f"1 / ({LEFT}) > 0", True, TENTHS, wrong={LIBREOFFICE: "it snaps a difference of nearly equal numbers to 0"}),
)
def test_what_is_left_of_tenths_is_nothing_to_a_comparison(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
