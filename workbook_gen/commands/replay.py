"""replay: the returns in the register under the rules at hand."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import with_register
from workbook_gen.session import USAGE, Hands, Session, command, fail, with_hands


@click.command()
@click.option("--all", "every", is_flag=True, help="Every submission that was read, not only the latest of each organisation.")
@click.option("--csv", "path", type=click.Path(path_type=Path, dir_okay=False), help="Write a row for each rule to this file.")
@with_hands
@with_register
@command
def replay(session: Session, every: bool, path: Path | None, hands: Hands, register_url: str | None) -> None:
    r"""Say what the rules at hand make of the returns that came: whose outcome changes, how often each rule speaks.

    \b
    Examples:
      workbook-gen replay                       under the rules as they stand
      workbook-gen replay --collection copy     under those of a copy, before they are imposed
      workbook-gen replay --all --csv rules.csv

    Give a new rule trial = true: no workbook shows it, and it is counted here. The originals are read again, and nothing is
    written but the CSV. The hit rate is the share of the instances tested that fail, are explained or are waived.

    Exit code: 0, or 2 where the register cannot be read, or an original is not as it came.
    """
    from workbook_gen.desk.hit_rates import first_time, hit_rates
    from workbook_gen.desk.replay import Archive, that_count
    from workbook_gen.desk.replay import replay as play
    from workbook_gen.desk.replayed import Findings, as_csv_rows, as_json, as_text
    from workbook_gen.files import write_atomically

    collection = session.collection()
    workspace = session.workspace(collection)
    register = at_desk.open_register(session, workspace, register_url, make=False)
    entries = register.entries()
    chosen = tuple(entry for entry in entries if entry.counts_as_return) if every else that_count(entries)
    if not chosen:
        fail(session, "usage", "The register holds no return that was read. Receive some first: workbook-gen receive")
    archive, replayed = Archive.of(workspace, register, at_desk.now().date()), []
    with hands.checker(session.desk(collection), len(chosen)) as checker:
        for one in play(chosen, archive, checker):
            session.say(f"{one.entry.organisation}  submission {one.entry.number}", dim=True)
            replayed.append(one)
    rates, first = hit_rates(collection, replayed), first_time(entries, replayed)
    found = Findings(f"{collection.title}, version {collection.version}", every, replayed, rates, first)
    if path is not None:
        stream = io.StringIO()
        csv.writer(stream, lineterminator="\n").writerows(as_csv_rows(found))
        write_atomically(path, stream.getvalue().encode())
    for line in as_text(found):
        session.show(line)
    session.result(as_json(found))
    sys.exit(USAGE if any(one.original_lost for one in replayed) else 0)
