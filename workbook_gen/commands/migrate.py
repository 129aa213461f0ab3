"""migrate: returns of an older version into the current one."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook_gen.commands.check import files_at
from workbook_gen.commands.fill import allow
from workbook_gen.session import FOLDER, USAGE, Session, command, fail

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_gen.desk.migrate import Migration


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--from", "since", metavar="VERSION", help="The version of files that carry no seal, and so do not say it.")
@click.option("--out", type=FOLDER, help="Where the fresh workbooks go; by default in the workspace, in the folder migrated.")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@click.option("--dry-run", is_flag=True, help="Say what would be carried; write nothing.")
@command
def migrate(session: Session, files: tuple[Path, ...], since: str | None, out: Path | None, force: bool, dry_run: bool) -> None:
    r"""Carry returns of an older version into the current one, by key. FILES stay as they are; fresh workbooks are written.

    \b
    Examples:
      workbook-gen migrate QYG_h2_2023_24_v1.0.xlsx
      workbook-gen migrate returns/ --out carried/ --dry-run

    Says which answers could not be carried and why, which inputs are asked for the first time, and what has changed between
    the versions. The definition of the older version is the one that freeze has kept. A folder stands for the files in it.

    Exit code: 0 everything was carried, 1 an answer was not, or is to be corrected, 2 usage, definition, national data or
    files, 3 unreadable or unsafe file, 4 not our file, a newer version, or seal broken; with several files the largest.
    """
    from workbook_gen.files import write_atomically

    paths = [path for given in files for path in files_at(session, given)]
    found, refused, worst = carried(session, paths, since)
    folder = out or session.workspace(session.collection()).migrated
    targets = {path: folder / one.file_name for path, one in found.items()}
    for path, target in targets.items():
        allow(session, target, "--out", paths, force=force)
        if list(targets.values()).count(target) > 1:
            fail(session, "usage", f"{path} is one of two returns of {found[path].organisation}. Carry them one by one.")
    if not dry_run:
        for path, target in targets.items():
            write_atomically(target, found[path].data)
    tell(session, found, targets, refused, dry_run=dry_run)
    sys.exit(worst)


def carried(session: Session, paths: list[Path], since: str | None) -> tuple[dict[Path, Migration], list[dict[str, Any]], int]:
    """Each file that could be carried, what is to be said of the others, and the exit code so far."""
    from workbook_gen.desk.fill import FileRefused
    from workbook_gen.desk.migrate import NotMigrated
    from workbook_gen.desk.migration import exit_code
    from workbook_gen.desk.migrator import Migrator
    from workbook_gen.desk.receipt import exit_code as refusal_code
    from workbook_gen.desk.receipt import findings_as_json
    from workbook_gen.desk.versions import Versions

    collection = session.collection()
    versions = Versions(session.collection_folder)
    found: dict[Path, Migration] = {}
    refused: list[dict[str, Any]] = []
    worst = 0
    with Migrator(session.workspace(collection), session.desk(collection), versions) as migrator:
        for path in paths:
            try:
                found[path] = migrator.migrate(path, since)
                worst = max(worst, exit_code(found[path]))
            except FileRefused as why:
                worst = max(worst, refusal_code(why.checked, "never"))
                findings = why.checked.findings
                message = " ".join(f"{one.message} {one.fix}" for one in findings)
                refused.append({"file": str(path), "message": message, **findings_as_json(findings)})
            except NotMigrated as why:
                worst = max(worst, USAGE)
                refused.append({"file": str(path), "message": str(why), "findings": [], "messages": []})
    return found, refused, worst


def tell(
    session: Session,
    found: Mapping[Path, Migration],
    targets: Mapping[Path, Path],
    refused: list[dict[str, Any]],
    *,
    dry_run: bool,
) -> None:
    """What became of each file; a change between versions is told once."""
    from workbook_gen.desk.migration import as_json, as_text

    said: set[str] = set()
    for path, one in found.items():
        for line in as_text(one, path.name, said):
            session.show(line)
        next_step = "Would be written to" if dry_run else "Next: workbook-gen check"
        session.show(f"  {next_step} {targets[path]}")
    for other in refused:
        click.secho(f"{other['file']}: not carried. {other['message']}", err=True, fg="red")
    rows = [as_json(one, str(path), str(targets[path])) for path, one in found.items()]
    session.result({"dry_run": dry_run, "migrated": rows, "refused": refused})
