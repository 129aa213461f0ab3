"""What the tests of the national picture share: every system's practice return received once, and what it adds up to."""

from pathlib import Path

import pytest

from tests.report.round import Round
from tests.returns import answers, file_name, issuable, systems
from workbook_gen.report.consolidate import Consolidation


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Round:
    """A round in which every system has returned a clean practice return."""
    made = Round(tmp_path_factory.mktemp("whole"))
    for code in systems():
        made.receive(issuable(code), answers(code), file_name(code))
    return made


@pytest.fixture(scope="session")
def picture(whole: Round) -> Consolidation:
    """What they add up to."""
    return whole.consolidated()


@pytest.fixture
def small(tmp_path: Path) -> Round:
    """A round in which nothing has come back."""
    return Round(tmp_path)
