"""`filled(cell)`: whether it holds more than blanks. 0 is an answer."""

import pytest

from tests.engines.compare import FORMUALIZER
from tests.engines.spec import Case, Spoken, case, on_every_engine

HELD = {None: False, "": False, " ": False, "   ": False, "a": True, " a ": True, "0": True, 0.0: True, -3.0: True}
INVISIBLE = ("\t", "\n", "\u00a0")
SPACES = {FORMUALIZER: "its TRIM takes away every white space, Excel's and LibreOffice's blanks only"}


@on_every_engine(
    *[case("filled(apples[explanation])", held, {"apples[explanation]": value}) for value, held in HELD.items()],
    *[case("filled(apples[nov])", held, {"apples[nov]": value}) for value, held in HELD.items()],
    *[case("filled(apples[explanation])", True, {"apples[explanation]": value}, wrong=SPACES) for value in INVISIBLE],
    case("filled(apples[plan])", False),
    case("filled(apples[plan])", True, {"apples[plan]": 0.0}),
    case("filled(apples[fot])", True),
    case("filled(carrots[plan])", False),
    case("filled(carrots[nov])", False),
    case("filled(stations.total[plan])", False),
    case("filled(apples[day])", True, {"apples[day]": 45238.0}),
    case("filled(line[explanation])", True, {"pears[explanation]": "x"}, line="pears"),
)
def test_filled(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)


def test_the_cases_say_both() -> None:
    assert set(HELD.values()) == {True, False}
    with pytest.raises(ValueError, match="no cell"):
        _ = case("filled(apples[fot])", True, {"apples[fot]": 1.0}).trial
