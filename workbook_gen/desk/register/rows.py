"""A checked return as rows of the register, and rows as findings again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table

from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value
from workbook_gen.desk.check import Answer, CheckedReturn, RuleResult
from workbook_gen.desk.register.canonical import canonical, digest, storable
from workbook_gen.desk.register.schema import FINDINGS, INPUTS, RESULTS
from workbook_gen.findings import Finding, Outcome, Severity

Row = dict[str, Any]
KEYS = {"table_key": "table", "line_key": "line", "column_key": "column"}
"""The columns that are named otherwise than the facts they hold, because the plain words belong to SQL."""

_LISTS = ("cells", "details")
"""What a finding has several of, stored as JSON."""


def rows_of(checked: CheckedReturn, submission: int) -> dict[str, list[Row]]:
    """The rows of each table, for a submission."""
    found = {
        INPUTS.name: [_input(answer) for answer in checked.answers],
        FINDINGS.name: [_finding(finding) for finding in checked.findings],
        RESULTS.name: [_result(result) for result in checked.results],
    }
    return {name: [_placed(row, submission, position) for position, row in enumerate(rows)] for name, rows in found.items()}


def _placed(row: Row, submission: int, position: int) -> Row:
    texts = {name: storable(value) if isinstance(value, str) else value for name, value in row.items()}
    return {"submission": submission, "position": position, **texts}


def _input(answer: Answer) -> Row:
    value = answer.value
    kind = "error" if isinstance(value, CellError) else "text" if isinstance(value, str) else "number"
    return {
        **{column: getattr(answer.key, name) for column, name in KEYS.items()},
        "unit": answer.unit,
        "sheet": answer.sheet,
        "cell": answer.cell,
        "kind": kind,
        "number": _plain(value) if isinstance(value, float | int) else None,
        "text": str(value) if isinstance(value, str) else None,
    }


def answer_of(row: Mapping[Any, Any]) -> Answer:
    """The answer that a row tells."""
    text = row["text"]
    value: Value = row["number"] if text is None else CellError(text) if row["kind"] == "error" else text
    return Answer(Key(*(row[column] for column in KEYS)), row["unit"], row["sheet"], row["cell"], value)


def _finding(finding: Finding) -> Row:
    names = set(FINDINGS.columns.keys()) - {"submission", "position", *_LISTS, "refuses"}
    row = {name: getattr(finding, KEYS.get(name, name)) for name in sorted(names)}
    row |= {"severity": finding.severity.value, "outcome": finding.outcome.value}
    lists = {name: canonical(list(getattr(finding, name))) for name in _LISTS}
    return {**row, **lists, "refuses": int(finding.refuses)}


def _result(result: RuleResult) -> Row:
    return {
        "rule": result.rule,
        "headline": result.headline,
        "table_key": result.table,
        "line_key": result.line,
        "month": result.month,
        "outcome": result.outcome.value,
        "found": _plain(result.found),
        "expected": _plain(result.expected),
    }


def _plain(figure: float | None) -> float | None:
    """A figure as every database gives it back: SQLite knows no negative zero."""
    return None if figure is None else float(figure) + 0.0


def finding_of(row: Mapping[Any, Any]) -> Finding:
    """The finding that a row tells."""
    texts = {KEYS.get(name, name): row[name] for name in FINDINGS.columns.keys() if name not in ("submission", "position")}  # noqa: SIM118
    return Finding(
        **{
            **texts,
            "severity": Severity(row["severity"]),
            "outcome": Outcome(row["outcome"]),
            **{name: tuple(json.loads(row[name])) for name in _LISTS},
            "refuses": bool(row["refuses"]),
        }
    )


def digest_of_rows(table: Table, rows: Iterable[Mapping[Any, Any]]) -> str:
    """The digest of a submission's rows in one table, in their order."""
    names = [name for name in table.columns.keys() if name != "submission"]  # noqa: SIM118
    return digest([row[name] for name in names] for row in rows)


def digest_of_inputs(rows: Sequence[Row]) -> str:
    """The digest of what was answered, wherever it stood in the file."""
    return digest(sorted([row[name] for name in (*KEYS, "kind", "number", "text")] for row in rows))
