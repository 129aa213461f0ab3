"""The register: what goes in comes out, once, in order; tables of other versions; databases that cannot be used."""

from dataclasses import replace

import pytest
from sqlalchemy import event, select

from tests.desk.stand_in import COLLECTION, moment, stand_in
from tests.returns import check, completed, desk, file_name
from workbook_gen.definition.nodes import Key
from workbook_gen.desk.check import Answer, CheckedReturn
from workbook_gen.desk.received import Received
from workbook_gen.desk.register.canonical import digest
from workbook_gen.desk.register.faults import RegisterError
from workbook_gen.desk.register.records import Arrival, IssueRow, Submitted
from workbook_gen.desk.register.schema import EVENTS, INPUTS, RESULTS, SUBMISSIONS
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.register.verify import verify
from workbook_gen.findings import Outcome, State


def submit(register: Register, text: str, minutes: int = 0, name: str = "QYG_return.xlsx") -> Submitted:
    """Enter a small file."""
    file = Received(name, digest([text]), text.encode())
    checked = stand_in(file, desk())
    code = checked.identity.organisation if checked.identity else None
    return register.submit(Arrival(code or "", len(text), checked), moment(minutes))


def issued(code: str, number: int = 1, mark: str = "a") -> IssueRow:
    """A workbook that was issued."""
    return IssueRow(code, "1.0", number, f"{code}.xlsx", mark * 64, "b" * 64, "c" * 64, "d" * 64)


def faults(register: Register) -> list[str]:
    """What is not as it was written."""
    return [f"{flaw.what} {flaw.seen}" for flaw in verify(register)[1]]


def test_an_empty_register_is_sound(register: Register) -> None:
    sworn, flaws = verify(register)
    assert (sworn.events, flaws, register.entries(), register.issues()) == (0, [], (), ())


def test_a_submission_reads_as_it_was_entered(register: Register) -> None:
    entered = submit(register, "QYG fix 5 7.25 words")
    found = register.submission(entered.entry.sha256)
    assert found == replace(entered, again=True)
    entry = entered.entry
    assert (entry.organisation, entry.number, entry.version, entry.state) == ("QYG", 1, "1.0", State.FIX)
    assert (entry.received_at, entry.received_by, entry.moment) == ("2023-11-20T09:30:00Z", "kim", moment().at)
    assert (entry.counts["fix"], entry.counts["inputs"]) == (1, 3)
    assert entry.headlines == {"agency_within_ceiling": Outcome.FAIL}
    assert (entry.file, entry.size, entry.event) == ("QYG_return.xlsx", 20, 1)
    assert faults(register) == []


def test_every_input_stands_in_a_row_with_its_cell(register: Register) -> None:
    submit(register, "QYG look 5 words")
    with register.reading() as connection:
        rows = [tuple(row) for row in connection.execute(select(INPUTS))]
        results = [tuple(row) for row in connection.execute(select(RESULTS))]
    assert rows == [
        (1, 0, "agency", "total", "m0", "£000", "Agency", "F0", "number", 5.0, None),
        (1, 1, "agency", "total", "m1", "£000", "Agency", "F1", "text", None, "words"),
    ]
    assert results == [(1, 0, "AGY-001", "agency", "fail", "agency_within_ceiling", "total", None, 5.5, 4.0)]


def test_a_real_return_reads_as_it_was_entered(register: Register) -> None:
    checked = check(completed("QSL", "inconsistent"), file_name("QSL"))
    entered = register.submit(Arrival("QSL", 1, checked), moment())
    found = register.submission(checked.sha256)
    assert found is not None
    assert found.findings == checked.findings == entered.findings
    assert len(found.findings) > 3
    assert found.entry.account == checked.account
    with register.reading() as connection:
        rows = connection.execute(select(INPUTS).order_by(INPUTS.c.position)).mappings().all()
    filled = {answer.key: (answer.value, answer.sheet, answer.cell) for answer in checked.answers}
    assert len(filled) > 300
    assert {
        Key(row["table_key"], row["line_key"], row["column_key"]): (
            row["text"] if row["number"] is None else row["number"],
            row["sheet"],
            row["cell"],
        )
        for row in rows
    } == filled
    assert faults(register) == []


def test_the_same_bytes_are_one_submission(register: Register) -> None:
    first = submit(register, "QYG clean 5")
    second = submit(register, "QYG clean 5", minutes=9, name="other.xlsx")
    assert (first.again, second.again) == (False, True)
    assert second.entry == first.entry
    assert len(register.entries()) == 1
    assert verify(register)[0].events == 1


