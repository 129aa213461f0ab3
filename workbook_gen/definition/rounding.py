"""Rounding as a spreadsheet rounds."""

from decimal import ROUND_HALF_UP, Decimal
from math import floor, isfinite

_TIE = 1e-4
_EXACT = 1e9
_WHOLE = 1e15


def round_half_away(value: float, digits: int) -> float:
    """Half away from zero on the 15-digit decimal: 2.675 is 2.68, -2.5 is -3."""
    scale = 10.0**digits
    scaled = abs(value) * scale
    if not isfinite(value) or scaled >= _WHOLE:
        return value
    whole = floor(scaled)
    if scaled < _EXACT and abs(scaled - whole - 0.5) > _TIE:
        rounded = (whole + (scaled - whole > 0.5)) / scale
    else:
        quantum = Decimal(1).scaleb(-digits)
        rounded = float(Decimal(f"{abs(value):.15g}").quantize(quantum, ROUND_HALF_UP))
    return -rounded if value < 0 and rounded else rounded
