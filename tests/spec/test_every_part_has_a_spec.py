"""Every operator and function of the language has its file here, and cases with more than one answer."""

from pathlib import Path

import pytest

from workbook_gen.definition.expression import FUNCTIONS

HERE = Path(__file__).parent
OPERATORS = ("add", "subtract", "multiply", "divide", "negate", "comparisons", "chains", "texts", "and", "or", "not")
CONCEPTS = (
    "settings",
    "counts",
    "blanks_and_texts",
    "dates",
    "ranges",
    "names_at_hand",
    "not_applicable",
    "excel_errors",
    "totals",
    "outcomes",
)


@pytest.mark.parametrize("part", [*OPERATORS, *FUNCTIONS, *CONCEPTS])
def test_it_has_a_file(part: str) -> None:
    assert (HERE / f"test_{part}.py").exists(), f"write tests/spec/test_{part}.py"


def test_no_file_is_about_nothing() -> None:
    files = {path.stem.removeprefix("test_") for path in HERE.glob("test_*.py")}
    assert files == {*OPERATORS, *FUNCTIONS, *CONCEPTS, "every_part_has_a_spec"}
