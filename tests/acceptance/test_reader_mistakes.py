"""Answers mistyped in a sound return: the right finding in the right cell, the other inputs read as before, nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest

from tests.returns import SYSTEMS, answers, check, completed, file_name, fingerprints, issuable, place_of, sound, written
from tests.spoil import Spoiled
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.findings import Finding, Outcome

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
LARGE = Key("flexibility", "mental_health", "committed")
SMALL = Key("capacity", "discharge_packages", "october")
NEGATIVE = Key("bridge", "strike_cost", "value")
AGENCY = Key("agency", "medical", "dec")
PERCENT = Key("cancer", "fds", "nov")
DATE = Key("signoff", "chief_executive", "date")
ANSWER = Key("assurance", "icb_agrees", "answer")
NAME = Key("contact", "contact", "name")


@dataclass(frozen=True)
class Mistake:
    """What is typed into a cell, given what was there; the codes that tell of it; and what is read instead, if not that."""

    name: str
    key: Key
    typed: Callable[[float], float | str | None]
    codes: tuple[str, ...]
    read: Callable[[float], Value] = float
    formula: str = ""
    error: bool = False
    quotes: bool = True


def as_text(name: str, key: Key, typed: Callable[[float], str]) -> Mistake:
    """The number that was there, typed as a text."""
    return Mistake(name, key, typed, ("STR-402",))


def no_number(text: str) -> Mistake:
    """A text that is plainly no number."""
    return Mistake(f"text {text!r}", AGENCY, lambda _: text, ("STR-401",), lambda _: text)


def other(
    name: str, key: Key, typed: float | str | None, *codes: str, read: Value, error: bool = False, quotes: bool = True
) -> Mistake:
    """Something else than was there."""
    return Mistake(name, key, lambda _: typed, codes, lambda _: read, error=error, quotes=quotes)


LONG = "x" * 2001
NUMBERS = (
    as_text("thousands", LARGE, lambda n: f"{n:,.0f}"),
    as_text("space before", SMALL, lambda n: f" {n:.0f}"),
    as_text("brackets", NEGATIVE, lambda n: f"({-n:.0f})"),
    as_text("brackets and pounds", NEGATIVE, lambda n: f"(£{-n:,.0f})"),
    as_text("minus behind", NEGATIVE, lambda n: f"{-n:.0f}-"),
    as_text("minus sign", NEGATIVE, lambda n: f"\u2212{-n:.0f}"),
    as_text("pounds", LARGE, lambda n: f"£{n:,.0f}"),
    as_text("non-breaking", LARGE, lambda n: f"\u00a0{n:.0f}\u202f"),
    as_text("full width", LARGE, lambda n: f"{n:.0f}".translate(FULL_WIDTH)),
    as_text("decimals", SMALL, lambda n: f"{n:.0f}.00"),
)
TEXTS = tuple(
    map(no_number, ("TBC", "12.5m", "4.2m", "1,2", "12,5", "n/a", "-", "nil", "1 234", "1,2345", "5%", "12\u00b9", "10³", "½"))
)
REST = (
    other("blank", AGENCY, None, "CMP-001", read=None),
    other("space", AGENCY, " ", "CMP-001", "STR-405", read=None),
    other("non-breaking space", AGENCY, "\u00a0", "CMP-001", "STR-405", read=None),
    other("Excel error", AGENCY, "#REF!", "STR-403", read=CellError("#REF!"), error=True),
    other("true", AGENCY, "TRUE", "STR-401", read="TRUE"),
    Mistake("formula", AGENCY, float, ("STR-404",), formula="IF(TRUE,1,2)", quotes=False),
    other("fraction", PERCENT, 0.76, "STR-409", read=0.76),
    other("not in list", ANSWER, "Partly", "STR-406", read=None),
    other("small letters", ANSWER, " yes", read="Yes"),
    other("too long", Key("agency", "total", "explanation"), LONG, "STR-407", read=LONG, quotes=False),
    other("name too long", NAME, "N" * 201, "STR-407", read="N" * 201, quotes=False),
    other("no date", DATE, "soon", "STR-408", read="soon"),
    other("no such day", DATE, "31/11/2023", "STR-408", read="31/11/2023"),
    other("number for a date", DATE, 20.0, "STR-408", read="20"),
    other("date as text", DATE, "20/11/2023", "STR-410", read=45250.0),
    other("date in words", DATE, "20 November 2023", "STR-410", read=45250.0),
)
MISTAKES = (*NUMBERS, *TEXTS, *REST)


@cache
def returned(code: str, mistake: Mistake) -> CheckedReturn:
    """The return with the mistake in it, checked."""
    spoiled = Spoiled(completed(code))
    before = answers(code)[mistake.key]
    typed = mistake.typed(before if isinstance(before, float) else 0.0)
    assert typed != before or mistake.formula
    spoiled.put(*place_of(code, mistake.key), typed, formula=mistake.formula, error=mistake.error)
    return check(spoiled.data(), file_name(code))


@pytest.fixture(params=SYSTEMS)
def code(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(params=MISTAKES, ids=lambda mistake: mistake.name)
def mistake(request: pytest.FixtureRequest) -> Mistake:
    found: Mistake = request.param
    return found


def test_a_mistake_is_told_once_where_it_stands_and_nothing_else(code: str, mistake: Mistake) -> None:
    before, after = sound(code), returned(code, mistake)
    new = fingerprints(after) - fingerprints(before)
    place = place_of(code, mistake.key)
    assert sorted((one[0], *one[-2:]) for one in new) == sorted((told, *place) for told in mistake.codes)
    quoted = [one for one in after.findings if one.code in mistake.codes and one.code != "CMP-001" and mistake.quotes]
    assert all(quotes(one, code, mistake) for one in quoted)
    assert all(f"{place[0]} {place[1]} " in one.message for one in after.findings if one.code in mistake.codes)


def quotes(finding: Finding, code: str, mistake: Mistake) -> bool:
    """Whether the finding says what was read, and (of a number) as what."""
    before = answers(code)[mistake.key]
    typed = mistake.typed(before if isinstance(before, float) else 0.0)
    found = f"{typed:.15g}" if isinstance(typed, float) else str(typed)
    return finding.code == "STR-405" or (finding.found == found and found in finding.message)


def test_everything_else_is_read_as_before(code: str, mistake: Mistake) -> None:
    after = returned(code, mistake)
    before = answers(code)
    number = before[mistake.key]
    assert len(before) > 500
    assert after.values[mistake.key] == mistake.read(number if isinstance(number, float) else 0.0)
    assert {key: after.values[key] for key in before if key != mistake.key} == {
        key: value for key, value in before.items() if key != mistake.key
    }


def outcomes_reading(table: str, checked: CheckedReturn) -> list[Outcome]:
    """The outcomes of the rules that read a table, the ones about blanks apart."""
    return [result.outcome for result in checked.results if table in result.tables and not result.completeness]


@pytest.mark.parametrize("mistake", TEXTS, ids=lambda mistake: mistake.name)
def test_what_reads_a_text_is_not_tested(code: str, mistake: Mistake) -> None:
    after = returned(code, mistake)
    outcomes = outcomes_reading("agency", after)
    assert len(outcomes) >= 20
    assert set(outcomes) == {Outcome.NOT_TESTED}
    assert after.counts()["not_tested"] >= len(outcomes)
    assert after.state.name == "FIX"


def test_what_reads_a_blank_is_to_do(code: str) -> None:
    after = returned(code, REST[0])
    outcomes = outcomes_reading("agency", after)
    assert len(outcomes) >= 20
    assert set(outcomes) == {Outcome.TO_DO}
    assert after.state.name == "FIX"


def test_a_number_read_from_a_text_leaves_every_outcome_as_it_was(code: str) -> None:
    before = [result.outcome for result in sound(code).results]
    for mistake in NUMBERS:
        assert [result.outcome for result in returned(code, mistake).results] == before, mistake.name
    assert len(before) > 200


def test_several_blanks_of_a_table_are_one_finding_with_their_cells(code: str) -> None:
    spoiled = Spoiled(completed(code))
    places = [place_of(code, Key("agency", "medical", month)) for month in ("nov", "jan", "mar")]
    for sheet, cell in places:
        spoiled.put(sheet, cell, None)
    after = check(spoiled.data(), file_name(code))
    (found,) = [one for one in after.findings if one.code == "CMP-001"]
    assert found.cell == places[0][1]
    assert ", ".join(cell for _, cell in places) in found.message


@pytest.mark.parametrize("mistake", [one for one in MISTAKES if not one.formula and not one.error], ids=lambda one: one.name)
def test_the_same_typed_in_excel_and_recalculated_says_nothing_of_totals(mistake: Mistake) -> None:
    """The writer stands for Excel: it writes each formula's value as Excel computes it from what stands in the cells."""
    one = issuable("QSL")
    before = answers("QSL")[mistake.key]
    typed = mistake.typed(before if isinstance(before, float) else 0.0)
    after = check(written_with(one.system.code, {mistake.key: typed}), file_name("QSL"))
    clean = sound("QSL")
    assert sorted({found[0] for found in fingerprints(after) - fingerprints(clean)}) == sorted(mistake.codes)
    assert not [found for found in after.findings if found.code == "STR-304"]


def written_with(code: str, changes: dict[Key, Value]) -> bytes:
    """The return, these inputs changed, with every formula's value up to date."""
    return written(issuable(code), {**answers(code), **changes})


def test_all_is_covered() -> None:
    told = {code for mistake in MISTAKES for code in mistake.codes}
    assert told == {"CMP-001", *(f"STR-{number}" for number in range(401, 411))}
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES) == 40
