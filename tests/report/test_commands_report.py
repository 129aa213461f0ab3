"""report as people and programs meet it: what it writes, what it says, and what it leaves alone."""

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from tests.desk.at_the_desk import run
from tests.desk.stand_in import START
from tests.report.round import Round
from tests.returns import answers, collection, completed, file_name, issuable, listing, national
from workbook_gen.commands import at_desk
from workbook_gen.report import consolidate, flat
from workbook_gen.session import Session


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The collection shipped and its returns, made once, and a clock that stands still."""
    monkeypatch.setattr(Session, "collection", lambda _: collection())
    monkeypatch.setattr(Session, "national", lambda *_: national())
    monkeypatch.setattr(at_desk, "now", lambda: START)
    monkeypatch.setattr(consolidate, "Issuable", lambda _, __, system, ___: issuable(system.code))


@pytest.fixture
def two(small: Round) -> Round:
    """A round in which two systems have returned."""
    for code in ("QSL", "QYG"):
        small.receive(issuable(code), answers(code), file_name(code))
    return small


def test_everything_is_written_and_said(two: Round) -> None:
    result = run(two.workspace, "report")
    assert result.exit_code == 0
    first, second, *_, last = result.stdout.splitlines()
    assert first == "2 of 42 returns counted."
    assert second.startswith("Not counted: ")
    assert second.count("Q") >= 40
    files = listing(two.workspace.report)
    assert last == f"{len(files)} files written in {two.workspace.report}"
    assert {"h2_2023_24_national.xlsx", "tables/figures.csv", "tables/figures.parquet", "plan_data/QSL.xlsm"} <= set(files)
    assert not [name for name in files if name.endswith(".tmp")]
    frame = pd.read_csv(io.BytesIO(files["tables/figures.csv"]), low_memory=False)
    assert set(frame[frame.status == "submitted"].system) == {"QSL", "QYG"}


def test_the_same_register_makes_the_same_files(two: Round) -> None:
    run(two.workspace, "report")
    before = listing(two.workspace.report)
    run(two.workspace, "report")
    assert listing(two.workspace.report) == before


def test_a_dry_run_writes_nothing_and_says_the_same(two: Round) -> None:
    before = listing(two.workspace.folder)
    said = json.loads(run(two.workspace, "report", "--dry-run", "--json").stdout)
    assert listing(two.workspace.folder) == before
    real = json.loads(run(two.workspace, "report", "--json").stdout)
    assert (said["schema"], said["dry_run"], real["dry_run"]) == (1, True, False)
    assert {**said, "dry_run": False} == real
    assert sorted(real["files"]) == sorted(listing(two.workspace.report))
    assert (real["returned"], real["expected"], len(real["missing"]), real["slips"]) == (2, 42, 40, 0)


def test_a_register_that_is_not_there_is_no_return_and_is_not_made(tmp_path: Path, small: Round) -> None:
    small.workspace.register_path.unlink()
    said = json.loads(run(small.workspace, "report", "--json").stdout)
    assert (said["returned"], said["expected"]) == (0, 42)
    assert not small.workspace.register_path.exists()
    assert not [name for name in said["files"] if name.startswith("plan_data/")]


def test_another_register_is_used_where_it_is_named(two: Round, tmp_path: Path) -> None:
    moved = two.workspace.register_path.rename(tmp_path / "elsewhere.sqlite")
    assert json.loads(run(two.workspace, "report", "--json").stdout)["returned"] == 0
    named = run(two.workspace, "report", "--json", "--register", f"sqlite:///{moved}")
    assert json.loads(named.stdout)["returned"] == 2


def test_a_register_that_cannot_be_read_ends_with_2(small: Round) -> None:
    small.workspace.register_path.write_bytes(b"no register, but long enough to look like some file")
    result = run(small.workspace, "report")
    assert result.exit_code == 2
    assert listing(small.workspace.report) == {}


def test_a_file_of_a_system_whose_return_no_longer_counts_is_removed(two: Round) -> None:
    folder = two.workspace.report / "plan_data"
    folder.mkdir(parents=True)
    (folder / "QUE.xlsm").write_bytes(b"old")
    dry = run(two.workspace, "report", "--dry-run")
    assert "Would be removed" in dry.stderr
    assert (folder / "QUE.xlsm").exists()
    result = run(two.workspace, "report")
    assert "QUE.xlsm" in result.stderr
    assert sorted(path.name for path in folder.iterdir()) == ["QSL.xlsm", "QYG.xlsm"]


def test_without_pyarrow_parquet_is_left_out_and_said(two: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat, "find_spec", lambda _: None)
    result = run(two.workspace, "report")
    assert result.exit_code == 0
    assert "pip install 'workbook-gen[report]'" in result.stderr
    assert not [name for name in listing(two.workspace.report) if name.endswith(".parquet")]


def test_what_is_read_from_a_file_is_what_was_answered(small: Round) -> None:
    small.receive_file(completed("QSL"), file_name("QSL"), "QSL")
    (read,) = [one for one in small.consolidated().systems if one.returned]
    given = {key: value for key, value in answers("QSL").items() if value is not None}
    assert {key: read.values[key] for key in given} == given
    assert read.standing.entry is not None
    assert set(read.standing.entry.headlines.values()) == {"pass"}
