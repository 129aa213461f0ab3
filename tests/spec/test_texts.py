"""A text cell `==` or `!=` a text: without regard to case; a blank equals no text."""

from tests.engines.compare import FORMUALIZER
from tests.engines.spec import Case, Spoken, case, on_every_engine

ASCII = {FORMUALIZER: "it ignores the case of A to Z only"}


@on_every_engine(
    case("apples[answer] == 'yes'", True, {"apples[answer]": "yes"}),
    case("apples[answer] == 'yes'", True, {"apples[answer]": "YES"}),
    case("apples[answer] == 'Yes'", True, {"apples[answer]": "yes"}),
    case("apples[answer] == 'yes'", False, {"apples[answer]": "no"}),
    case("apples[answer] == 'yes'", False, {"apples[answer]": "yes "}),
    case("apples[answer] == 'yes'", False, {"apples[answer]": " yes"}),
    case("apples[answer] == 'yes'", False),
    case("apples[answer] == 'yes'", False, {"apples[answer]": " "}),
    case("apples[answer] != 'yes'", True, {"apples[answer]": "no"}),
    case("apples[answer] != 'yes'", False, {"apples[answer]": "yEs"}),
    case("apples[answer] != 'yes'", True),
    case("not apples[answer] == 'yes'", True),
    case("apples[effect] == 'stop'", True, {"apples[effect]": "Stop"}),
    case("apples[explanation] == '5'", True, {"apples[explanation]": "5"}),
    case("apples[explanation] == '5'", False, {"apples[explanation]": 5.0}),
    case("apples[explanation] != '5'", True, {"apples[explanation]": 5.0}),
    case("apples[explanation] == 'y*'", False, {"apples[explanation]": "yes"}),
    case("apples[explanation] == 'y.s'", False, {"apples[explanation]": "yes"}),
    case("""apples[explanation] == 'say "x"'""", True, {"apples[explanation]": 'Say "X"'}),
    case("""apples[explanation] == "it's" """, True, {"apples[explanation]": "IT'S"}),
    case("apples[effect] == 'été'", True, {"apples[effect]": "été"}),
    case("apples[effect] == 'ÉTÉ'", True, {"apples[effect]": "été"}, wrong=ASCII),
    case("staff.r01[grade] == 'low'", True, {"staff.r01[grade]": "Low"}),
    case("line[grade] == 'low'", True, {"staff.r02[grade]": "LOW"}, table="staff", line="r02"),
)
def test_text_comparison(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
