"""feedback: a fresh workbook for each organisation, with its own answers and its queries."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import by_name, is_dry_run, with_register
from workbook_gen.commands.systems import chosen
from workbook_gen.session import FOLDER, USAGE, Session, command

if TYPE_CHECKING:
    from workbook_gen.desk.feedback import Feedback


@click.command()
@click.option("--org", "codes", multiple=True, metavar="CODE", help="Only this organisation; may be given several times.")
@click.option("--out", type=FOLDER, help="Where the workbooks go; by default in the workspace, in the folder feedback.")
@is_dry_run
@by_name
@with_register
@command
def feedback(
    session: Session, codes: tuple[str, ...], out: Path | None, dry_run: bool, by: str | None, register_url: str | None
) -> None:
    r"""A fresh workbook of the current version for each organisation, with its own answers; figures and formulas as issued.

    \b
    Examples:
      workbook-gen feedback                   everybody whose return counts and is not signed off
      workbook-gen feedback --org QYG
      workbook-gen feedback --dry-run --json

    Its sheet Queries lists what is asked, with links to the cells and a yellow cell for each reply, and what was read where
    a text was found, or was not carried. The next receive reads the replies. A second run changes nothing.

    Exit code: 0, or 2 where a workbook could not be written.
    """
    from workbook_gen.desk.migrate import NotMigrated
    from workbook_gen.desk.migrator import Migrator
    from workbook_gen.desk.register.decisions import dockets
    from workbook_gen.desk.sending import Sending, to_be_sent
    from workbook_gen.desk.versions import Versions

    collection = session.collection()
    workspace = session.workspace(collection)
    desk = session.desk(collection)
    named = chosen(session, desk.national, codes) if codes else []
    register = at_desk.open_register(session, workspace, register_url, make=False)
    moment = at_desk.clock(session, by)()
    known = dockets(register, moment.at.date())
    folder = out or workspace.feedback
    failed = [f"{code} has sent nothing that could be read as its return." for code in named if code not in known]
    found: list[Feedback] = []
    with Migrator(workspace, desk, Versions(session.collection_folder)) as migrator:
        for one in Sending(register, migrator).feedback(to_be_sent(known, named)):
            if isinstance(one, NotMigrated):
                failed.append(str(one))
            else:
                found.append(one)
                session.show(_written(one, folder / one.file_name, dry_run=dry_run))
                if not dry_run:
                    register.send_back([one.sent], moment)
    for message in failed:
        click.secho(message, err=True, fg="red")
    session.show(f"{len(found)} workbooks in {folder}")
    session.result({"dry_run": dry_run, "feedback": [_as_json(one, folder) for one in found], "failed": failed})
    at_desk.say_dry(session, dry_run)
    sys.exit(USAGE if failed else 0)


def _written(one: Feedback, path: Path, *, dry_run: bool) -> str:
    """Write a workbook where it differs from what is there; says what went into it."""
    from workbook_gen.files import write_atomically

    is_new = not path.exists() or path.read_bytes() != one.data
    if is_new and not dry_run:
        write_atomically(path, one.data)
    entry, number = one.entry, len(one.queries)
    parts = [f"{len(one.carried):,} answers carried", "1 query" if number == 1 else f"{number} queries"]
    parts += [f"{len(one.left)} not carried"] if one.left else []
    change = "written" if is_new else "unchanged"
    return f"{entry.organisation}  {change}: submission {entry.number}, version {entry.version}; {', '.join(parts)}"


def _as_json(one: Feedback, folder: Path) -> dict[str, Any]:
    """What went into a workbook, for programs."""
    return {
        "organisation": one.entry.organisation,
        "submission": one.entry.number,
        "file": str(folder / one.file_name),
        "sha256": one.sent.sha256,
        "queries": list(one.sent.queries),
        "carried": len(one.carried),
        "not_carried": [{"key": str(left.key), "sheet": left.sheet, "cell": left.cell, "why": left.why} for left in one.left],
        "remarks": [{"sheet": row.sheet, "cell": row.cell, "found": row.found, "done": row.done} for row in one.remarks],
    }
