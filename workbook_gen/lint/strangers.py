"""What belongs to other systems, and must not stand in this one's workbook."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Strangers:
    """Codes and names (small letters) of other systems, their organisations and regions; and what is this system's own.

    `own_numbers` holds every number above 100 that the workbook may show: its figures, totals, thresholds, dates and counts.
    """

    codes: frozenset[str]
    names: tuple[str, ...]
    own_names: tuple[str, ...]
    own_numbers: frozenset[float]
