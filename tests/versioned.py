"""Version 1.1 of the collection shipped, made from 1.0 once that is frozen: what the tests of versions and migration share."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from tests.returns import SEAL_KEY, collection, copied_collection, file_name, replace_text
from workbook_gen.cli import main
from workbook_gen.definition.load import load_collection
from workbook_gen.desk.check import Desk
from workbook_gen.desk.versions import Versions
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import load_national

AGENCY, ASSURANCE, COLLECTION = "sheets/agency.toml", "lines/assurance.csv", "collection.toml"
LOG = """
[[change]]
version = "1.1"
date = 2023-11-15
text = "Boards are asked; posts are counted."

[[rename]]
version = "1.1"
from = "assurance.providers_agree"
to = "assurance.trusts_agree"
"""
REMOVED, RENAMED, ADDED = "long_waits_and_urgent_first", "trusts_agree", "boards_agree"
AGENCY_SHARE = "agency_share    = { value = 3.7"
POSTS = '{ key = "posts", code = "PST", label = "Posts to go", kind = "input", unit = "posts" },'


def newer(folder: Path) -> Path:
    """Turn the definition in a folder into 1.1: a line added, one removed, one renamed, a column added, a rule changed."""
    replace_text(folder / COLLECTION, 'version    = "1.0"', 'version    = "1.1"')
    replace_text(folder / COLLECTION, 'text = "First issue."\n', f'text = "First issue."\n{LOG}')
    replace_text(folder / COLLECTION, AGENCY_SHARE, AGENCY_SHARE.replace("3.7", "3.5"))
    lines = (folder / ASSURANCE).read_text(encoding="utf-8")
    kept = [line for line in lines.splitlines() if REMOVED not in line]
    kept.append("ASR0100,boards_agree,Every board has agreed the plan,answers,,,,,")
    (folder / ASSURANCE).write_text("\n".join(kept) + "\n", encoding="utf-8")
    replace_text(folder / ASSURANCE, "providers_agree,Every provider", "trusts_agree,Every trust")
    agency = (folder / AGENCY).read_text(encoding="utf-8")
    change = next(line for line in agency.splitlines() if 'code = "CHG"' in line)
    replace_text(folder / AGENCY, change, f"{change}\n  {POSTS}")
    replace_text(folder / AGENCY, 'check = "total[mar] < total[nov]"', 'check = "total[mar] < total[dec]"')
    replace_text(folder / AGENCY, 'title = "Agency spend in March is below November"', 'title = "Agency spend falls by March"')
    return folder


@dataclass(frozen=True)
class Round:
    """A collection of which 1.0 is frozen and 1.1 is issued to some systems, and where all that lies."""

    folder: Path
    workspace: Workspace

    def run(self, *arguments: str | Path) -> Result:
        """A command on the collection, in the workspace; a crash fails the test."""
        return run(self.folder, self.workspace.folder, *arguments)


def run(folder: Path, workspace: Path, *arguments: str | Path) -> Result:
    """A command on a collection in a workspace; a crash fails the test."""
    where = ("--collection", folder, "--workspace", workspace)
    result = CliRunner().invoke(main, [str(one) for one in (*arguments, *where)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def frozen(folder: Path) -> Path:
    """A copy of the collection shipped whose 1.0 is frozen."""
    copy = copied_collection(folder)
    Versions(copy).freeze(collection(), None)
    return copy


def sealing(folder: Path, home: Path) -> Workspace:
    """A workspace of the collection in a folder, with the key that the tests seal with."""
    workspace = Workspace(home, load_collection(folder))
    workspace.home.mkdir(parents=True, exist_ok=True)
    workspace.key_path.write_text(SEAL_KEY.hex() + "\n", encoding="ascii")
    return workspace


def second_round(home: Path, *codes: str) -> Round:
    """The collection at 1.1, issued to these systems."""
    folder = newer(frozen(home))
    found = Round(folder, sealing(folder, home / "output"))
    asked = [part for code in codes for part in ("--org", code)]
    result = found.run("issue", "--quiet", *asked)
    assert result.exit_code == 0, result.output
    return found


def desk_at(folder: Path) -> Desk:
    """The centre's desk at the version in a folder."""
    collection = load_collection(folder)
    return Desk(collection, load_national(collection, folder), SEAL_KEY)


def returned(folder: Path, code: str, data: bytes) -> Path:
    """A returned file of 1.0."""
    path = folder / file_name(code)
    path.write_bytes(data)
    return path


def migrated(second: Round, path: Path, out: Path, *more: str) -> tuple[int, dict[str, Any]]:
    """The exit code of `migrate --json`, and what it says."""
    result = second.run("migrate", path, "--out", out, "--json", *more)
    found: dict[str, Any] = json.loads(result.stdout)
    assert found["schema"] == 1
    return result.exit_code, found
