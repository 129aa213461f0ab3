"""Waivers and sign-offs: what the centre lets be, while the figures are the same; and what stands in the way of signing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from tests.desk.inbox import Inbox
from tests.desk.stand_in import HEADLINE, moment
from tests.desk.test_queries import decision, docket, finding, sent
from tests.desk.test_receive import words
from tests.returns import collection, completed, file_name, national
from workbook_gen.desk.docket import DecisionError, Docket
from workbook_gen.desk.register.cases import About, QueryState, SignOff, Waiver, WaiverState, Words
from workbook_gen.desk.register.decisions import decide, dockets
from workbook_gen.desk.sign_off import accepted, signed, withdrawn
from workbook_gen.desk.status import as_rows, standings
from workbook_gen.desk.waivers import given, lapse, lifted, waived
from workbook_gen.findings import Finding, Outcome, Severity, State

DAY, LAST = date(2023, 11, 20), date(2023, 12, 1)


def giving(
    rule: str = "AGY-001", takes: Callable[[Finding], bool] = lambda _: True, until: date = LAST
) -> Callable[[Docket], list[Waiver]]:
    """What gives a waiver."""
    return lambda file: given(file, rule, takes, "Agreed with the region.", until, "kim")


def signing(file: Docket) -> list[SignOff]:
    """What signs off."""
    return accepted(file, "", "kim")


def waiver(found: str = "5", state: WaiverState = WaiverState.GIVEN) -> Waiver:
    """A waiver of a rule about agency spend, given to the first submission."""
    words = Words("Too much.", found, "")
    return Waiver("QYG", 1, 1, state, About.of(finding()), words, "Agreed.", LAST, "kim", 1)


def test_a_waived_rule_is_still_said_and_weighs_nothing(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    decide(inbox.register, "QYG", moment(5), giving())
    file = docket(inbox)
    assert file.entry is not None
    assert [one.outcome for one in file.findings] == [Outcome.WAIVED]
    assert [one.outcome for one in file.found] == [Outcome.FAIL]
    assert (file.entry.state, file.entry.counts["look"], file.entry.counts["waived"]) == (State.CLEAN, 0, 1)
    assert file.entry.headlines == {HEADLINE: Outcome.WAIVED}
    again = inbox.receive("QYG look 5 6")
    assert again.state is State.CLEAN
    assert "  WAIVED     AGY-001  " in words(again)
    assert ": submission 2 of QYG, version 1.0: clean" in words(again)
    assert inbox.ailments() == []


@pytest.mark.parametrize(("text", "state"), [("QYG look 6", "lapsed"), ("QYG clean 5", "lapsed"), ("QYG look 5 1", "given")])
def test_it_lapses_when_the_figures_change(text: str, state: str, inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    decide(inbox.register, "QYG", moment(5), giving())
    received = inbox.receive(text)
    (after,) = docket(inbox).cases.waivers
    assert (after.state, after.position) == (state, 2 if state == "lapsed" else 1)
    assert ("Waiver 1 of AGY-001 has lapsed" in words(received)) is (state == "lapsed")
    if text == "QYG look 6":
        assert received.state is State.LOOK
        inbox.receive("QYG look 5 2")
        assert docket(inbox).findings[0].outcome is Outcome.FAIL, "a waiver that lapsed does not come back"


@pytest.mark.parametrize(
    ("then", "lapses"),
    [
        (sent(finding()), False),
        (sent(finding(outcome=Outcome.EXPLAINED)), False),
        (sent(finding("6")), True),
        (sent(replace(finding(), expected="4")), True),
        (sent(), True),
        (sent(outcome=Outcome.TO_DO), False),
        (sent(outcome=Outcome.NOT_TESTED), False),
    ],
)
def test_what_ends_a_waiver(then: object, lapses: bool) -> None:
    assert [one.state for one in lapse([waiver()], then, DAY)] == [WaiverState.LAPSED] * lapses  # type: ignore[arg-type]
    assert list(lapse([waiver(state=WaiverState.LIFTED)], then, DAY)) == []  # type: ignore[arg-type]


def test_it_holds_until_the_end_of_its_last_day() -> None:
    days = {date(2023, 11, 30): Outcome.WAIVED, LAST: Outcome.WAIVED, date(2023, 12, 2): Outcome.FAIL}
    for day, outcome in days.items():
        assert [one.outcome for one in waived([finding()], [waiver()], day)] == [outcome]


def test_it_can_be_lifted_once(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    decide(inbox.register, "QYG", moment(5), giving())
    (taken,) = decide(inbox.register, "QYG", moment(6), lambda file: lifted(file, 1, "Not agreed after all.", "lee"))
    assert (taken.state, taken.given_by, taken.reason) == (WaiverState.LIFTED, "lee", "Not agreed after all.")
    assert docket(inbox).findings[0].outcome is Outcome.FAIL
    for number, message in ((1, "Waiver 1 of QYG is lifted already"), (2, "QYG has no waiver 2")):
        with pytest.raises(DecisionError, match=message):
            lifted(docket(inbox), number, "", "lee")


@pytest.mark.parametrize(
    ("texts", "rule", "message"),
    [
        ((), "AGY-001", "QYG has sent nothing that could be read"),
        (("QYG clean 1",), "AGY-001", "AGY-001 does not fail there in submission 1 of QYG"),
        (("QYG look 1",), "BAL-001", "BAL-001 does not fail there"),
    ],
)
def test_what_cannot_be_waived_is_told(texts: tuple[str, ...], rule: str, message: str, inbox: Inbox) -> None:
    inbox.receive_all(*((text, "QYG_return.xlsx") for text in texts))
    with pytest.raises(DecisionError, match=message):
        decide(inbox.register, "QYG", moment(5), giving(rule))


def test_a_waiver_is_given_once_and_for_what_is_taken(inbox: Inbox) -> None:
    inbox.receive("QYG look 5")
    with pytest.raises(DecisionError, match="does not fail there"):
        decide(inbox.register, "QYG", moment(5), giving(takes=lambda one: one.line == "nursing"))
    decide(inbox.register, "QYG", moment(5), giving())
    with pytest.raises(DecisionError, match="is waived there already"):
        decide(inbox.register, "QYG", moment(5), giving())


def test_a_fix_can_be_waived_and_what_is_to_do_cannot(inbox: Inbox) -> None:
    inbox.receive("QYG fix 5")
    decide(inbox.register, "QYG", moment(5), giving("BAL-001"))
    file = docket(inbox)
    assert file.entry is not None
    assert (file.entry.state, file.entry.counts["fix"]) == (State.CLEAN, 0)
    inbox.receive(completed("QSL", "incomplete"), file_name("QSL"))
    to_do = next(one for one in docket(inbox, "QSL").found if one.outcome is Outcome.TO_DO)
    with pytest.raises(DecisionError, match="to do or not tested has to be filled in"):
        decide(inbox.register, "QSL", moment(6), giving(to_do.code))


def test_every_failing_line_gets_a_waiver_of_its_own(inbox: Inbox) -> None:
    inbox.receive(completed("QYG", "deficit_unexplained"), file_name("QYG"))
    found = [one for one in docket(inbox).found if one.severity is Severity.LOOK and one.outcome is Outcome.FAIL]
    rule = max({one.code for one in found}, key=[one.code for one in found].count)
    there = [one for one in found if one.code == rule]
    decide(inbox.register, "QYG", moment(5), giving(rule, takes=lambda one: one == there[0]))
    decide(inbox.register, "QYG", moment(6), giving(rule))
    waivers = docket(inbox).cases.waivers
    assert [one.number for one in waivers] == list(range(1, len(there) + 1))
    assert {one.about for one in waivers} == {About.of(one) for one in there}
    assert inbox.ailments() == []


# --- sign-off ---------------------------------------------------------------------------------------


def stand(inbox: Inbox) -> dict[str, object]:
    """What status says of QYG."""
    entries, files = inbox.register.entries(), dockets(inbox.register, DAY)
    rows = as_rows(standings(national(), entries, files, collection(), moment().at), collection())
    return next(row for row in rows if row["organisation"] == "QYG")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ((), "it has sent nothing that could be read as its return"),
        (("no workbook",), "it has sent nothing that could be read as its return"),
        (("QYG fix 1",), "submission 1 has findings to fix"),
        (("QYG look 1",), "it has to answer queries 1"),
        (("QYG explained 1",), "the centre has to accept or press queries 1"),
        (("QYG look 1", "QYG fix 2"), "submission 2 has findings to fix"),
    ],
)
def test_what_is_in_the_way_is_told(texts: tuple[str, ...], said: str, inbox: Inbox) -> None:
    inbox.receive_all(*((text, "QYG_return.xlsx") for text in texts))
    with pytest.raises(DecisionError, match=f"QYG cannot be signed off: {said}"):
        decide(inbox.register, "QYG", moment(9), signing)


def test_a_sign_off_is_for_those_bytes_alone(inbox: Inbox) -> None:
    inbox.receive("QYG explained 1 sickness")
    decide(inbox.register, "QYG", moment(5), decision(QueryState.ACCEPTED, 1))
    assert stand(inbox)["state"] == "explained"
    (one,) = decide(inbox.register, "QYG", moment(6), signing)
    row = stand(inbox)
    assert (row["state"], row["signed_off_by"]) == ("signed_off", "kim")
    with pytest.raises(DecisionError, match="Submission 1 of QYG is signed off already, by kim"):
        decide(inbox.register, "QYG", moment(7), signing)
    inbox.receive("QYG explained 1 sickness 2")
    row = stand(inbox)
    assert (row["state"], row["signed_off_by"]) == ("explained", None)
    decide(inbox.register, "QYG", moment(8), signing)
    assert [two.sha256 == one.sha256 for two in docket(inbox).cases.sign_offs] == [True, False]
    assert inbox.ailments() == []


def test_a_sign_off_can_be_withdrawn(inbox: Inbox) -> None:
    inbox.receive("QYG clean 1")
    decide(inbox.register, "QYG", moment(6), signing)
    decide(inbox.register, "QYG", moment(7), lambda file: withdrawn(file, "Board has not met.", "lee"))
    assert signed(docket(inbox)) is None
    assert stand(inbox)["state"] == "clean"
    with pytest.raises(DecisionError, match="is not signed off"):
        decide(inbox.register, "QYG", moment(8), lambda file: withdrawn(file, "", "lee"))
    decide(inbox.register, "QYG", moment(9), signing)
    assert stand(inbox)["state"] == "signed_off"


def test_a_fix_that_is_waived_is_not_in_the_way(inbox: Inbox) -> None:
    inbox.receive("QYG fix 1")
    decide(inbox.register, "QYG", moment(5), giving("BAL-001"))
    decide(inbox.register, "QYG", moment(6), signing)
    assert signed(docket(inbox)) is not None
