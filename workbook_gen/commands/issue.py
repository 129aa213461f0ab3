"""issue: the prefilled workbooks."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import by_name, with_register
from workbook_gen.commands.systems import chosen
from workbook_gen.session import Hands, Session, command, with_hands

if TYPE_CHECKING:
    from workbook_gen.desk.versions import Versions
    from workbook_gen.desk.workspace import Workspace


@click.command()
@click.option("--org", "codes", multiple=True, metavar="CODE", help="Only this system; may be given several times.")
@with_hands
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@with_register
@by_name
@command
def issue(
    session: Session, codes: tuple[str, ...], hands: Hands, dry_run: bool, register_url: str | None, by: str | None
) -> None:
    r"""Write the prefilled workbooks, and their manifest with digests; enter in the register what is new.

    \b
    Examples:
      workbook-gen issue                       every system
      workbook-gen issue --org QYG --org QSL   two systems
    """
    from workbook_gen.desk.issue import as_rows, see_to_the_manifest
    from workbook_gen.desk.issue import issue as write_issues
    from workbook_gen.desk.versions import Versions

    collection = session.collection()
    versions = Versions(session.collection_folder)
    versions.see_to(collection)
    national = session.national(collection)
    workspace = session.workspace(collection)
    asked = chosen(session, national, codes)
    clock = at_desk.clock(session, by)
    register = at_desk.open_register(session, workspace, register_url, make=not dry_run)
    see_to_the_manifest(workspace, register.issues())
    found = []
    for one in write_issues(workspace, national, asked, jobs=hands.jobs, scheduler=hands.scheduler, dry_run=dry_run):
        session.say(f"{one.issued.organisation}  {one.change}", dim=True)
        found.append(one)
    if not dry_run:
        register.issue(as_rows(found), clock())
    counts = {change: sum(one.change == change for one in found) for change in ("new", "changed", "unchanged")}
    rows = [{**asdict(one.issued), "change": one.change} for one in found]
    session.result({"folder": str(workspace.issued), "dry_run": dry_run, **counts, "issued": rows})
    remind(session, workspace, versions, first=bool(counts["new"]) and not dry_run)
    done = "would be written to" if dry_run else "issued in"
    session.show(f"{len(found)} workbooks {done} {workspace.issued}: " + ", ".join(f"{n} {what}" for what, n in counts.items()))


def remind(session: Session, workspace: Workspace, versions: Versions, *, first: bool) -> None:
    """Say of which issued versions the definition is not kept; of the current one after its `first` issue alone."""
    current = workspace.collection.version
    for version in workspace.versions():
        if version not in versions.listed() and version != current:
            session.say(f"Version {version} was issued here, but its definition is not kept: no return of it can be migrated.")
    if first and current not in versions.listed():
        session.say(f"When version {current} has gone out, keep its definition: workbook-gen freeze", dim=True)
