"""Queries: asked, answered, accepted, pressed, opened again and settled, as submissions come and the centre decides."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.desk.inbox import Inbox
from tests.desk.stand_in import moment
from tests.desk.test_receive import words
from tests.returns import completed, file_name
from workbook_gen.desk.docket import DecisionError, Docket
from workbook_gen.desk.queries import Followed, decided, follow
from workbook_gen.desk.register.cases import About, Query, QueryState, Words
from workbook_gen.desk.register.decisions import decide, dockets
from workbook_gen.findings import Finding, Outcome, Severity

OPEN, ANSWERED, ACCEPTED, PRESSED, SETTLED = QueryState
DAY = date(2023, 11, 20)
ABOUT = About("AGY-001", "agency", "total", "fot")


def docket(inbox: Inbox, code: str = "QYG") -> Docket:
    """An organisation's file."""
    return dockets(inbox.register, DAY)[code]


def said(inbox: Inbox, code: str = "QYG") -> list[tuple[int, str, str]]:
    """Each query of an organisation: its number, state and answer."""
    return [(query.number, query.state.value, query.answer) for query in docket(inbox, code).cases.queries]


def decision(state: QueryState, *numbers: int, remark: str = "") -> Callable[[Docket], list[Query]]:
    """What the centre decides."""
    return lambda docket: decided(docket, numbers, state, remark, "kim")


def finding(found: str = "5", outcome: Outcome = Outcome.FAIL, severity: Severity = Severity.LOOK) -> Finding:
    """A finding about agency spend."""
    return Finding(
        "AGY-001", severity, outcome, "Within", "Too much.", "Less.", table="agency", line="total", column="fot", found=found
    )


def sent(
    *findings: Finding,
    explanation: str = "",
    outcome: Outcome | None = None,
    is_asked: bool = True,
    **replies: str,
) -> Followed:
    """A second submission with these findings; replies are r1="…"."""
    said = outcome or (findings[0].outcome if findings else Outcome.PASS)
    return Followed(
        "QYG",
        2,
        "1.0",
        {About.of(one): one for one in findings},
        {ABOUT: said} if is_asked else {},
        {ABOUT: explanation},
        {int(name[1:]): reply for name, reply in replies.items()},
    )


def query(state: QueryState = OPEN, explanation: str = "", reply: str = "") -> Query:
    """A query about agency spend that was seen in the first submission."""
    about = Query("QYG", 1, 1, state, ABOUT, Words("Too much.", "5", ""), 1, remedy="Less.")
    return replace(about, explanation=explanation, reply=reply, remark="Say more." if state is PRESSED else "")


EXPLAINED = finding(outcome=Outcome.EXPLAINED)


@pytest.mark.parametrize(
    ("before", "then", "state", "answer"),
    [
        (query(), sent(finding()), OPEN, ""),
        (query(), sent(EXPLAINED, explanation="Sickness."), ANSWERED, "Sickness."),
        (query(), sent(finding(), r1="Sickness."), ANSWERED, "Sickness."),
        (query(), sent(EXPLAINED, explanation="Sickness.", r1="As we said."), ANSWERED, "Sickness. / As we said."),
        (query(), sent(), SETTLED, ""),
        (query(), sent(outcome=Outcome.TO_DO), OPEN, ""),
        (query(), sent(outcome=Outcome.NOT_TESTED), OPEN, ""),
        (query(), sent(is_asked=False), SETTLED, ""),
        (query(ANSWERED, "Sickness."), sent(EXPLAINED, explanation="Sickness."), ANSWERED, "Sickness."),
        (query(ANSWERED, "Sickness."), sent(finding()), OPEN, ""),
        (query(ANSWERED, reply="Sickness."), sent(finding()), ANSWERED, "Sickness."),
        (query(ANSWERED, reply="Sickness."), sent(finding("6")), OPEN, ""),
        (query(ACCEPTED, "Sickness."), sent(EXPLAINED, explanation="Sickness."), ACCEPTED, "Sickness."),
        (query(ACCEPTED, "Sickness."), sent(EXPLAINED, explanation="Holidays."), ANSWERED, "Holidays."),
        (query(ACCEPTED, "Sickness."), sent(replace(EXPLAINED, found="6"), explanation="Sickness."), ANSWERED, "Sickness."),
        (query(ACCEPTED), sent(finding()), ACCEPTED, ""),
        (query(ACCEPTED), sent(finding("6")), OPEN, ""),
        (query(PRESSED, "Sickness."), sent(EXPLAINED, explanation="Sickness."), PRESSED, "Sickness."),
        (query(PRESSED, "Sickness."), sent(EXPLAINED, explanation="Ward 7."), ANSWERED, "Ward 7."),
        (query(PRESSED, "Sickness."), sent(EXPLAINED, explanation="Sickness.", r1="Ward 7."), ANSWERED, "Sickness. / Ward 7."),
        (query(SETTLED), sent(), SETTLED, ""),
        (query(SETTLED), sent(finding()), OPEN, ""),
        (query(SETTLED, reply="Old."), sent(finding()), OPEN, ""),
        (query(SETTLED), sent(r1="Done."), SETTLED, "Done."),
    ],
)
def test_what_becomes_of_a_query_with_the_next_submission(
    before: Query, then: Followed, state: QueryState, answer: str
) -> None:
    changed = follow([before], then)
    after = changed[0] if changed else before
    assert (after.state, after.answer) == (state, answer)
    assert len(changed) == ((before.state, before.answer, before.words) != (after.state, after.answer, after.words))
    assert all((one.number, one.position, one.submission) == (1, 2, 2) for one in changed)
    if state is PRESSED:
        assert after.remark == "Say more."


