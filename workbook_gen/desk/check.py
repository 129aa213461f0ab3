"""One returned file, checked: read, totals recomputed, rules run, and everything to be said of it in one pass."""

from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from workbook_gen.catalogue import structural
from workbook_gen.checks.run import Result, complete, facts_of, run_rules
from workbook_gen.definition.compiled import Compiled
from workbook_gen.definition.model import Collection
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value, Values
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.received import Received, is_lock_file, read_file
from workbook_gen.desk.rule_findings import rule_findings
from workbook_gen.desk.totals import total_findings
from workbook_gen.excel.align import align
from workbook_gen.excel.carried import carried_findings
from workbook_gen.excel.compare import KINDS, compare
from workbook_gen.excel.identity import Identity, identify
from workbook_gen.excel.locate import locate
from workbook_gen.excel.package import PackageRefused, open_package
from workbook_gen.excel.query_sheet import QuerySheet
from workbook_gen.excel.read import Submission, read_submission
from workbook_gen.excel.replies import Reply, read_queries
from workbook_gen.excel.scan import Scan, scan
from workbook_gen.excel.sheets import sheet_findings
from workbook_gen.findings import Finding, Outcome, Severity, State, state_of
from workbook_gen.national.data import NationalData

COUNTED = (Outcome.EXPLAINED, Outcome.WAIVED, Outcome.TO_DO, Outcome.NOT_TESTED, Outcome.PASS)
"""The outcomes that are counted by rule instance, in the order of `check --json`."""

LAYOUTS = 64
"""How many systems' layouts a desk keeps, the last used: more than any exercise has systems, and some 5 MB each."""


class RuleResult(NamedTuple):
    """What one rule instance says of a return: the rule, where it is asked, the tables it reads, outcome and figures.

    `at` is the cell that it is about, None where that is the table; `explanation` what stands in its box.
    """

    rule: str
    headline: str | None
    completeness: bool
    table: str
    line: str | None
    month: str | None
    tables: tuple[str, ...]
    outcome: Outcome
    found: float | None
    expected: float | None
    at: Key | None = None
    explanation: str = ""

    @classmethod
    def of(cls, result: Result, values: Values) -> "RuleResult":
        """The result without the rule's trees, so that it is small enough to be sent and kept."""
        one, rule = result.instance, result.instance.rule
        return cls(
            rule.id,
            rule.headline,
            rule.completeness,
            one.table,
            one.line,
            one.month,
            one.tables,
            result.outcome,
            result.found,
            result.expected,
            one.at,
            str(values.get(one.explain) or "").strip() if one.explain else "",
        )


class Answer(NamedTuple):
    """An input that holds something: its key, the unit it is asked in, where it stands in the file, and its value."""

    key: Key
    unit: str
    sheet: str
    cell: str
    value: Value


@dataclass(frozen=True)
class CheckedReturn:
    """What is known of one file. `results`, `values` and `answers` are empty where it was refused.

    `queries` is what its Queries sheet says, None where it has none; `replies` what stands there, by the query's number.
    """

    file: str
    sha256: str
    collection: str
    identity: Identity | None
    findings: tuple[Finding, ...]
    results: tuple[RuleResult, ...] = ()
    values: dict[Key, Value] = field(default_factory=dict)
    inputs: int = 0
    inputs_filled: int = 0
    account: dict[str, int] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    queries: QuerySheet | None = None
    replies: dict[int, Reply] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The worst of the findings."""
        return state_of(self.findings)

    @property
    def headlines(self) -> dict[str, Outcome]:
        """The outcome of each headline rule that this system is asked."""
        return {result.headline: result.outcome for result in self.results if result.headline}

    def counts(self) -> dict[str, int]:
        """Findings by severity, rule instances by outcome, and inputs asked and filled."""
        failing = Counter(finding.severity for finding in self.findings if finding.outcome is Outcome.FAIL)
        outcomes = Counter(result.outcome for result in self.results)
        return {
            **{severity.value: failing[severity] for severity in Severity},
            **{one.value: outcomes[one] for one in COUNTED},
            "inputs": self.inputs,
            "inputs_filled": self.inputs_filled,
        }


@dataclass(frozen=True)
class Desk:
    """What checking needs: the definition, the national figures, and the key where it is here."""

    collection: Collection
    national: NationalData
    key: bytes | None
    layouts: dict[str, Issuable] = field(default_factory=dict)
    loaded: Compiled | None = None
    """The collection with what loading it has worked out, where that was kept."""

    @cached_property
    def compiled(self) -> Compiled:
        """The collection, with what its systems have in common worked out once."""
        return self.loaded or Compiled(self.collection)

    def issuable(self, code: str) -> Issuable:
        """The system's return as issued, made once for as long as it is among the last used."""
        found = self.layouts.pop(code, None)
        if found is None:
            found = Issuable(self.collection, self.national, self.national.system(code), self.compiled)
        self.layouts[code] = found
        if len(self.layouts) > LAYOUTS:
            del self.layouts[next(iter(self.layouts))]
        return found


