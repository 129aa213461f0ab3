"""What the register holds of every submission, as plain rows that programs read."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, select

from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.receipt import finding_as_json
from workbook_gen.desk.register.faults import as_written
from workbook_gen.desk.register.records import Entry, counting_each
from workbook_gen.desk.register.rows import KEYS, finding_of, rows_of
from workbook_gen.desk.register.schema import FINDINGS, INPUTS, RESULTS, SUBMISSIONS
from workbook_gen.desk.register.store import Register

Row = dict[str, Any]
INPUT = ("table", "line", "column", "unit", "sheet", "cell", "kind", "number", "text")
"""What a row of an input tells: key, unit and place, and its value as a number or a text; `kind` is number, text or error."""
RESULT = ("rule", "headline", "table", "line", "month", "outcome", "found", "expected")
"""What a row of a rule's result tells."""
FINDING = ("code", "severity", "outcome", *INPUT[:3], "sheet", "cell", "label", "title", "message", "fix", "found", "expected")
"""What a row of a finding tells, as `check --json` does."""
SUBMISSION = (
    *("organisation", "submission", "file", "sha256", "received_at", "received_by"),
    *("version", "state", "latest", "remark", "same_as"),
)
"""What a row of a submission tells, before its counts and headlines."""
WHOSE = ("organisation", "submission")
"""What every row begins with: the organisation, and the number of its submission."""


def inputs_of(checked: CheckedReturn) -> list[Row]:
    """Every input of a return that holds something, as the register would hold it."""
    rows = rows_of(checked, 0)[INPUTS.name]
    return [dict(zip(INPUT, (row[name] for name in _named(INPUT)), strict=True)) for row in rows]


def stored_inputs(register: Register) -> list[Row]:
    """Every input that holds something. Raises `RegisterError`, as do all of these."""
    return [_facts(row, INPUT) for row in _rows(register, INPUTS)]


def stored_results(register: Register) -> list[Row]:
    """What each rule instance said when its submission came."""
    return [_facts(row, RESULT) for row in _rows(register, RESULTS)]


def stored_findings(register: Register) -> list[Row]:
    """Everything that was found."""
    with as_written():
        return [{**_whose(row), **finding_as_json(finding_of(row))} for row in _rows(register, FINDINGS)]


def stored_submissions(register: Register) -> list[Row]:
    """Every submission, with its counts and headlines; `latest` says that it is the one that counts."""
    entries = register.entries()
    latest = counting_each(entries)
    headlines = dict.fromkeys(name for entry in entries for name in entry.headlines)
    return [_submission(entry, latest.get(entry.organisation) is entry, list(headlines)) for entry in entries]


def _submission(entry: Entry, latest: bool, headlines: list[str]) -> Row:
    facts = {
        "submission": entry.number,
        "received_at": entry.moment,
        "state": entry.state.name.lower(),
        "latest": latest,
    }
    told = {name: facts[name] if name in facts else getattr(entry, name) for name in SUBMISSION}
    said = {name: entry.headlines[name].value if name in entry.headlines else None for name in headlines}
    return {**told, **entry.counts, **said}


def _rows(register: Register, table: Table) -> Iterator[Row]:
    """The rows of a table in the order of the submissions, and in each as they were found, with `whose` and `which`."""
    own = SUBMISSIONS.c.organisation.label("whose"), SUBMISSIONS.c.number.label("which")
    query = select(*own, *table.columns).select_from(table.join(SUBMISSIONS))
    with register.reading() as connection:
        rows = connection.execute(query.order_by(table.c.submission, table.c.position)).mappings()
        return iter([dict(row) for row in rows])


def _facts(row: Row, names: tuple[str, ...]) -> Row:
    return {**_whose(row), **dict(zip(names, (row[name] for name in _named(names)), strict=True))}


def _whose(row: Row) -> Row:
    return dict(zip(WHOSE, (row["whose"], row["which"]), strict=True))


def _named(names: tuple[str, ...]) -> list[str]:
    """The names of these facts in the tables."""
    columns = {fact: column for column, fact in KEYS.items()}
    return [columns.get(name, name) for name in names]
