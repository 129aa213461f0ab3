"""Two returns of one organisation beside each other: which answers changed, what else did, and what that made of the rules."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from workbook_gen.catalogue import quote
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import Layout, address
from workbook_gen.definition.nodes import Cell, Key
from workbook_gen.definition.values import Value, day_of
from workbook_gen.desk.check import CheckedReturn, RuleResult
from workbook_gen.excel.read import said
from workbook_gen.findings import Finding, Outcome

_STRUCTURAL = "STR-"
_PREFILL, _NOT_COMPARED, _COMMENTS = "STR-301", "STR-108", "STR-306"
_TURNS = {Outcome.TO_DO: "'to do'", Outcome.NOT_TESTED: "'not tested'"}


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell with two values: an input, a prefilled figure that was overwritten, or a total that came to something else."""

    key: Key
    label: str
    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Commented:
    """A cell with another comment in its margin; an empty text where there is none."""

    place: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Turned:
    """A rule instance that says something else: its title and place, both results, and the figure that it found.

    `at` names a cell in the rule language (`agency.total[fot]`), or a table: the cell whose figure was found, where the rule
    finds that of a single one (`of_cell`), else what the rule is about.
    """

    rule: str
    title: str
    at: str
    of_cell: bool
    label: str
    before: RuleResult
    after: RuleResult
    figures: tuple[str, str] | None


@dataclass(frozen=True)
class Difference:
    """What lies between two returns. `told` and `gone` are other findings about the file that only the second, or first, has.

    `uncompared` says that the prefilled figures of one of them could not be compared with those issued.
    """

    organisation: str
    inputs: tuple[Changed, ...]
    prefills: tuple[Changed, ...]
    comments: tuple[Commented, ...]
    totals: tuple[Changed, ...]
    rules: tuple[Turned, ...]
    told: tuple[Finding, ...]
    gone: tuple[Finding, ...]
    uncompared: bool

    @property
    def is_none(self) -> bool:
        """Whether both say the same."""
        changed = (self.inputs, self.prefills, self.comments, self.totals, self.rules, self.told, self.gone)
        return not any(changed)


def difference(before: CheckedReturn, after: CheckedReturn, layout: Layout) -> Difference:
    """What the second return says that the first does not. Both must have been read, and be of the layout's organisation."""
    changed = [cell for cell in layout.form.cells.values() if before.values.get(cell.key) != after.values.get(cell.key)]
    return Difference(
        organisation=layout.form.system.code,
        inputs=tuple(_changed(cell, before, after, layout) for cell in changed if cell.role == "input"),
        prefills=tuple(_prefills(before, after, layout)),
        comments=tuple(_commented(_comments(before), _comments(after))),
        totals=tuple(_changed(cell, before, after, layout) for cell in changed if cell.role == "total"),
        rules=tuple(_turned(before, after, layout)),
        told=_only(after, before),
        gone=_only(before, after),
        uncompared=any(finding.code == _NOT_COMPARED for one in (before, after) for finding in one.findings),
    )


def _changed(cell: FormCell, before: CheckedReturn, after: CheckedReturn, layout: Layout) -> Changed:
    was, now = (_shown(cell, one.values.get(cell.key)) for one in (before, after))
    return Changed(cell.key, cell.words, _place(cell.key, layout), was, now)


def _place(key: Key, layout: Layout) -> str:
    sheet, row, column = layout.cells[key]
    return f"{sheet} {address(row, column)}"


def _prefills(before: CheckedReturn, after: CheckedReturn, layout: Layout) -> Iterator[Changed]:
    """The prefilled figures that the two files hold otherwise; one that a finding does not tell of is as issued."""
    first, second = _held(before), _held(after)
    for key, finding in {**first, **second}.items():
        was, now = (held[key].found if key in held else finding.expected for held in (first, second))
        if was != now:
            yield Changed(key, layout.form.cells[key].words, _place(key, layout), was, now)


def _held(one: CheckedReturn) -> dict[Key, Finding]:
    return {Key(found.table, found.line, found.column): found for found in one.findings if found.code == _PREFILL}


def _comments(one: CheckedReturn) -> dict[str, str]:
    """The comments of a file by their place, as far as a finding quotes them."""
    found: dict[str, str] = {}
    for finding in one.findings:
        if finding.code == _COMMENTS:
            texts = [detail.partition(": ")[2] for detail in finding.details] or [quote(finding.found)]
            found |= {f"{finding.sheet} {cell}": text for cell, text in zip(finding.cells, texts, strict=False)}
    return found


def _commented(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Commented]:
    for place in {**before, **after}:
        if before.get(place) != after.get(place):
            yield Commented(place, before.get(place, ""), after.get(place, ""))


