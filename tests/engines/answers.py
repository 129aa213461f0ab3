"""What an engine answers, in one form for every engine, and when two answers are the same."""

from math import isclose

from workbook_gen.definition.values import CellError

Answer = float | bool | CellError
"""A number, a truth, or an Excel error such as #DIV/0!."""

NOT_RECALCULATED = -98765.4321
"""The wrong value that every formula is written with: an engine that answers it has computed nothing."""

RELATIVE, ABSOLUTE = 1e-12, 1e-8


class EngineError(Exception):
    """An engine that is missing, fails, or hands back what it was given."""


def same(left: Answer | str | None, right: Answer | str | None) -> bool:
    """Truths and errors are the same or not; numbers to 12 digits, or to 8 decimals where they are small."""
    if isinstance(left, float) and isinstance(right, float):
        return isclose(left, right, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    return type(left) is type(right) and left == right


def checked(answer: object) -> Answer:
    """The answer of a formula. Raises `EngineError` for one that is none, or that shows no recalculation."""
    if answer == NOT_RECALCULATED:
        raise EngineError("A formula still holds the wrong value that it was written with: nothing was recalculated.")
    if not isinstance(answer, float | bool | CellError):
        raise EngineError(f"{answer!r} is no answer.")
    return answer
