"""A copy of the collection that is shipped with one thing broken, and what the definition says of it."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import shipped
from workbook_gen.definition.errors import DefinitionError
from workbook_gen.definition.load import load_collection

COLLECTION, AGENCY, BRIDGE = "collection.toml", "sheets/agency.toml", "sheets/bridge.toml"
CARE, RISKS, FLEXIBILITY = "sheets/urgent_care.toml", "sheets/risks.toml", "sheets/flexibility.toml"
CEILING = '"total[fot] <= agency_limit.ceiling[value]"'
SHARE = 'message = "Agency is {share[fot]}% of total pay for the year, above {agency_share}%."'
IN_CHECK = (AGENCY, "rule AGY-001", "check")
IN_CHART = (AGENCY, "chart Agency spend a month against a twelfth of the ceiling", "series")


@dataclass(frozen=True)
class Broken:
    """What is broken, where it stands and how, what the error names (file, block, field), and words that it says."""

    what: str
    file: str
    old: str
    new: str
    named: tuple[str, str, str]
    says: str

    def __str__(self) -> str:
        return self.what


def in_check(what: str, check: str, says: str) -> Broken:
    """AGY-001 with another check."""
    return Broken(what, AGENCY, CEILING, f'"{check}"', IN_CHECK, says)


def break_once(folder: Path, file: str, old: str, new: str) -> Path:
    """Copy the definition into the folder and replace a text in one file of it; the text stands there exactly once.

    Cases and national figures are left out: a definition is loaded without them.
    """
    copy = folder / "broken"
    shutil.copytree(shipped.FOLDER, copy, ignore=shutil.ignore_patterns("cases", "national"))
    path = copy / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return copy


def check(broken: Broken, folder: Path) -> None:
    """Assert that the definition, broken like that, is refused as it says."""
    with pytest.raises(DefinitionError) as caught:
        load_collection(break_once(folder, broken.file, broken.old, broken.new))
    error = caught.value
    assert (error.file, error.block, error.field) == broken.named, str(error)
    assert broken.says in error.problem, str(error)
    assert all(part in str(error) for part in broken.named)
