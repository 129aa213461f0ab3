"""What the centre decides on: an organisation's submission that counts, what was found in it, and its cases."""

from dataclasses import dataclass
from datetime import date

from workbook_gen.desk.register.cases import Cases, Query, QueryState
from workbook_gen.desk.register.records import Entry
from workbook_gen.desk.workspace import WorkspaceError
from workbook_gen.findings import Finding


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
        """The queries in these states."""
        return tuple(query for query in self.cases.queries if query.state in states)
