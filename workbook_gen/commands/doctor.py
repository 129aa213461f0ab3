"""doctor: what is installed, and whether everything is sound."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import with_register
from workbook_gen.session import USAGE, Session, command


@click.command()
@click.option("--audit", "with_audit", is_flag=True, help="Read the whole register and every original against each other.")
@with_register
@command
def doctor(session: Session, with_audit: bool, register_url: str | None) -> None:
    r"""What is installed, which optional parts are missing, whether definition, national data and workspace are sound.

    \b
    Examples:
      workbook-gen doctor
      workbook-gen doctor --audit     is the register as it was written, are all originals here?

    Exit code: 0 all is well, 2 something is not.
    """
    from workbook_gen.desk.doctor import examine, examine_versions

    collection = session.collection()
    national = session.national(collection)
    workspace = session.workspace(collection)
    found = (*examine(workspace), *examine_versions(session.collection_folder, collection))
    if with_audit:
        from workbook_gen.desk.audit import audit

        found += audit(workspace, at_desk.open_register(session, workspace, register_url, make=False))
    session.show(f"Definition     {collection.title}, version {collection.version}: sound")
    session.show(f"National data  {len(national.tables)} tables for {len(national.systems)} systems: reconciled")
    for one in found:
        session.show(f"{one.what:<14} {one.seen}", fg=None if one.well else "red")
    session.result({"sound": all(one.well for one in found), "examined": [asdict(one) for one in found]})
    sys.exit(0 if all(one.well for one in found) else USAGE)
