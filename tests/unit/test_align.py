"""Rows and columns of a returned sheet beside those issued: what is inserted, deleted and moved is seen as that."""

from collections import Counter

import pytest

from tests.returns import SYSTEMS, completed, issuable
from tests.scanned import put
from workbook_gen.checks.run import settings_of
from workbook_gen.excel.align import Lines, align
from workbook_gen.excel.cells import Place, ScannedCell
from workbook_gen.excel.compare import PREFILL, PREFILL_CHANGED, UNEXPECTED, compare
from workbook_gen.excel.issued import IssuedCell, issued_cells, rows_by_texts
from workbook_gen.excel.locate import locate
from workbook_gen.excel.package import open_package
from workbook_gen.excel.scan import scan


@pytest.mark.parametrize(
    ("known", "missing", "end", "issued"),
    [
        ({}, set(), (0, 0), [1, 2, 3, 4]),
        ({1: 1, 4: 4}, set(), (0, 0), [1, 2, 3, 4, 5, 6]),
        ({1: 1, 5: 3}, set(), (0, 0), [1, 2, None, None, 3, 4]),
        ({1: 1, 3: 5}, {3, 4}, (0, 0), [1, 2, 5, 6]),
        ({1: 1, 3: 5}, {2}, (0, 0), [1, 3, 5, 6]),
        ({1: 4, 4: 1, 2: 2, 3: 3}, set(), (0, 0), [4, 2, 3, 1, None, None]),
        ({1: 1}, {2, 3}, (3, 5), [1, 4]),
        ({1: 1}, {2, 3}, (5, 5), [1, 2, 3, 4]),
        ({1: 1}, set(), (2, 5), [1, 2, 3, 4]),
        ({1: 1}, {3}, (2, 5), [1, 2, 4]),
        ({}, set(), (1, 4), [1, 2, 3]),
    ],
)
def test_lines_are_what_they_were_issued_as(
    known: dict[int, int], missing: set[int], end: tuple[int, int], issued: list[int | None]
) -> None:
    lines = Lines(known, missing, end)
    assert [lines.issued(number) for number in range(1, len(issued) + 1)] == issued
    for number, one in enumerate(issued, 1):
        if one is not None:
            assert lines.holds(one)
            assert lines.returned(one) == number


@pytest.mark.parametrize(("lines", "gone"), [(Lines({1: 1, 2: 3}), 2), (Lines({1: 1}, {2, 3}, (3, 5)), 3)])
def test_a_line_that_was_deleted_is_not_there(lines: Lines, gone: int) -> None:
    assert not lines.holds(gone)


def test_a_sheet_that_was_emptied_still_holds_what_was_issued_on_it() -> None:
    lines = Lines({}, set(), (1, 4), filled={1, 3})
    assert [lines.holds(number) for number in (1, 2, 3)] == [True, True, True]
    assert lines.lost() == []


@pytest.mark.parametrize(
    ("lines", "lost", "inserted"),
    [
        (Lines({1: 1, 2: 3}, filled={1, 2, 3}), [2], []),
        (Lines({1: 1, 2: 3}, filled={1, 3}), [], []),
        (Lines({1: 1, 2: 3}, {2}, filled={1, 2, 3}), [], []),
        (Lines({2: 1, 4: 2}, filled={1, 2}), [], [1, 3]),
    ],
)
def test_what_was_deleted_and_inserted_is_known(lines: Lines, lost: list[int], inserted: list[int]) -> None:
    assert lines.lost() == lost
    assert lines.inserted() == inserted


@pytest.mark.parametrize("code", SYSTEMS)
def test_what_the_writer_writes_is_what_the_file_holds(code: str) -> None:
    one = issuable(code)
    scanned = scan(open_package(completed(code)))
    issued = issued_cells(one.layout, one.contents({}, one.stamp(1)), settings_of(one.collection))
    assert [sheet.name for sheet in scanned.sheets] == list(issued)
    for sheet in scanned.sheets:
        assert sheet.cells.formulas == {
            place: cell.formula for place, cell in issued[sheet.name].items() if cell.formula is not None
        }
        assert sheet.cells.unlocked == {place for place, cell in issued[sheet.name].items() if not cell.locked}


