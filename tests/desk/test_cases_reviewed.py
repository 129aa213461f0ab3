"""Odd orders of events at the desk: rules that count, replies in unfinished files, renamed lines, waived causes, two in one."""

from dataclasses import replace
from datetime import date

import pytest

from tests.desk.inbox import Inbox
from tests.desk.stand_in import moment, stand_in
from tests.desk.test_queries import ABOUT, decision, docket, finding, query, said, sent
from tests.desk.test_receive import words
from tests.desk.test_waivers import DAY, giving, signing, waiver
from tests.returns import answers, completed, desk, file_name, issuable, written
from workbook_gen.definition.nodes import Key
from workbook_gen.desk.docket import DecisionError
from workbook_gen.desk.grouping import messages
from workbook_gen.desk.queries import follow
from workbook_gen.desk.received import Received
from workbook_gen.desk.register.cases import About, QueryState, WaiverState
from workbook_gen.desk.register.decisions import decide
from workbook_gen.desk.register.records import Arrival
from workbook_gen.desk.waivers import lapse
from workbook_gen.findings import Finding, Outcome, Severity

OPEN, ANSWERED, ACCEPTED, PRESSED, SETTLED = QueryState
SIGNS = "SGN-001"


def negative(**months: float) -> bytes:
    """QSL's clean return with nurses' agency spend of these months below zero."""
    changed = {Key("agency", "nursing", month): value for month, value in months.items()}
    return written(issuable("QSL"), {**answers("QSL"), **changed})


def test_a_waiver_of_a_rule_that_counts_is_for_those_figures_alone(inbox: Inbox) -> None:
    inbox.receive(negative(nov=-5.0, dec=-5.0), file_name("QSL"))
    decide(inbox.register, "QSL", moment(5), giving(SIGNS))
    inbox.receive(completed("QSL", "incomplete"), file_name("QSL"))
    assert {one.state for one in docket(inbox, "QSL").cases.waivers} == {WaiverState.GIVEN}, "what is to do says nothing"
    inbox.receive(negative(nov=-50_000.0, jan=-777.0), file_name("QSL"))
    assert {one.state for one in docket(inbox, "QSL").cases.waivers} == {WaiverState.LAPSED}
    assert any(one.code == SIGNS and one.outcome is Outcome.FAIL for one in docket(inbox, "QSL").findings)


def test_a_finding_and_its_result_are_about_the_same(inbox: Inbox) -> None:
    received = inbox.receive(negative(nov=-5.0), file_name("QSL"))
    (signs,) = (one for one in received.findings if one.code == SIGNS)
    assert (signs.line, signs.column) == ("", "")
    assert signs.found.endswith("-5")


@pytest.mark.parametrize("state", [OPEN, PRESSED])
def test_a_reply_with_an_unfinished_file_is_an_answer(state: QueryState) -> None:
    (answered,) = follow([query(state)], sent(outcome=Outcome.TO_DO, r1="Not funded."))
    assert (answered.state, answered.reply) == (ANSWERED, "Not funded.")
    assert follow([answered], sent(finding(), r1="Not funded.")) == ()


def test_a_rule_that_fails_but_is_not_said_ends_no_waiver() -> None:
    assert list(lapse([waiver()], sent(outcome=Outcome.FAIL), DAY)) == []
    assert [one.state for one in lapse([waiver()], sent(is_asked=False), DAY)] == [WaiverState.LAPSED]
    assert list(lapse([waiver()], sent(finding("6")), date(2024, 1, 1))) == [], "it has expired"


def test_a_changed_figure_of_ours_is_settled_only_where_it_was_compared() -> None:
    changed = replace(finding(severity=Severity.NOTE), code="STR-301")
    asked = replace(query(), about=About.of(changed))
    not_compared = Finding("STR-108", Severity.NOTE, Outcome.FAIL, "Not compared", "Not compared.", "Nothing.")
    gone = Finding("STR-205", Severity.FIX, Outcome.FAIL, "Line missing", "Gone.", "Restore it.", table=ABOUT.table)
    assert follow([asked], sent(not_compared)) == ()
    assert follow([asked], sent(gone)) == ()
    (settled,) = follow([asked], sent())
    assert settled.state is SETTLED


