"""doctor: what is installed, and whether everything is sound."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from workbook_gen.session import USAGE, Session, command


@click.command()
@command
def doctor(session: Session) -> None:
    r"""What is installed, which optional parts are missing, whether definition, national data and workspace are sound.

    \b
    Example:
      workbook-gen doctor
    """
    from workbook_gen.desk.doctor import examine

    collection = session.collection()
    national = session.national(collection)
    found = examine(session.workspace(collection))
    session.show(f"Definition     {collection.title}, version {collection.version}: sound")
    session.show(f"National data  {len(national.tables)} tables for {len(national.systems)} systems: reconciled")
    for one in found:
        session.show(f"{one.what:<14} {one.seen}", fg=None if one.well else "red")
    session.result({"sound": all(one.well for one in found), "examined": [asdict(one) for one in found]})
    sys.exit(0 if all(one.well for one in found) else USAGE)
