"""NHS England's published workbook into the allocation table; and every way in which such a file can be wrong."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.national_tables import SHARED, TEMPLATE, rows
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.model import Collection, Organisation
from workbook_gen.definition.sources import Publication
from workbook_gen.national.data import NationalDataError, load_national, load_organisations
from workbook_gen.national.publication import Change, PublicationError, import_table, write_table

PUBLISHED = SHARED / "published" / "nhs_allocations_2023_2025.xlsx"
SPECIFICATION = Publication.model_validate(
    {
        "table": "allocation",
        "title": "Allocations",
        "where": "kind == 'icb'",
        "sheet": [
            {
                "name": "Core",
                "header_row": 3,
                "first_row": 5,
                "code": "ICB23",
                "rows": "Q[A-Z0-9]{2}",
                "columns": {"core": "2023/24 Recurrent allocation (£k)", "covid": "2023/24 COVID (£k)"},
            },
            {
                "name": "Running costs",
                "header_row": 1,
                "first_row": 2,
                "code": "Code",
                "rows": "Q[A-Z0-9]{2}",
                "factor": 0.001,
                "dp": 1,
                "columns": {"running": "£"},
            },
        ],
    }
)
NORTH = {"region_code": "Y63", "region_name": "North"}
ORGANISATIONS = (
    Organisation(code="QE1", name="First", kind="icb", icb_code="QE1", **NORTH),
    Organisation(code="QF7", name="Second", kind="icb", icb_code="QF7", **NORTH),
    Organisation(code="R0A", name="Trust", kind="provider", icb_code="QE1", **NORTH),
)
Spoil = Callable[[openpyxl.Workbook], object]


def core(workbook: openpyxl.Workbook) -> Worksheet:
    sheet = workbook["Core"]
    assert isinstance(sheet, Worksheet)
    return sheet


def published(path: Path, spoil: Spoil = lambda workbook: None) -> Path:
    """Like NHS England's: title, headings with line breaks, blank row, data, subtotals shifted, totals as text."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Core"
    sheet.append(["Allocations"])
    sheet.append([])
    sheet.append(["R23", "ICB23", "2023/24 Recurrent allocation \n(£k)", "2023/24 Growth (%)", "2023/24 COVID\n (£k)"])
    sheet.append([None])
    sheet.append(["Y63", "QF7", 2551658, 0.04, 10819.5])
    sheet.append(["Y63", "QE1 ", 3409586.4999, 0.04, 14458])
    sheet.append([])
    sheet.append(["Sort", "R23", "Region", "2023/24 Recurrent allocation (£k)", "2023/24 COVID (£k)"])
    sheet.append([1, "Y63", "North", 5961244, 25278])
    sheet.append([None, "Total", "ENGLAND", " 5,961,244 ", "  25,278  "])
    other = workbook.create_sheet("Running costs")
    for row in (["Code", "£"], ["QE1", 33052960], ["QF7", 27873000], [None, 60925960]):
        other.append(row)
    spoil(workbook)
    workbook.save(path)
    return path


def faults_of(path: Path, organisations: tuple[Organisation, ...] = ORGANISATIONS) -> tuple[str, ...]:
    with pytest.raises(PublicationError) as caught:
        import_table(SPECIFICATION, path, organisations)
    return caught.value.faults


@pytest.fixture(scope="module")
def collection() -> Collection:
    return load_collection(TEMPLATE)


def test_the_published_workbook_gives_the_shipped_columns_exactly(collection: Collection) -> None:
    if not PUBLISHED.is_file():
        pytest.skip("NHS England's published workbook is not here (../shared)")
    (publication,) = collection.publications
    imported = import_table(publication, PUBLISHED, load_organisations(collection, TEMPLATE))
    national = load_national(collection, TEMPLATE)
    assert [national.status("allocation", column) for column in imported.columns] == ["published"] * 8
    shipped = pd.DataFrame(national.tables["allocation"]).rename_axis("org_code")
    pd.testing.assert_frame_equal(imported, shipped[list(imported.columns)], check_exact=True)
    assert write_table(imported, TEMPLATE / "national" / "allocation.csv", dry_run=True) == ()


def test_figures_are_found_by_heading_and_code_among_subtotals(tmp_path: Path) -> None:
    imported = import_table(SPECIFICATION, published(tmp_path / "file.xlsx"), ORGANISATIONS)
    assert imported.to_dict("index") == {
        "QE1": {"core": 3409586.0, "covid": 14458.0, "running": 33053.0},
        "QF7": {"core": 2551658.0, "covid": 10820.0, "running": 27873.0},
    }
    assert imported.index.name == "org_code"


