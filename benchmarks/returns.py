"""Practice returns of as many systems as you like, issued and filled in once and kept in output/benchmarks.

`python -m benchmarks.returns 2000` makes those of a collection of that many systems, or a few more.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import Process
from pathlib import Path

from benchmarks.synthetic import SHIPPED, synthetic
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.definition.model import Collection
from workbook_gen.desk.check import Desk
from workbook_gen.desk.child import Checker
from workbook_gen.desk.issue import issue, practise
from workbook_gen.desk.receive import Reception
from workbook_gen.desk.register.records import Moment
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import NationalData, load_national

KEPT = Path("output/benchmarks")
_CODE = 3
"""The characters of a shipped system's code; what a copy's code has more tells the copies apart."""


@dataclass(frozen=True)
class Made:
    """A collection: its definition's folder, its national data, and the workspace with what was issued and filled in."""

    folder: Path
    collection: Collection
    national: NationalData
    workspace: Workspace

    @property
    def files(self) -> list[Path]:
        """The practice returns: all shipped systems' first, then their copies', so that each 42 are of the same kinds."""
        return sorted(self.workspace.practice.glob("*.xlsx"), key=lambda path: (_code(path)[_CODE:], _code(path)))


def returns(systems: int) -> Made:
    """The returns of that many systems, made by a process of its own where they are not there yet."""
    home = KEPT / f"{systems}"
    if not (home / "whole").exists():
        subprocess.run([sys.executable, "-m", "benchmarks.returns", f"{systems}"], check=True, stdout=subprocess.DEVNULL)
    return _loaded(home / "collection", home / "workspace")


def shipped(workspace: Path) -> Made:
    """The returns of the systems that are shipped, made in this workspace by a process of its own: it leaves ours as it was."""
    made = _loaded(SHIPPED, workspace)
    process = Process(target=_filled, args=(made,))
    process.start()
    process.join()
    assert process.exitcode == 0
    return made


@contextmanager
def reception(made: Made, folder: Path, jobs: int = 1) -> Iterator[Reception]:
    """What receives these returns into a new workspace, with a register in SQLite, by so many children."""
    workspace = Workspace(folder, made.collection)
    register = Register.at(workspace.register_path, made.collection.key)
    now = Moment(datetime.now(UTC), "benchmark")
    desk = Desk(made.collection, made.national, made.workspace.key())
    with register.kept_open(), Checker(desk, jobs=jobs) as checker:
        yield Reception(workspace, register, checker, lambda: now)


def _make(systems: int) -> Made:
    home = KEPT / f"{systems}"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    synthetic(systems, home / "collection")
    made = _filled(_loaded(home / "collection", home / "workspace"))
    (home / "whole").touch()
    return made


def _loaded(folder: Path, workspace: Path) -> Made:
    collection = load_collection(folder)
    return Made(folder, collection, load_national(collection, folder), Workspace(workspace, collection))


def _filled(made: Made) -> Made:
    """Issue every workbook, and fill in each."""
    jobs = os.cpu_count() or 1
    for _ in issue(made.workspace, made.national, [system.code for system in made.national.systems], jobs=jobs):
        pass
    for _ in practise(made.workspace, made.national, load_practice(made.folder, made.collection), seed=1, jobs=jobs):
        pass
    return made


def _code(path: Path) -> str:
    return path.name.partition("_")[0]


if __name__ == "__main__":
    print(f"{len(_make(int(sys.argv[1])).files):,} returns in {KEPT / sys.argv[1]}")
