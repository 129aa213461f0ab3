"""What the centre decides on: an organisation's submission that counts, what was found in it, and its cases."""

from dataclasses import dataclass
from datetime import date

from workbook_gen.desk.register.cases import Cases, Query, QueryState, not_waived
from workbook_gen.desk.register.records import Entry
from workbook_gen.desk.workspace import WorkspaceError
from workbook_gen.findings import Finding, Outcome, Severity

PREFILL_CHANGED = "STR-301"
"""The structural code that is asked about: a figure of the centre that is not as issued."""


class DecisionError(WorkspaceError):
    """A decision that cannot be taken; the message says why, and what to do."""


@dataclass(frozen=True)
class Docket:
    """An organisation's file on a day: the submission that counts (None where none does), its findings, and the cases.

    `findings` and the submission's state, counts and headlines are as they are after waivers; `found` as they were found.
    """

    organisation: str
    day: date
    entry: Entry | None
    found: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    cases: Cases

    def queries(self, *states: QueryState) -> tuple[Query, ...]:
        """The queries in these states, but for those about what is waived."""
        return tuple(query for query in not_waived(self.cases.queries, self.findings) if query.state in states)


def is_asked(finding: Finding) -> bool:
    """Whether the centre asks about a finding: one that is to be explained or is explained, or a changed figure of ours."""
    if finding.code == PREFILL_CHANGED:
        return True
    is_look = finding.severity is Severity.LOOK and finding.outcome in (Outcome.FAIL, Outcome.EXPLAINED)
    return is_look and not finding.code.startswith("STR-")
