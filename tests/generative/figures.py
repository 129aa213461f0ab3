"""Random figures for the trial return: what people type, and what they should not have typed."""

from hypothesis import strategies as st

from tests.engines.trial import trial_form
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value

LARGEST = 10_000_000
SMALL = (0.0, 1.0, -1.0, 2.0, 100.0, 0.1, 0.2, 0.3, 0.5, -0.5, 0.005, 0.01, 1.005, 2.675, -2.5, 100.5)
SPACES = (" ", "   ")
STRAY = (*SPACES, "abc", "12,5", "", "1,234", "n/a")
TEXTS = ("yes", "No", "YES ", "slip", "Stop", "été", "LOW", "high", "abc", "12,5", "say 'x'", "5", "a\nb", *3 * SPACES)
DAYS = (45_200, 45_300)


def _decimals(places: int) -> st.SearchStrategy[float]:
    scale = 10**places
    return st.integers(-LARGEST * scale, LARGEST * scale).map(lambda number: number / scale)


def numbers() -> st.SearchStrategy[Value]:
    """Whole numbers and numbers with one or two decimals, small ones that stand on an edge, zero."""
    return st.one_of(st.sampled_from(SMALL), st.integers(-999, 999).map(float), _decimals(0), _decimals(1), _decimals(2))


def value_of(cell: FormCell, *, clean: bool) -> st.SearchStrategy[Value]:
    """What may stand in one cell; in a clean return no text and no Excel error stands where a number belongs."""
    if cell.column.type == "date":
        right: st.SearchStrategy[Value] = st.integers(*DAYS).map(float)
    else:
        right = numbers() if cell.column.numeric else st.sampled_from(TEXTS)
    blank = st.none()
    if clean or cell.role == "prefill":
        return st.one_of(right, right, right, right, blank)
    stray: st.SearchStrategy[Value] = st.sampled_from(STRAY)
    errors: st.SearchStrategy[Value] = st.just(CellError("#DIV/0!"))
    choice = st.integers(0, 59)
    return choice.flatmap(lambda n: errors if n == 0 else stray if n < 10 else blank if n < 20 else right)


@st.composite
def returns(draw: st.DrawFn) -> dict[Key, Value]:
    """The inputs and prefilled figures of one return."""
    clean = draw(st.booleans())
    cells = [cell for cell in trial_form().cells.values() if cell.role in ("prefill", "input")]
    return {cell.key: draw(value_of(cell, clean=clean)) for cell in cells}
