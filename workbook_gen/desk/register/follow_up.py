"""What a submission that counts does to its organisation's cases: queries asked, answered and settled, waivers that lapse."""

from sqlalchemy import Connection

from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.queries import Followed, follow
from workbook_gen.desk.register.casebook import read_cases, write_cases
from workbook_gen.desk.register.cases import Case, QueryState, WaiverState
from workbook_gen.desk.register.records import Entry, Moment
from workbook_gen.desk.waivers import lapse

_LEFT = (QueryState.OPEN, QueryState.ANSWERED, QueryState.SETTLED, WaiverState.LAPSED)
"""The states that a submission leaves behind; all others are decisions of the centre."""


def follow_up(connection: Connection, entry: Entry, checked: CheckedReturn, moment: Moment) -> None:
    """Bring the organisation's cases up to date with a submission, in the transaction that enters it."""
    known = read_cases(connection, entry.organisation)
    sent = Followed.of(entry.organisation, entry.id, checked)
    write_cases(connection, moment, [*follow(known.queries, sent), *lapse(known.waivers, sent)])


def is_left_by(case: Case, entry: Entry) -> bool:
    """Whether a row was there once a submission had been entered, and before anything was decided on it."""
    return case.event < entry.event or (case.submission == entry.id and case.state in _LEFT)
