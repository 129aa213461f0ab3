"""Two sound exhibits, made once a process: nobody changes them, `breaking` makes spoilt copies."""

import pytest

from tests.unit.lint.breaking import exhibit_of
from workbook_gen.lint.exhibit import Exhibit


@pytest.fixture(scope="session")
def exhibit() -> Exhibit:
    """A small system's workbook as issued."""
    return exhibit_of("QSL")


@pytest.fixture(scope="session")
def large() -> Exhibit:
    """A large system's workbook as issued."""
    return exhibit_of("QYG")