def test_cases_follow_a_line_that_is_called_otherwise_in_the_next_version(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    decide(inbox.register, "QYG", moment(5), giving())
    decide(inbox.register, "QYG", moment(6), decision(ACCEPTED, 1, remark="Agreed."))
    checked = stand_in(Received("QYG_return.xlsx", "f" * 64, b"QYG look 5 6"), desk())
    findings = tuple(replace(one, line="whole") for one in checked.findings)
    results = tuple(one._replace(line="whole") for one in checked.results)
    assert checked.identity is not None
    identity = replace(checked.identity, version="1.1")
    arrival = Arrival(
        "QYG",
        9,
        replace(checked, identity=identity, findings=findings, results=results),
        lambda version, key: key._replace(line="whole") if version == "1.0" and key.line == "total" else key,
    )
    inbox.register.submit(arrival, moment(20))
    after = docket(inbox)
    assert [(one.about.line, one.state) for one in after.cases.queries] == [("whole", ACCEPTED)]
    assert [(one.about.line, one.state) for one in after.cases.waivers] == [("whole", WaiverState.GIVEN)]
    assert [one.outcome for one in after.findings] == [Outcome.WAIVED]
    assert inbox.register.entries()[-1].version == "1.1"


def test_what_is_waived_is_not_asked_and_not_in_the_way(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    decide(inbox.register, "QYG", moment(5), giving())
    received = inbox.receive("QYG look 5 6")
    text = words(received)
    assert "Queries for you to answer" not in text
    assert "Less, in J12" not in text
    assert "Next: Nothing: the return is complete." in text
    decide(inbox.register, "QYG", moment(6), signing)
    assert said(inbox) == [(1, "open", "")]


def test_a_waived_cause_hides_nothing_that_follows_from_it() -> None:
    cause = Finding("IE-002", Severity.FIX, Outcome.WAIVED, "Cause", "Cause.", "Mend it.")
    effect = Finding("IE-001", Severity.FIX, Outcome.FAIL, "Effect", "Effect.", "Mend it.", follows="IE-002")
    assert [one.first.code for one in messages((cause, effect))] == ["IE-001", "IE-002"]
    assert [one.first.code for one in messages((replace(cause, outcome=Outcome.FAIL), effect))] == ["IE-002"]


def test_an_acceptance_can_be_taken_back_by_pressing(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    with pytest.raises(DecisionError, match="has no answer"):
        decide(inbox.register, "QYG", moment(5), decision(ACCEPTED, 1))
    decide(inbox.register, "QYG", moment(5), decision(ACCEPTED, 1, remark="By mistake."))
    decide(inbox.register, "QYG", moment(6), decision(PRESSED, 1, remark="Explain it after all."))
    decide(inbox.register, "QYG", moment(7), decision(PRESSED, 1, remark="Explain it, please."))
    assert said(inbox) == [(1, "pressed", "")]
    with pytest.raises(DecisionError, match="pressed already"):
        decide(inbox.register, "QYG", moment(8), decision(PRESSED, 1, remark="Explain it, please."))


def test_who_is_signed_off_is_not_pressed(inbox: Inbox) -> None:
    inbox.receive("QYG explained 5 words")
    decide(inbox.register, "QYG", moment(5), decision(ACCEPTED, 1))
    decide(inbox.register, "QYG", moment(6), signing)
    with pytest.raises(DecisionError, match="QYG is signed off: withdraw that first"):
        decide(inbox.register, "QYG", moment(7), decision(PRESSED, 1, remark="Which wards?"))


def test_a_pressed_query_is_the_next_thing_to_do(inbox: Inbox) -> None:
    inbox.receive("QYG explained 5 words")
    decide(inbox.register, "QYG", moment(5), decision(PRESSED, 1, remark="Which wards?"))
    assert "Next: Answer the queries that are yours: 1." in words(inbox.receive("QYG explained 5 words 6"))


def test_what_no_database_holds_changes_no_answer(inbox: Inbox) -> None:
    inbox.receive("QYG explained 5 wo\0rds")
    decide(inbox.register, "QYG", moment(5), decision(ACCEPTED, 1))
    inbox.receive("QYG explained 5 wo\0rds 6")
    assert [one.state for one in docket(inbox).cases.queries] == [ACCEPTED]


def test_looks_that_came_before_queries_were_kept_are_in_the_way(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    file = docket(inbox)
    with pytest.raises(DecisionError, match="nobody was asked about 1 of its findings"):
        signing(replace(file, cases=replace(file.cases, queries=())))
