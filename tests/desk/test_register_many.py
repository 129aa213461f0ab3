"""The register for many: as few questions for a thousand organisations as for two, and one connection for a run of files."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import Engine, event

from tests.desk.stand_in import moment
from tests.desk.test_register import issued, submit
from tests.returns import desk
from workbook_gen.desk.hit_rates import rates_as_received
from workbook_gen.desk.register import particulars
from workbook_gen.desk.register.decisions import dockets
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.store import Register

DAY = date(2023, 11, 20)


def said(engine: Engine, work: Callable[[], object]) -> int:
    """How many statements a work sends."""
    statements: list[str] = []

    def note(*given: object) -> None:
        statements.append(str(given[2]))

    event.listen(engine, "before_cursor_execute", note)
    work()
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)


def fill(register: Register, codes: list[str], minute: int = 0) -> None:
    """A submission with a finding from each of these."""
    for number, code in enumerate(codes):
        submit(register, f"{code} fix {number}", minute + number, f"{code}_return.xlsx")


def questions(register: Register) -> list[int]:
    """How many statements it takes to look at everything."""
    ids = [entry.id for entry in register.entries()]
    works: list[Callable[[], object]] = [
        lambda: dockets(register, DAY),
        lambda: register.answers(ids),
        lambda: rates_as_received(desk().collection, register, register.entries()),
    ]
    return [said(register.database.engine, work) for work in works]


def test_the_number_of_questions_does_not_grow_with_the_organisations(register: Register) -> None:
    codes = [system.code for system in desk().national.systems]
    fill(register, codes[:2])
    few = questions(register)
    fill(register, codes[2:], 10)
    assert len(dockets(register, DAY)) == 42
    assert questions(register) == few
    assert max(few) < 10


def test_a_question_for_more_than_a_statement_holds_is_asked_in_parts(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = [system.code for system in desk().national.systems][:7]
    fill(register, codes)
    ids = [entry.id for entry in register.entries()]
    whole = register.answers(ids), dockets(register, DAY), rates_as_received(desk().collection, register, register.entries())
    monkeypatch.setattr(particulars, "_AT_ONCE", 3)
    parts = register.answers(ids), dockets(register, DAY), rates_as_received(desk().collection, register, register.entries())
    assert parts == whole
    assert all(len(answers) == 1 for answers in whole[0].values())
    assert (
        said(register.database.engine, lambda: register.answers(ids))
        == 3 + said(register.database.engine, register.entries) - 1
    )


def test_a_register_kept_open_is_opened_once(register: Register) -> None:
    opened: list[object] = []
    event.listen(register.database.engine, "connect", lambda *given: opened.append(given[0]))
    with register.kept_open():
        fill(register, ["QYG", "QSL", "QHM"])
        register.issue([issued("QYG")], moment(5))
        assert len(register.entries()) == 3
    assert len(opened) == 1
    register.entries()
    assert len(opened) == 2


def test_what_fails_in_a_register_kept_open_costs_itself_alone(register: Register) -> None:
    with register.kept_open():
        register.issue([issued("QYG")], moment())
        with pytest.raises(RegisterError, match="registered with other bytes"):
            register.issue([issued("QSL"), issued("QYG", mark="f")], moment(1))
        submit(register, "QSL clean 1", 2)
    assert register.issues() == (issued("QYG"),)
    assert [entry.organisation for entry in register.entries()] == ["QSL"]
