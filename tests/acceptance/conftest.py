"""What the acceptance tests share: every workbook issued, made once a run for all workers, and one of them after the other."""

import fcntl
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.engines.libreoffice import recalculate_with_libreoffice
from tests.workbooks import CODES, TEMPLATE, Book, collection
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.desk.issue import issue, practise
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import load_national


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, made by the first worker that asks; the others wait for it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            unfinished = folder.with_suffix(f".{os.getpid()}")
            make(unfinished)
            unfinished.rename(folder)
    return folder


@pytest.fixture(scope="session")
def common_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "acceptance"


@pytest.fixture(scope="session")
def workspace(common_folder: Path) -> Workspace:
    """A workspace in which every system's workbook has been issued. Nobody changes it: copy it to change it."""

    def make(folder: Path) -> None:
        national = load_national(collection(), TEMPLATE)
        codes = [system.code for system in national.systems]
        made = list(issue(Workspace(folder, collection()), national, codes, jobs=2))
        assert {one.change for one in made} == {"new"}

    return Workspace(once(common_folder / "issued", make), collection())


@pytest.fixture(scope="session")
def practised(workspace: Workspace, common_folder: Path) -> dict[int, Path]:
    """A folder of practice returns for each of two seeds, one return for every system."""

    def make(folder: Path, seed: int) -> None:
        shutil.copytree(workspace.folder, folder)
        own = Workspace(folder, collection())
        recipes = load_practice(TEMPLATE, collection())
        made = list(practise(own, load_national(collection(), TEMPLATE), recipes, seed=seed, jobs=2))
        assert len(made) == len(CODES)

    folders = {seed: once(common_folder / f"practice-{seed}", partial(make, seed=seed)) for seed in (1, 2)}
    return {seed: Workspace(folder, collection()).practice for seed, folder in folders.items()}


@dataclass(frozen=True)
class Half:
    """Half of the systems: every workbook issued to them and practice return of theirs, and the same saved by LibreOffice.

    Files are known by `QE1_issued`, `QE1_practice1` and so on.
    """

    files: dict[str, Path]
    saved: dict[str, Path]


HALVES = [pytest.param(number, marks=pytest.mark.xdist_group(f"half-{number}")) for number in range(2)]


@pytest.fixture(scope="session", params=HALVES)
def half(request: pytest.FixtureRequest, workspace: Workspace, practised: dict[int, Path], common_folder: Path) -> Half:
    """One half after the other. LibreOffice opens, recalculates and saves each in one process."""
    number = int(request.param)
    folders = {"issued": workspace.issued, **{f"practice{seed}": folder for seed, folder in practised.items()}}
    names = {
        f"{code}_{kind}": folder / workspace.file_name(code) for code in CODES[number::2] for kind, folder in folders.items()
    }

    def make(folder: Path) -> None:
        before = folder / "before"
        before.mkdir(parents=True)
        copies = [shutil.copyfile(path, before / f"{name}.xlsx") for name, path in names.items()]
        recalculate_with_libreoffice(copies, folder)

    saved = once(common_folder / f"saved-{number}", make)
    return Half(names, {name: saved / f"{name}.xlsx" for name in names})


@pytest.fixture(scope="session", params=[pytest.param(code, marks=pytest.mark.xdist_group(code)) for code in CODES])
def code(request: pytest.FixtureRequest) -> str:
    """One system after the other, from organisations.csv; all tests of one run together."""
    return str(request.param)


@pytest.fixture(scope="session")
def book(code: str, workspace: Workspace) -> Book:
    """Its workbook as issued."""
    return Book((workspace.issued / workspace.file_name(code)).read_bytes())


@pytest.fixture(scope="session")
def sample(workspace: Workspace) -> Book:
    """The first system's workbook, to spoil a copy of."""
    return Book((workspace.issued / workspace.file_name(CODES[0])).read_bytes())
