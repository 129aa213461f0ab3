"""The harness itself: it sees a missing recalculation, reads both engines alike, and knows how LibreOffice adds."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

import pytest
import xlsxwriter

from tests.engines.answers import NOT_RECALCULATED, EngineError, same
from tests.engines.compare import (
    FORMUALIZER,
    LIBREOFFICE,
    disagreements,
    formualizer_answers,
    libreoffice_answers,
    our_answers,
    our_careful_answers,
    read_answers,
    write_batch,
)
from tests.engines.libreoffice import libreoffice_values, recalculate_with_libreoffice
from tests.engines.second_engine import formualizer_values
from tests.engines.trial import Trial, ask, key, trial_layout
from workbook_gen.definition.values import CellError

EXPECTED = {
    ("One", 0, 0): 45238.0,
    ("One", 0, 1): 45239.0,
    ("One", 2, 0): "text",
    ("One", 2, 1): True,
    ("It's two", 0, 0): 45240.0,
    ("It's two", 1, 0): CellError("#DIV/0!"),
    ("It's two", 2, 0): CellError("#N/A"),
    ("It's two", 3, 0): CellError("#VALUE!"),
    ("It's two", 30, 20): "text!",
}


def write_book(path: Path) -> Path:
    """A workbook of every sort of value, its formulas with wrong cached values."""
    with xlsxwriter.Workbook(path) as book:
        one, two = book.add_worksheet("One"), book.add_worksheet("It's two")
        day = book.add_format({"num_format": "d mmmm yyyy"})
        one.write_datetime(0, 0, datetime(2023, 11, 8), day)  # noqa: DTZ001
        one.write_formula(0, 1, "=A1+1", day, NOT_RECALCULATED)
        one.write_string(2, 0, "text")
        one.write_boolean(2, 1, True)
        one.write_formula(3, 0, '=IF(A1>0,"","x")', None, NOT_RECALCULATED)
        formulas = {(0, 0): "=One!B1+1", (1, 0): "=1/0", (2, 0): "=NA()", (3, 0): "=One!A3*1", (30, 20): '=One!A3&"!"'}
        for (row, column), formula in formulas.items():
            two.write_formula(row, column, formula, None, NOT_RECALCULATED)
    return path


def test_formualizer_values(tmp_path: Path) -> None:
    assert formualizer_values(write_book(tmp_path / "book.xlsx")) == EXPECTED


@pytest.mark.libreoffice
def test_libreoffice_values(tmp_path: Path) -> None:
    paths = [write_book(tmp_path / name) for name in ("b.xlsx", "a.xlsx")]
    saved = recalculate_with_libreoffice(paths, tmp_path / "out")
    assert saved == [tmp_path / "out" / "b.xlsx", tmp_path / "out" / "a.xlsx"]
    assert [libreoffice_values(path) for path in saved] == [EXPECTED, EXPECTED]
    assert formualizer_values(saved[0]) == EXPECTED


@pytest.mark.libreoffice
def test_two_at_once_do_not_meet(tmp_path: Path) -> None:
    path = write_book(tmp_path / "book.xlsx")
    with ThreadPoolExecutor(2) as pool:
        saved = list(pool.map(lambda name: recalculate_with_libreoffice([path], tmp_path / name), "xy"))
    assert saved == [[tmp_path / "x" / "book.xlsx"], [tmp_path / "y" / "book.xlsx"]]


@pytest.mark.libreoffice
def test_a_file_that_does_not_come_out_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match=r"none\.xlsx"):
        recalculate_with_libreoffice([write_book(tmp_path / "book.xlsx"), tmp_path / "none.xlsx"], tmp_path / "out")


@pytest.mark.parametrize("names", [[], ["a.xlsx", "a.xlsx"]])
def test_files_have_names_of_their_own(names: list[str], tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="one file or more"):
        recalculate_with_libreoffice([tmp_path / name for name in names], tmp_path / "out")


def test_a_file_is_not_saved_over_itself(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="another folder"):
        recalculate_with_libreoffice([tmp_path / "a.xlsx"], tmp_path)


def test_cached_values_are_seen_for_what_they_are(tmp_path: Path) -> None:
    batch = write_batch(trial_layout(), [Trial({}, (ask("1 + 1"),))], tmp_path / "trial.xlsx")
    with pytest.raises(EngineError, match="nothing was recalculated"):
        read_answers(batch, libreoffice_values(batch.path))


def test_what_formualizer_cannot_do_is_a_failure(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "cycle.xlsx") as book:
        book.add_worksheet("One").write_formula(0, 0, "=A1+1", None, NOT_RECALCULATED)
    with pytest.raises(EngineError, match="Circ"):
        formualizer_values(tmp_path / "cycle.xlsx")


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        (1.0, 1.0 + 1e-13, True),
        (1.0, 1.0 + 1e-11, True),
        (1.0, 1.00000002, False),
        (1e9, 1e9 + 0.01, False),
        (0.0, 1e-9, True),
        (1.0, True, False),
        (0.0, False, False),
        (True, True, True),
        (True, False, False),
        (CellError("#DIV/0!"), CellError("#DIV/0!"), True),
        (CellError("#DIV/0!"), CellError("#NUM!"), False),
        (CellError("#DIV/0!"), 0.0, False),
        ("", 0.0, False),
    ],
)
def test_same(left: float | str, right: float | str, alike: bool) -> None:
    assert same(left, right) is alike
    assert same(right, left) is alike


LOST_DIGITS = Trial(
    {key("sites.qx1[plan]"): 8754355.41, key("sites.rx1[plan]"): 1.005, key("sites.rx2[plan]"): -8754355.41},
    (ask("sites.qx1[share_of_all]"), ask("1 / (0.1 + 0.2 - 0.3) > 0"), ask("0.1 + 0.2 - 0.3 == 0")),
)


@pytest.mark.libreoffice
def test_libreoffice_adds_as_our_engine_does_carefully(tmp_path: Path) -> None:
    batch = write_batch(trial_layout(), [LOST_DIGITS], tmp_path / "trial.xlsx")
    theirs, ours, careful = libreoffice_answers([batch], tmp_path / "out")[0], our_answers(batch), our_careful_answers(batch)
    assert len(disagreements(batch, LIBREOFFICE, theirs, ours)) == 3  # two questions, one total
    assert disagreements(batch, LIBREOFFICE, theirs, careful) == []
    assert disagreements(batch, LIBREOFFICE, theirs, ours, careful) == []


def test_formualizer_adds_as_our_engine_does(tmp_path: Path) -> None:
    batch = write_batch(trial_layout(), [LOST_DIGITS], tmp_path / "trial.xlsx")
    assert disagreements(batch, FORMUALIZER, formualizer_answers(batch), our_answers(batch)) == []
    assert disagreements(batch, FORMUALIZER, formualizer_answers(batch), our_careful_answers(batch))
