"""Issuing: a prefilled, sealed workbook for each system. What has not changed keeps its issue number and its bytes."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Literal

from workbook_gen.checks.run import settings_of
from workbook_gen.definition.compiled import Compiled
from workbook_gen.definition.model import System
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.practice import Practice, Way
from workbook_gen.definition.values import Value
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.originals import digest_of
from workbook_gen.desk.parallel import side_by_side
from workbook_gen.desk.practice import choose_ways, fill_in
from workbook_gen.desk.register.records import IssueRow
from workbook_gen.desk.workspace import Issued, Workspace, WorkspaceError
from workbook_gen.excel.contents import Stamp
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook
from workbook_gen.files import write_atomically
from workbook_gen.national.data import NationalData

Change = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True, slots=True)
class Issue:
    """What became of one system's workbook."""

    issued: Issued
    change: Change
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Rendered:
    """A workbook's bytes, and the sealed stamp that it is issued under."""

    system: System
    data: bytes
    stamp: Stamp
    change: Change


def issue(
    workspace: Workspace,
    national: NationalData,
    codes: Iterable[str],
    *,
    jobs: int = 1,
    scheduler: str | None = None,
    dry_run: bool = False,
) -> Iterator[Issue]:
    """Issue the workbooks of the systems named, yielding each as it is written; a dry run writes nothing.

    So many processes work, or the workers of a Dask scheduler.

    The manifest is written last. Raises `OSError` where a file cannot be written.
    """
    before = workspace.manifest()
    key = (workspace.key() or bytes(32)) if dry_run else workspace.make_key()
    work = partial(_render, Compiled(workspace.collection), national, key, before)
    after = dict(before)
    for rendered in side_by_side(work, [national.system(code) for code in codes], jobs, scheduler):
        code = rendered.system.code
        name = workspace.file_name(code)
        row = Issued(code, rendered.system.icb.name, name, rendered.stamp.issue, sha256(rendered.data).hexdigest())
        if not dry_run and not _holds(workspace.issued / name, row.sha256):
            write_atomically(workspace.issued / name, rendered.data)
        after[code] = row
        yield Issue(row, rendered.change, rendered.stamp)
    if not dry_run:
        workspace.write_manifest([after[code] for code in sorted(after)])


def _render(compiled: Compiled, national: NationalData, key: bytes, before: dict[str, Issued], system: System) -> Rendered:
    """The workbook under its number so far; under the next one where it has changed since."""
    issuable = Issuable(compiled.collection, national, system, compiled)
    last = before.get(system.code)
    number = last.issue if last else 1
    data = _write(issuable, {}, number, key)
    stamp = sealed(issuable.stamp(number), key)
    if last is None or sha256(data).hexdigest() == last.sha256:
        return Rendered(system, data, stamp, "unchanged" if last else "new")
    data = _write(issuable, {}, number + 1, key)
    return Rendered(system, data, sealed(issuable.stamp(number + 1), key), "changed")


def _holds(path: Path, digest: str) -> bool:
    """Whether a file is there with these bytes: one that was deleted or changed, or left by a run that was stopped, is not."""
    return path.exists() and digest_of(path) == digest


def see_to_the_manifest(workspace: Workspace, registered: Iterable[IssueRow]) -> None:
    """Raise `WorkspaceError` where the manifest does not list the latest issue that is registered: its number is taken."""
    manifest = workspace.manifest()
    latest = {row.organisation: row for row in registered if row.version == workspace.collection.version}
    for code, row in latest.items():
        listed = manifest.get(code)
        if listed is None or listed.issue < row.issue or (listed.issue == row.issue and listed.sha256 != row.sha256):
            raise WorkspaceError(
                f"Issue {row.issue} of {code}, version {row.version}, is registered (SHA-256 {row.sha256}), but "
                f"{workspace.manifest_path} does not list it. Put manifest.csv and seal.key back from your backup, "
                "and issue again. Nothing was written."
            )


def as_rows(issues: Iterable[Issue]) -> list[IssueRow]:
    """What was issued, as the register holds it."""
    return [
        IssueRow(
            one.issued.organisation,
            one.stamp.version,
            one.issued.issue,
            one.issued.file,
            one.issued.sha256,
            one.stamp.national,
            one.stamp.layout,
            one.stamp.seal,
        )
        for one in issues
    ]


def written_again(issuable: Issuable, number: int, key: bytes) -> bytes:
    """The bytes of a system's workbook as it is issued under a number; the same as were issued where nothing has changed."""
    return _write(issuable, {}, number, key)


def _write(issuable: Issuable, inputs: Mapping[Key, Value], number: int, key: bytes) -> bytes:
    stamp = sealed(issuable.stamp(number), key)
    return write_workbook(issuable.layout, issuable.contents(inputs, stamp), settings_of(issuable.collection))


def practise(
    workspace: Workspace, national: NationalData, practice: Practice, *, seed: int, jobs: int = 1, dry_run: bool = False
) -> Iterator[tuple[str, Way]]:
    """Complete every issued workbook, through the same writer; yields each file's organisation and the way it was filled in.

    Raises `FileNotFoundError` where nothing has been issued.
    """
    manifest = workspace.manifest()
    key = workspace.key()
    if not manifest or key is None:
        raise FileNotFoundError(f"Nothing has been issued in {workspace.issued}. Run workbook-gen issue first.")
    ways = choose_ways(practice, tuple(manifest), seed)
    if dry_run:
        yield from ways.items()
        return
    work = partial(_complete, workspace, Compiled(workspace.collection), national, practice, ways, seed, key, manifest)
    yield from side_by_side(work, list(manifest), jobs)


def _complete(
    workspace: Workspace,
    compiled: Compiled,
    national: NationalData,
    practice: Practice,
    ways: dict[str, Way],
    seed: int,
    key: bytes,
    manifest: dict[str, Issued],
    code: str,
) -> tuple[str, Way]:
    issuable = Issuable(workspace.collection, national, national.system(code), compiled)
    inputs = fill_in(issuable, practice, ways[code], seed)
    data = _write(issuable, inputs, manifest[code].issue, key)
    write_atomically(workspace.practice / manifest[code].file, data)
    return code, ways[code]
