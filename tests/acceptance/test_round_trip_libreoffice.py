"""Opened and saved by LibreOffice, every workbook issued and every practice return says what it said before, and no more."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.conftest import Half
from tests.cells_in_xml import cells_in_xml
from tests.returns import collection, national, structural_codes
from workbook_gen.desk.check import CheckedReturn, Desk, check_file
from workbook_gen.desk.workspace import Workspace
from workbook_gen.findings import Outcome

pytestmark = pytest.mark.libreoffice


@pytest.fixture(scope="module")
def desk(workspace: Workspace) -> Desk:
    """The centre's desk, with the key that sealed these workbooks."""
    return Desk(collection(), national(), workspace.key())


def accounted(path: Path, desk: Desk) -> CheckedReturn:
    """The file checked, every cell that its XML holds accounted for."""
    checked = check_file(path, desk)
    assert sum(checked.account.values()) == cells_in_xml(path.read_bytes()) > 4_000, path.name
    return checked


def test_a_round_trip_changes_nothing_that_is_read(
    half: Half, desk: Desk, record_property: Callable[[str, object], None]
) -> None:
    inputs, cells, outcomes = 0, 0, Counter[Outcome]()
    for name, path in half.files.items():
        before, after = accounted(path, desk), accounted(half.saved[name], desk)
        assert before.sha256 != after.sha256
        assert after.findings == before.findings, name
        assert after.values == before.values, name
        assert after.results == before.results, name
        assert after.account == before.account, name
        assert after.identity == before.identity, name
        assert after.counts() == before.counts()
        inputs += before.inputs_filled
        cells += sum(after.account.values())
        outcomes.update(one.outcome for one in after.results)
    told = (
        f"{len(half.files)} workbooks, {cells:,} cells accounted for twice, {inputs:,} inputs read alike, 0 findings made by it"
    )
    record_property("Round trip through LibreOffice", told)
    assert inputs > 20_000
    assert {Outcome.PASS, Outcome.FAIL, Outcome.EXPLAINED, Outcome.TO_DO, Outcome.NOT_TESTED} <= set(outcomes)


def test_what_is_issued_comes_back_untouched_with_nothing_but_what_is_to_do(half: Half, desk: Desk) -> None:
    issued = [path for name, path in half.saved.items() if name.endswith("_issued")]
    assert len(issued) >= 21
    for path in issued:
        checked = accounted(path, desk)
        assert structural_codes(checked) == []
        assert {one.outcome for one in checked.findings} == {Outcome.TO_DO}
        assert checked.inputs_filled == 0
