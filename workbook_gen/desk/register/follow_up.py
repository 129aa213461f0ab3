"""What a submission that counts does to its organisation's cases: queries asked, answered and settled, waivers that lapse."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection, select

from workbook_gen.definition.nodes import Key
from workbook_gen.desk.queries import Followed, follow
from workbook_gen.desk.register.casebook import read_cases, write_cases
from workbook_gen.desk.register.cases import About, Case, Query, QueryState, Waiver, WaiverState
from workbook_gen.desk.register.records import Arrival, Entry, Moment, Renamed
from workbook_gen.desk.register.schema import SUBMISSIONS
from workbook_gen.desk.waivers import lapse

Q = TypeVar("Q", Query, Waiver)
_LEFT = (QueryState.OPEN, QueryState.ANSWERED, QueryState.SETTLED, WaiverState.LAPSED)
"""The states that a submission leaves behind; all others are decisions of the centre."""


def follow_up(connection: Connection, entry: Entry, arrival: Arrival, moment: Moment) -> None:
    """Bring the organisation's cases up to date with a submission, in the transaction that enters it."""
    known = read_cases(connection, entry.organisation)
    query = select(SUBMISSIONS.c.id, SUBMISSIONS.c.version).where(SUBMISSIONS.c.organisation == entry.organisation)
    versions = {row.id: row.version for row in connection.execute(query) if row.version != entry.version}
    queries = [_of_today(one, versions, arrival.renamed) for one in known.queries]
    waivers = [_of_today(one, versions, arrival.renamed) for one in known.waivers]
    sent = Followed.of(entry.organisation, entry.id, arrival.checked)
    changed: list[Query | Waiver] = [*follow(queries, sent), *lapse(waivers, sent, entry.moment.date())]
    told = {(type(one), one.number) for one in changed}
    moved = [*_moved(known.queries, queries, entry.id), *_moved(known.waivers, waivers, entry.id)]
    write_cases(connection, moment, [*changed, *(one for one in moved if (type(one), one.number) not in told)])


def _of_today(case: Q, versions: dict[int, str], renamed: Renamed) -> Q:
    """A case under the names of today, where its submission was of another version."""
    if case.submission not in versions:
        return case
    about = case.about
    key = renamed(versions[case.submission], Key(about.table, about.line, about.column))
    return replace(case, about=About(about.code, key.table, key.line, key.column))


def _moved(before: Iterable[Q], after: Iterable[Q], submission: int) -> list[Query | Waiver]:
    """The cases that are called otherwise now, to be written down."""
    return [
        replace(new, position=new.position + 1, submission=submission, event=0)
        for old, new in zip(before, after, strict=True)
        if old.about != new.about
    ]


def is_left_by(case: Case, entry: Entry) -> bool:
    """Whether a row was there once a submission had been entered, and before anything was decided on it."""
    return case.event < entry.event or (case.submission == entry.id and case.state in _LEFT)