def _shown(cell: FormCell, value: Value) -> str:
    if cell.column.type == "date" and isinstance(value, float | int) and value:
        return f"{day_of(value):%-d %B %Y}"
    return said(value)


def _turned(before: CheckedReturn, after: CheckedReturn, layout: Layout) -> Iterator[Turned]:
    """The rule instances with another outcome, in order."""
    for instance, was, now in zip(layout.instances, before.results, after.results, strict=True):
        if was.outcome is not now.outcome:
            rule, cell = instance.rule, layout.form.cells[instance.found.key] if isinstance(instance.found, Cell) else None
            at, label = str(cell.key if cell else instance.at or instance.table), _asked(instance, layout)
            yield Turned(rule.id, rule.title, at, cell is not None, label, was, now, _figures(was, now, cell))


def _asked(instance: Instance, layout: Layout) -> str:
    """Where a rule is asked: its cell in words, else its table's title."""
    return layout.form.cells[instance.at].words if instance.at else layout.form.tables[instance.table].table.title


def _figures(was: RuleResult, now: RuleResult, cell: FormCell | None) -> tuple[str, str] | None:
    """What the rule found before and after, where both are figures and not the same."""
    if was.found is None or now.found is None or was.found == now.found:
        return None
    return (_shown(cell, was.found), _shown(cell, now.found)) if cell else (said(was.found), said(now.found))


def _only(one: CheckedReturn, other: CheckedReturn) -> tuple[Finding, ...]:
    """The findings about one file that are not told of the other: labels, formulas and the like; the rest is told by cell."""
    known = {_print(finding) for finding in other.findings}
    own = (finding for finding in one.findings if finding.code.startswith(_STRUCTURAL) and _print(finding) not in known)
    return tuple(finding for finding in own if finding.code not in (_PREFILL, _COMMENTS))


def _print(finding: Finding) -> tuple[str, ...]:
    return (finding.code, finding.sheet, *finding.cells, finding.label, finding.found, *finding.details)


def as_text(found: Difference) -> Iterator[str]:
    """The difference in lines: answers, prefilled figures and comments, what they did, and what else the files have."""
    if found.is_none:
        yield "Both say the same: no answer, no rule and nothing else differs."
    else:
        yield f"{found.organisation}: answers changed: {len(found.inputs)}"
        yield from (_line(changed) for changed in found.inputs)
    if found.prefills:
        yield f"Prefilled figures changed, which the checks do not use: {len(found.prefills)}"
        yield from (_line(changed) for changed in found.prefills)
    if found.comments:
        yield f"Comments changed: {len(found.comments)}"
        yield from (f"  {one.place}: {_quoted(one.before)} to {_quoted(one.after)}" for one in found.comments)
    if found.totals or found.rules:
        yield f"What it did: totals changed: {len(found.totals)}, rules that say something else: {len(found.rules)}"
        yield from (f"  {_turn(turned)}" for turned in found.rules)
    for title, findings in (("Only in the second file", found.told), ("Only in the first file", found.gone)):
        if findings:
            yield f"{title}: {len(findings)}"
            yield from (f"  {finding.code}  {finding.message}" for finding in findings)
    if found.uncompared:
        yield "Prefilled figures were not compared: the national tables here differ from those that a file was issued with."


def _quoted(comment: str) -> str:
    return f"'{comment}'" if comment else "none"


def _line(changed: Changed) -> str:
    return f"  {changed.place} ({changed.label}): {changed.before} to {changed.after}"


def _turn(turned: Turned) -> str:
    """`agency.total[fot] 4,200 to 3,850: AGY-001 fail to pass (AGY0900, Total agency expenditure, Forecast outturn)`."""
    figures = f" {turned.figures[0]} to {turned.figures[1]}" if turned.figures else ""
    cell, found = (figures, "") if turned.of_cell else ("", figures and f", found{figures}")
    outcomes = f"{_word(turned.before.outcome)} to {_word(turned.after.outcome)}"
    return f"{turned.at}{cell}: {turned.rule} {outcomes}{found} ({turned.label})"


def _word(outcome: Outcome) -> str:
    return _TURNS.get(outcome, outcome.value)


def as_json(found: Difference) -> dict[str, Any]:
    """The object of `diff --json`, without its schema."""
    return {
        "organisation": found.organisation,
        "inputs": [_cell(changed) for changed in found.inputs],
        "prefilled": [_cell(changed) for changed in found.prefills],
        "prefilled_compared": not found.uncompared,
        "comments": [asdict(one) for one in found.comments],
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
        "at": turned.at,
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
