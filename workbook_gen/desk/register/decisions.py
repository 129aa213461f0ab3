"""The centre's decisions in the register: on the file of one organisation, in one transaction."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from workbook_gen.desk.docket import Docket
from workbook_gen.desk.register.casebook import read_cases, write_cases
from workbook_gen.desk.register.cases import C, Cases
from workbook_gen.desk.register.particulars import findings_of, headlines_of
from workbook_gen.desk.register.records import Entry, Moment, counting, counting_each
from workbook_gen.desk.register.store import Register, entries_of
from workbook_gen.desk.waivers import judged, waived
from workbook_gen.findings import Finding


def dockets(register: Register, day: date) -> dict[str, Docket]:
    """The file of every organisation that has sent something, by code."""
    with register.reading() as connection:
        entries = entries_of(connection)
        codes = dict.fromkeys(entry.organisation for entry in entries if entry.organisation)
        latest = counting_each(entries)
        found = findings_of(connection, [entry.id for entry in latest.values()])
        cases = read_cases(connection).by_organisation()
        return {code: _docket(connection, code, latest.get(code), found, cases.get(code, Cases()), day) for code in codes}


def decide(
    register: Register, organisation: str, moment: Moment, decided: Callable[[Docket], Sequence[C]], *, dry_run: bool = False
) -> Sequence[C]:
    """Enter what is decided on an organisation's file, in one transaction; a dry run takes it back.

    Raises `DecisionError` where `decided` does, and `RegisterError`.
    """
    with register.database.writing(dry_run=dry_run) as connection:
        entry = counting(entries_of(connection, organisation))
        found = findings_of(connection, [entry.id] if entry else [])
        docket = _docket(connection, organisation, entry, found, read_cases(connection, organisation), moment.at.date())
        cases = decided(docket)
        write_cases(connection, moment, cases)
        return cases


def _docket(
    connection: Connection,
    code: str,
    entry: Entry | None,
    findings: Mapping[int, tuple[Finding, ...]],
    cases: Cases,
    day: date,
) -> Docket:
    """The file of an organisation; `findings` are those of its submission that counts, by the submission's id."""
    if entry is None:
        return Docket(code, day, None, (), (), cases)
    found = findings[entry.id]
    after = waived(found, cases.waivers, day)
    if found != after:
        entry = judged(entry, found, after, headlines_of(connection, entry.id))
    return Docket(code, day, entry, found, after, cases)
