"""Feedback: a fresh workbook with an organisation's own answers, its queries, and what was read or left of its last return."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from workbook_gen.checks.run import settings_of
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.renames import Renaming, renaming
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import Answer
from workbook_gen.desk.docket import Docket
from workbook_gen.desk.migrate import Carried, Carrying, Left, carry, place_of
from workbook_gen.desk.register.cases import Query, QueryState
from workbook_gen.desk.register.records import Entry, SentBack
from workbook_gen.desk.workspace import file_name
from workbook_gen.excel.contents import Stamp
from workbook_gen.excel.query_sheet import QueryRow, QuerySheet, ReadRow
from workbook_gen.excel.write import write_workbook
from workbook_gen.findings import Finding

LISTED = (QueryState.OPEN, QueryState.PRESSED, QueryState.ANSWERED, QueryState.ACCEPTED)
_RESTORED = ("STR-301", "STR-302", "STR-303", "STR-307", "STR-309", "STR-310")
"""The codes of what stands in the fresh workbook as it was issued."""


@dataclass(frozen=True)
class Feedback:
    """A workbook that goes back: its bytes, the submission whose answers it has, the queries listed, and what was left."""

    entry: Entry
    file_name: str
    data: bytes
    queries: tuple[Query, ...]
    carried: tuple[Carried, ...]
    left: tuple[Left, ...]
    remarks: tuple[ReadRow, ...]

    @property
    def sent(self) -> SentBack:
        """What the register says of it."""
        numbers = tuple(query.number for query in self.queries)
        digest = sha256(self.data).hexdigest()
        return SentBack(self.entry.organisation, self.entry.id, self.file_name, digest, numbers)


def feedback(docket: Docket, answers: Iterable[Answer], before: Issuable, after: Issuable, stamp: Stamp) -> Feedback:
    """The workbook for an organisation that has a submission that counts: `before` as that was issued, `after` as now."""
    assert docket.entry is not None, docket.organisation
    way = renaming(after.collection, before.collection.version)
    carrying = carry(answers, docket.found, before, after, way)
    queries = docket.queries(*LISTED)
    remarks = tuple(_remarks(carrying, docket.found, before, after, way))
    sheet = QuerySheet(tuple(_row(query, after, way) for query in queries), remarks)
    return Feedback(
        entry=docket.entry,
        file_name=file_name(after.collection, after.system.code),
        data=write_workbook(after.layout, after.contents(carrying.inputs, stamp), settings_of(after.collection), sheet),
        queries=queries,
        carried=carrying.carried,
        left=carrying.left,
        remarks=remarks,
    )


def _row(query: Query, after: Issuable, way: Renaming) -> QueryRow:
    again = f"We ask again: {query.remark} " if query.state is QueryState.PRESSED else ""
    return QueryRow(
        number=query.number,
        asks=f"{again}{query.words.asks} {query.remedy}".strip(),
        place=_now(Key(query.about.table, query.about.line, query.about.column), after, way),
        label=query.label,
        found=query.words.found,
        state=query.state.value,
        answer=query.answer,
    )


def _now(key: Key, after: Issuable, way: Renaming) -> tuple[str, str] | None:
    """Where a cell of the submission stands in the fresh workbook; None where it has none, as a whole table has."""
    now = way.key(key)
    return place_of(after.layout, now) if now in after.layout.cells else None


def _remarks(
    carrying: Carrying, found: Iterable[Finding], before: Issuable, after: Issuable, way: Renaming
) -> Iterator[ReadRow]:
    """What could not be carried, then what was read otherwise than it stood, and what is as issued again."""
    for left in carrying.left:
        place = _now(left.key, after, way) or (left.sheet, "")
        yield ReadRow(*place, left.value, f"Not carried: {left.why}.")
    for finding in carrying.told(found):
        key = Key(finding.table, finding.line, finding.column)
        stands = key in before.layout.cells and _now(key, after, way)
        restored = " In this workbook it is as issued." if finding.code in _RESTORED else ""
        sheet, cell = stands or (finding.sheet, "")
        yield ReadRow(sheet, cell, finding.found, f"{finding.what[:1].upper()}{finding.what[1:]}{restored}")
