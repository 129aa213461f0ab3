"""`import-allocations`: the published columns to the thousand, the centre's own kept, and nothing written for another file."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.national_tables import rows
from tests.returns import PUBLISHED, TEMPLATE, completed, copied_collection, listing
from workbook_gen.cli import main

PUBLISHED_COLUMNS = (
    "core_recurrent",
    "covid",
    "elective_recovery",
    "discharge",
    "capacity",
    "primary_medical",
    "other_primary_care",
    "running_cost",
)


def run(*arguments: str | Path) -> Result:
    """Run a command; a crash fails the test."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture
def publication() -> Path:
    """NHS England's workbook."""
    path = PUBLISHED / "nhs_allocations_2023_2025.xlsx"
    if not path.exists():
        pytest.skip("../shared/data/published is not here")
    return path


def test_importing_what_is_shipped_changes_nothing(publication: Path, tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    before = listing(copy)
    result = run("import-allocations", publication, "--collection", copy)
    assert result.exit_code == 0
    assert f"{len(PUBLISHED_COLUMNS)} columns, 0 figures changed" in result.stdout
    assert listing(copy) == before


def test_importing_puts_right_the_published_columns_and_keeps_the_others(publication: Path, tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    table = copy / "national" / "allocation.csv"
    spoiled = table.read_text(encoding="utf-8").replace("\nQE1,3409586,", "\nQE1,3409000,")
    table.write_text(spoiled, encoding="utf-8")
    dry = run("import-allocations", publication, "--dry-run", "--collection", copy)
    assert "QE1 core_recurrent: 3409000 to 3409586" in dry.stdout
    assert table.read_text(encoding="utf-8") == spoiled
    said = json.loads(run("import-allocations", publication, "--json", "--collection", copy).stdout)
    (found,) = said["tables"]
    assert [(one["code"], one["column"]) for one in found["changes"]] == [("QE1", "core_recurrent")]
    shipped = rows(TEMPLATE / "national", "allocation")
    assert rows(copy / "national", "allocation") == shipped
    assert len(shipped) == found["organisations"]
    assert set(shipped[0]) - {"org_code", "industrial_action", "in_year"} == set(PUBLISHED_COLUMNS)
    assert run("issue", "--org", "QE1", "--dry-run", "--collection", copy, "--workspace", tmp_path / "w").exit_code == 0


def test_importing_another_workbook_is_refused(publication: Path, tmp_path: Path) -> None:
    copy = copied_collection(tmp_path)
    before = listing(copy)
    other = tmp_path / "other.xlsx"
    other.write_bytes(completed("QSL"))
    result = run("import-allocations", other, "--collection", copy)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "other.xlsx" in result.stderr
    assert listing(copy) == before
