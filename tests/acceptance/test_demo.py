"""`demo`: the whole round on the figures shipped, for every system of organisations.csv, and where to look afterwards."""

import csv
import shutil
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.returns import TEMPLATE, collection, listing, practice
from workbook_gen.cli import main

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "output"


@pytest.fixture(scope="module")
def ran(workspace: Path) -> Result:
    """The command, run once."""
    return CliRunner().invoke(main, ["demo", "--workspace", str(workspace)])


@pytest.fixture(scope="module")
def systems() -> dict[str, str]:
    """Every ICB of organisations.csv: its name by its code."""
    with (TEMPLATE / "national" / "organisations.csv").open(encoding="utf-8", newline="") as file:
        found = {row["org_code"]: row["name"] for row in csv.DictReader(file) if row["kind"] == "icb"}
    assert len(found) > 40
    return found


def test_it_ends_well(ran: Result) -> None:
    assert ran.exit_code == 0, ran.output
    assert "Traceback" not in ran.output
    assert [line.split("  ")[0] for line in ran.stderr.splitlines()] == ["1", "2", "3", "4"]


def test_every_system_is_issued_and_read(ran: Result, systems: dict[str, str], workspace: Path) -> None:
    number = len(systems)
    assert f"{number} workbooks issued, {number} practice returns received and checked." in ran.stdout
    home = workspace / collection().key
    names = {f"{code}_h2_2023_24_v1.0.xlsx" for code in systems}
    assert {path.name for path in (home / "issued" / "1.0").glob("*.xlsx")} == names
    assert {path.name for path in (home / "practice").glob("*.xlsx")} == names


def test_the_table_has_a_line_for_each_with_its_state_and_headlines(ran: Result, systems: dict[str, str]) -> None:
    lines = ran.stdout.splitlines()
    heading = lines[0]
    columns = [heading.index(one.label) for one in collection().headlines]
    assert heading.startswith("Org  State")
    assert len(columns) == 4
    table = lines[1 : 1 + len(systems)]
    assert [line[:3] for line in table] == sorted(systems)
    words = {"yes", "no", "explained", "to do", "not tested"}
    said = [[line[at:].split("  ")[0].strip() for at in columns] for line in table]
    assert {word for row in said for word in row} == words
    states = {line[5:16].strip() for line in table}
    assert states == {"clean", "explained", "look", "fix"}
    labels = {way.label for way in practice().ways}
    assert {label for label in labels if any(line.endswith(label) for line in table)} == labels


def test_a_clean_one_says_yes_four_times(ran: Result) -> None:
    clean = [line for line in ran.stdout.splitlines() if line[5:16].strip() == "clean"]
    assert len(clean) >= 3
    assert all(line.endswith("Clean and balanced") and line.split().count("yes") == 4 for line in clean)
    refused = [line for line in ran.stdout.splitlines() if line[5:16].strip() == "refused"]
    assert refused == []


def test_it_says_where_to_look_and_what_next(ran: Result, systems: dict[str, str], workspace: Path) -> None:
    told = dict(line.split(":", 1) for line in ran.stdout.splitlines()[-4:])
    assert list(told) == ["Issued", "Practice", "Report", "Next"]
    assert Path(told["Issued"].strip()).is_dir()
    assert Path(told["Practice"].strip()).is_dir()
    assert f"{len(systems)} of {len(systems)} systems returned." in Path(told["Report"].strip()).read_text(encoding="utf-8")
    program, command, file = told["Next"].split()
    assert (program, command) == ("workbook-gen", "check")
    following = CliRunner().invoke(main, [command, file, "--workspace", str(workspace)])
    assert following.exit_code in (0, 1)
    assert following.stdout.startswith(f"{Path(file).name}: ")


def test_the_manifest_names_each_with_its_digest(ran: Result, systems: dict[str, str], workspace: Path) -> None:
    assert ran.exit_code == 0
    folder = workspace / collection().key / "issued" / "1.0"
    with (folder / "manifest.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["organisation"]: row["name"] for row in rows} == systems
    assert [row["sha256"] for row in rows] == [sha256((folder / row["file"]).read_bytes()).hexdigest() for row in rows]
    assert {row["issue"] for row in rows} == {"1"}


def test_a_second_time_nothing_is_changed(ran: Result, workspace: Path, systems: dict[str, str]) -> None:
    assert ran.exit_code == 0
    some = [argument for code in list(systems)[:3] for argument in ("--org", code)]
    again = CliRunner().invoke(main, ["issue", *some, "--workspace", str(workspace)])
    assert again.exit_code == 0
    assert "0 new, 0 changed, 3 unchanged" in again.stdout


def test_the_key_is_its_owners_alone(ran: Result, workspace: Path) -> None:
    assert ran.exit_code == 0
    assert (workspace / collection().key / "seal.key").stat().st_mode & 0o777 == 0o600


def test_it_touches_no_register_that_holds_returns_sent_in(ran: Result, workspace: Path, tmp_path: Path) -> None:
    assert ran.exit_code == 0
    real = tmp_path / "real"
    shutil.copytree(workspace / collection().key / "issued", real / collection().key / "issued")
    shutil.copy(workspace / collection().key / "seal.key", real / collection().key)
    one = next((workspace / collection().key / "practice").glob("*.xlsx"))
    CliRunner().invoke(main, ["receive", str(one), "--by", "Kim Lee", "--workspace", str(real)])
    before = listing(real)
    refused = CliRunner().invoke(main, ["demo", "--workspace", str(real)])
    assert refused.exit_code == 2
    assert "workbook-gen demo --workspace trial" in refused.stderr
    assert listing(real) == before
