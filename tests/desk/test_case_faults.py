"""Faults while the centre decides: whatever fails, a decision is in the register whole or not at all, and is taken again."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.desk.inbox import Inbox
from tests.desk.stand_in import moment
from tests.desk.test_faults import Fault, failing
from tests.desk.test_queries import decision
from workbook_gen.desk.docket import Docket
from workbook_gen.desk.register.cases import Cases, QueryState, SignOff, Waiver
from workbook_gen.desk.register.decisions import decide, dockets
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.schema import EVENTS
from workbook_gen.desk.register.verify import verify
from workbook_gen.desk.sign_off import accepted
from workbook_gen.desk.waivers import given

LAST = date(2023, 12, 1)


def cases(inbox: Inbox) -> Cases:
    """The cases of QYG."""
    return dockets(inbox.register, moment().at.date())["QYG"].cases


def events(inbox: Inbox) -> int:
    """How many events there are."""
    with inbox.register.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(EVENTS)).scalar_one())


def waiving(docket: Docket) -> Sequence[Waiver]:
    """What waives a rule."""
    return given(docket, "AGY-001", lambda _: True, "Agreed.", LAST, "kim")


def signing(docket: Docket) -> Sequence[SignOff]:
    """What signs off."""
    return accepted(docket, "", "kim")


@pytest.mark.parametrize(
    ("texts", "decided"),
    [
        (["QYG look 5"], waiving),
        (["QYG explained 5 words"], decision(QueryState.ACCEPTED, 1)),
        (["QYG clean 5"], signing),
    ],
    ids=["waive", "accept", "sign-off"],
)
def test_the_nth_thing_that_fails_in_a_decision(
    texts: list[str], decided: Callable[[Docket], Sequence[Any]], inbox: Inbox
) -> None:
    inbox.receive_all(*((text, "QYG_return.xlsx") for text in texts))
    before, count = cases(inbox), events(inbox)
    register, ended, number = inbox.register, set(), 0
    while True:
        number += 1
        fault = Fault(fails=number)
        try:
            with failing(fault):
                decide(register, "QYG", moment(5), decided)
            break
        except (OSError, RegisterError) as error:
            said = str(error)
        assert "No space left" in said
        ended.add(fault.done[-1])
        assert cases(inbox) == before
        assert events(inbox) == count
        assert verify(register)[1] == []
    assert ended == {"statement", "commit"}
    assert number > 5
    assert events(inbox) == count + 1
    assert cases(inbox) != before
    assert inbox.ailments() == []
