"""practice: completed returns for training."""

from __future__ import annotations

import click

from workbook_gen.session import Session, command, fail, in_processes


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other figures and other ways.")
@in_processes
@click.option("--dry-run", is_flag=True, help="Say which way each would be filled in; write nothing.")
@command
def practice(session: Session, seed: int, jobs: int, dry_run: bool) -> None:
    r"""Complete every issued workbook for training: clean, explained, and wrong in the ways that returns go wrong.

    \b
    Example:
      workbook-gen practice --seed 7
    """
    from workbook_gen.definition.load_practice import load_practice
    from workbook_gen.desk.issue import practise

    collection = session.collection()
    national = session.national(collection)
    workspace = session.workspace(collection)
    recipes = load_practice(session.collection_folder, collection)
    if not workspace.manifest():
        fail(session, "workspace", f"Nothing has been issued in {workspace.issued}. Run: workbook-gen issue")
    made = []
    for code, way in practise(workspace, national, recipes, seed=seed, jobs=jobs, dry_run=dry_run):
        session.say(f"{code}  {way.label}", dim=True)
        made.append({"organisation": code, "way": way.key, "file": str(workspace.practice / workspace.file_name(code))})
    session.result({"seed": seed, "dry_run": dry_run, "practice": made})
    session.show(f"{len(made)} practice returns {'would be written to' if dry_run else 'in'} {workspace.practice}")
