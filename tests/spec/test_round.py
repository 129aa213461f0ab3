"""`round(a, digits)`: half away from zero on the 15-digit decimal; without digits, to a whole number."""

from tests.engines.spec import DIVISION, Case, Spoken, case, on_every_engine

TO_TWO = {
    1.005: 1.01,
    2.675: 2.68,
    -1.005: -1.01,
    -2.675: -2.68,
    1.004999: 1.0,
    0.615: 0.62,
    8.325: 8.33,
    1.255: 1.26,
    1234567.125: 1234567.13,
    1234567.885: 1234567.89,
    9999999.995: 10_000_000.0,
    -0.004: 0.0,
    0.005: 0.01,
}


@on_every_engine(
    *[case("round(apples[nov], 2)", rounded, {"apples[nov]": value}) for value, rounded in TO_TWO.items()],
    case("round(1.005, 2)", 1.01),
    case("round(-2.5)", -3.0),
    case("round(2.5)", 3.0),
    case("round(0.5)", 1.0),
    case("round(-0.5)", -1.0),
    case("round(0.49999)", 0.0),
    case("round(1.5, 0)", 2.0),
    case("round(0.25, 1)", 0.3),
    case("round(-0.25, 1)", -0.3),
    case("round(1.45, 1)", 1.5),
    case("round(1.0005, 3)", 1.001),
    case("round(2.675 - 1.67, 2)", 1.01),  # 1.0049999999999999 is 1.005 in 15 digits
    case("round(1.005 - 1, 2)", 0.0),  # 0.00499999999999989 is less than half in 15 digits
    case("round(1.1 * 1.15, 3)", 1.265),
    case("round(apples[nov])", 0.0),
    case("round(apples[nov], 1)", 0.0, {"apples[nov]": "2,5"}),
    case("round(apples[nov] / 3, 2)", 333.33, {"apples[nov]": 1000.0}),
    case("round(sum(apples[months]), 1)", 0.7, {"apples[nov]": 0.2, "apples[dec]": 0.45}),
    case("round(10 / 3)", 3.0),
    case("round(1 / 0, 2)", DIVISION),
)
def test_round(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
