"""The national workbook: a publication by the Analysis Function's checklist, with the figures of the consolidation."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.conftest import find_program
from tests.report.round import Round
from tests.returns import answers, issuable
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.picture import OWN_SHEETS
from workbook_gen.report.consolidate import Consolidation
from workbook_gen.report.national import MISSING, national_tables
from workbook_gen.report.pack.book import national_workbook
from workbook_gen.report.pack.content import notes_of

WORDS = ("Cover",)
"""The sheets without a table."""
SHORTHAND = ("[x]", "[z]")


def made(found: Consolidation) -> bytes:
    return national_workbook(found, national_tables(found.picture.sheets, found.systems))


@pytest.fixture(scope="module")
def data(picture: Consolidation) -> bytes:
    return made(picture)


@pytest.fixture(scope="module")
def book(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def table_of(sheet: Worksheet) -> list[list[object]]:
    """The rows of the sheet's one table, its headings first."""
    (table,) = sheet.tables.values()
    return [[cell.value for cell in row] for row in sheet[table.ref]]


def rows_of(book: Workbook, name: str) -> list[dict[str, object]]:
    headings, *rows = table_of(book[name])
    return [dict(zip(map(str, headings), row, strict=True)) for row in rows]


def tabled(book: Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.title not in (*WORDS, "Charts")]


def test_the_sheets_stand_in_order(book: Workbook, picture: Consolidation) -> None:
    shown = [sheet.title for sheet in picture.picture.sheets]
    assert shown == ["Position", "Agency", "Elective", "Waits", "Capacity", "Flexibility", "Efficiency"]
    assert set(book.sheetnames) - set(shown) == set(OWN_SHEETS)
    front, back = ["Cover", "Contents", "Notes", "Headlines", "Systems"], ["Comparison", "Completeness", "Controls"]
    assert book.sheetnames == [*front, *shown, *back, "To ask about", "Sources", "Charts"]


def test_one_marked_table_a_sheet_with_a_name_and_headings_of_its_own(book: Workbook) -> None:
    names = []
    for sheet in tabled(book):
        (table,) = sheet.tables.values()
        names.append(table.displayName)
        assert table.headerRowCount == 1
        assert table.autoFilter is None
        headings = table_of(sheet)[0]
        assert all(headings)
        assert len(set(headings)) == len(headings)
        assert table.ref.startswith("A")
    assert len(set(names)) == len(names) > 10


def test_nothing_is_merged_hidden_filtered_or_blank_inside_a_table(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"
        assert not any(row.hidden for row in sheet.row_dimensions.values())
        assert not any(column.hidden for column in sheet.column_dimensions.values())
        assert sheet.freeze_panes is None
    for one in tabled(book):
        rows = table_of(one)
        assert all(any(value is not None for value in row) for row in rows), one.title
        assert all(any(row[column] is not None for row in rows) for column in range(len(rows[0]))), one.title
        assert one.max_row == len(rows) + first_row(one) - 1


def first_row(sheet: Worksheet) -> int:
    (table,) = sheet.tables.values()
    return int(re.sub(r"\D", "", table.ref.split(":")[0]))


def test_every_sheet_begins_with_its_title_and_leads_back(book: Workbook) -> None:
    for sheet in book.worksheets:
        assert isinstance(sheet["A1"].value, str)
        assert sheet["A1"].font.b
    for one in tabled(book):
        above = one.iter_rows(max_col=1, max_row=first_row(one))
        targets = [cell.hyperlink.location for (cell,) in above if cell.hyperlink]
        assert targets == ["Cover!A1" if one.title == "Contents" else "Contents!A1"]


def test_the_contents_lead_to_every_sheet(book: Workbook) -> None:
    sheet = book["Contents"]
    below = sheet.iter_rows(min_row=first_row(sheet) + 1, max_col=1)
    targets = [str(cell.hyperlink.location).split("!")[0].strip("'") for (cell,) in below if cell.hyperlink]
    assert sorted(targets) == sorted(set(book.sheetnames) - {"Cover", "Contents"})


def test_every_note_that_is_named_is_there(book: Workbook) -> None:
    notes = {str(row["Note"]) for row in rows_of(book, "Notes")}
    texts = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows(max_row=5) for cell in row if cell.value]
    named = {note for text in texts for note in re.findall(r"\[(note \d+)\]", text)}
    assert named == notes
    assert len(notes) == 7


def test_figures_are_numbers_with_units_in_their_headings(book: Workbook, picture: Consolidation) -> None:
    for sheet in picture.picture.sheets:
        for row in rows_of(book, sheet.title):
            for column in sheet.columns:
                value = row[f"{column.label} ({column.unit})"]
                assert isinstance(value, int | float) or value in SHORTHAND, (sheet.title, column.label, value)


