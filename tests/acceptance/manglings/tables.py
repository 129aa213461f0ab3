"""Whole tables deleted, moved and copied on their sheet."""

from tests.acceptance.manglings.kind import Kind, edited, sheet_wide
from tests.returns import issuable
from tests.shifting import move_lines
from tests.spoil import Spoiled

SHEET, TABLE, ABOVE = "Agency", "agency_control", "agency_limit"
AWAY = 20
"""Columns by which a table is moved to the right."""


def rows_of(code: str, table: str = TABLE) -> tuple[int, int]:
    """The first and the last row of a table, from 1."""
    layout = issuable(code).layout.table(table)
    return layout.title_row + 1, layout.last_row + 1


def drop(file: Spoiled, code: str) -> None:
    top, bottom = rows_of(code)
    size = bottom - top + 1
    move_lines(file, SHEET, rows=lambda row: row if row < top else row - size if row > bottom else None)


def move_up(file: Spoiled, code: str) -> None:
    """Cut a table and insert it above the one before: what reads either goes with it."""
    (top, bottom), (above, _) = rows_of(code), rows_of(code, ABOVE)
    size, gap = bottom - top + 1, top - above
    move_lines(
        file,
        SHEET,
        rows=lambda row: row - gap if top <= row <= bottom else row + size if above <= row < top else row,
    )


def move_down(file: Spoiled, code: str) -> None:
    """Cut the last table and paste it further down."""
    top, bottom = rows_of(code)
    move_lines(file, SHEET, rows=lambda row: row + AWAY * (top <= row <= bottom))


KINDS = (
    Kind(
        "table deleted",
        "deleted a table that they had nothing for",
        edited(drop),
        sheet_wide("STR-207", SHEET),
        says=("AGY5",),
        lost=("agency_control.",),
    ),
    Kind("table moved up", "cut a table and inserted it above the one before", edited(move_up), sheet_wide("STR-213", SHEET)),
    Kind(
        "table moved down",
        "cut the last table and pasted it further down",
        edited(move_down),
        sheet_wide("STR-212", SHEET),
    ),
)
