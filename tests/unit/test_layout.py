"""Where things stand: every cell once, codes that tell cells apart, nothing over anything else, rectangles that just cover."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import shipped
from tests.small import small_form
from workbook_gen.definition.layout import (
    CHART_ROWS,
    CHECK_COLUMN,
    CHECKS_HEADER_ROW,
    FIRST_COLUMN,
    GUIDANCE,
    TOP_ROWS,
    Layout,
    SheetLayout,
    address,
    area,
    column_name,
    layout_digest,
    make_layout,
    quoted,
    rectangles,
)
from workbook_gen.definition.nodes import Key

SYSTEMS = ("QSL", "QT1", "QYG")
"""A small system, one that hosts an ambulance trust, and a large one."""


@pytest.fixture(params=SYSTEMS)
def layout(request: pytest.FixtureRequest) -> Layout:
    return shipped.issuable(request.param).layout


def test_every_cell_of_the_form_stands_in_one_place_of_its_own(layout: Layout) -> None:
    assert len(layout.cells) > 900
    assert set(layout.cells) == set(layout.form.cells)
    assert len(set(layout.cells.values())) == len(layout.cells)
    assert all(sheet == layout.sheet_title(key.table) for key, (sheet, _, _) in layout.cells.items())


def test_a_cell_is_found_by_its_sheet_main_code_and_sub_code(layout: Layout) -> None:
    codes = set()
    for cell in layout.form.cells.values():
        table = layout.form.tables[cell.key.table].table
        codes.add((table.code + cell.column.code, cell.line.sub_code))
    assert len(codes) == len(layout.form.cells)


def blocks(sheet: SheetLayout) -> Iterator[tuple[int, int]]:
    """The first and last row of the thresholds, each table and each chart of a sheet, from the top."""
    yield 0, TOP_ROWS - 1
    if sheet.parameters:
        yield sheet.parameters[0][1] - 1, sheet.parameters[-1][1]
    yield from ((table.title_row, table.last_row) for table in sheet.tables)
    yield from ((row, row + CHART_ROWS - 2) for _, row in sheet.charts)


def test_nothing_stands_over_anything_else(layout: Layout) -> None:
    assert sum(len(list(blocks(sheet))) for sheet in layout.sheets) > 40
    for sheet in layout.sheets:
        rows = list(blocks(sheet))
        assert all(last < first for (_, last), (first, _) in pairwise(rows)), sheet.sheet.title
        assert sheet.last_row == rows[-1][1]


def test_a_table_is_title_note_codes_header_and_lines(layout: Layout) -> None:
    tables = [table for sheet in layout.sheets for table in sheet.tables]
    assert len(tables) == len(layout.form.tables)
    for table in tables:
        assert table.empty is not bool(table.table.lines)
        above = [table.title_row, *table.note_rows, table.code_row, table.header_row]
        assert above == list(range(table.title_row, table.title_row + len(above)))
        assert list(table.rows.values()) == list(range(table.header_row + 1, table.header_row + 1 + len(table.rows)))
        assert list(table.columns.values()) == list(range(FIRST_COLUMN, FIRST_COLUMN + len(table.columns)))
        assert table.empty or table.last_row == table.header_row + len(table.rows)


def test_the_word_beside_a_line_stands_right_of_tables_that_ask_for_numbers(layout: Layout) -> None:
    tables = {table.table.table.key: table for sheet in layout.sheets for table in sheet.tables}
    assert tables["agency"].check_column == CHECK_COLUMN
    assert tables["agency"].last_column == FIRST_COLUMN + len(tables["agency"].columns) - 1
    assert tables["signoff"].check_column is not None, "a date is a number"
    assert tables["assurance"].check_column is None
    assert tables["pay_bill"].check_column is None


def test_a_table_that_a_system_has_no_line_in_has_neither_cells_nor_counts() -> None:
    layout = shipped.issuable("QSL").layout
    assert layout.table("ambulance").empty
    assert not any(key.table == "ambulance" for key in layout.cells)
    assert not any(table == "ambulance" for table, _ in layout.counts)
    assert not shipped.issuable("QT1").layout.table("ambulance").empty


def test_counts_stand_beside_the_title_of_every_table_with_inputs(layout: Layout) -> None:
    asking = {table for table in layout.form.tables if any(layout.form.inputs(table))}
    assert {table for table, _ in layout.counts} == asking
    assert len(layout.counts) == 4 * len(asking)
    for (name, _), (sheet, row, column) in layout.counts.items():
        assert (sheet, row) == (layout.sheet_title(name), layout.table(name).title_row)
        assert FIRST_COLUMN <= column < FIRST_COLUMN + 4


def test_every_named_cell_stands_once_thresholds_on_their_sheet(layout: Layout) -> None:
    collection = layout.form.collection
    titles = {sheet.key: sheet.title for sheet in collection.sheets}
    named = {parameter.key: titles[parameter.sheet] for parameter in collection.parameters}
    named |= dict.fromkeys(("months_done", "months_left", "issued", "deadline"), GUIDANCE)
    assert {name: sheet for name, (sheet, _, _) in layout.settings.items()} == named
    places = [*layout.settings.values(), *layout.cells.values(), *layout.counts.values()]
    assert len(set(places)) == len(places)


def test_the_rows_of_checks_follow_the_instances_sheet_by_sheet(layout: Layout) -> None:
    assert layout.check_row(0) == CHECKS_HEADER_ROW + 1
    spans = [span for sheet in layout.sheets if (span := layout.check_rows(sheet.sheet.key))]
    assert len(spans) == len(layout.sheets)
    rows = [row for first, last in spans for row in range(first, last + 1)]
    assert rows == [layout.check_row(position) for position in range(len(layout.instances))]


def test_the_same_system_is_placed_alike_and_another_is_not() -> None:
    one, again = shipped.issuable("QSL").layout, make_layout(shipped.issuable("QSL").layout.form)
    assert layout_digest(one) == layout_digest(again)
    assert len({layout_digest(shipped.issuable(code).layout) for code in SYSTEMS}) == len(SYSTEMS)


SHEET = """
[[table]]
key = "t"
code = "T"
title = "Records"
records = 3
columns = [
  { key = "name", code = "NAM", label = "Name", kind = "input", type = "text", optional = true },
  { key = "amount", code = "AMT", label = "Amount", kind = "input", optional = true },
]

