"""Issuing side by side, and alone where the machine does not let processes share memory."""

import os
import signal
from pathlib import Path

import pytest

from tests import shipped
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.desk import parallel
from workbook_gen.desk.issue import issue, practise
from workbook_gen.desk.parallel import side_by_side
from workbook_gen.desk.workspace import Workspace, WorkspaceError
from workbook_gen.national.data import load_national


def refused(processes: int, **work: object) -> None:
    raise PermissionError(13, "Permission denied")


def test_without_shared_memory_one_process_does_it_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", refused)
    national = load_national(shipped.collection(), shipped.FOLDER)
    workspace = Workspace(tmp_path, shipped.collection())
    made = list(issue(workspace, national, ["QSL", "QT1"], jobs=2))
    assert [(one.issued.organisation, one.change) for one in made] == [("QSL", "new"), ("QT1", "new")]
    recipes = load_practice(shipped.FOLDER, shipped.collection())
    assert [code for code, _ in practise(workspace, national, recipes, seed=1, jobs=2)] == ["QSL", "QT1"]


class Tally:
    """A work that remembers how often it was asked."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self, item: int) -> int:
        self.done += 1
        return self.done


def test_a_process_keeps_what_its_work_has_worked_out() -> None:
    """Of nine items two processes do five or more in one of them; a work that came anew with each would say 1 each time."""
    assert max(side_by_side(Tally(), range(9), jobs=2)) >= 5
    assert list(side_by_side(Tally(), range(3), jobs=1)) == [1, 2, 3]


def deadly(item: int) -> int:
    """Ends its process at one item."""
    if item == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return item


def test_a_process_that_was_ended_is_told() -> None:
    with pytest.raises(WorkspaceError, match=r"A process was ended, perhaps for want of memory\. Run it again with --jobs 1\."):
        list(side_by_side(deadly, range(9), jobs=2))
