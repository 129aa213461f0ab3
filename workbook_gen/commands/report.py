"""report: the national picture of what has come back, as a page, a workbook and files for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import is_dry_run, with_register
from workbook_gen.session import Session, command

if TYPE_CHECKING:
    from workbook_gen.desk.hit_rates import HitRate
    from workbook_gen.desk.register.cases import Query
    from workbook_gen.desk.register.store import Register
    from workbook_gen.desk.workspace import Workspace
    from workbook_gen.report.consolidate import Consolidation


@click.command()
@is_dry_run
@with_register
@command
def report(session: Session, dry_run: bool, register_url: str | None) -> None:
    r"""The national picture of the returns that count: an HTML report, the national workbook, tables, PlanData files.

    \b
    Examples:
      workbook-gen report
      workbook-gen report --register postgresql://desk@server/h2_2023_24
      workbook-gen report --dry-run --json

    Everything is written to the workspace's report folder. What has not come back is missing, never zero.
    Exit code: 0, or 2 where the register cannot be read or a file cannot be written.
    """
    from workbook_gen.report.exports import PLAN_FILES
    from workbook_gen.report.flat import has_parquet

    workspace = session.workspace(session.collection())
    held = held_in(session, at_desk.open_register(session, workspace, register_url, make=False))
    found = held.found
    written, stale = write_report(workspace, held, dry_run=dry_run)
    for line in _lines(found, workspace.report, len(written), dry_run=dry_run):
        session.show(line)
    if stale:
        names = ", ".join(path.name for path in stale)
        session.say(f"{'Would be removed' if dry_run else 'Removed'}, because no return of theirs counts now: {names}.")
    if not has_parquet():
        session.say("Parquet is left out, because pyarrow is not here: pip install 'workbook-gen[report]'.")
    session.result(
        {
            "dry_run": dry_run,
            "folder": str(workspace.report),
            "expected": found.expected,
            "returned": found.returned,
            "missing": [one.system.code for one in found.missing],
            "slips": len(found.slips),
            "files": written,
            "removed": [f"{PLAN_FILES}/{path.name}" for path in stale],
        }
    )


@dataclass(frozen=True)
class Held:
    """What is reported: the consolidation, every organisation's queries by its code, and how often each rule spoke."""

    found: Consolidation
    queries: Mapping[str, Sequence[Query]]
    rates: Sequence[HitRate]


def held_in(session: Session, register: Register) -> Held:
    """What is in a register, consolidated."""
    from workbook_gen.definition.load_picture import load_picture
    from workbook_gen.desk.hit_rates import rates_as_received
    from workbook_gen.desk.register.decisions import dockets
    from workbook_gen.desk.replay import that_count
    from workbook_gen.desk.status import standings
    from workbook_gen.report.consolidate import consolidate, counting

    collection = session.collection()
    national = session.national(collection)
    picture = load_picture(session.collection_folder, collection)
    entries, now = register.entries(), at_desk.now()
    files = dockets(register, now.date())
    standing = standings(national, entries, files, collection, now)
    found = consolidate(collection, national, picture, standing, register.answers(counting(standing)))
    queries = {code: docket.cases.queries for code, docket in files.items()}
    return Held(found, queries, rates_as_received(collection, register, that_count(entries)))


def write_report(workspace: Workspace, held: Held, *, dry_run: bool = False) -> tuple[list[str], list[Path]]:
    """Write every file of the report; gives their names, and the files for analysts that were removed as out of date."""
    from workbook_gen.files import write_atomically
    from workbook_gen.report.exports import PLAN_FILES

    written = []
    for name, data in report_files(held):
        if not dry_run:
            write_atomically(workspace.report / name, data)
        written.append(name)
    folder = workspace.report / PLAN_FILES
    stale = sorted(path for path in folder.glob("*") if f"{PLAN_FILES}/{path.name}" not in written) if folder.exists() else []
    for path in stale if not dry_run else ():
        path.unlink()
    return written, stale


def page_name(found: Consolidation) -> str:
    """The name of the HTML report."""
    return f"{found.collection.key}_national.html"


def report_files(held: Held) -> Iterator[tuple[str, bytes]]:
    """Every file of the report by its path in the folder."""
    from workbook_gen.report.exports import exports
    from workbook_gen.report.national import national_tables
    from workbook_gen.report.pack.book import national_workbook
    from workbook_gen.report.page.render import national_page

    found = held.found
    tables = national_tables(found.picture.sheets, found.systems)
    yield page_name(found), national_page(found, tables, held.queries, held.rates)
    yield f"{found.collection.key}_national.xlsx", national_workbook(found, tables)
    yield from exports(found, tables)


def _lines(found: Consolidation, folder: Path, files: int, *, dry_run: bool) -> Iterator[str]:
    """What was counted, what is missing, what is to be asked about, and where everything lies."""
    yield f"{found.said} counted."
    if found.missing:
        yield f"Not counted: {', '.join(one.system.code for one in found.missing)}."
    left = [f"{one.system.code} {key}" for one in found.systems for key in one.unknown]
    if left:
        yield f"Answers that this version of the return has no cell for, left out: {', '.join(left)}."
    if found.slips:
        yield f"Figures that look like slips of the hand: {len(found.slips)}; the sheet To ask about lists them."
    yield f"To read:   {folder / page_name(found)}"
    yield f"{files} files {'would be written' if dry_run else 'written'} in {folder}"
