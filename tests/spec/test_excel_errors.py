"""An Excel error in a cell travels through whatever reads the cell, and through nothing else."""

from tests.engines.spec import Case, Spoken, case, on_every_engine
from workbook_gen.definition.values import CellError

ERRORS = [CellError(text) for text in ("#DIV/0!", "#N/A", "#NUM!", "#VALUE!")]
READINGS = (
    "apples[nov]",
    "-apples[nov]",
    "apples[nov] + 1",
    "1 / apples[nov]",
    "apples[nov] > 1",
    "2 < 1 and apples[nov] > 1",
    "1 < 2 or apples[nov] > 1",
    "not apples[nov] > 1",
    "abs(apples[nov])",
    "round(apples[nov], 1)",
    "sum(apples[months])",
    "min(apples[months])",
    "max(apples[months], 3)",
    "iff(apples[nov] > 1, 1, 2)",
    "iff(1 < 2, apples[nov], 2)",
    "filled(apples[nov])",
    "count_filled(apples[months])",
    "count_filled(apples[nov])",
    "within(apples[nov], 1, 2)",
    "apples[fot]",
    "total[nov]",
    "total[fot] > 0",
)
SPARED = {"apples[dec]": 0.0, "iff(2 < 1, apples[nov], 2)": 2.0, "sum(apples[dec], 3)": 3.0, "total[dec]": 0.0}


@on_every_engine(
    *[case(text, error, {"apples[nov]": error}) for error in ERRORS for text in READINGS],
    *[case(text, said, {"apples[nov]": ERRORS[0]}) for text, said in SPARED.items()],
    case("apples[answer] == 'yes'", ERRORS[1], {"apples[answer]": ERRORS[1]}),
    case("apples[answer] != 'yes'", ERRORS[1], {"apples[answer]": ERRORS[1]}),
    case("filled(apples[explanation])", ERRORS[1], {"apples[explanation]": ERRORS[1]}),
    case("staff.r01[weighed]", ERRORS[1], {"staff.r01[grade]": ERRORS[1]}),
)
def test_error(engine: str, case: Case, engines: Spoken) -> None:
    engines.check(engine, case)