def rename(workbook: openpyxl.Workbook) -> None:
    core(workbook).title = "Core 2023"


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (rename, "file.xlsx, the sheet 'Core' is missing. Did you mean 'Core 2023'?"),
        (
            lambda book: core(book).cell(3, 5, "2023/24 Covid (£k)"),
            "row 3 has no heading '2023/24 COVID (£k)', which covid is read from. Did you mean '2023/24 Covid (£k)'?",
        ),
        (
            lambda book: core(book).cell(3, 4, "2023/24 COVID (£k)"),
            "sheet 'Core': the heading '2023/24 COVID (£k)' stands more than once in row 3.",
        ),
        (lambda book: core(book).cell(3, 2, "ICB"), "row 3 has no heading 'ICB23', which org_code is read from."),
        (lambda book: core(book).delete_rows(6), "sheet 'Core': QE1 First has no row."),
        (lambda book: core(book).cell(7, 2, "QE1"), "sheet 'Core': QE1 First stands twice, again in row 7."),
        (
            lambda book: core(book).cell(7, 2, "QF8"),
            "QF8 in row 7 is none of the organisations that this is for. Did you mean 'QF7'?",
        ),
        (
            lambda book: core(book).cell(6, 3, " 3,409,586 "),
            "QE1 First, core (cell C6) is ' 3,409,586 ', not a number.",
        ),
        (lambda book: core(book).cell(6, 3, True), "QE1 First, core (cell C6) is 'True', not a number."),
        (lambda book: setattr(core(book)["E6"], "value", None), "QE1 First, covid (cell E6) is blank."),
    ],
)
def test_a_faulty_workbook_is_refused_and_the_place_is_named(tmp_path: Path, spoil: Spoil, words: str) -> None:
    faults = faults_of(published(tmp_path / "file.xlsx", spoil))
    assert len(faults) == 1, faults
    assert words in faults[0]


def test_faults_of_all_sheets_are_told_at_once(tmp_path: Path) -> None:
    def spoil(workbook: openpyxl.Workbook) -> None:
        core(workbook)["C6"] = "n/a"
        del workbook["Running costs"]

    faults = faults_of(published(tmp_path / "file.xlsx", spoil))
    assert ["core" in faults[0], "Running costs" in faults[1], len(faults)] == [True, True, 2]


@pytest.mark.parametrize("content", [b"", b"org_code,covid\nQE1,1\n", b"PK\x03\x04 and no more"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file.xlsx").write_bytes(content)
    assert "file.xlsx cannot be read as an Excel workbook" in faults_of(tmp_path / "file.xlsx")[0]


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    assert "nowhere.xlsx cannot be read" in faults_of(tmp_path / "nowhere.xlsx")[0]


def test_a_publication_for_nobody_is_refused(tmp_path: Path) -> None:
    faults = faults_of(published(tmp_path / "file.xlsx"), ORGANISATIONS[2:])
    assert "kind == 'icb' chooses no organisation" in faults[-1]


def test_a_publication_whose_choice_cannot_be_read_is_refused(tmp_path: Path) -> None:
    publication = SPECIFICATION.model_copy(update={"where": "knd == 'icb'"})
    with pytest.raises(PublicationError, match="Did you mean 'kind'"):
        import_table(publication, published(tmp_path / "file.xlsx"), ORGANISATIONS)


def test_imported_columns_join_those_that_are_there(tmp_path: Path) -> None:
    imported = import_table(SPECIFICATION, published(tmp_path / "file.xlsx"), ORGANISATIONS)
    path = tmp_path / "allocation.csv"
    path.write_text("org_code,covid,industrial_action\nQF7,1,24049\nQE1,14458,20995\n", encoding="utf-8")
    expected = (
        Change("QF7", "covid", "1", "10820"),
        Change("QF7", "core", "", "2551658"),
        Change("QF7", "running", "", "27873"),
        Change("QE1", "core", "", "3409586"),
        Change("QE1", "running", "", "33053"),
    )
    before = path.read_bytes()
    assert write_table(imported, path, dry_run=True) == expected
    assert path.read_bytes() == before
    assert write_table(imported, path) == expected
    assert path.read_text(encoding="utf-8") == (
        "org_code,covid,industrial_action,core,running\nQF7,10820,24049,2551658,27873\nQE1,14458,20995,3409586,33053\n"
    )
    assert write_table(imported, path) == ()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["allocation.csv", "file.xlsx"]


def test_a_table_is_made_where_there_is_none(tmp_path: Path) -> None:
    imported = import_table(SPECIFICATION, published(tmp_path / "file.xlsx"), ORGANISATIONS)
    assert len(write_table(imported, tmp_path / "allocation.csv")) == 6
    assert rows(tmp_path, "allocation")[0] == {
        "org_code": "QE1",
        "core": "3409586",
        "covid": "14458",
        "running": "33053",
    }


def test_a_new_organisation_leaves_the_other_columns_to_the_centre(tmp_path: Path) -> None:
    imported = import_table(SPECIFICATION, published(tmp_path / "file.xlsx"), ORGANISATIONS)
    path = tmp_path / "allocation.csv"
    path.write_text("org_code,industrial_action\nQE1,20995\n", encoding="utf-8")
    write_table(imported, path)
    assert [row["industrial_action"] for row in rows(tmp_path, "allocation")] == ["20995", ""]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("code,covid\nQE1,1\n", "the column org_code is missing"),
        ("org_code,covid\nQE1,1\nQE1,2\n", "QE1 stands more than once"),
    ],
)
def test_a_table_that_cannot_be_joined_stays_as_it_is(tmp_path: Path, text: str, problem: str) -> None:
    imported = import_table(SPECIFICATION, published(tmp_path / "file.xlsx"), ORGANISATIONS)
    path = tmp_path / "allocation.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(NationalDataError, match=problem):
        write_table(imported, path)
    assert path.read_text(encoding="utf-8") == text
