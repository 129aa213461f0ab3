"""Figures and totals changed, values left out, lines sorted: what the findings say, beside the catalogue of manglings."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.changes import INPUT, TOTAL, YTD, put, swap_rows, swapped
from tests.returns import SYSTEMS, answers, by_code, check, completed, file_name, fingerprints, issuable, sound, written
from tests.shifting import changed_reading
from tests.spoil import Spoiled, sheet_of, with_openpyxl
from workbook_gen.definition.nodes import Key
from workbook_gen.excel.compare import FORMULA_CHANGED, LABEL_CHANGED, PREFILL_CHANGED, QUERIED, REPLIED, UNEXPECTED
from workbook_gen.excel.compare import INPUT as INPUT_KIND

CHANGED = (LABEL_CHANGED, PREFILL_CHANGED, FORMULA_CHANGED, UNEXPECTED)
ON_QUERIES = (QUERIED, REPLIED)


@pytest.mark.parametrize("code", SYSTEMS)
def test_a_changed_figure_is_told_with_what_was_issued_which_the_rules_use(code: str) -> None:
    after = check(put(YTD, 1.0)(completed(code), code), file_name(code))
    (found,) = by_code(after, "STR-301")
    issued = issuable(code).prefill[YTD]
    assert (found.found, found.expected) == ("1", f"{issued:,.10g}")
    assert after.values == sound(code).values


@pytest.mark.parametrize("code", SYSTEMS)
def test_an_overwritten_total_is_told_with_the_total_recomputed_which_is_used(code: str) -> None:
    after = check(put(TOTAL, 1.0)(completed(code), code), file_name(code))
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


@pytest.mark.parametrize("code", SYSTEMS)
@pytest.mark.parametrize("way_key", [None, "clean", "deficit_explained"])
def test_a_return_as_issued_has_no_cell_changed_and_none_unexpected(code: str, way_key: str | None) -> None:
    data = completed(code, way_key) if way_key else written(issuable(code), {})
    account = check(data, file_name(code)).account
    assert sum(account.values()) == filled_cells(data) > 2_000
    assert {kind for kind, number in account.items() if not number} <= {*CHANGED, *ON_QUERIES, INPUT_KIND}
    assert {account[kind] for kind in (*CHANGED, *ON_QUERIES)} == {0}
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
