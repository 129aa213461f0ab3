"""A return with a Queries sheet, as it goes back to an ICB: what the tests of the sheet share."""

from functools import cache

from tests.returns import SEAL_KEY, answers, issuable, place_of
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.nodes import Key
from workbook_gen.excel.query_sheet import QueryRow, QuerySheet, ReadRow
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook

CODE = "QSL"
TOTAL = Key("agency", "total", "fot")
REPLY = "The rota\nchanged in May."
ROWS = (
    QueryRow(
        number=1,
        asks="Forecast agency spend is above your ceiling. Lower the plan, or explain why the ceiling is passed.",
        place=place_of(CODE, TOTAL),
        label="AGY0900, Total agency expenditure, Forecast outturn",
        found="32,597",
        state="open",
        answer="It was agreed.\nSee the board's paper.",
    ),
    QueryRow(number=2, asks="Position and surplus differ in December.", place=("Income and expenditure", "H30"), state="open"),
    QueryRow(number=7, asks="Which provider is meant?", state="answered", answer="The trust.", reply=REPLY),
)
REMARKS = (
    ReadRow("Agency", "G15", "1,204 ", "Read as the number 1,204."),
    ReadRow("Workings", "", "31 cells", "The sheet was added; it stays in the file you sent and is not carried."),
)
SHEET = QuerySheet(ROWS, REMARKS)
FIRST_ROW = 11
"""The row of the first query, from 1."""


@cache
def queried(sheet: QuerySheet | None = SHEET) -> bytes:
    """The clean practice return with this Queries sheet."""
    one = issuable(CODE)
    contents = one.contents(answers(CODE), sealed(one.stamp(1), SEAL_KEY))
    return write_workbook(one.layout, contents, settings_of(one.collection), sheet)
