"""demo: the whole round on the national data shipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.report import held_in, page_name, write_report
from workbook_gen.session import Session, command, fail, in_processes

if TYPE_CHECKING:
    from workbook_gen.desk.check import CheckedReturn
    from workbook_gen.desk.register.records import Moment
    from workbook_gen.desk.register.store import Register
    from workbook_gen.desk.workspace import Workspace

BY = "the demo"
"""Who the register says has received a practice return."""
COLOURS = {"clean": "green", "explained": "green", "look": "yellow", "fix": "red", "refused": "red"}


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other figures and other ways.")
@in_processes
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@command
def demo(session: Session, seed: int, jobs: int, dry_run: bool) -> None:
    r"""The whole round on the national data shipped: issue, fill in for practice, receive, check, report.

    \b
    Examples:
      workbook-gen demo
      workbook-gen demo --workspace trial
    """
    from workbook_gen.definition.load_practice import load_practice
    from workbook_gen.desk.issue import as_rows, practise, see_to_the_manifest
    from workbook_gen.desk.issue import issue as write_issues
    from workbook_gen.desk.receipt import as_json, summary_table
    from workbook_gen.desk.versions import Versions

    collection = session.collection()
    Versions(session.collection_folder).see_to(collection)
    national = session.national(collection)
    workspace = session.workspace(collection)
    codes = [system.code for system in national.systems]
    if dry_run:
        session.show(f"{len(codes)} workbooks would be issued in {workspace.issued}, and completed in {workspace.practice}.")
        session.result({"dry_run": True, "issued": len(codes), "folder": str(workspace.issued), "returns": []})
        return
    clock = at_desk.clock(session, BY)
    register = at_desk.open_register(session, workspace, None)
    _see_to_the_register(session, workspace, register)
    see_to_the_manifest(workspace, register.issues())
    session.say("1  Issuing a prefilled workbook to every system")
    issued = list(write_issues(workspace, national, codes, jobs=jobs))
    register.issue(as_rows(issued), clock())
    session.say("2  Completing each, for practice")
    recipes = load_practice(session.collection_folder, collection)
    ways = {code: way.label for code, way in practise(workspace, national, recipes, seed=seed, jobs=jobs)}
    session.say("3  Receiving them and checking them")
    files = tuple(workspace.practice / one.issued.file for one in issued)
    returns = list(_received(session, workspace, register, clock, files, jobs))
    for line, state in summary_table(returns, collection, ways):
        session.show(line, fg=COLOURS.get(state))
    session.say("4  Reporting what they add up to")
    held = held_in(session, register)
    write_report(workspace, held)
    session.show(f"\n{len(issued)} workbooks issued, {len(returns)} practice returns received and checked.")
    session.show(f"Issued:    {workspace.issued}\nPractice:  {workspace.practice}")
    session.show(f"Report:    {workspace.report / page_name(held.found)}")
    session.show(f"Next:      workbook-gen check {workspace.practice / issued[0].issued.file}")
    said = [as_json(one, collection) for one in returns]
    session.result({"issued": len(issued), "folder": str(workspace.issued), "returns": said})


def _see_to_the_register(session: Session, workspace: Workspace, register: Register) -> None:
    """End the command where the register holds anything but practice returns of this command."""
    if any(entry.received_by != BY for entry in register.entries()):
        fail(
            session,
            "usage",
            f"{workspace.register_path} holds returns that were sent in, and the demo would add practice returns to them. "
            "Give it a folder of its own: workbook-gen demo --workspace trial",
        )


def _received(
    session: Session,
    workspace: Workspace,
    register: Register,
    clock: Callable[[], Moment],
    files: Sequence[Path],
    jobs: int,
) -> Iterator[CheckedReturn]:
    """Check each file, and receive it with what was found."""
    from workbook_gen.desk.child import Checker
    from workbook_gen.desk.receive import Reception
    from workbook_gen.desk.received import read_file

    with Checker(session.desk(workspace.collection), jobs=jobs) as checker:
        reception = Reception(workspace, register, checker, clock)
        for path, checked in checker.check_each((path, read_file(path)) for path in files):
            assert checked is not None
            reception.receive(path, checked)
            yield checked
