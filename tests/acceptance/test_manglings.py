"""What comes back mangled: each kind of the catalogue, on five systems, tells what it owes, loses what it must and no more."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.acceptance.manglings.catalogue import CATALOGUE
from tests.acceptance.manglings.kind import Kind
from tests.acceptance.manglings.places import SYSTEMS
from tests.acceptance.manglings.verdict import amiss, amiss_in
from tests.engines.libreoffice import recalculate_with_libreoffice
from tests.returns import answers, completed, issuable, sound, systems
from workbook_gen.catalogue import catalogue
from workbook_gen.findings import State

KINDS = [(group, kind) for group, kinds in CATALOGUE.items() for kind in kinds]
WORKED_OUT = ("sheets", "lines", "columns", "tables", "codes", "figures", "totals", "labels")
ELSEWHERE = {"STR-008", "STR-009", "STR-010", "STR-011", "STR-012"}
"""Files made to do harm, which are met in tests of their own."""
OTHER_DESK = {"STR-107", "STR-108"}
"""A desk without the key, or with other national figures: no mangling of a file (test_reader_identity.py)."""


def marks(kind: Kind) -> list[pytest.MarkDecorator]:
    """The marker of the program that a kind needs."""
    return [getattr(pytest.mark, kind.program)] if kind.program else []


@pytest.mark.parametrize(
    ("group", "kind"), [pytest.param(group, kind, id=f"{group}-{kind.title}", marks=marks(kind)) for group, kind in KINDS]
)
def test_a_mangling_tells_what_it_owes(group: str, kind: Kind, record_property: Callable[[str, object], None]) -> None:
    found = {code: amiss(kind, code) for code in SYSTEMS}
    assert found == {code: [] for code in SYSTEMS}
    told = ", ".join(sorted({one for one, _, _ in kind.told(SYSTEMS[0])} | ({"STR-304"} if kind.stale else set())))
    record_property(f"mangling, {group}: {kind.title}", f"{len(found)} of {len(SYSTEMS)} ({told or 'nothing to tell'})")


@pytest.mark.libreoffice
def test_worked_out_again_the_same_is_told_and_no_total_is_called_old(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Excel works everything out again when something is changed; LibreOffice stands for it, on the smallest system."""
    code = SYSTEMS[-1]
    kinds = [replace(kind, stale=False) for group in WORKED_OUT for kind in CATALOGUE[group]]
    paths = [tmp_path / f"{code}_{number}.xlsx" for number in range(len(kinds))]
    for path, kind in zip(paths, kinds, strict=True):
        path.write_bytes(kind.change(completed(code), code))
    (tmp_path / "saved").mkdir()
    made = recalculate_with_libreoffice(paths, tmp_path / "saved")
    found = {kind.title: amiss_in(path.read_bytes(), kind, code) for kind, path in zip(kinds, made, strict=True)}
    assert {title: words for title, words in found.items() if words} == {}
    assert len(found) > 60
    record_property("manglings worked out again by LibreOffice, told as owed", len(found))


@pytest.mark.parametrize("code", SYSTEMS)
def test_the_return_that_is_mangled_is_a_good_one(code: str) -> None:
    before = sound(code)
    assert before.state <= State.EXPLAINED
    assert {key: before.values[key] for key in answers(code)} == answers(code)
    assert len(answers(code)) > 600


def test_the_five_systems_are_of_different_shape() -> None:
    inputs = {code: len(answers(code)) for code in systems()}
    ambulance = [bool(issuable(code).layout.table("ambulance").rows) for code in SYSTEMS]
    assert inputs[SYSTEMS[0]] == max(inputs.values())
    assert inputs[SYSTEMS[-1]] == min(inputs.values())
    assert set(ambulance) == {True, False}
    assert len({inputs[code] for code in SYSTEMS}) == 5


def test_every_code_is_owed_by_some_kind() -> None:
    told = {code for _, kind in KINDS for code, _, _ in kind.told("QSL")}
    told |= {"STR-304" for _, kind in KINDS if kind.stale}
    owed = {entry.code for entry in catalogue()} - ELSEWHERE - OTHER_DESK
    assert {code for code in told if code.startswith("STR-")} == owed


def test_every_kind_has_a_title_of_its_own() -> None:
    titles = Counter(kind.title for _, kind in KINDS)
    assert [title for title, count in titles.items() if count > 1] == []
    assert len(titles) >= 60
    assert all(kind.did for _, kind in KINDS)
