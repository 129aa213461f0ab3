"""How a figure is shown on the page: as in the return, negatives in brackets, and what is not there in words."""

from dataclasses import dataclass

from workbook_gen.definition.rounding import round_half_away
from workbook_gen.report.national import MISSING

Figure = float | str


@dataclass(frozen=True)
class Shown:
    """A figure in words, and the number that a column is sorted by; None where there is none."""

    text: str
    number: float | None = None


def shown(figure: Figure, unit: str, dp: int) -> Shown:
    """A figure with thousands separated, its negative in brackets, a percentage with its sign."""
    if isinstance(figure, str):
        return Shown("missing" if figure == MISSING else "does not apply")
    rounded = round_half_away(figure, dp) + 0.0
    digits = f"{abs(rounded):,.{dp}f}{'%' if unit == '%' else ''}"
    return Shown(f"({digits})" if rounded < 0 else digits, figure)


def plural(number: int, one: str, many: str = "") -> str:
    """`1 system`, `2 systems`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
