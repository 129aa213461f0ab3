"""The second engine: LibreOffice recalculates files, says when it is not there, and is ended when it takes too long."""

import os
from datetime import datetime, time
from pathlib import Path
from time import monotonic, sleep

import pytest
import xlsxwriter

from workbook_gen.definition.values import CellError
from workbook_gen.lint import engine
from workbook_gen.lint.engine import recalculate
from workbook_gen.lint.verdict import NotTested

WRONG = -98765.4321


def written(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        one, two = book.add_worksheet("One"), book.add_worksheet("It's two")
        day = book.add_format({"num_format": "d mmm yyyy"})
        one.write_datetime(0, 0, datetime(2023, 11, 8), day)  # noqa: DTZ001
        one.write_number(0, 1, 0, day)
        for row, text in enumerate(['=IF(A1>0,"yes","")', '=IF(A1>0,"","yes")', "=1=1", "=1/0", "=A1+1"], 1):
            one.write_formula(row, 0, text, None, WRONG)
        two.write_formula(2, 3, "=One!A6*2", None, WRONG)
    return path


FOUND = {
    ("One", 1, 1): 45238.0,
    ("One", 1, 2): 0.0,
    ("One", 2, 1): "yes",
    ("One", 4, 1): True,
    ("One", 5, 1): CellError("#DIV/0!"),
    ("One", 6, 1): 45239.0,
    ("It's two", 3, 4): 90478.0,
}


@pytest.mark.libreoffice
def test_every_file_is_recalculated_and_one_that_does_not_open_is_left_out(tmp_path: Path) -> None:
    files = [written(tmp_path / "a.xlsx"), tmp_path / "broken.xlsx", tmp_path / "none.xlsx", written(tmp_path / "b.xlsx")]
    files[1].write_bytes(b"PK\3\4 this is no workbook")
    found = recalculate(files)
    assert found == {"a.xlsx": FOUND, "b.xlsx": FOUND}
    assert isinstance(found["a.xlsx"]["One", 5, 1], CellError)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.xlsx", "b.xlsx", "broken.xlsx"]


def test_no_file_at_all_is_nothing_to_recalculate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "soffice").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert recalculate([]) == {}


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    with pytest.raises(ValueError, match="names of their own"):
        recalculate([written(tmp_path / "a.xlsx"), written(tmp_path / "other" / "a.xlsx")])


def test_without_libreoffice_nothing_is_tested(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotTested, match="LibreOffice is not installed"):
        recalculate([written(tmp_path / "a.xlsx")])


def test_one_that_takes_too_long_is_ended_with_all_that_it_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program, started = tmp_path / "soffice", tmp_path / "started"
    program.write_text(f"#!/bin/sh\nsleep 60 &\necho $! > {started}\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(engine, "SECONDS", 1)
    monkeypatch.setattr(engine, "SECONDS_A_FILE", 0)
    begun = monotonic()
    with pytest.raises(NotTested, match="more than 1 seconds"):
        recalculate([written(tmp_path / "a.xlsx")])
    assert monotonic() - begun < 20
    child = Path("/proc") / started.read_text(encoding="utf-8").strip()
    for _ in range(50):
        if not child.exists() or "(sleep) Z" in (child / "stat").read_text(encoding="utf-8"):
            break
        sleep(0.1)
    else:
        pytest.fail("what the program started is still running")


@pytest.mark.parametrize(
    ("held", "kind", "value"),
    [
        (3, "n", 3.0),
        (True, "b", True),
        (None, "n", None),
        (datetime(2023, 11, 8), "d", 45238.0),  # noqa: DTZ001
        (datetime(2023, 11, 8, 12), "d", 45238.5),  # noqa: DTZ001
        (time(0, 0), "d", 0.0),
        (time(6, 0), "d", 0.25),
        ("#N/A", "e", CellError("#N/A")),
        ("#N/A", "s", "#N/A"),
    ],
)
def test_values_in_one_form(held: object, kind: str, value: object) -> None:
    found = engine._value(held, kind)
    assert (found, type(found)) == (value, type(value))
