"""Two returns of one organisation beside each other: which answers changed, what else did, and what that made of the rules."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from workbook_gen.definition.form import FormCell
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import Layout, address
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value, day_of
from workbook_gen.desk.check import CheckedReturn, RuleResult
from workbook_gen.excel.read import said
from workbook_gen.findings import Finding, Outcome

_STRUCTURAL = "STR-"
_TURNS = {Outcome.TO_DO: "to do", Outcome.NOT_TESTED: "not tested"}


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell with two values: an input that was answered otherwise, or a total that came to something else."""

    key: Key
    label: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A rule instance that says something else: its title and place, both results, and the figure that it found."""

    rule: str
    title: str
    label: str
    before: RuleResult
    after: RuleResult
    figures: tuple[str, str] | None


@dataclass(frozen=True)
class Difference:
    """What lies between two returns. `told` and `gone` are findings about the file that only the second, or first, has."""

    organisation: str
    inputs: tuple[Changed, ...]
    totals: tuple[Changed, ...]
    rules: tuple[Turned, ...]
    told: tuple[Finding, ...]
    gone: tuple[Finding, ...]

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        return not (self.inputs or self.totals or self.rules or self.told or self.gone)


def difference(before: CheckedReturn, after: CheckedReturn, layout: Layout) -> Difference:
    """What the second return says that the first does not. Both must have been read, and be of the layout's organisation."""
    changed = [cell for cell in layout.form.cells.values() if before.values.get(cell.key) != after.values.get(cell.key)]
    return Difference(
        organisation=layout.form.system.code,
        inputs=tuple(_changed(cell, before, after, layout) for cell in changed if cell.role == "input"),
        totals=tuple(_changed(cell, before, after, layout) for cell in changed if cell.role == "total"),
        rules=tuple(_turned(before, after, layout)),
        told=_only(after, before),
        gone=_only(before, after),
    )


def _changed(cell: FormCell, before: CheckedReturn, after: CheckedReturn, layout: Layout) -> Changed:
    sheet, row, column = layout.cells[cell.key]
    place = f"{sheet} {address(row, column)}"
    was, now = (_shown(cell, one.values.get(cell.key)) for one in (before, after))
    return Changed(cell.key, cell.words, place, was, now)


def _shown(cell: FormCell, value: Value) -> str:
    if cell.column.type == "date" and isinstance(value, float | int):
        return f"{day_of(value):%-d %B %Y}"
    return said(value)


def _turned(before: CheckedReturn, after: CheckedReturn, layout: Layout) -> Iterator[Turned]:
    """The rule instances with another outcome, in order."""
    for instance, was, now in zip(layout.instances, before.results, after.results, strict=True):
        if was.outcome is not now.outcome:
            yield Turned(instance.rule.id, instance.rule.title, _asked(instance, layout), was, now, _figures(was, now))


def _asked(instance: Instance, layout: Layout) -> str:
    """Where a rule is asked: its cell in words, else its table's title."""
    return layout.form.cells[instance.at].words if instance.at else layout.form.tables[instance.table].table.title


def _figures(was: RuleResult, now: RuleResult) -> tuple[str, str] | None:
    """What the rule found before and after, where both are figures and not the same."""
    if was.found is None or now.found is None or was.found == now.found:
        return None
    return said(was.found), said(now.found)


def _only(one: CheckedReturn, other: CheckedReturn) -> tuple[Finding, ...]:
    """The findings about one file that are not told of the other: prefilled figures, labels, comments and the like."""
    known = {_print(finding) for finding in other.findings}
    return tuple(finding for finding in one.findings if finding.code.startswith(_STRUCTURAL) and _print(finding) not in known)


def _print(finding: Finding) -> tuple[str, ...]:
    return (finding.code, finding.sheet, *finding.cells, finding.label, finding.found)


def as_text(found: Difference) -> Iterator[str]:
    """The difference in lines: the answers, what they did, and what else the files have."""
    if found.is_none:
        yield "Both say the same: no answer, no rule and nothing else differs."
        return
    yield f"{found.organisation}: answers changed: {len(found.inputs)}"
    yield from (_line(changed) for changed in found.inputs)
    if found.totals or found.rules:
        yield f"What it did: totals changed: {len(found.totals)}, rules that say something else: {len(found.rules)}"
        yield from (f"  {turned.rule}  {turned.label}: {_turn(turned)}" for turned in found.rules)
    for title, findings in (("Only in the second file", found.told), ("Only in the first file", found.gone)):
        if findings:
            yield f"{title}: {len(findings)}"
            yield from (f"  {finding.code}  {finding.message}" for finding in findings)


def _line(changed: Changed) -> str:
    return f"  {changed.place} ({changed.label}): {changed.before} to {changed.after}"


def _turn(turned: Turned) -> str:
    """`4,200 to 3,850, fail to pass`."""
    outcomes = f"{_word(turned.before.outcome)} to {_word(turned.after.outcome)}"
    return f"{turned.figures[0]} to {turned.figures[1]}, {outcomes}" if turned.figures else outcomes


def _word(outcome: Outcome) -> str:
    return _TURNS.get(outcome, outcome.value)


def as_json(found: Difference) -> dict[str, Any]:
    """The object of `diff --json`, without its schema."""
    return {
        "organisation": found.organisation,
        "inputs": [_cell(changed) for changed in found.inputs],
        "totals": [_cell(changed) for changed in found.totals],
        "rules": [_rule(turned) for turned in found.rules],
        "only_in_second": [_finding(finding) for finding in found.told],
        "only_in_first": [_finding(finding) for finding in found.gone],
    }


def _cell(changed: Changed) -> dict[str, str]:
    table, line, column = changed.key.table, changed.key.line, changed.key.column
    return {
        "table": table,
        "line": line,
        "column": column,
        "label": changed.label,
        "place": changed.place,
        "before": changed.before,
        "after": changed.after,
    }


def _rule(turned: Turned) -> dict[str, Any]:
    return {
        "rule": turned.rule,
        "title": turned.title,
        "table": turned.before.table,
        "line": turned.before.line,
        "month": turned.before.month,
        "label": turned.label,
        "before": turned.before.outcome.value,
        "after": turned.after.outcome.value,
        "found_before": turned.before.found,
        "found_after": turned.after.found,
    }


def _finding(finding: Finding) -> dict[str, str]:
    return {"code": finding.code, "sheet": finding.sheet, "cell": finding.cell, "message": finding.message}
