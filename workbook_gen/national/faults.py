"""What is wrong with the centre's own figures, and how a figure and an organisation are written when that is said."""

from collections.abc import Iterable, Mapping

from workbook_gen.definition.model import Organisation


class NationalDataError(Exception):
    """The national data cannot be used: nothing is issued. `faults` holds a short text for each fault, all at once."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(dict.fromkeys(faults))
        super().__init__("\n".join(self.faults))


def written(value: float) -> str:
    """A figure with thousands separated and no needless decimals."""
    tidy = round(value, 6)
    return f"{int(tidy):,}" if tidy.is_integer() else f"{tidy:,}"


def named(code: str, organisations: Mapping[str, Organisation]) -> str:
    """The organisation's code, with its name where we know it."""
    return f"{code} {organisations[code].name}" if code in organisations else code
