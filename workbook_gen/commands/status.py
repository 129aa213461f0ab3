"""status: where every organisation stands."""

from __future__ import annotations

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import with_register
from workbook_gen.session import Session, command

if TYPE_CHECKING:
    from workbook_gen.definition.model import Collection
    from workbook_gen.desk.status import Standing

COLOURS = {"signed off": "green", "clean": "green", "explained": "green", "look": "yellow", "fix": "red", "refused": "red"}


@click.command()
@click.option("--chase", is_flag=True, help="Of whom something is to be asked, by region, in place of the table.")
@click.option("--csv", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write the table to this file as well.")
@with_register
@command
def status(session: Session, chase: bool, path: Path | None, register_url: str | None) -> None:
    r"""Every organisation expected: what has come, when, in which state, what the headlines say, and what to ask for.

    \b
    Examples:
      workbook-gen status
      workbook-gen status --chase
      workbook-gen status --csv status.csv --json > status.json

    The latest file that could be read counts. Exit code: 0, or 2 where the register cannot be read.
    """
    from workbook_gen.desk.register.decisions import dockets
    from workbook_gen.desk.status import as_csv_rows, as_rows, as_table, of_nobody, standings
    from workbook_gen.desk.status import chase as chase_list
    from workbook_gen.files import write_atomically

    collection = session.collection()
    workspace = session.workspace(collection)
    register = at_desk.open_register(session, workspace, register_url, make=False)
    entries, now = register.entries(), at_desk.now()
    found = standings(session.national(collection), entries, dockets(register, now.date()), collection, now)
    rows = as_rows(found, collection)
    unknown = of_nobody(entries, found)
    if path is not None:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(as_csv_rows(rows, collection))
        write_atomically(path, stream.getvalue().encode())
    for line, state in ((line, "") for line in chase_list(found)) if chase else as_table(found, collection):
        session.show(line, fg=COLOURS.get(state))
    for line in closing_lines(found, len(unknown), collection):
        session.show(line)
    session.result(
        {
            "deadline": collection.deadline.isoformat(),
            "expected": len(found),
            "organisations": rows,
            "unknown": [{"file": one.file, "sha256": one.sha256, "received_at": one.received_at} for one in unknown],
        }
    )


def closing_lines(found: tuple[Standing, ...], unknown: int, collection: Collection) -> list[str]:
    """How many are in which state, how many are late, and how many files belong to nobody."""
    states = Counter(one.state for one in found)
    order = ("signed off", "clean", "explained", "look", "fix", "refused", "not received")
    counted = ", ".join(f"{states[state]} {state}" for state in order if states[state])
    late = sum(one.late for one in found)
    lines = ["", f"{len(found)} expected by {collection.deadline:%d %B %Y}: {counted}; {late} late."]
    return [*lines, f"Files of no organisation expected: {unknown}; --json lists them."] if unknown else lines
