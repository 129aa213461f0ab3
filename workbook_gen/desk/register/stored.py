"""What the register holds of every submission, as plain rows that programs read."""

from typing import Any

from sqlalchemy import Table, select

from workbook_gen.desk.register.rows import KEYS
from workbook_gen.desk.register.schema import FINDINGS, INPUTS, RESULTS, SUBMISSIONS
from workbook_gen.desk.register.store import Register

Row = dict[str, Any]
_OWN = ("submission", "position")


def stored_inputs(register: Register) -> list[Row]:
    """Every input that holds something."""
    return _stored(register, INPUTS)


def stored_findings(register: Register) -> list[Row]:
    """Everything that was found."""
    return _stored(register, FINDINGS)


def stored_results(register: Register, submission: int | None = None) -> list[Row]:
    """What each rule instance said when the submission came; of all submissions, or of the one with that id."""
    return _stored(register, RESULTS, submission)


def columns(table: Table) -> list[str]:
    """The names of the columns of such rows: whose submission and which, then the facts, in the words of the definition."""
    facts = [name for name in table.columns.keys() if name not in _OWN]  # noqa: SIM118
    return ["organisation", "number", *(KEYS.get(name, name) for name in facts)]


def _stored(register: Register, table: Table, submission: int | None = None) -> list[Row]:
    """The rows of a table in the order of the submissions, and in each as they were found."""
    facts = [column.label(KEYS.get(column.name, column.name)) for column in table.columns if column.name not in _OWN]
    query = select(SUBMISSIONS.c.organisation, SUBMISSIONS.c.number, *facts).select_from(table.join(SUBMISSIONS))
    if submission is not None:
        query = query.where(SUBMISSIONS.c.id == submission)
    with register.reading() as connection:
        rows = connection.execute(query.order_by(table.c.submission, table.c.position)).mappings()
        return [dict(row) for row in rows]
