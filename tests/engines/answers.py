"""What an engine answers, in one form for every engine, and when two answers are the same."""

from math import isclose

Answer = float | bool | str
"""A number, a truth, or an Excel error such as #DIV/0!. Another text, or the empty one, is an answer too: a wrong one."""

NOT_RECALCULATED = -98765.4321
"""The wrong value that every formula is written with: an engine that answers it has computed nothing."""

RELATIVE, ABSOLUTE = 1e-12, 1e-8


class EngineError(Exception):
    """An engine that is missing, fails, or hands back what it was given."""


def same(left: Answer, right: Answer) -> bool:
    """Truths and errors are the same or not; numbers to 12 digits, or to 8 decimals where they are small."""
    if isinstance(left, float) and isinstance(right, float):
        return isclose(left, right, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
    return type(left) is type(right) and left == right


def recalculated(answer: Answer) -> Answer:
    """The answer. Raises `EngineError` for the wrong value that it was written with."""
    if answer == NOT_RECALCULATED:
        raise EngineError("A formula still holds the wrong value that it was written with: nothing was recalculated.")
    return answer
