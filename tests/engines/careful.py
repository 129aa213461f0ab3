"""Our engine, adding as LibreOffice does: its SUM loses no digits, and a difference of nearly equal numbers is 0.

Excel, formualizer and our engine add doubles one after the other. LibreOffice compensates the lost digits (Kahan), and
snaps `a + b` and `a - b` to 0 where less than 2^-48 of them is left (`rtl::math::approxAdd`). After the rounding to two
decimals that every comparison makes, neither shows, unless a rule divides by what is left of large numbers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import fsum
from unittest.mock import patch

from workbook_gen.checks import evaluate
from workbook_gen.checks.evaluate import Facts, number
from workbook_gen.definition.nodes import Arithmetic
from workbook_gen.definition.values import Value

SNAP = 2.0**-48


@contextmanager
def adding_carefully() -> Iterator[None]:
    """While it lasts, `sum`, `+` and `-` of our engine are LibreOffice's."""
    dispatch = evaluate._evaluate
    plain = dispatch.dispatch(Arithmetic)

    def snapped(node: Arithmetic, facts: Facts) -> Value | bool:
        if node.operator in "+-":
            left, right = number(node.left, facts), number(node.right, facts)
            if _nearly_equal(left, right if node.operator == "-" else -right):
                return 0.0
        return plain(node, facts)

    dispatch.register(Arithmetic, snapped)
    try:
        with patch.object(evaluate, "sum", fsum, create=True):
            yield
    finally:
        dispatch.register(Arithmetic, plain)


def _nearly_equal(left: float, right: float) -> bool:
    """LibreOffice's `approxEqual`: all but the last bits are the same; whole numbers are equal or not."""
    if left.is_integer() and right.is_integer():
        return left == right
    return abs(left - right) < min(abs(left), abs(right)) * SNAP
