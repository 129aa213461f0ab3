"""The workbooks as issued: one for each system, its figures the national tables', its inputs open and nothing hidden."""

import csv
from collections import Counter

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.dimensions import ColumnDimension, RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from tests.workbooks import CODES, Book, asked, collection, figures, members, organisations, prefilled, tables_of
from workbook_gen.desk.workspace import Workspace

GREEN, YELLOW, WHITE = "CCFFCC", "FFFF99", "FFFFFF"
FRONT, BACK = ["Cover", "Guidance"], ["Checks", "PlanData", "About"]


def test_every_system_has_its_workbook(workspace: Workspace) -> None:
    boards = {row["org_code"]: row["name"] for row in organisations() if row["kind"] == "icb"}
    assert len(boards) > 1
    assert sorted(boards) == sorted(CODES)
    with workspace.manifest_path.open(encoding="utf-8", newline="") as file:
        manifest = {row["organisation"]: row for row in csv.DictReader(file)}
    assert {code: row["name"] for code, row in manifest.items()} == boards
    names = {f"{code}_{collection().key}_v{collection().version}.xlsx" for code in boards}
    assert {path.name for path in workspace.issued.iterdir()} == names | {"manifest.csv"}


def test_every_prefilled_cell_equals_its_national_table(book: Book, code: str) -> None:
    expected = prefilled(code)
    assert len(expected) > 100
    assert {at: book.at(at).value for at in expected} == expected
    assert {at for at in expected if book.at(at).formula is not None} == set()
    locked_numbers = {
        at
        for at, place in book.coded.items()
        if isinstance(book.cells[place].value, float) and book.cells[place].formula is None and locked(book.cells[place].cell)
    }
    assert locked_numbers == set(expected)
    assert {fill(book.at(at).cell) for at in expected} == {GREEN}


def test_every_national_figure_that_a_table_asks_for_stands_in_one_workbook() -> None:
    sources = {column.source for table in tables_of(collection()) for column in table.columns if column.source}
    used = sum(len(row) for source in sources for row in figures(source).values())
    assert sum(len(prefilled(code)) for code in CODES) == used
    assert used > 5_000


def test_the_inputs_are_exactly_the_unlocked_cells(book: Book, code: str) -> None:
    expected = {book.coded[at] for at in asked(code)}
    assert len(expected) == len(asked(code)) > 400
    assert {place for place, seen in book.cells.items() if not locked(seen.cell)} == expected
    assert {fill(book.cells[place].cell) for place in expected} == {YELLOW}
    assert {book.cells[place].value for place in expected} == {None}
    assert {book.cells[place].formula for place in expected} == {None}
    assert unlocked_dimensions(book) == []


def test_a_national_figure_changed_by_hand_is_seen(sample: Book) -> None:
    at = next(iter(prefilled(CODES[0])))
    value = sample.at(at).value
    assert isinstance(value, float)
    spoilt = sample.replaced(sample.part_of(sample.coded[at][0]), f"<v>{value:.0f}</v>", f"<v>{value + 1:.0f}</v>")
    assert {one for one, figure in prefilled(CODES[0]).items() if spoilt.at(one).value != figure} == {at}


def test_the_sheets_are_the_definition_s_in_order_and_none_is_hidden(book: Book) -> None:
    own = [sheet.title for sheet in collection().sheets]
    assert list(book.sheets) == FRONT + own + BACK
    assert {sheet.sheet_state for sheet in book.sheets.values()} == {"visible"}


def locked(cell: Cell) -> bool:
    return bool(cell.protection.locked)


def fill(cell: Cell) -> str:
    """The colour behind a cell as six digits; white where there is none."""
    if cell.fill.fill_type is None:
        return WHITE
    assert cell.fill.fill_type == "solid"
    assert cell.fill.fgColor.type == "rgb", f"{cell.coordinate}: a colour of the theme or an index"
    return str(cell.fill.fgColor.rgb)[-6:]


def dimensions(sheet: Worksheet) -> list[tuple[str, RowDimension | ColumnDimension, float | None]]:
    """What the file says of whole rows and columns, with height or width."""
    rows = [(f"{sheet.title} row {key}", one, one.height) for key, one in sheet.row_dimensions.items()]
    columns = [(f"{sheet.title} column {key}", one, one.width) for key, one in sheet.column_dimensions.items()]
    return [*rows, *columns]


def unlocked_dimensions(book: Book) -> list[str]:
    """Whole rows and columns in which a new cell would be open."""
    return [name for sheet in book.sheets.values() for name, one, _ in dimensions(sheet) if not one.protection.locked]


def test_every_organisation_of_the_system_and_no_other_has_its_line(book: Book, code: str) -> None:
    own = {row["org_code"] for row in members(code)}
    everyone = {row["org_code"] for row in organisations()}
    lines = Counter(at.sub for at in book.coded if at.sub in everyone)
    assert set(lines) == own