def test_numbers_run_for_each_organisation(register: Register) -> None:
    texts = ("QYG clean 1", "QSL clean 1", "QYG look 2", "nothing", "else", "QSL fix 3")
    for minute, text in enumerate(texts):
        submit(register, text, minute)
    assert [(entry.organisation, entry.number) for entry in register.entries()] == [
        ("QYG", 1),
        ("QSL", 1),
        ("QYG", 2),
        ("", 1),
        ("", 2),
        ("QSL", 2),
    ]
    assert [entry.id for entry in register.entries()] == [1, 2, 3, 4, 5, 6]
    assert faults(register) == []


def test_the_same_figures_in_another_file_are_recognised(register: Register) -> None:
    said = [
        submit(register, text, minute)
        for minute, text in enumerate(
            (
                "QYG clean 5",
                "QYG clean 5 ",  # the same as 1, which counts
                "QYG clean 6",
                "QYG look 5",  # the same as 1 and 2, which 3 superseded
                "QYG look 5  ",  # the same as 4, which counts now
                "QSL clean 5",  # another organisation's
                "QYG clean 5.0  7",
            )
        )
    ]
    assert [(one.entry.remark, one.entry.same_as) for one in said] == [
        ("", None),
        ("identical", 1),
        ("", None),
        ("older", 2),
        ("identical", 4),
        ("", None),
        ("", None),
    ]


def test_a_refused_file_is_like_no_other(register: Register) -> None:
    assert submit(register, "QYG").state is State.REFUSED
    again = submit(register, "QYG ")
    assert (again.entry.remark, again.entry.same_as, again.entry.counts_as_return) == ("", None, False)


@pytest.mark.parametrize("odd", ["nul \x00 here", "half \ud800 pair", "line\nbreak", "emoji 😀", "'; DROP TABLE events; --"])
def test_every_text_can_be_stored(register: Register, odd: str) -> None:
    file = Received(f"QYG {odd}.xlsx", "5" * 64, b"QYG fix 1")
    checked = stand_in(file, desk())
    finding = replace(checked.findings[0], found=odd)
    checked = replace(
        checked, findings=(finding,), answers=(Answer(Key("a", "b", "c"), "£000", "Agency", "F1", odd), *checked.answers)
    )
    register.submit(Arrival("QYG", 1, checked), moment())
    found = register.submission("5" * 64)
    assert found is not None
    assert found.findings[0].found == odd.replace("\x00", "\\u0000").replace("\ud800", "\\ud800")
    assert found.entry.file.startswith("QYG ")
    assert faults(register) == []


@pytest.mark.parametrize("figure", [-0.0, 0.1 + 0.2, 1e300, 5e-324, -1 / 3, 12345678901234567.0])
def test_figures_keep_every_bit(register: Register, figure: float) -> None:
    checked = CheckedReturn("f", "6" * 64, COLLECTION, None, (), answers=(Answer(Key("a", "b", "c"), "", "S", "A1", figure),))
    register.submit(Arrival("QYG", 1, checked), moment())
    with register.reading() as connection:
        assert connection.execute(select(INPUTS.c.number)).scalar_one() == figure
    assert faults(register) == []


def test_what_was_issued_is_entered_once(register: Register) -> None:
    rows = [issued("QYG"), issued("QSL")]
    assert register.issue(rows, moment()) == tuple(rows)
    assert register.issue(rows, moment(1)) == ()
    assert register.issue([*rows, issued("QYG", 2)], moment(2)) == (issued("QYG", 2),)
    assert register.issues() == (issued("QSL"), issued("QYG"), issued("QYG", 2))
    assert verify(register)[0].events == 3
    assert faults(register) == []


def test_an_issue_number_with_other_bytes_is_refused_and_nothing_is_entered(register: Register) -> None:
    register.issue([issued("QYG")], moment())
    with pytest.raises(RegisterError, match=r"Issue 1 of QYG, version 1\.0, is registered with other bytes"):
        register.issue([issued("QSL"), issued("QYG", mark="f")], moment())
    assert register.issues() == (issued("QYG"),)


def test_the_number_of_statements_does_not_grow_with_the_rows(register: Register) -> None:
    statements: list[str] = []
    event.listen(register.database.engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    submit(register, "QYG fix 1")
    few = len(statements)
    statements.clear()
    submit(register, f"QYG fix {' 7' * 500}", 1)
    assert len(statements) == few < 20
    with register.reading() as connection:
        assert connection.execute(select(SUBMISSIONS.c.event)).scalars().all() == [1, 2]
        assert len(connection.execute(select(EVENTS)).all()) == 2