@pytest.mark.parametrize(
    ("place", "cell", "told"),
    [
        ((1, 1), ScannedCell("Assurances", None, True), ("STR-303", ("A1",), "Assurances", "Assurance")),
        ((1, 1), ScannedCell("Assurance", "A1", True), ("STR-303", ("A1",), "=A1", "Assurance")),
        ((1, 1), ScannedCell('"Assurance"', "A1", True), ("STR-303", ("A1",), "=A1", "Assurance")),
        ((4, 1), ScannedCell(None, None, True), ("STR-310", ("A4",), "", None)),
        ((4, 1), None, ("STR-310", ("A4",), "", None)),
        ((4, 1), ScannedCell("Fine", None, True), ("STR-309", ("A4",), "Fine", None)),
        ((4, 1), ScannedCell("Fine", "B4", True), ("STR-307", ("A4",), "=B4", None)),
        ((40, 30), ScannedCell(7.5, None, True), ("STR-308", ("AD40",), "7.5", "")),
        ((40, 30), ScannedCell(None, "A1", True), ("STR-308", ("AD40",), "=A1", "")),
        ((40, 30), ScannedCell("", None, True), None),
    ],
)
def test_a_cell_that_differs_is_told(
    place: tuple[int, int], cell: ScannedCell | None, told: tuple[str, tuple[str, ...], str, str | None] | None
) -> None:
    one = issuable("QSL")
    scanned = scan(open_package(completed("QSL")))
    sheet = next(sheet for sheet in scanned.sheets if sheet.name == "Assurance")
    issued = issued_cells(one.layout, one.contents({}, one.stamp(1)), settings_of(one.collection))
    put(sheet.cells, place, cell)
    located = locate(scanned, one.layout)
    found = compare(scanned, one.layout, located, issued, align(scanned, one.layout, located, issued)).findings
    stamp = {"B8", "B9", "B10", "B11", "B12", "B13", "B14"}
    new = [finding for finding in found if not (finding.sheet == "About" and set(finding.cells) <= stamp)]
    formula = issued["Assurance"][place].formula if place in issued["Assurance"] else None
    owed = [] if told is None else [(*told[:3], told[3] if told[3] is not None else f"={formula}")]
    assert [(finding.code, finding.cells, finding.found, finding.expected) for finding in new] == owed


NOWHERE, FIGURE = (40, 30), (0, 0)
"""A place where nothing was issued; and the one of the first figure of the centre."""


@pytest.mark.parametrize("moved", [False, True])
@pytest.mark.parametrize(
    ("place", "cell", "change"),
    [
        (FIGURE, ScannedCell(1.0, None, True), {}),
        (FIGURE, ScannedCell(2.0, None, True), {PREFILL: -1, PREFILL_CHANGED: 1}),
        (FIGURE, ScannedCell(1.0, "1", True), {PREFILL: -1, PREFILL_CHANGED: 1}),
        (FIGURE, ScannedCell(True, None, True), {PREFILL: -1, PREFILL_CHANGED: 1}),
        (FIGURE, None, {PREFILL: -1}),
        (NOWHERE, ScannedCell(None, "A1", True), {UNEXPECTED: 1}),
        (NOWHERE, ScannedCell(None, None, True), {}),
    ],
)
def test_each_cell_is_accounted_for_once(place: Place, cell: ScannedCell | None, change: dict[str, int], moved: bool) -> None:
    one = issuable("QSL")
    sheet, row, column = one.layout.cells[next(iter(one.prefill))]
    at = (row + 1, column + 1) if place == FIGURE else place

    def account(*cells: ScannedCell | None) -> Counter[str]:
        issued = issued_cells(one.layout, one.contents({}, one.stamp(1)), settings_of(one.collection))
        issued[sheet][row + 1, column + 1] = IssuedCell(1.0, None, True)
        scanned = scan(open_package(completed("QSL")))
        found = next(found for found in scanned.sheets if found.name == sheet)
        put(found.cells, (row + 1, column + 1), ScannedCell(1.0, None, True))
        for other in cells:
            put(found.cells, at, other)
        located = locate(scanned, one.layout)
        aligned = align(scanned, one.layout, located, issued)
        if moved:
            aligned[0].rows.known[900] = 901
        return compare(scanned, one.layout, located, issued, aligned).account

    difference = account(cell)
    difference.subtract(account())
    assert {kind: count for kind, count in difference.items() if count} == change


def test_rows_are_named_by_texts_that_are_no_formulas() -> None:
    held = {(1, 1): "a", (2, 1): "b", (3, 1): "b", (4, 1): "c", (4, 2): "d", (5, 1): "e", (5, 4): "f", (6, 1): 1.0}
    assert rows_by_texts(held, {(5, 1): "A1"}) == {("a",): 1, ("c", "d"): 4}
