"""The rules drawn once for all tests of the language, and the workbooks they are written to."""

from pathlib import Path

import pytest

from tests.generative.session import Drawn, draw_batches

HERE = Path(__file__).parent
SEED, RULES, FORMS = 20231108, 3200, 40


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all of it, so that the rules are drawn once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("generative"))


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    """The rules of the fixed seed."""
    return draw_batches(SEED, RULES, FORMS, tmp_path_factory.mktemp("generative"))
