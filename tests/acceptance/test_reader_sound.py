"""Sound returns: every system's is read whole, with nothing to say of its structure, as written and as LibreOffice saves it."""

from pathlib import Path

import pytest

from tests.cells_in_xml import cells_in_xml
from tests.engines.libreoffice import recalculate_with_libreoffice
from tests.returns import (
    SYSTEMS,
    answers,
    check,
    completed,
    file_name,
    fingerprints,
    issuable,
    sound,
    structural_codes,
    systems,
)
from workbook_gen.findings import State


@pytest.mark.parametrize("code", systems())
def test_every_systems_return_is_read_as_it_was_filled_in(code: str) -> None:
    checked = check(completed(code), file_name(code))
    inputs = [cell.key for cell in issuable(code).layout.form.inputs()]
    assert structural_codes(checked) == []
    assert checked.state <= State.EXPLAINED
    assert len(inputs) > 500
    assert {key: checked.values[key] for key in inputs} == {key: answers(code)[key] for key in inputs}
    assert checked.counts()["inputs_filled"] == checked.counts()["inputs"] > 300
    assert checked.identity is not None
    assert checked.identity.organisation == code
    assert sum(checked.account.values()) == cells_in_xml(completed(code)) > 4_000


def test_there_is_a_system_for_every_icb() -> None:
    rows = (Path(__file__).resolve().parents[2] / "templates/h2_2023_24/national/organisations.csv").read_text(encoding="utf-8")
    assert len(systems()) == sum(",icb," in row for row in rows.splitlines()) > 40


@pytest.mark.libreoffice
def test_saved_by_libreoffice_the_answers_are_the_same(tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    paths = [tmp_path / file_name(code) for code in SYSTEMS]
    for code, path in zip(SYSTEMS, paths, strict=True):
        path.write_bytes(completed(code))
    for code, path in zip(SYSTEMS, recalculate_with_libreoffice(paths, tmp_path / "saved"), strict=True):
        data = path.read_bytes()
        checked = check(data, file_name(code))
        assert data != completed(code)
        assert sum(checked.account.values()) == cells_in_xml(data) == cells_in_xml(completed(code))
        assert structural_codes(checked) == []
        assert fingerprints(checked) == fingerprints(sound(code))
        assert {key: checked.values[key] for key in answers(code)} == answers(code)
        assert [one.outcome for one in checked.results] == [one.outcome for one in sound(code).results]