def check_file(path: Path, desk: Desk) -> CheckedReturn:
    """Check one file in this process. Raises `OSError` where it cannot be read at all; everything else is a finding."""
    return check_received(read_file(path), desk)


def check_received(file: Received, desk: Desk) -> CheckedReturn:
    """Check the bytes of a file: whatever is wrong with them is a finding."""
    if is_lock_file(file.name):
        return refused_return(file, desk, structural("STR-013"))
    try:
        scanned = scan(open_package(file.data))
    except PackageRefused as refused:
        return refused_return(file, desk, refused.finding)
    identity = identify(scanned, desk.collection, desk.national.by_code.keys(), file.name, desk.key)
    if identity.organisation is None:
        return CheckedReturn(file.name, file.sha256, desk.collection.key, identity, identity.findings)
    return _checked(file, scanned, identity, desk.issuable(identity.organisation))


def refused_return(file: Received, desk: Desk, finding: Finding) -> CheckedReturn:
    """What is known of a file that is turned away before anything in it is read."""
    return CheckedReturn(file.name, file.sha256, desk.collection.key, None, (finding,))


def _checked(file: Received, scanned: Scan, identity: Identity, issuable: Issuable) -> CheckedReturn:
    layout, form = issuable.layout, issuable.layout.form
    same_figures = identity.stamp is None or identity.stamp.national == issuable.national_digest
    queries = read_queries(scanned)
    located = locate(queries.rest, layout)
    submission = read_submission(queries.rest, layout, located, issuable.prefill if same_figures else None)
    stamp = identity.stamp or issuable.stamp(1)
    issued = issuable.issued(stamp)
    aligned = align(queries.rest, layout, located, issued)
    comparison = compare(queries.rest, layout, located, issued, aligned)
    every = (*aligned, *queries.aligned)
    values = complete(form, {**issuable.prefill, **submission.values})
    facts = facts_of(form, values)
    results = run_rules(layout.instances, facts)
    findings = [
        *scanned.findings,
        *identity.findings,
        *([] if same_figures else [structural("STR-108")]),
        *sheet_findings(scanned, layout, located, every),
        *carried_findings(scanned, every, issuable.names),
        *submission.findings,
        *comparison.findings,
        *queries.findings,
        *queries.comparison.findings,
        *total_findings(submission, comparison, issuable, values),
        *rule_findings(results, submission, issuable, facts),
    ]
    inputs = [cell.key for cell in form.inputs() if cell.required]
    filled = sum(values.get(key) is not None for key in inputs)
    return CheckedReturn(
        file.name,
        file.sha256,
        form.collection.key,
        identity,
        tuple(findings),
        tuple(RuleResult.of(result, values) for result in results),
        values,
        len(inputs),
        filled,
        {kind: comparison.account[kind] + queries.comparison.account[kind] for kind in KINDS},
        _answers(submission, issuable),
        queries.sheet,
        queries.replies,
    )


def _answers(submission: Submission, issuable: Issuable) -> tuple[Answer, ...]:
    cells, places = issuable.layout.form.cells, submission.places
    filled = {key: value for key, value in submission.values.items() if value is not None}
    return tuple(Answer(key, cells[key].unit, *places[key], value) for key, value in filled.items())
