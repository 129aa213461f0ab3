"""Sheets, rows, columns, labels, prefilled figures and totals changed in a sound return: followed, told, never silent."""

from functools import cache
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.changes import INPUT, TOTAL, YTD, Way, put, swap_rows, swapped
from tests.returns import SYSTEMS, answers, by_code, check, completed, file_name, fingerprints, issuable, sound, written
from tests.shifting import changed_reading
from tests.spoil import Spoiled, sheet_of, with_openpyxl
from tests.ways import WAYS
from workbook_gen.catalogue import catalogue
from workbook_gen.definition.nodes import Key
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.excel.compare import FORMULA_CHANGED, KINDS, LABEL_CHANGED, PREFILL_CHANGED, UNEXPECTED
from workbook_gen.excel.compare import INPUT as INPUT_KIND
from workbook_gen.findings import Outcome, State

CHANGED = (LABEL_CHANGED, PREFILL_CHANGED, FORMULA_CHANGED, UNEXPECTED)


@pytest.fixture(params=SYSTEMS)
def code(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def way(request: pytest.FixtureRequest) -> Way:
    found: Way = request.param
    return found


@cache
def changed(code: str, way: Way) -> CheckedReturn:
    """The return after the change, checked."""
    return check(way.change(completed(code), code), file_name(code))


def is_lost(key: Key, patterns: tuple[str, ...]) -> bool:
    """Whether a cell is among those that a change takes away: `table.`, `table.line[` or `table.*[column]`."""
    names = (str(key), f"{key.table}.*[{key.column}]")
    return any(name.startswith(pattern) for name in names for pattern in patterns)


def moved(one: tuple[str, ...]) -> tuple[str, ...]:
    """A fingerprint without its address, which moves with rows, columns and names."""
    return one[:-2]


def test_the_change_is_told_and_nothing_else(code: str, way: Way) -> None:
    before, after = fingerprints(sound(code)), fingerprints(changed(code, way))
    known = {moved(one) for one in before}
    structural = [one for one in changed(code, way).findings if one.code.startswith("STR-") and one.code != "STR-304"]
    new = sorted((one.code, one.sheet, one.cell) for one in structural)
    assert new == sorted(way.told(code))
    assert [one for one in after if moved(one) not in known and one[0][:4] != "STR-"] == []
    told = " ".join(one.message for one in changed(code, way).findings)
    assert [words for words in way.says if words not in told] == []
    if not way.lost:
        assert {moved(one) for one in after} >= known


def test_every_other_answer_is_read_as_before(code: str, way: Way) -> None:
    after, before = changed(code, way).values, answers(code)
    lost = {key for key in before if is_lost(key, way.lost)}
    assert {key for key in before if after[key] is None and before[key] is not None} <= lost
    assert bool(lost) == bool(way.lost)
    assert len(before) - len(lost) > 400
    assert {key: after[key] for key in before if key not in lost} == {key: before[key] for key in before if key not in lost}
    assert {after[key] for key in lost} <= {None}


def test_what_is_not_read_is_no_pass(code: str, way: Way) -> None:
    """A return that lost an answer is to be corrected, and what would read the answer is To do; else all is as it was."""
    before, after = sound(code), changed(code, way)
    asked = [cell.key for cell in issuable(code).layout.form.inputs() if cell.required]
    tables = {key.table for key in asked if after.values[key] is None}
    reading = [result for result in after.results if tables.intersection(result.tables)]
    assert {result.outcome for result in reading} <= {Outcome.TO_DO}
    assert bool(reading) == bool(way.lost)
    if way.lost:
        assert after.state is State.FIX
    else:
        assert after.state is before.state
        assert [result.outcome for result in after.results] == [result.outcome for result in before.results]


@pytest.mark.parametrize("code", SYSTEMS)
def test_a_changed_figure_is_told_with_what_was_issued_which_the_rules_use(code: str) -> None:
    after = changed(code, WAYS[0])
    (found,) = by_code(after, "STR-301")
    issued = issuable(code).prefill[YTD]
    assert (found.found, found.expected) == ("1", f"{issued:,.10g}")
    assert after.values == sound(code).values


@pytest.mark.parametrize("code", SYSTEMS)
def test_an_overwritten_total_is_told_with_the_total_recomputed_which_is_used(code: str) -> None:
    after = changed(code, WAYS[3])
    (found,) = by_code(after, "STR-302")
    total = sound(code).values[TOTAL]
    assert (found.found, found.expected) == ("1", f"{total:,.10g}")
    assert after.values[TOTAL] == total


@pytest.mark.parametrize("code", SYSTEMS)
def test_a_file_that_was_not_recalculated_is_told_once(code: str) -> None:
    number = answers(code)[INPUT]
    assert isinstance(number, float)
    assert by_code(sound(code), "STR-304") == []
    after = check(put(INPUT, number + 7)(completed(code), code), file_name(code))
    (found,) = by_code(after, "STR-304")
    was, now = (one.values[Key(found.table, found.line, found.column)] for one in (sound(code), after))
    assert found.found == f"{was:,.10g}"
    assert found.expected.startswith(f"{now:,.10g} (the first of ")
    assert was != now


def filled_cells(data: bytes) -> int:
    """The cells of a file that hold a formula or a value, as openpyxl counts them."""
    book = load_workbook(BytesIO(data))
    cells = (cell.value for name in book.sheetnames for row in sheet_of(book, name).iter_rows() for cell in row)
    return sum(value not in (None, "") for value in cells)


def test_every_cell_of_the_file_is_accounted_for(code: str, way: Way) -> None:
    account = changed(code, way).account
    assert sum(account.values()) == filled_cells(way.change(completed(code), code))
    assert tuple(account) == KINDS
    told = {one.code: len(one.cells) for one in changed(code, way).findings if one.code == "STR-308"}
    assert bool(account[UNEXPECTED]) == bool(told or by_code(changed(code, way), "STR-203"))


@pytest.mark.parametrize("code", SYSTEMS)
@pytest.mark.parametrize("way_key", [None, "clean", "deficit_explained"])
def test_a_return_as_issued_has_no_cell_changed_and_none_unexpected(code: str, way_key: str | None) -> None:
    data = completed(code, way_key) if way_key else written(issuable(code), {})
    account = check(data, file_name(code)).account
    assert sum(account.values()) == filled_cells(data) > 2_000
    assert {kind for kind, number in account.items() if not number} <= {*CHANGED, INPUT_KIND}
    assert {account[kind] for kind in CHANGED} == {0}
    assert bool(account[INPUT_KIND]) == bool(way_key)


@pytest.mark.parametrize("code", SYSTEMS)
def test_sorted_lines_tell_every_formula_that_reads_another_line(code: str) -> None:
    file = Spoiled(completed(code))
    swap_rows(file, code)
    owed = changed_reading(Spoiled(completed(code)), file, "Agency", swapped(code))
    told = {one.sheet: set(one.cells) for one in by_code(check(file.data(), file_name(code)), "STR-307")}
    assert told == {sheet: set(cells) for sheet, cells in owed.items()}
    assert sum(map(len, told.values())) > 5


@pytest.mark.parametrize("code", SYSTEMS)
def test_openpyxl_drops_the_values_of_formulas_and_no_more_that_we_read(code: str) -> None:
    after = check(with_openpyxl(completed(code), lambda book: None), file_name(code))
    assert fingerprints(after) == fingerprints(sound(code))
    (found,) = by_code(after, "STR-304")
    assert found.found == "a blank"
    totals = sum(cell.role == "total" for cell in issuable(code).layout.form.cells.values())
    assert f"the first of {totals} totals" in found.expected


def test_every_code_of_structure_and_integrity_is_told_of() -> None:
    told = {one[0] for way in WAYS for one in way.told("QSL")} | {"STR-304"}
    owed = {entry.code for entry in catalogue() if entry.code[4] in "23"}
    assert owed == told
