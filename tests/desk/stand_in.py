"""Small files in place of workbooks, and the work that reads them: for tests in which reading is not the point.

A file's text is an organisation, a state and figures, as in `QYG look 5 7.5 words`. A rule that is not met has found the
first of them, and the words explain it.
"""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from workbook_gen.catalogue import structural
from workbook_gen.definition.nodes import Key
from workbook_gen.desk.check import Answer, CheckedReturn, Desk, RuleResult, refused_return
from workbook_gen.desk.received import Received
from workbook_gen.desk.register.records import Moment
from workbook_gen.excel.identity import Identity
from workbook_gen.findings import Finding, Outcome, Severity

COLLECTION = "h2_2023_24"
START = datetime(2023, 11, 20, 9, 30, tzinfo=UTC)
HEADLINE = "agency_within_ceiling"
ACCOUNT = {"input": 2, "label": 5}
SAYS = {
    "look": Finding(
        "AGY-001",
        Severity.LOOK,
        Outcome.FAIL,
        "Within",
        "Too much.",
        "Less.",
        "Agency F12",
        "J12",
        table="agency",
        line="total",
        sheet="Agency",
        cells=("F12",),
        label="AGY0900, Total",
    ),
    "fix": Finding("BAL-001", Severity.FIX, Outcome.FAIL, "Balance", "It does not.", "Mend it.", found="5", expected="0"),
    "explained": Finding(
        "AGY-001", Severity.LOOK, Outcome.EXPLAINED, "Within", "Too much.", "Less.", table="agency", line="total"
    ),
}


def moment(minutes: int = 0, by: str = "kim") -> Moment:
    """A moment of the round, so many minutes after its start."""
    return Moment(START + timedelta(minutes=minutes), by)


def stand_in(file: Received, desk: Desk) -> CheckedReturn:
    """What is known of a small file; anything else is no workbook."""
    words = file.data.decode("utf-8", "replace").split()
    if len(words) < 2 or words[1] not in ("clean", *SAYS):
        return refused_return(file, desk, structural("STR-001", found="a text"))
    code, state, *figures = words
    answers = tuple(
        Answer(Key("agency", "total", f"m{n}"), "£000", "Agency", f"F{n}", float(figure) if figure[0].isdigit() else figure)
        for n, figure in enumerate(figures)
    )
    finding = SAYS.get(state)
    if finding is not None and finding.severity is Severity.LOOK and figures:
        finding = replace(finding, found=figures[0])
    outcome = finding.outcome if finding else Outcome.PASS
    explanation = " ".join(figure for figure in figures if not figure[0].isdigit()) or "Much sickness."
    result = RuleResult("AGY-001", HEADLINE, False, "agency", "total", None, ("agency",), outcome, 5.5, 4, None, explanation)
    return CheckedReturn(
        file.name,
        file.sha256,
        desk.collection.key,
        Identity(code, "1.0", None, ()),
        (finding,) if finding else (),
        (result,),
        {},
        len(answers),
        len(answers),
        ACCOUNT,
        answers,
    )
