"""What is said of the totals that stand in a file: those overwritten, and (once) that they were not worked out again."""

from collections.abc import Iterator

from workbook_gen.catalogue import structural
from workbook_gen.checks.run import complete
from workbook_gen.definition.form import read_keys
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value, Values
from workbook_gen.desk.assemble import Issuable
from workbook_gen.excel.compare import CONTENT_CODE, FORMULA_CODE, Comparison
from workbook_gen.excel.read import Submission, said
from workbook_gen.findings import Finding

_CENT = 0.005
_CUT_OFF = (CellError("#REF!"), CellError("#NAME?"))
"""What a formula shows once what it reads has been deleted: that is told where it was."""
_PREFILL_CODE = "STR-301"


def total_findings(submission: Submission, comparison: Comparison, issuable: Issuable, read: Values) -> Iterator[Finding]:
    """Totals overwritten, and (once) a file that was not recalculated before it was saved. `read` are ours, of what was read.

    A total that follows from a figure, formula, total or line that was changed differs from ours for that, which is told.
    """
    is_read_as_it_stands = submission.standing == submission.values
    standing = read if is_read_as_it_stands else complete(issuable.layout.form, {**issuable.prefill, **submission.standing})
    for key, found in submission.overwritten.items():
        yield _at(key, submission, issuable, "STR-302", found=said(found), expected=_plain(standing[key]))
    follows = _following(_changed(submission, comparison, issuable), issuable)
    shown = {key: value for key, value in submission.shown.items() if key not in follows and value not in _CUT_OFF}
    stale = [key for key, value in shown.items() if not _same(value, standing[key])]
    if stale:
        expected = f"{_plain(standing[stale[0]])} (the first of {len(stale)} totals)"
        yield _at(stale[0], submission, issuable, "STR-304", found=said(shown[stale[0]]), expected=expected)


def _changed(submission: Submission, comparison: Comparison, issuable: Issuable) -> set[Key]:
    """Figures, totals and formulas that are not as issued, what was not found, and the totals of a sheet with figures added."""
    formulas = {
        (sheet, change.cell)
        for (sheet, code), changes in comparison.changes.items()
        for change in changes
        if code == FORMULA_CODE
    }
    added = {sheet for sheet, code in comparison.changes if code == CONTENT_CODE}
    return {
        *submission.overwritten,
        *(Key(one.table, one.line, one.column) for one in submission.findings if one.code == _PREFILL_CODE),
        *(key for key in issuable.layout.form.cells if key not in submission.places),
        *(key for key, place in submission.places.items() if place in formulas),
        *(key for key in submission.shown if submission.places[key][0] in added),
    }


def _following(changed: set[Key], issuable: Issuable) -> set[Key]:
    """These cells, and every total that reads one of them, itself or through another."""
    formulas = {key: cell.formula for key, cell in issuable.layout.form.cells.items() if cell.formula is not None}
    reads = {key: set(read_keys(formula)) for key, formula in formulas.items()} if changed else {}
    found, before = set(changed), -1
    while len(found) > before:
        before = len(found)
        found |= {key for key, read in reads.items() if not read.isdisjoint(found)}
    return found


def _same(shown: Value | bool, recomputed: Value) -> bool:
    if isinstance(recomputed, CellError) or not isinstance(recomputed, float | int):
        return shown == recomputed
    return isinstance(shown, float | int) and not isinstance(shown, bool) and abs(shown - recomputed) <= _CENT


def _plain(value: Value) -> str:
    return f"{value:,.10g}" if isinstance(value, float | int) else str(value)


def _at(key: Key, submission: Submission, issuable: Issuable, code: str, found: str, expected: str) -> Finding:
    sheet, cell = submission.places[key]
    label = issuable.layout.form.cells[key].words
    return structural(
        code,
        sheet=sheet,
        cell=cell,
        table=key.table,
        line=key.line,
        column=key.column,
        label=label,
        found=found,
        expected=expected,
    )
