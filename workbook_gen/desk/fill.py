"""Filling in: an issued or half-filled workbook, and figures by code -> a fresh workbook, by our own writer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook_gen.checks.run import settings_of
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value, day_of
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import CheckedReturn, Desk
from workbook_gen.desk.child import Checker
from workbook_gen.excel.contents import Stamp
from workbook_gen.excel.query_sheet import QuerySheet
from workbook_gen.excel.validation import choices_of
from workbook_gen.excel.write import write_workbook
from workbook_gen.findings import Finding, State

_TOLD = ("STR-106", "STR-2", "STR-3", "STR-4")
_RECALCULATED = "STR-304"
_NOT_IN_THE_LIST = "STR-406"


class FileRefused(Exception):
    """A file that `check` refuses: nothing in it can be carried."""

    def __init__(self, checked: CheckedReturn) -> None:
        self.checked = checked
        super().__init__("\n".join(finding.message for finding in checked.findings))


class FormDiffers(Exception):
    """A file of ours that cannot be written again as it was issued; the message says why, and what to do."""


@dataclass(frozen=True)
class Fillable:
    """A workbook to fill in: its form, the stamp that it was issued with, its inputs as they stand, what was found in it.

    `queries` is its Queries sheet with the replies, None where it has none.
    """

    issuable: Issuable
    stamp: Stamp
    inputs: Mapping[Key, Value]
    findings: tuple[Finding, ...]
    queries: QuerySheet | None = None

    def told(self, given: Mapping[Key, Value]) -> Iterator[Finding]:
        """What a fresh workbook does not carry, or carries unread; not of the cells that are given a value now."""
        for one in self.findings:
            if one.code.startswith(_TOLD) and one.code != _RECALCULATED and Key(one.table, one.line, one.column) not in given:
                yield one


@dataclass(frozen=True)
class Filled:
    """A fresh workbook's bytes, and how many inputs that must be answered are blank in it."""

    data: bytes
    blank: int


def open_fillable(path: Path, desk: Desk) -> Fillable:
    """Read a workbook to fill in. Raises `FileRefused`, `FormDiffers`, and `OSError` where it cannot be read at all."""
    with Checker(desk) as checker:
        checked = checker.check(path)
    identity = checked.identity
    if checked.state is State.REFUSED or identity is None or identity.organisation is None:
        raise FileRefused(checked)
    issuable = desk.issuable(identity.organisation)
    if identity.stamp is None:
        raise FormDiffers(f"{path.name} carries no seal, so a fresh workbook would have none. Fill in the workbook we issued.")
    if identity.stamp.national != issuable.national_digest:
        raise FormDiffers(
            f"{path.name} was issued with other national figures than those here. "
            "Name the folder of its figures with --national, or fill in the workbook issued last."
        )
    if identity.stamp.layout != issuable.layout_digest:
        raise FormDiffers(
            f"{path.name} was issued with another layout than the definition here makes. "
            "Name its definition with --collection, or fill in the workbook issued last."
        )
    return Fillable(issuable, identity.stamp, _standing(checked, issuable), checked.findings, checked.queries)


def _standing(checked: CheckedReturn, issuable: Issuable) -> dict[Key, Value]:
    """The inputs as read; where one could not be, what stands there, as a text."""
    held = {cell.key: checked.values.get(cell.key) for cell in issuable.layout.form.inputs()}
    for one in checked.findings:
        if one.code == _NOT_IN_THE_LIST:
            held[Key(one.table, one.line, one.column)] = one.found
    return {key: str(value) if isinstance(value, CellError) else value for key, value in held.items()}


def fill(fillable: Fillable, given: Mapping[Key, Value]) -> Filled:
    """A fresh workbook: the inputs that stand, the values given in their place, the stamp and seal that it was issued with."""
    issuable = fillable.issuable
    inputs = {**fillable.inputs, **given}
    contents = issuable.contents(inputs, fillable.stamp)
    data = write_workbook(issuable.layout, contents, settings_of(issuable.collection), fillable.queries)
    return Filled(data, sum(cell.required and inputs[cell.key] is None for cell in issuable.layout.form.inputs()))


def template_rows(fillable: Fillable) -> Iterator[dict[str, str | float]]:
    """A row for every input, optional ones too, in reading order: its codes, what it is, and the value that stands there."""
    layout = fillable.issuable.layout
    for cell in layout.form.inputs():
        table = layout.form.tables[cell.key.table].table
        yield {
            "table": cell.key.table,
            "line": cell.key.line,
            "column": cell.key.column,
            "value": _shown(cell, fillable.inputs[cell.key]),
            "main_code": table.code + cell.column.code,
            "sub_code": cell.line.sub_code,
            "sheet": layout.sheet_title(cell.key.table),
            "label": f"{table.title}: {cell.line.label}, {cell.column.label}",
            "unit": cell.unit,
            "type": asked(cell),
        }


def _shown(cell: FormCell, value: Value) -> str | float:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return f"{day_of(value):%d/%m/%Y}" if cell.column.type == "date" else value


def asked(cell: FormCell) -> str:
    """What an input takes, in words: `number`, `date: 31/12/2023`, `Yes or No; optional`."""
    match cell.column.type:
        case "choice" | "yesno":
            options = choices_of(cell)
            words = "an organisation's name" if isinstance(options, str) else " or ".join(options)
        case "text":
            words = f"text, up to {cell.column.length:,} characters"
        case "date":
            words = "date: 31/12/2023"
        case "number":
            words = "number"
    return f"{words}; optional" if cell.column.optional else words