[[rule]]
id = "REC-001"
table = "t"
title = "Small"
severity = "fix"
for_each = "line"
check = "line[amount] <= ceiling"
message = "{line}"
fix = "Lower it."
basis = "consistency"
"""


def test_the_digest_changes_with_the_order_of_columns_and_with_a_role(tmp_path: Path) -> None:
    texts = {
        "as it is": SHEET,
        "a code": SHEET.replace('"AMT"', '"AMX"'),
        "a role": SHEET.replace(
            'label = "Amount", kind = "input", optional = true', 'label = "A", kind = "total", formula = "1"'
        ),
        "a record more": SHEET.replace("records = 3", "records = 4"),
        "a rule fewer": SHEET[: SHEET.index("[[rule]]")],
    }
    digests = {name: layout_digest(make_layout(small_form(tmp_path / name, text))) for name, text in texts.items()}
    assert digests["as it is"] == digests["a code"], "codes are told by the version, not by the place"
    assert len(set(digests.values())) == len(texts) - 1


Places = st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)))


@given(Places)
def test_rectangles_cover_just_the_places_and_none_twice(places: set[tuple[int, int]]) -> None:
    covered = [
        (row, column)
        for top, left, bottom, right in rectangles(places)
        for row in range(top, bottom + 1)
        for column in range(left, right + 1)
    ]
    assert len(covered) == len(places)
    assert set(covered) == places


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({(0, 0)}, [(0, 0, 0, 0)]),
        ({(0, 0), (0, 1), (1, 0), (1, 1)}, [(0, 0, 1, 1)]),
        ({(0, 0), (0, 2)}, [(0, 0, 0, 0), (0, 2, 0, 2)]),
        ({(0, 0), (2, 0)}, [(0, 0, 0, 0), (2, 0, 2, 0)]),
        ({(0, 0), (0, 1), (1, 0)}, [(0, 0, 0, 1), (1, 0, 1, 0)]),
    ],
)
def test_runs_are_joined_with_the_same_run_below(places: set[tuple[int, int]], expected: list[tuple[int, ...]]) -> None:
    assert rectangles(places) == expected


def test_rectangles_of_cells_are_told_sheet_by_sheet() -> None:
    layout = shipped.issuable("QSL").layout
    keys = [
        Key(table, line, month)
        for table, line in (("agency", "nursing"), ("efficiency", "estates"))
        for month in ("nov", "dec")
    ]
    found = layout.rectangles(keys)
    assert [sheet for sheet, _ in found] == ["Agency", "Efficiency"]
    assert all(right == left + 1 and top == bottom for _, (top, left, bottom, right) in found)


@pytest.mark.parametrize(
    ("column", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_columns_are_named_as_in_a_spreadsheet(column: int, name: str) -> None:
    assert column_name(column) == name


def test_addresses() -> None:
    assert address(4, 2) == "C5"
    assert address(4, 2, absolute=True) == "$C$5"
    assert area(4, 2, 4, 2) == "C5"
    assert area(4, 2, 6, 3, absolute=True) == "$C$5:$D$7"


@pytest.mark.parametrize(
    ("sheet", "said"),
    [
        ("Agency", "Agency"),
        ("PlanData", "PlanData"),
        ("Income and expenditure", "'Income and expenditure'"),
        ("Q4", "'Q4'"),
        ("Staff's & sites", "'Staff''s & sites'"),
        ("2024", "'2024'"),
    ],
)
def test_a_sheets_name_is_quoted_where_it_must_be(sheet: str, said: str) -> None:
    assert quoted(sheet) == said
