"""What was answered and found in submissions, for many at once: a query for every thousand of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select

from workbook_gen.desk.check import Answer
from workbook_gen.desk.register.faults import as_written
from workbook_gen.desk.register.rows import answer_of, finding_of
from workbook_gen.desk.register.schema import FINDINGS, INPUTS, RESULTS, SUBMISSIONS
from workbook_gen.findings import Finding, Outcome

T = TypeVar("T")
Spot = tuple[str, str, str | None, str | None]
"""Where a rule is asked: its id, table, line and month."""

_AT_ONCE = 1_000
"""How many submissions a query names: databases bound the parameters of a statement."""


def answers_of(connection: Connection, submissions: Sequence[int]) -> dict[int, tuple[Answer, ...]]:
    """What was answered in each, by its id, in the order in which it was found."""
    return _by_submission(connection, INPUTS, submissions, answer_of)


def findings_of(connection: Connection, submissions: Sequence[int]) -> dict[int, tuple[Finding, ...]]:
    """What was found in each, by its id, before waivers."""
    return _by_submission(connection, FINDINGS, submissions, finding_of)


def headlines_of(connection: Connection, submission: int) -> dict[str, str]:
    """The headline of each rule that has one and was asked in a submission."""
    query = select(RESULTS.c.rule, RESULTS.c.headline).where(RESULTS.c.submission == submission, RESULTS.c.headline != "")
    return {row.rule: row.headline for row in connection.execute(query)}


def verdicts_of(connection: Connection, submissions: Sequence[int]) -> Iterator[tuple[int, Spot, Outcome, float | None]]:
    """What every rule said when these submissions came, submission by submission: where it was asked, and its figure."""
    with as_written():
        for row in _rows(connection, RESULTS, submissions):
            spot = (row["rule"], row["table_key"], row["line_key"], row["month"])
            yield row["submission"], spot, Outcome(row["outcome"]), row["found"]


def outcomes_of(connection: Connection, submissions: Sequence[int]) -> Iterator[tuple[str, Outcome, str, int]]:
    """What rules said when these submissions came: rule, outcome, organisation, and of how many instances."""
    told = (RESULTS.c.rule, RESULTS.c.outcome, SUBMISSIONS.c.organisation)
    query = select(*told, func.count()).select_from(RESULTS.join(SUBMISSIONS)).group_by(*told)
    with as_written():
        for some in _batches(submissions):
            for rule, outcome, organisation, count in connection.execute(query.where(RESULTS.c.submission.in_(some))):
                yield rule, Outcome(outcome), organisation, count


def _by_submission(
    connection: Connection, table: Table, submissions: Sequence[int], told: Callable[[Mapping[Any, Any]], T]
) -> dict[int, tuple[T, ...]]:
    """What the rows of a table tell of each submission, by its id."""
    found: dict[int, list[T]] = {submission: [] for submission in submissions}
    with as_written():
        for row in _rows(connection, table, submissions):
            found[row["submission"]].append(told(row))
    return {submission: tuple(one) for submission, one in found.items()}


def _rows(connection: Connection, table: Table, submissions: Sequence[int]) -> Iterator[Mapping[Any, Any]]:
    query = select(table).order_by(table.c.submission, table.c.position)
    for some in _batches(submissions):
        yield from connection.execute(query.where(table.c.submission.in_(some))).mappings()


def _batches(submissions: Sequence[int]) -> Iterator[Sequence[int]]:
    return (submissions[begin : begin + _AT_ONCE] for begin in range(0, len(submissions), _AT_ONCE))
