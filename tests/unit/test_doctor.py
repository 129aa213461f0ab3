"""What doctor looks at: Python, packages, optional parts, and the workspace against its manifest."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.returns import collection
from workbook_gen.desk import doctor
from workbook_gen.desk.doctor import NEEDED, OPTIONAL, PROGRAMS, Ailment, examine
from workbook_gen.desk.workspace import Issued, Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with two files in its manifest, and a key."""
    made = Workspace(tmp_path, collection())
    made.make_key()
    rows = []
    for code in ("QSL", "QYG"):
        made.issued.mkdir(parents=True, exist_ok=True)
        (made.issued / made.file_name(code)).write_bytes(code.encode())
        rows.append(Issued(code, "An ICB", made.file_name(code), 1, sha256(code.encode()).hexdigest()))
    made.write_manifest(rows)
    return made


def ailing(workspace: Workspace) -> list[Ailment]:
    """What is not well."""
    return [one for one in examine(workspace) if not one.well]


def test_all_is_well() -> None:
    found = examine(Workspace(Path("nowhere"), collection()))
    assert [one.what for one in found] == ["Python", *NEEDED, *OPTIONAL, *PROGRAMS, "Workspace"]
    assert [one for one in found if not one.well] == []
    assert found[-1].seen.startswith("nothing issued yet in nowhere")


def test_a_sound_workspace(workspace: Workspace) -> None:
    assert ailing(workspace) == []
    assert examine(workspace)[-1].seen == f"2 workbooks issued in {workspace.issued}, as in the manifest"


def test_a_tampered_workbook(workspace: Workspace) -> None:
    (workspace.issued / workspace.file_name("QSL")).write_bytes(b"other")
    (found,) = ailing(workspace)
    assert (found.what, found.seen.split(":")[0]) == (workspace.file_name("QSL"), "not the bytes that were issued")


def test_a_manifest_line_without_its_file(workspace: Workspace) -> None:
    (workspace.issued / workspace.file_name("QYG")).unlink()
    (found,) = ailing(workspace)
    assert (found.what, found.seen.split(":")[0]) == (workspace.file_name("QYG"), "in the manifest, but the file is gone")


def test_a_missing_key(workspace: Workspace) -> None:
    workspace.key_path.unlink()
    (found,) = ailing(workspace)
    assert found.what == "seal.key"
    assert str(workspace.home) in found.seen


def test_everything_wrong_is_told_at_once(workspace: Workspace) -> None:
    (workspace.issued / workspace.file_name("QSL")).write_bytes(b"other")
    (workspace.issued / workspace.file_name("QYG")).unlink()
    workspace.key_path.unlink()
    assert [one.what for one in ailing(workspace)] == [workspace.file_name("QSL"), workspace.file_name("QYG"), "seal.key"]


def test_a_missing_package_is_told_with_how_to_get_it(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "NEEDED", (*NEEDED, "no-such-package"))
    monkeypatch.setattr(doctor, "OPTIONAL", {"no-such-option": "for nothing"})
    monkeypatch.setattr(doctor, "PROGRAMS", {"no-such-program": "for nothing"})
    assert [one.seen for one in ailing(workspace)] == ["missing: pip install no-such-package"]
    seen = {one.what: one.seen for one in examine(workspace)}
    assert seen["no-such-option"] == seen["no-such-program"] == "not here (optional: for nothing)"


def test_an_old_python(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_OLDEST", (99, 0))
    (found,) = ailing(workspace)
    assert found.what == "Python"


def test_the_key_is_made_once(workspace: Workspace) -> None:
    key = workspace.key()
    assert key is not None
    assert len(key) == 32
    assert workspace.make_key() == key
    assert workspace.key_path.stat().st_mode & 0o777 == 0o600


def test_the_manifest_reads_as_written(workspace: Workspace) -> None:
    rows = workspace.manifest()
    assert list(rows) == ["QSL", "QYG"]
    assert rows["QSL"] == Issued("QSL", "An ICB", workspace.file_name("QSL"), 1, sha256(b"QSL").hexdigest())
    assert Workspace(Path("nowhere"), collection()).manifest() == {}
