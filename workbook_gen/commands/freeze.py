"""freeze: the definition kept as it is, before the next version is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from workbook_gen.session import Session, command, fail

if TYPE_CHECKING:
    from workbook_gen.definition.model import Collection


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be kept; write nothing.")
@command
def freeze(session: Session, dry_run: bool) -> None:
    r"""Keep the definition of the version that has been issued, so that its returns can be read once there is a newer one.

    \b
    Examples:
      workbook-gen freeze                            when the workbooks have gone out
      workbook-gen freeze --national my_tables/      with the centre's own tables that they were issued with

    The copy goes to versions/<version>/ in the folder of the definition, and issued.csv lists it. From then on a change to the
    definition asks for a new version: issue refuses what has changed without one.

    Exit code: 0 done, or frozen already; 2 usage, definition or national data.
    """
    from workbook_gen.desk.versions import ISSUED, Versions

    collection = session.collection()
    session.national(collection)  # what does not reconcile was never issued
    _see_that_it_is_what_was_issued(session, collection)
    versions = Versions(session.collection_folder)
    found = versions.freeze(collection, session.national_folder, dry_run=dry_run)
    home = versions.home(collection.version)
    facts = {"version": collection.version, "folder": str(home), "files": list(found.files), "known": found.known}
    session.result({**facts, "digest": found.version.digest, "dry_run": dry_run})
    if found.known:
        session.show(f"Version {collection.version} has been frozen already, and is as it was.")
    else:
        done = "would be kept" if dry_run else "kept"
        session.show(f"Version {collection.version}: {len(found.files)} files {done} in {home}, listed in {ISSUED}.")


def _see_that_it_is_what_was_issued(session: Session, collection: Collection) -> None:
    """Where this version has been issued from the workspace, one workbook is made again; another one ends the command."""
    from workbook_gen.desk.migrate import NotMigrated, stamp_of

    issued = session.workspace(collection).manifest()
    desk = session.desk(collection)
    code = next((one.code for one in desk.national.systems if one.code in issued), None)
    if code is None or desk.key is None:
        return
    try:
        stamp_of(desk.issuable(code), issued, desk.key)
    except NotMigrated as why:
        fail(session, "definition", f"This is not what went out, and what is frozen has to be. {why}")
