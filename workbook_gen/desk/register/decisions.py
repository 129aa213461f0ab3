"""The centre's decisions in the register: on the file of one organisation, in one transaction."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Connection

from workbook_gen.desk.docket import Docket
from workbook_gen.desk.register.casebook import C, read_cases, write_cases
from workbook_gen.desk.register.cases import Cases
from workbook_gen.desk.register.records import Entry, Moment, counting
from workbook_gen.desk.register.store import Register, entries_of, findings_of, headlines_of
from workbook_gen.desk.waivers import judged, waived


def dockets(register: Register, day: date) -> dict[str, Docket]:
    """The file of every organisation that has sent something, by code."""
    with register.reading() as connection:
        entries = entries_of(connection)
        codes = dict.fromkeys(entry.organisation for entry in entries if entry.organisation)
        cases = read_cases(connection)
        return {code: _docket(connection, code, entries, cases.of(code), day) for code in codes}


def decide(
    register: Register, organisation: str, moment: Moment, decided: Callable[[Docket], Sequence[C]], *, dry_run: bool = False
) -> Sequence[C]:
    """Enter what is decided on an organisation's file, in one transaction; a dry run takes it back.

    Raises `DecisionError` where `decided` does, and `RegisterError`.
    """
    with register.database.writing(dry_run=dry_run) as connection:
        entries = entries_of(connection, organisation)
        docket = _docket(connection, organisation, entries, read_cases(connection, organisation), moment.at.date())
        cases = decided(docket)
        write_cases(connection, moment, cases)
        return cases


def _docket(connection: Connection, code: str, entries: Sequence[Entry], cases: Cases, day: date) -> Docket:
    entry = counting(one for one in entries if one.organisation == code)
    if entry is None:
        return Docket(code, day, None, (), (), cases)
    found = findings_of(connection, entry.id)
    after = waived(found, cases.waivers, day)
    if found != after:
        entry = judged(entry, found, after, headlines_of(connection, entry.id))
    return Docket(code, day, entry, found, after, cases)
