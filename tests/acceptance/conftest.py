"""What the acceptance tests share: every workbook issued, made once a run for all workers, and one of them after the other."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.workbooks import CODES, TEMPLATE, Book, collection
from workbook_gen.desk.issue import issue
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import load_national


def once(folder: Path, make: Callable[[Path], None]) -> Path:
    """The folder, made by the first worker that asks; the others wait for it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            partial = folder.with_suffix(f".{os.getpid()}")
            make(partial)
            partial.rename(folder)
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
