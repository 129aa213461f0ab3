"""demo: the whole round on the national data shipped."""

from __future__ import annotations

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.check import check_all
from workbook_gen.session import Session, command

COLOURS = {"clean": "green", "explained": "green", "look": "yellow", "fix": "red", "refused": "red"}


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other figures and other ways.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that work side by side.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@command
def demo(session: Session, seed: int, jobs: int, dry_run: bool) -> None:
    r"""The whole round on the national data shipped: issue, fill in for practice, read back, check.

    \b
    Examples:
      workbook-gen demo
      workbook-gen demo --workspace trial
    """
    from workbook_gen.definition.load import load_practice
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
    clock = at_desk.clock(session, None)
    register = at_desk.open_register(session, workspace, None)
    see_to_the_manifest(workspace, register.issues())
    session.say("1  Issuing a prefilled workbook to every system")
    issued = list(write_issues(workspace, national, codes, jobs=jobs))
    register.issue(as_rows(issued), clock())
    session.say("2  Completing each, for practice")
    recipes = load_practice(session.collection_folder, collection)
    ways = {code: way.label for code, way in practise(workspace, national, recipes, seed=seed, jobs=jobs)}
    session.say("3  Reading them back and checking them")
    returns = list(check_all(session, collection, tuple(workspace.practice / one.issued.file for one in issued)))
    for line, state in summary_table(returns, collection, ways):
        session.show(line, fg=COLOURS.get(state))
    session.show(f"\n{len(issued)} workbooks issued, {len(returns)} practice returns read and checked.")
    session.show(f"Issued:    {workspace.issued}\nPractice:  {workspace.practice}")
    session.show(f"Next:      workbook-gen check {workspace.practice / issued[0].issued.file}")
    session.result({"issued": len(issued), "folder": str(workspace.issued), **as_json(returns, collection)})
