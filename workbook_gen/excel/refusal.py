"""The one way in which a file is turned away before it is read."""

from workbook_gen.catalogue import structural
from workbook_gen.findings import Finding


class PackageRefused(Exception):
    """The file cannot or may not be read; `finding` says why and how to mend it."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def refuse(code: str, *, found: str = "", expected: str = "") -> PackageRefused:
    """The refusal of a structural code, to be raised."""
    return PackageRefused(structural(code, found=found, expected=expected))


def damaged(found: str) -> PackageRefused:
    """The refusal of a file whose inside makes no sense, to be raised."""
    return refuse("STR-007", found=found)


def too_large(count: int, limit: int, what: str) -> PackageRefused:
    """The refusal of a file that passes a bound, to be raised: `count` and `limit` are numbers of `what`."""
    return refuse("STR-008", found=f"{count:,} {what}", expected=f"{limit:,}")
