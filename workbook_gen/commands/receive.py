"""receive: keep, check, register and acknowledge what has come back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import by_name, is_dry_run, with_register
from workbook_gen.commands.check import files_at
from workbook_gen.session import Hands, Session, command, with_hands


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--fail-on", type=click.Choice(["fix", "look", "never"]), default="fix", show_default=True, help="What ends with code 1."
)
@with_hands
@is_dry_run
@by_name
@with_register
@command
def receive(
    session: Session,
    files: tuple[Path, ...],
    fail_on: str,
    hands: Hands,
    dry_run: bool,
    by: str | None,
    register_url: str | None,
) -> None:
    r"""Keep each file as it came, check it, enter it in the register and write its receipt. A folder stands for its files.

    \b
    Examples:
      workbook-gen receive inbox/
      workbook-gen receive QYG_h2_2023_24_v1.0.xlsx --by "Kim Lee"
      workbook-gen receive inbox/ --register postgresql://desk@server/h2_2023_24

    The same bytes are one submission, however often they come. The latest file that could be read counts.

    Exit code: as for check. 0 nothing at or above --fail-on, 1 findings, 2 the register or a file cannot be used,
    3 unreadable or unsafe, 4 not our file, wrong organisation or version, or seal broken; with several files the largest.
    """
    from workbook_gen.desk.acknowledge import as_json, as_text
    from workbook_gen.desk.receipt import exit_code
    from workbook_gen.desk.receive import Reception

    collection = session.collection()
    workspace = session.workspace(collection)
    clock = at_desk.clock(session, by)
    paths = [path for given in files for path in files_at(session, given)]
    desk = session.desk(collection)
    register = at_desk.open_register(session, workspace, register_url, make=not dry_run)
    said, worst = [], 0
    with register.kept_open(), hands.checker(desk, len(paths)) as checker:
        reception = Reception(workspace, register, checker, clock)
        for one in reception.try_out_each(paths) if dry_run else reception.receive_each(paths):
            for line in as_text(one, collection):
                session.show(line)
            if session.as_json:
                said.append(as_json(one, collection))
            worst = max(worst, exit_code(one, fail_on))
    session.result({"dry_run": dry_run, "received": said})
    at_desk.say_dry(session, dry_run)
    sys.exit(worst)
