"""A scanned file and the layout it was issued with -> what the ICB answered, and what was changed. Nothing else is trusted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from workbook_gen.catalogue import structural
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.layout import Layout, address
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.excel.answers import read_answer
from workbook_gen.excel.arithmetic import work_out
from workbook_gen.excel.cells import Scanned
from workbook_gen.excel.locate import Located
from workbook_gen.excel.scan import Scan, ScannedSheet
from workbook_gen.excel.validation import choices_of
from workbook_gen.findings import Finding, Severity

DAYS_BEFORE_1904 = 1462


@dataclass
class Submission:
    """What a file holds: the inputs as read and as they stand, totals as shown and as overwritten, and where every cell is."""

    values: dict[Key, Value] = field(default_factory=dict)
    standing: dict[Key, Value] = field(default_factory=dict)
    shown: dict[Key, Scanned] = field(default_factory=dict)
    overwritten: dict[Key, Scanned] = field(default_factory=dict)
    places: dict[Key, tuple[str, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def unread(self) -> set[Key]:
        """The inputs that hold something that a finding to fix already tells of."""
        return {Key(one.table, one.line, one.column) for one in self.findings if one.severity is Severity.FIX and one.column}


def read_submission(scan: Scan, layout: Layout, located: Located, prefill: Mapping[Key, float] | None) -> Submission:
    """Read every input by its type, and compare the prefilled figures with what was issued.

    `prefill` holds the figures issued to this organisation, None where they are not at hand: then they are not compared.
    """
    submission = Submission(findings=[*located.findings])
    for cell in layout.form.cells.values():
        place = located.place(cell.key)
        if place is None:
            continue
        sheet, row, column = place
        submission.places[cell.key] = (sheet.name, address(row - 1, column - 1))
        value, formula = sheet.cells.held.get((row, column)), sheet.cells.formulas.get((row, column))
        if cell.role == "input" and formula is not None:
            value = _worked_out(value, formula, sheet, scan)
        if scan.date1904 and cell.column.type == "date":
            value = _since_1900(value)
        _take(cell, value, formula, submission, layout, prefill)
    return submission


def _take(
    cell: FormCell,
    held: Scanned,
    formula: str | None,
    submission: Submission,
    layout: Layout,
    prefill: Mapping[Key, float] | None,
) -> None:
    key = cell.key
    match cell.role:
        case "input":
            answer = read_answer(cell, held, _options(cell, layout), partial(_say, cell, submission), formula)
            submission.values[key], submission.standing[key] = answer.value, answer.standing
            submission.findings += answer.findings
        case "prefill":
            issued = None if prefill is None else prefill.get(key)
            if issued is not None and (formula is not None or held != issued):
                submission.findings.append(_say(cell, submission, "STR-301", found=_held(held, formula), expected=said(issued)))
        case "total":
            if formula is None:
                submission.overwritten[key] = held
            else:
                submission.shown[key] = held


def _say(cell: FormCell, submission: Submission, code: str, found: str = "", expected: str = "") -> Finding:
    """A finding at this cell."""
    (sheet, at), key = submission.places[cell.key], cell.key
    at_key = partial(structural, table=key.table, line=key.line, column=key.column)
    return at_key(code, sheet=sheet, cell=at, label=cell.words, found=found, expected=expected)


def _worked_out(held: Scanned, formula: str, sheet: ScannedSheet, scan: Scan) -> Scanned:
    """The value of a formula in an input worked out again where we can: what was saved may be stale, or missing."""
    value = work_out(formula, sheet, scan)
    return held if value is None else value


def _held(value: Scanned, formula: str | None) -> str:
    """What stands where a figure was issued: its value, and the formula that gives it."""
    return said(value) if formula is None else f"{said(value)}, by the formula ={formula},"


def _since_1900(value: Scanned) -> Scanned:
    """A date of a workbook that counts days from 1904, as one that counts from 1900 holds it."""
    if isinstance(value, bool) or not isinstance(value, float | int):
        return value
    return value + DAYS_BEFORE_1904


def _options(cell: FormCell, layout: Layout) -> tuple[str, ...]:
    options = choices_of(cell)
    return tuple(one.name for one in layout.form.system.organisations) if isinstance(options, str) else options


def said(value: Scanned) -> str:
    """A value as a message shows it: thousands separated, a text quoted, a blank in words."""
    if value is None or value == "":
        return "a blank"
    return f"{value:,.10g}" if isinstance(value, float | int) else f"'{value}'"
