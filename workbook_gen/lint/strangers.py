"""What belongs to other systems, and must not stand in this one's workbook."""

from collections.abc import Iterable
from dataclasses import dataclass

from workbook_gen.definition.model import Organisation, System

SMALL = 100.0
"""Whole numbers from 0 to this are anyone's."""


@dataclass(frozen=True)
class Strangers:
    """Codes and names (small letters) of other systems, their organisations and regions; and what is this system's own.

    `own_numbers` holds every number above 100 that the workbook may show: its figures, totals, thresholds, dates and counts.
    """

    codes: frozenset[str]
    names: tuple[str, ...]
    own_names: tuple[str, ...]
    own_numbers: frozenset[float]

    def owns(self, number: float) -> bool:
        """Whether a number may stand in this workbook, under either sign, to six decimals."""
        if 0 <= number <= SMALL and float(number).is_integer():
            return True
        return round(abs(number), 6) in self.own_numbers


def strangers_of(system: System, organisations: Iterable[Organisation], own_numbers: Iterable[float]) -> Strangers:
    """What is strange to a system among all organisations; a region that it shares is its own."""
    everyone = tuple(organisations)
    own = {one.code for one in system.organisations}
    others = [one for one in everyone if one.code not in own]
    codes, names = _codes(others) - _codes(system.organisations), _names(others) - _names(system.organisations)
    return Strangers(
        frozenset(codes),
        tuple(sorted(names)),
        tuple(sorted(_names(system.organisations), key=lambda name: (-len(name), name))),
        frozenset(round(abs(number), 6) for number in own_numbers),
    )


def _codes(organisations: Iterable[Organisation]) -> set[str]:
    return {code for one in organisations for code in (one.code, one.icb_code, one.region_code)}


def _names(organisations: Iterable[Organisation]) -> set[str]:
    return {name.casefold() for one in organisations for name in (one.name, one.region_name)}
