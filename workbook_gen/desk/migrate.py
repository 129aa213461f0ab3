"""Carrying a return of an older version into the current one, by key: into a fresh workbook, by our own writer."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from workbook_gen.checks.run import settings_of
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.layout import Layout, address
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.renames import Renaming, renaming
from workbook_gen.definition.values import Value, day_of
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.changes import Change, changes, first_asked
from workbook_gen.desk.check import Answer, CheckedReturn
from workbook_gen.desk.issue import written_again
from workbook_gen.desk.refit import refit
from workbook_gen.desk.workspace import Issued, file_name
from workbook_gen.excel.contents import Stamp
from workbook_gen.excel.query_sheet import QuerySheet
from workbook_gen.excel.read import said
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook
from workbook_gen.findings import Finding

_TOLD = ("STR-106", "STR-108", "STR-110", "STR-2", "STR-3", "STR-4")
_RECALCULATED = "STR-304"
_UNREAD_CHOICE = "STR-406"


@dataclass(frozen=True, slots=True)
class Carried:
    """An answer in the newer workbook: its key before and now, and where it stands there."""

    before: Key
    key: Key
    sheet: str
    cell: str


@dataclass(frozen=True, slots=True)
class Left:
    """An answer that could not be carried: where it stands in the file, what it is, its value, and why."""

    key: Key
    label: str
    sheet: str
    cell: str
    value: str
    why: str


@dataclass(frozen=True)
class Carrying:
    """The inputs of the newer workbook, where each comes from, and the answers that have no place there."""

    inputs: dict[Key, Value]
    carried: tuple[Carried, ...]
    left: tuple[Left, ...]

    def told(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """What was found in the file beside its answers, but for the answers that are told to be left."""
        said = {one.key for one in self.left}
        told = (one for one in findings if one.code.startswith(_TOLD) and one.code != _RECALCULATED)
        return tuple(one for one in told if Key(one.table, one.line, one.column) not in said)


@dataclass(frozen=True)
class Migration:
    """What became of one file: the fresh workbook's bytes, what was carried, what was not, what differs between the versions.

    `asked` are inputs that the version before did not ask for, with their cells; `blank` how many that must be answered are
    blank. `told` is what was found in the file beside its answers; `figures` whether the figures before are known.
    """

    organisation: str
    since: str
    version: str
    file_name: str
    data: bytes
    carried: tuple[Carried, ...]
    left: tuple[Left, ...]
    asked: tuple[tuple[str, str], ...]
    blank: int
    changes: tuple[Change, ...]
    told: tuple[Finding, ...]
    figures: bool


class NotMigrated(Exception):
    """A file of an older version that cannot be carried as things stand; the message says why, and what to do."""


def migrate(checked: CheckedReturn, before: Issuable, after: Issuable, stamp: Stamp) -> Migration:
    """A fresh workbook of the current version with the answers of a return that was read under its own."""
    way = renaming(after.collection, before.collection.version)
    layout = after.layout
    carrying = carry(checked.answers, checked.findings, before, after, way)
    own = checked.identity.stamp if checked.identity else None
    figures = own is not None and own.national == before.national_digest
    queries = moved(checked.queries, before.layout, layout, way) if checked.queries else None
    data = write_workbook(layout, after.contents(carrying.inputs, stamp), settings_of(after.collection), queries)
    return Migration(
        organisation=after.system.code,
        since=before.collection.version,
        version=after.collection.version,
        file_name=file_name(after.collection, after.system.code),
        data=data,
        carried=carrying.carried,
        left=carrying.left,
        asked=tuple(place_of(layout, key) for key in first_asked(before, after, way)),
        blank=sum(cell.required and carrying.inputs.get(cell.key) is None for cell in layout.form.inputs()),
        changes=changes(before, after, way, figures=figures),
        told=carrying.told(checked.findings),
        figures=figures,
    )


def carry(answers: Iterable[Answer], findings: Iterable[Finding], before: Issuable, after: Issuable, way: Renaming) -> Carrying:
    """The answers of a return, and what was found in it, in the workbook of the version at hand, which may be its own."""
    inputs: dict[Key, Value] = {}
    carried, left = [], [*_unread(findings, before)]
    cells, form = before.layout.form.cells, after.layout.form
    for answer in answers:
        if answer.key not in cells:
            why = "its line is not in this organisation's return any more"
            left.append(Left(answer.key, str(answer.key), answer.sheet, answer.cell, said(answer.value), why))
            continue
        was, key = cells[answer.key], way.key(answer.key)
        fitted = refit(answer.value, was, form, form.cells.get(key))
        if fitted.why:
            left.append(Left(answer.key, was.words, answer.sheet, answer.cell, _shown(was, answer.value), fitted.why))
        else:
            inputs[key] = fitted.value
            carried.append(Carried(answer.key, key, *place_of(after.layout, key)))
    return Carrying(inputs, tuple(carried), tuple(left))


def _shown(cell: FormCell, value: Value) -> str:
    """A value as people read it: a date as one."""
    is_date = cell.column.type == "date" and isinstance(value, float | int)
    return f"{day_of(float(value or 0)):%-d %B %Y}" if is_date else said(value)


def place_of(layout: Layout, key: Key) -> tuple[str, str]:
    """The sheet and the address of a cell in the workbook as issued."""
    sheet, row, column = layout.cells[key]
    return sheet, address(row, column)


def _unread(findings: Iterable[Finding], before: Issuable) -> Iterator[Left]:
    """Choices that are in no list: nothing was read there, but something stands there."""
    for one in findings:
        if one.code == _UNREAD_CHOICE and one.column:
            key = Key(one.table, one.line, one.column)
            label = before.layout.form.cells[key].words
            yield Left(key, label, one.sheet, one.cell, said(one.found), f"it is not in the list: {one.expected}")


def moved(queries: QuerySheet, before: Layout, after: Layout, way: Renaming) -> QuerySheet:
    """The queries with their links leading to where their cells now stand; without a link where a cell is no more."""
    places = {place_of(before, key): way.key(key) for key in before.cells}

    def now(place: tuple[str, str]) -> tuple[str, str] | None:
        if place not in places:
            return place
        return place_of(after, places[place]) if places[place] in after.cells else None

    rows = tuple(replace(row, place=now(row.place) if row.place else None) for row in queries.rows)
    cells = [now((one.sheet, one.cell)) or (one.sheet, "") for one in queries.remarks]
    remarks = (replace(one, sheet=sheet, cell=cell) for one, (sheet, cell) in zip(queries.remarks, cells, strict=True))
    return QuerySheet(rows, tuple(remarks))


def stamp_of(after: Issuable, issued: Mapping[str, Issued], key: bytes) -> Stamp:
    """The sealed stamp that the organisation's current workbook was issued with. Raises `NotMigrated` where there is none."""
    code, version = after.system.code, after.collection.version
    row = issued.get(code)
    if row is None:
        raise NotMigrated(f"Version {version} has not been issued to {code}. Run: workbook-gen issue --org {code}")
    if sha256(written_again(after, row.issue, key)).hexdigest() != row.sha256:
        raise NotMigrated(
            f"Issue {row.issue} of {code}, version {version}, was made from another definition or other figures than are here. "
            f"Name these with --collection and --national, or run: workbook-gen issue --org {code}"
        )
    return sealed(after.stamp(row.issue), key)


def is_as_frozen(checked: CheckedReturn, before: Issuable) -> bool:
    """Whether the file was issued with the layout that the frozen definition makes; one without a seal does not say."""
    stamp = checked.identity.stamp if checked.identity else None
    return stamp is None or stamp.layout == before.layout_digest
