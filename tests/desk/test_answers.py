"""What was answered is read back from the register as it was entered, on every kind of database."""

from tests.desk.stand_in import COLLECTION, moment
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError
from workbook_gen.desk.check import Answer, CheckedReturn
from workbook_gen.desk.register.records import Arrival
from workbook_gen.desk.register.store import Register
from workbook_gen.excel.identity import Identity

GIVEN = (
    Answer(Key("agency", "total", "nov"), "£000", "Agency", "F12", 1234.5),
    Answer(Key("agency", "total", "dec"), "£000", "Agency", "G12", -0.1),
    Answer(Key("agency", "total", "jan"), "£000", "Agency", "H12", "about 5"),
    Answer(Key("agency", "total", "feb"), "£000", "Agency", "I12", CellError("#REF!")),
    Answer(Key("agency", "total", "explanation"), "", "Agency", "J12", "=1+1"),
)


def entered(register: Register, code: str, *answers: Answer) -> int:
    """Enter a return of a system with these answers; its id."""
    identity = Identity(code, "1.0", None, ())
    checked = CheckedReturn(f"{code}.xlsx", code.rjust(64, "0"), COLLECTION, identity, (), answers=answers)
    return register.submit(Arrival(code, 1, checked), moment()).entry.id


def test_answers_are_read_back_with_their_kinds_and_places(register: Register) -> None:
    first, second = entered(register, "QYG", *GIVEN), entered(register, "QSL", GIVEN[0])
    found = register.answers([second, first])
    assert found == {second: (GIVEN[0],), first: GIVEN}
    assert [type(one.value) for one in found[first]] == [float, float, str, CellError, str]


def test_a_submission_without_answers_has_none(register: Register) -> None:
    assert register.answers([]) == {}
    assert register.answers([entered(register, "QYG")]) == {1: ()}
