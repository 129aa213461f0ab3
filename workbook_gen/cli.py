"""The command line: each command a short story of calls. Results on stdout, progress and errors on stderr."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook_gen.session import USAGE, Session, command, fail, in_lines

if TYPE_CHECKING:
    from workbook_gen.definition.model import Collection
    from workbook_gen.desk.check import CheckedReturn
    from workbook_gen.national.data import NationalData

COLOURS = {"clean": "green", "explained": "green", "look": "yellow", "fix": "red", "refused": "red"}


def chosen(session: Session, national: NationalData, codes: tuple[str, ...]) -> list[str]:
    """The systems named, or all; an unknown code ends the command."""
    from workbook_gen.definition.errors import nearest

    known = [system.code for system in national.systems]
    for code in codes:
        if code.upper() not in known:
            fail(session, "usage", f"There is no system '{code}'. {nearest(code.upper(), known)}")
    return [code.upper() for code in codes] or known


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="workbook-gen")
@click.pass_context
@in_lines
def main(context: click.Context) -> None:
    r"""Issue planning workbooks to integrated care boards, and check what comes back.

    \b
    Examples:
      workbook-gen demo                        the whole round on the data shipped
      workbook-gen issue --org QYG             one prefilled workbook
      workbook-gen check RETURN.xlsx           what an ICB runs before it returns the file
      workbook-gen explain AGY-002             a rule, why it is asked and how it is worked out
    """
    if os.environ.get("NO_COLOR"):
        context.color = False


@main.command()
@click.option("--org", "codes", multiple=True, metavar="CODE", help="Only this system; may be given several times.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that work side by side.")
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@command
def issue(session: Session, codes: tuple[str, ...], jobs: int, dry_run: bool) -> None:
    r"""Write the prefilled workbooks, and their manifest with digests.

    \b
    Examples:
      workbook-gen issue                       every system
      workbook-gen issue --org QYG --org QSL   two systems
    """
    from workbook_gen.desk.issue import issue as write_issues

    collection = session.collection()
    national = session.national(collection)
    workspace = session.workspace(collection)
    found = []
    for one in write_issues(workspace, national, chosen(session, national, codes), jobs=jobs, dry_run=dry_run):
        session.say(f"{one.issued.organisation}  {one.change}", dim=True)
        found.append(one)
    counts = {change: sum(one.change == change for one in found) for change in ("new", "changed", "unchanged")}
    rows = [{**asdict(one.issued), "change": one.change} for one in found]
    session.result({"folder": str(workspace.issued), "dry_run": dry_run, **counts, "issued": rows})
    done = "would be written to" if dry_run else "issued in"
    session.show(f"{len(found)} workbooks {done} {workspace.issued}: " + ", ".join(f"{n} {what}" for what, n in counts.items()))


@main.command()
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed, other figures and other ways.")
@click.option("--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes that work side by side.")
@click.option("--dry-run", is_flag=True, help="Say which way each would be filled in; write nothing.")
@command
def practice(session: Session, seed: int, jobs: int, dry_run: bool) -> None:
    r"""Complete every issued workbook for training: clean, explained, and wrong in the ways that returns go wrong.

    \b
    Example:
      workbook-gen practice --seed 7
    """
    from workbook_gen.definition.load import load_practice
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


@main.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--fail-on", type=click.Choice(["fix", "look", "never"]), default="fix", show_default=True, help="What ends with code 1."
)
@command
def check(session: Session, files: tuple[Path, ...], fail_on: str) -> None:
    r"""Read returned workbooks, recompute their totals and run every rule. A folder stands for the files in it.

    \b
    Examples:
      workbook-gen check QYG_h2_2023_24_v1.0.xlsx
      workbook-gen check returns/ --json > returns.json

    Exit code: 0 nothing at or above --fail-on, 1 findings, 3 unreadable or unsafe, 4 not our file, wrong
    organisation or version, or seal broken; with several files the largest.
    """
    from workbook_gen.desk.receipt import as_json, as_text, exit_code

    collection = session.collection()
    found = []
    for one in check_all(session, collection, files):
        for line in as_text(one):
            session.show(line)
        found.append(one)
    session.result(as_json(found, collection))
    sys.exit(max((exit_code(one, fail_on) for one in found), default=0))


def check_all(session: Session, collection: Collection, files: tuple[Path, ...]) -> Iterator[CheckedReturn]:
    """Check each file, in order; the files of a folder by name."""
    from workbook_gen.desk.check import Desk, check_file

    paths = [path for given in files for path in files_at(session, given)]
    desk = Desk(collection, session.national(collection), session.workspace(collection).key())
    for path in paths:
        yield check_file(path, desk)


def files_at(session: Session, given: Path) -> list[Path]:
    """The file named, or those of the folder: without hidden ones, and the marks of files that are open in Excel (~$)."""
    from workbook_gen.definition.errors import nearest

    if given.is_dir():
        found = sorted(path for path in given.iterdir() if path.is_file() and not path.name.startswith((".", "~$")))
        return found or fail(session, "usage", f"The folder {given} holds no file to check.")
    if not given.exists():
        beside = [path.name for path in given.parent.glob("*.xlsx")]
        fail(session, "usage", f"There is no file {given}. {nearest(given.name, beside) if beside else ''}".rstrip())
    return [given]


@main.command()
@click.argument("rule", required=False)
@command
def explain(session: Session, rule: str | None) -> None:
    r"""A rule, or a structural code: what is asked, why, and how it is mended. Without a name, the list of all.

    \b
    Examples:
      workbook-gen explain AGY-002
      workbook-gen explain STR-401
    """
    from workbook_gen.report.rulebook import UnknownRule, contents, page

    collection = session.collection()
    if rule is None:
        rows = contents(collection)
        session.result({"rules": [{"code": code, "title": title} for code, title in rows]})
        session.show("\n".join(f"{code}  {title}" for code, title in rows))
        return
    try:
        found = page(collection, rule)
    except UnknownRule as error:
        fail(session, "usage", str(error))
    session.result({"code": found.code, "title": found.title, **{name.lower(): text for name, text in found.paragraphs}})
    session.show(f"{found.code}  {found.title}", bold=True)
    for name, text in found.paragraphs:
        session.show(f"  {name + ':':<12} {text}")


@main.command("import-allocations")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@command
def import_allocations(session: Session, file: Path, dry_run: bool) -> None:
    r"""Read NHS England's published workbook into the national tables that the collection maps it to.

    \b
    Example:
      workbook-gen import-allocations nhs_allocations_2023_2025.xlsx --dry-run
    """
    from workbook_gen.national.data import load_organisations
    from workbook_gen.national.publication import PublicationError, import_table, write_table
    from workbook_gen.national.tables import table_path

    collection = session.collection()
    if not collection.publications:
        fail(session, "usage", "The collection maps no publication: collection.toml has no [[publication]].")
    organisations = load_organisations(collection, session.collection_folder, session.national_folder)
    found = []
    for publication in collection.publications:
        try:
            table = import_table(publication, file, organisations)
        except PublicationError as error:
            fail(session, "publication", f"Nothing was imported from {file}:", error.faults)
        path = table_path(collection.national, session.collection_folder, publication.table)
        changes = write_table(table, path, dry_run=dry_run)
        session.show(
            f"{publication.title}: {len(table)} organisations, {len(table.columns)} columns, {len(changes)} figures changed"
        )
        for change in changes:
            session.show(f"  {change.code} {change.column}: {change.old or 'blank'} to {change.new}")
        rows = [change._asdict() for change in changes]
        found.append({"table": publication.table, "file": str(path), "organisations": len(table), "changes": rows})
    session.result({"dry_run": dry_run, "tables": found})


@main.command()
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


@main.command()
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
    from workbook_gen.desk.issue import issue as write_issues
    from workbook_gen.desk.issue import practise
    from workbook_gen.desk.receipt import as_json, summary_table

    collection = session.collection()
    national = session.national(collection)
    workspace = session.workspace(collection)
    codes = [system.code for system in national.systems]
    if dry_run:
        session.show(f"{len(codes)} workbooks would be issued in {workspace.issued}, and completed in {workspace.practice}.")
        session.result({"dry_run": True, "issued": len(codes), "folder": str(workspace.issued), "returns": []})
        return
    session.say("1  Issuing a prefilled workbook to every system")
    issued = list(write_issues(workspace, national, codes, jobs=jobs))
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