def test_the_tables_show_what_was_consolidated(book: Workbook, picture: Consolidation) -> None:
    rows = {str(row["Code"]): row for row in rows_of(book, "Agency")}
    assert len(rows) == len(picture.systems) + len(picture.areas)
    key = Key("agency", "total", "fot")
    for area in picture.areas:
        assert rows[area.code]["Forecast outturn (£000)"] == area.values[key]
        assert (rows[area.code]["Counted (returns)"], rows[area.code]["Expected (returns)"]) == (len(area.systems),) * 2
    for one in picture.systems:
        assert rows[one.system.code]["Forecast outturn (£000)"] == one.number(key)
        assert rows[one.system.code]["Region"] == one.system.icb.region_name


def test_the_national_target_is_weighted_by_activity(book: Workbook) -> None:
    england = rows_of(book, "Elective")[0]
    assert england["Name"] == "England"
    target = england["Revised target, share of 2019/20 (%)"]
    assert isinstance(target, float)
    assert round(target, 1) == 103.0


def test_sources_name_the_cells_of_every_figure(book: Workbook, picture: Consolidation) -> None:
    rows = rows_of(book, "Sources")
    columns = sum(len(sheet.columns) for sheet in picture.picture.sheets)
    assert len(rows) == columns * len(picture.systems)
    one = next(row for row in rows if (row["Code"], row["Table"], row["Figure"]) == ("QYG", "Agency", "Forecast outturn"))
    system = next(one for one in picture.systems if one.system.code == "QYG")
    assert one["Cells of the return"] == system.place(Key("agency", "total", "fot")) == "Agency J21"
    assert one["Submission"] == "1"
    assert all(re.search(r"[A-Z]+\d+", str(row["Cells of the return"])) for row in rows)


def test_what_has_not_come_back_is_shown_as_missing_and_counted(small: Round) -> None:
    for code in ("QSL", "QYG"):
        small.receive(issuable(code), answers(code), f"{code}.xlsx")
    found = small.consolidated()
    book = load_workbook(BytesIO(made(found)))
    rows = {str(row["Code"]): row for row in rows_of(book, "Position")}
    assert rows["QUE"]["Forecast outturn (£000)"] == MISSING
    assert isinstance(rows["QUE"]["2023/24 plan (£000)"], int | float)
    assert rows["England"]["Counted (returns)"] == 2
    plans = [one.number(Key("position", "total", "plan")) for one in found.systems if one.returned]
    assert rows["England"]["2023/24 plan (£000)"] == sum(plan for plan in plans if plan is not None)
    empty = next(one for one in found.regions if not any(part.returned for part in one.systems))
    assert rows[empty.code]["Forecast outturn (£000)"] == MISSING
    assert "2 of 42 returns" in notes_of(found)[0]
    assert "2 of 42 returns" in str(book["Cover"]["A2"].value)
    states = {str(row["Code"]): row["State"] for row in rows_of(book, "Systems")}
    assert (states["QUE"], states["QSL"]) == ("not received", "clean")


def test_a_slip_is_listed_to_ask_about(small: Round) -> None:
    key = Key("agency", "nursing", "jan")
    right = answers("QSL")[key]
    assert isinstance(right, float)
    small.receive(issuable("QSL"), {**answers("QSL"), key: right * 10}, "QSL.xlsx")
    found = small.consolidated()
    rows = rows_of(load_workbook(BytesIO(made(found))), "To ask about")
    assert [(row["System"], row["Cells of the return"]) for row in rows] == [("QSL", found_place(found, key))]
    assert "looks ten times too large" in str(rows[0]["What is suspected"])


def found_place(found: Consolidation, key: Key) -> str:
    return next(one for one in found.systems if one.returned).place(key)


def test_charts_have_titles_axes_and_words_for_those_who_cannot_see_them(book: Workbook, picture: Consolidation) -> None:
    charts = vars(book["Charts"])["_charts"]
    assert len(charts) == len(picture.picture.sheets)
    assert all(chart.title is not None and chart.y_axis.title is not None for chart in charts)


def test_the_same_figures_make_the_same_bytes(data: bytes, picture: Consolidation) -> None:
    assert made(picture) == data


@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_prints_it(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "national.xlsx").write_bytes(data)
    office = find_program("soffice")
    assert office is not None
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    subprocess.run(
        [office, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "national.xlsx"],
        capture_output=True,
        check=True,
    )
    assert (tmp_path / "national.pdf").stat().st_size > 100_000
