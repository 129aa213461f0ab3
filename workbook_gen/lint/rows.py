"""The rows of Checks as they stand in a workbook: found by their headings."""

from dataclasses import dataclass

from workbook_gen.checks.run import Result
from workbook_gen.findings import word
from workbook_gen.lint.book import Book, Place, Value
from workbook_gen.lint.exhibit import CHECKS

_HEADINGS = {"Rule", "What should hold", "Result", "Found", "Expected", "Difference", "Cell"}


@dataclass(frozen=True)
class CheckRow:
    """A row below the headings of Checks: where the cell below each heading stands, and what it holds."""

    places: dict[str, Place]
    values: dict[str, Value]

    @property
    def rule(self) -> Value:
        """The rule that it names."""
        return self.values["Rule"]

    @property
    def word(self) -> Value:
        """Its result word."""
        return self.values["Result"]


def check_rows(book: Book) -> list[CheckRow]:
    """Every rule's row, in order; none where the sheet or a heading that is looked for is not there."""
    if CHECKS not in book.sheets:
        return []
    for header in book.rows(CHECKS):
        columns = book.columns_of(CHECKS, header)
        if set(columns) >= _HEADINGS:
            rows = [_row(book, row, columns) for row in book.rows(CHECKS) if row > header]
            return [row for row in rows if row.rule is not None]
    return []


def _row(book: Book, row: int, columns: dict[str, int]) -> CheckRow:
    places = {heading: (CHECKS, row, column) for heading, column in columns.items()}
    return CheckRow(places, {heading: book.cells[place].value for heading, place in places.items()})


def expected_word(result: Result) -> str:
    """The word that Checks is to show for a rule's result."""
    return word(result.outcome, result.instance.rule.severity)
