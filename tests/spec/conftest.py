"""The session's cases, answered by every engine at once."""

from pathlib import Path

import pytest

from tests.engines.spec import Case, Spoken

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker runs all of the spec, so that LibreOffice starts once."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("spec"))


@pytest.fixture(scope="session")
def engines(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Spoken:
    """What each engine answers to the cases of this session."""
    cases = [item.callspec.params.get("case") for item in request.session.items if hasattr(item, "callspec")]
    found = dict.fromkeys(each for each in cases if isinstance(each, Case))
    return Spoken(list(found), tmp_path_factory.mktemp("spec"))