def test_notes_fixes_and_structural_looks_are_not_asked_about() -> None:
    others = (
        finding(severity=Severity.NOTE),
        finding(severity=Severity.FIX),
        finding(outcome=Outcome.TO_DO),
        replace(finding(), code="STR-999"),
    )
    for one in others:
        assert follow([], sent(one)) == ()
    (changed,) = follow([], sent(replace(finding(severity=Severity.NOTE), code="STR-301")))
    assert (changed.number, changed.state) == (1, OPEN)


def test_a_changed_figure_of_ours_is_asked_about_until_it_is_put_back() -> None:
    changed = replace(finding(severity=Severity.NOTE), code="STR-301")
    (asked,) = follow([], sent(changed))
    assert follow([asked], sent(changed)) == ()
    (settled,) = follow([asked], sent())
    assert settled.state is SETTLED


def test_numbers_go_on(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    inbox.receive("QSL look 5", "QSL_return.xlsx")
    assert (said(inbox), said(inbox, "QSL")) == ([(1, "open", "")], [(1, "open", "")])


def test_a_round_of_answers(inbox: Inbox) -> None:
    first = inbox.receive("QYG look 5")
    assert "Queries for you to answer, in the boxes" in words(first)
    second = inbox.receive("QYG explained 5 sickness")
    assert "Queries answered, for the centre to read: 1." in words(second)
    decide(inbox.register, "QYG", moment(9), decision(PRESSED, 1, remark="Which ward?"))
    third = inbox.receive("QYG explained 5 sickness 9")
    assert "Queries that the centre asks again, because the answer does not suffice: 1." in words(third)
    inbox.receive("QYG explained 5 ward-7")
    assert said(inbox) == [(1, "answered", "ward-7")]
    decide(inbox.register, "QYG", moment(9), decision(ACCEPTED, 1))
    assert said(inbox) == [(1, "accepted", "ward-7")]
    inbox.receive("QYG explained 6 ward-7")
    assert said(inbox) == [(1, "answered", "ward-7")]
    inbox.receive("QYG clean 6")
    assert said(inbox) == [(1, "settled", "ward-7")]
    assert inbox.ailments() == []


def test_a_receipt_says_what_stood_when_the_file_came(inbox: Inbox) -> None:
    first = inbox.receive("QYG look 5")
    inbox.receive("QYG explained 5 sickness")
    again = inbox.receive("QYG look 5")
    assert again.again
    assert again.cases == first.cases
    (path,) = inbox.workspace.receipts.glob("QYG_1_*.txt")
    before = path.read_bytes()
    path.unlink()
    inbox.receive("QYG look 5")
    assert path.read_bytes() == before


def test_a_refused_file_changes_no_query(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    inbox.receive("no workbook")
    assert said(inbox) == [(1, "open", "")]


@pytest.mark.parametrize(
    ("state", "number", "message"),
    [
        (ACCEPTED, 7, "There is no query 7 of QYG"),
        (PRESSED, 1, "Query 1 of QYG is open: it has no answer yet"),
        (ACCEPTED, 2, "Query 2 of QYG is accepted already, by kim"),
        (ACCEPTED, 3, "Query 3 of QYG is settled"),
        (ACCEPTED, 1, "Query 1 of QYG has no answer. Say with --remark why"),
    ],
)
def test_what_cannot_be_decided_is_told_and_nothing_is_entered(
    state: QueryState, number: int, message: str, inbox: Inbox
) -> None:
    answered = replace(query(ACCEPTED, "Sickness."), number=2, decided_by="kim")
    known = (query(), answered, replace(query(SETTLED), number=3))
    inbox.receive("QYG look 5")
    file = docket(inbox)
    with pytest.raises(DecisionError, match=message):
        decided(replace(file, cases=replace(file.cases, queries=known)), [number], state, "", "lee")
    with pytest.raises(DecisionError, match="no query 9"):
        decide(inbox.register, "QYG", moment(9), decision(ACCEPTED, 1, 9, remark="Agreed."))
    assert said(inbox) == [(1, "open", "")]


def test_a_dry_run_enters_nothing(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    (tried,) = decide(inbox.register, "QYG", moment(9), decision(ACCEPTED, 1, remark="Agreed."), dry_run=True)
    assert tried.state is ACCEPTED
    assert said(inbox) == [(1, "open", "")]


def test_real_returns_are_asked_about_where_they_do_not_explain(inbox: Inbox) -> None:
    unexplained = inbox.receive(completed("QSL", "deficit_unexplained"), file_name("QSL"))
    asked = {About.of(one) for one in unexplained.findings if one.severity is Severity.LOOK and one.outcome is Outcome.FAIL}
    queries = docket(inbox, "QSL").cases.queries
    assert asked
    assert {one.about for one in queries if one.state is OPEN} == asked
    inbox.receive(completed("QSL", "clean"), file_name("QSL"))
    after = docket(inbox, "QSL").cases.queries
    assert {one.about for one in after} >= {one.about for one in queries}
    assert all(one.state in (SETTLED, ANSWERED) for one in after)
    assert all(one.explanation for one in after if one.state is ANSWERED)
    assert inbox.ailments() == []
