"""What the rules say of a returned file: a finding for each that fails, is explained or could not be tested."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from workbook_gen.checks.counts import counted
from workbook_gen.checks.evaluate import Facts
from workbook_gen.checks.messages import figure_in_words, render
from workbook_gen.checks.run import Result
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import merged
from workbook_gen.definition.nodes import Key, Node
from workbook_gen.definition.saying import TO_TEST, UNTESTED, box_words
from workbook_gen.desk.assemble import Issuable
from workbook_gen.excel.read import Submission, said
from workbook_gen.findings import Finding, Outcome, Severity, where


def rule_findings(results: tuple[Result, ...], submission: Submission, issuable: Issuable, facts: Facts) -> tuple[Finding, ...]:
    """The findings, those about blanks and signs first; one that cannot but fail with another says which it follows from.

    To do is said once a table, and not where every blank cell has a cause already told; nor is a rule said whose box for the
    explanation is missing from the file, or that a text in a number's cell leaves untested.
    """
    case = _Case(submission, issuable, facts)
    said = [result for result in _once(results) if case.is_said(result)]
    failing = [result.instance for result in said if result.outcome is Outcome.FAIL]
    marked = [replace(case.finding(result), follows=_cause(result.instance, failing)) for result in said]
    return tuple(sorted(marked, key=lambda finding: finding.code not in case.counting))


def _cause(instance: Instance, failing: list[Instance]) -> str:
    """The rule that an instance follows from, where that fails for the same line and month, or for all of them."""
    return next(
        (one.rule.id for code in instance.rule.follows for one in failing if one.rule.id == code and _meet(one, instance)), ""
    )


def _meet(one: Instance, other: Instance) -> bool:
    return all(None in pair or pair[0] == pair[1] for pair in ((one.line, other.line), (one.month, other.month)))


def _once(results: tuple[Result, ...]) -> Iterator[Result]:
    """The results, To do once a table by a rule about blanks."""
    told: set[str] = set()
    for result in results:
        if result.outcome is Outcome.TO_DO and result.instance.rule.completeness:
            if result.instance.table in told:
                continue
            told.add(result.instance.table)
        yield result


@dataclass(frozen=True)
class _Case:
    """One file: what was read, where, and what its figures come to."""

    submission: Submission
    issuable: Issuable
    facts: Facts

    @cached_property
    def counting(self) -> set[str]:
        """The rules about blanks, signs and whole numbers."""
        return {one.rule.id for one in self.issuable.layout.instances if one.counts}

    def is_said(self, result: Result) -> bool:
        instance = result.instance
        match result.outcome:
            case Outcome.TO_DO:
                return instance.rule.completeness and bool(self.cells(result))
            case Outcome.FAIL | Outcome.EXPLAINED:
                return instance.explain is None or instance.explain in self.submission.places
            case Outcome.NOT_TESTED:
                return not any(self.facts.counts[table, "not_numeric"] for table in instance.tables)
        return False

    def cells(self, result: Result) -> list[Key]:
        """The cells to mend: those that a count is about, else the one that the rule names.

        A cell that is missing from the file, or holds what could not be read, is not among the blank ones: its cause is told.
        """
        instance, form = result.instance, self.issuable.layout.form
        kinds = instance.counts
        if kinds:
            found = [key for node in kinds for key in counted(form, self.facts.values, node.table, node.kind)]
            unread = self.submission.unread()
            return [key for key in found if key in self.submission.places and key not in unread]
        return [instance.at] if instance.at else []

    def finding(self, result: Result) -> Finding:
        instance, form = result.instance, self.issuable.layout.form
        keys = self.cells(result)
        places = [self.submission.places[key] for key in keys if key in self.submission.places]
        sheet = places[0][0] if places else self.issuable.layout.sheet_title(instance.table)
        cells = tuple(cell for name, cell in places if name == sheet)
        here = dict.fromkeys(key.table for key in keys if self._sheet(key) == sheet) or [instance.table]
        titles = " and ".join(form.tables[table].table.title for table in here)
        label = form.cells[keys[0]].words if len(keys) == 1 else titles
        what = render(instance.message, form, self.facts)
        untested = result.outcome is Outcome.NOT_TESTED
        return Finding(
            code=instance.rule.id,
            severity=Severity(instance.rule.severity),
            outcome=result.outcome,
            title=instance.rule.title,
            what=UNTESTED if untested else what,
            remedy=TO_TEST if untested else render(instance.fix, form, self.facts),
            place=f"{where(sheet, merged(cells), label)}{self._elsewhere(places, sheet)}",
            box="" if untested else self._box(instance.explain, sheet),
            table=instance.table,
            line=instance.line or (instance.at.line if instance.at else ""),
            column=instance.at.column if instance.at else "",
            sheet=sheet if places else "",
            cells=cells,
            label=label,
            found=self._counted(keys) if instance.counts else self._figure(instance.found, result.found),
            expected=self._figure(instance.expected, result.expected),
        )

    def _sheet(self, key: Key) -> str:
        return self.submission.places[key][0] if key in self.submission.places else ""

    def _elsewhere(self, places: list[tuple[str, str]], sheet: str) -> str:
        """The cells on other sheets, after those of the first."""
        others = dict.fromkeys(name for name, _ in places if name != sheet)
        return "".join(f" and {name} {merged(cell for at, cell in places if at == name)}" for name in others)

    def _box(self, key: Key | None, own: str) -> str:
        place = self.submission.places.get(key) if key else None
        return box_words(own, *place) if place else ""

    def _counted(self, keys: list[Key]) -> str:
        """What stands in the cells that a rule counts, by their codes: AGY0100 M08 -5."""
        cells = self.issuable.layout.form.cells
        named = ((cells[key].line.sub_code, cells[key].column.code, self.facts.values.get(key)) for key in sorted(keys))
        return ", ".join(f"{line} {column} {said(value)}".strip() for line, column, value in named)

    def _figure(self, node: Node | None, value: float | None) -> str:
        return "" if node is None or value is None else figure_in_words(node, self.issuable.layout.form, self.facts)
