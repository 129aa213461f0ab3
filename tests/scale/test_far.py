"""A checker on a cluster answers as one here does: in order, with what comes with each file, and what fails in its turn."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner

from tests.returns import completed, desk, file_name
from workbook_gen.cli import main
from workbook_gen.desk import far
from workbook_gen.desk.child import Checker
from workbook_gen.desk.cluster import ClusterError
from workbook_gen.desk.far import FarChecker, There
from workbook_gen.desk.received import Received


def received(code: str) -> Received:
    """A clean return of a system."""
    data = completed(code, "clean")
    return Received(file_name(code), code * 8, data)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster of this process alone."""

    def on_cluster(work: Callable[[Any], Any], items: Iterable[Any], *_: object) -> Iterator[Any]:
        ahead = list(items)  # as far ahead as may be
        return map(work, ahead)

    monkeypatch.setattr(far, "on_cluster", on_cluster)
    monkeypatch.setattr(far, "START", "fork")


@pytest.mark.usefixtures("here")
def test_answers_come_in_order_with_what_comes_with_each_file() -> None:
    files = [("a", None), ("b", received("QYG")), ("c", None), ("d", None), ("e", received("QSL")), ("f", None)]
    found = list(FarChecker(desk()).check_each(files))
    assert [tag for tag, _ in found] == ["a", "b", "c", "d", "e", "f"]
    assert [checked and checked.identity and checked.identity.organisation for _, checked in found] == [
        None,
        "QYG",
        None,
        None,
        "QSL",
        None,
    ]
    with Checker(desk()) as checker:
        assert found == list(checker.check_each(files))


@pytest.mark.usefixtures("here")
def test_what_cannot_be_read_is_raised_in_its_turn() -> None:
    def files() -> Iterator[tuple[str, Received | None]]:
        yield "first", received("QSL")
        raise FileNotFoundError("the second")

    found = []
    each = FarChecker(desk()).check_each(files())
    found.append(next(each)[0])
    with pytest.raises(FileNotFoundError, match="the second"):
        next(each)
    assert found == ["first"]


def test_no_more_is_read_ahead_of_files_that_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that was broken off and is repeated: nearly every file has come before."""
    read: list[int] = []

    def files() -> Iterator[tuple[int, None]]:
        for number in range(1_000):
            read.append(number)
            yield number, None

    def one_by_one(work: Callable[[Any], Any], items: Iterable[Any], *_: object) -> Iterator[Any]:
        return map(work, items)

    monkeypatch.setattr(far, "on_cluster", one_by_one)
    each = FarChecker(desk()).check_each(files())
    assert next(each) == (0, None)
    assert read == [0]
    assert [tag for tag, _ in each] == [*range(1, 1_000)]


def test_a_worker_that_may_have_no_children_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("multiprocessing.current_process", lambda: SimpleNamespace(daemon=True))
    with pytest.raises(ClusterError, match="Start the workers with --no-nanny, or with DASK_DISTRIBUTED__WORKER__DAEMON=False"):
        There(desk(), 20, 1 << 30)(received("QSL"))


def test_without_dask_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / file_name("QSL")
    file.write_bytes(completed("QSL", "clean"))
    for name in ("workbook_gen.desk.far", "workbook_gen.desk.cluster"):
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = CliRunner().invoke(main, ["check", str(file), "--scheduler", "tcp://machine:8786"])
    assert result.exit_code == 2
    assert "A cluster needs Dask: pip install 'workbook-gen[scale]', here and on the workers." in result.stderr
