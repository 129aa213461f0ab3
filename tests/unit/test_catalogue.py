"""The structural codes: each says where, what and how to mend it, in plain words."""

import re
import string
from typing import Any

import pytest

from workbook_gen.catalogue import Entry, catalogue, structural
from workbook_gen.findings import Outcome, Severity, State, state_of

PLACE: dict[str, Any] = {"sheet": "Agency", "cell": "F12", "label": "AGY0900, Total agency, forecast"}
FOUND: dict[str, Any] = {"found": "12.5m", "expected": "125"}


@pytest.fixture(params=catalogue(), ids=lambda entry: entry.code)
def entry(request: pytest.FixtureRequest) -> Entry:
    found: Entry = request.param
    return found


OF_THE_FILE = {"STR-305", "STR-311"}
"""Codes of integrity that concern the file as a whole."""


def test_the_catalogue_holds_what_the_reader_says() -> None:
    codes = [entry.code for entry in catalogue()]
    assert codes == sorted(codes)
    assert len(codes) == len(set(codes))
    packages = {*range(1, 14), 19}
    rest = {*range(101, 111), *range(201, 217), *range(301, 312), *range(401, 412)}
    assert set(codes) == {f"STR-{number:03}" for number in packages | rest}


def test_titles_are_all_different() -> None:
    titles = [entry.title for entry in catalogue()]
    assert len(titles) == len(set(titles)) > 40


def test_a_finding_is_filled_in_whole(entry: Entry) -> None:
    finding = structural(entry.code, table="agency", line="total", column="fot", **PLACE, **FOUND)
    assert (finding.code, finding.severity, finding.title) == (entry.code, entry.severity, entry.title)
    assert finding.outcome is Outcome.FAIL
    assert finding.refuses == entry.refuses
    assert (finding.table, finding.line, finding.column) == ("agency", "total", "fot")
    assert (finding.sheet, finding.cell, finding.label) == tuple(PLACE.values())
    assert (finding.found, finding.expected) == tuple(FOUND.values())
    assert not {"{", "}"} & set(finding.message + finding.fix)


def test_a_message_is_plain_and_short(entry: Entry) -> None:
    for text in (entry.message, entry.fix, entry.title):
        plain = re.sub(r"\{\w+\}", "", text)
        assert not re.search(r"\b(invalid|error occurred|please)\b", plain, re.IGNORECASE)
        assert not re.search(r"\b[A-Z]{4,}\b", plain)
    assert len(entry.message.split()) <= 25
    assert len(entry.fix.split()) <= 30
    assert entry.message.endswith((".", "?"))
    assert entry.fix.endswith(".")


def test_a_note_asks_nothing_and_a_refusal_weighs_most(entry: Entry) -> None:
    state = state_of((structural(entry.code, **PLACE, **FOUND),))
    expected = State.REFUSED if entry.refuses else State.FIX if entry.severity is Severity.FIX else State.CLEAN
    assert state is expected
    asks_nothing = "nothing to do" in entry.fix.lower()
    assert asks_nothing == (entry.severity is Severity.NOTE)


def test_a_cell_s_message_begins_with_its_place(entry: Entry) -> None:
    names = {name for _, name, _, _ in string.Formatter().parse(entry.message) if name}
    assert names <= {"where", "found", "expected", "label", "count"}
    if entry.code >= "STR-301" and entry.code not in OF_THE_FILE:
        finding = structural(entry.code, **PLACE, **FOUND)
        assert finding.message.startswith("Agency F12 (AGY0900, Total agency, forecast): ")


def test_the_message_of_the_style_guide() -> None:
    finding = structural("STR-401", **PLACE, found="12.5m")
    assert finding.message == ("Agency F12 (AGY0900, Total agency, forecast): a number belongs here; we read '12.5m' as text.")


def test_a_missing_line_is_named_once() -> None:
    finding = structural("STR-205", sheet="Agency", label="AGY0900, Total agency")
    assert finding.message == "Agency: line AGY0900, Total agency is missing, so its cells were not read."


def test_a_finding_of_many_cells_says_how_many_and_what_the_first_holds() -> None:
    cells = ("C4", "D4", "F9")
    finding = structural("STR-307", sheet="Agency", cells=cells, named="C4:D4, F9", found="=C99", expected="=C15")
    assert finding.message == "Agency C4:D4, F9: formulas changed: 3. The first reads =C99; it was issued as =C15."
    assert (finding.cells, finding.cell) == (cells, "C4")


def test_a_long_text_is_cut_in_the_message_and_whole_in_the_finding() -> None:
    text = "word\n" * 1_000 + "{cell}"
    finding = structural("STR-401", **PLACE, found=text)
    assert finding.found == text
    assert len(finding.message) < 200
    assert "word word" in finding.message
    assert "…" in finding.message


def test_braces_of_the_file_stay_as_they_are() -> None:
    assert "we read '{expected} {0}' as text" in structural("STR-401", found="{expected} {0}", expected="x").message


def test_an_unknown_code_is_the_author_s_mistake() -> None:
    with pytest.raises(KeyError):
        structural("STR-999")
