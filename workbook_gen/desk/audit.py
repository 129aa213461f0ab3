"""What an auditor asks of a register: is it as it was written, are the originals here, was that issued which it says."""

from collections.abc import Iterator
from pathlib import Path

from workbook_gen.desk.doctor import Ailment
from workbook_gen.desk.originals import SUFFIX, digest_of, original
from workbook_gen.desk.register.records import IssueRow
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.register.verify import Sworn, verify
from workbook_gen.desk.workspace import Workspace


def audit(workspace: Workspace, register: Register) -> tuple[Ailment, ...]:
    """Everything that is not as it should be; where all is well, what was looked at. Raises `OSError` and `WorkspaceError`."""
    sworn, flaws = verify(register)
    register_flaws = [Ailment(flaw.what, False, flaw.seen) for flaw in flaws]
    files = list(_originals(workspace.received, sworn))
    issues = list(_issues(workspace, register.issues()))
    return (
        *(register_flaws or [_well("Register", f"{sworn.events} events in one chain, which ends in {sworn.head}")]),
        *(files or [_well("Originals", f"{len(sworn.submissions)} files received, each as it came")]),
        *(issues or [_well("Issues", f"{len(workspace.manifest())} workbooks, registered as in the manifest")]),
    )


def _well(what: str, seen: str) -> Ailment:
    return Ailment(what, True, seen)


def _originals(folder: Path, sworn: Sworn) -> Iterator[Ailment]:
    """Every file that was received is here with its bytes, and no other."""
    expected = {str(facts.get("sha256")): facts for facts in sworn.submissions.values()}
    for digest, facts in expected.items():
        path = original(folder, digest)
        whose = f"{path.name} ({facts.get('file')})"
        if not path.exists():
            yield Ailment(whose, False, f"registered, but the file is gone from {folder}: receive it again")
        elif digest_of(path) != digest:
            yield Ailment(whose, False, "not the bytes that were received: put it back from your backup")
    for path in sorted(folder.glob(f"*{SUFFIX}")) if folder.exists() else ():
        if path.stem not in expected and not path.name.startswith("."):
            yield Ailment(path.name, False, f"kept, but not registered: workbook-gen receive {path}")


def _issues(workspace: Workspace, registered: tuple[IssueRow, ...]) -> Iterator[Ailment]:
    """The manifest lists the latest issue of each organisation that the register has for this version."""
    manifest, version = workspace.manifest(), workspace.collection.version
    known = {(row.organisation, row.issue, row.file, row.sha256) for row in registered if row.version == version}
    for row in manifest.values():
        if (row.organisation, row.issue, row.file, row.sha256) not in known:
            yield Ailment(
                row.file, False, f"issue {row.issue} in the manifest, but not in the register: run workbook-gen issue"
            )
    latest = {row.organisation: row for row in registered if row.version == version}
    for code, one in latest.items():
        if code not in manifest or manifest[code].issue < one.issue:
            yield Ailment(one.file, False, f"issue {one.issue} is registered, but not in the manifest")
