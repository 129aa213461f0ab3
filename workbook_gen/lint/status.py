"""The status line at the top of a sheet, and the results on Checks that it counts."""

from workbook_gen.lint.addresses import areas
from workbook_gen.lint.book import Book, Place
from workbook_gen.lint.exhibit import CHECKS

TOP = 5
"""The rows that a status line may stand in."""


def status_of(book: Book, sheet: str) -> Place | None:
    """Where a sheet's status line stands: the first formula of column A in the rows at its top; None where there is none."""
    places = ((sheet, row, 1) for row in range(1, TOP + 1))
    return next((place for place in places if place in book.cells and book.cells[place].formula), None)


def reached(book: Book, place: Place) -> set[Place]:
    """The cells of Checks that a formula reads, directly or through formulas of other sheets."""
    found: set[Place] = set()
    pending, seen = [place], {place}
    while pending:
        sheet, row, column = pending.pop()
        cell = book.cells.get((sheet, row, column))
        for area in areas(cell.formula, sheet) if cell and cell.formula else ():
            for one in area.places():
                if one[0] == CHECKS:
                    found.add(one)
                elif one not in seen:
                    seen.add(one)
                    pending.append(one)
    return found
