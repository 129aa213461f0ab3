"""brief: two pages for the session with each system, and the timetable of the sessions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import is_dry_run, with_register
from workbook_gen.commands.systems import chosen
from workbook_gen.session import Session, command, fail

if TYPE_CHECKING:
    from workbook_gen.definition.brief import Timetable
    from workbook_gen.definition.model import Collection
    from workbook_gen.definition.picture import Picture
    from workbook_gen.national.data import NationalData
    from workbook_gen.report.brief.facts import BriefFacts
    from workbook_gen.report.brief.timetable import Session as Meeting

FOLDER = "briefs"


@click.command()
@click.option("--org", "codes", multiple=True, metavar="CODE", help="Only this system; may be given several times.")
@click.option("--schedule", is_flag=True, help="The timetable of the sessions in place of the briefs.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The first day.")
@click.option("--time", "times", multiple=True, type=click.DateTime(["%H:%M"]), help="When a session begins; several a day.")
@click.option("--minutes", type=click.IntRange(5, 600), help="How long a session is.")
@is_dry_run
@with_register
@command
def brief(
    session: Session,
    codes: tuple[str, ...],
    schedule: bool,
    first: datetime | None,
    times: tuple[datetime, ...],
    minutes: int | None,
    dry_run: bool,
    register_url: str | None,
) -> None:
    r"""Two pages for the session with each system: where it stands, what moved it, what is asked, and what would pass.

    \b
    Examples:
      workbook-gen brief --org QYG             one system, as HTML to print and as PowerPoint
      workbook-gen brief                       every system whose return counts
      workbook-gen brief --schedule            the timetable of the sessions, as CSV and iCalendar
      workbook-gen brief --schedule --from 2023-11-29 --time 10:00 --time 14:00 --minutes 90

    Everything is written to briefs in the workspace's report folder. What is shown is [brief] in picture.toml.
    Exit code: 0, or 2 where the register cannot be read or a file cannot be written.
    """
    from workbook_gen.definition.load_picture import load_picture
    from workbook_gen.report.brief.facts import headlines_as_json

    collection = session.collection()
    national = session.national(collection)
    picture = load_picture(session.collection_folder, collection)
    asked = chosen(session, national, codes)
    if (first or times or minutes) and not schedule:
        fail(session, "usage", "--from, --time and --minutes belong to the timetable: add --schedule.")
    facts, without = ([], []) if schedule else _briefs(session, collection, national, picture, asked, register_url)
    timetable = _timetable(session, picture, first, times, minutes) if schedule else None
    found = _schedule(collection, national, asked, timetable) if timetable else _files(session, facts)
    written = _written(session, collection, found, dry_run=dry_run)
    folder = session.workspace(collection).report / FOLDER
    session.show(f"{len(written)} files {'would be written' if dry_run else 'written'} in {folder}")
    if without:
        session.show(f"No return counts, so there is no brief: {', '.join(without)}.")
    session.result(
        {
            "dry_run": dry_run,
            "folder": str(folder),
            "files": written,
            "without_return": without,
            "briefs": [{"organisation": one.code, "headlines": headlines_as_json(one)} for one in facts],
        }
    )


def _written(session: Session, collection: Collection, found: Iterator[tuple[str, bytes]], *, dry_run: bool) -> list[str]:
    """Every file written, by its name in the folder."""
    from workbook_gen.files import write_atomically

    written = []
    for name, data in found:
        if not dry_run:
            write_atomically(session.workspace(collection).report / FOLDER / name, data)
        written.append(name)
    return written


def _timetable(
    session: Session, picture: Picture, first: datetime | None, times: tuple[datetime, ...], minutes: int | None
) -> Timetable:
    """The timetable of picture.toml with what is asked otherwise; without one, or with times that overlap, the command ends."""
    from workbook_gen.definition.load_brief import overlap
    from workbook_gen.report.brief.timetable import with_options

    if picture.brief.timetable is None:
        fail(session, "definition", "picture.toml has no [brief.timetable]: give it first, times and minutes.")
    timetable = with_options(picture.brief.timetable, first.date() if first else None, [one.time() for one in times], minutes)
    fault = overlap(timetable)
    if fault:
        fail(session, "usage", f"The sessions of a day overlap: {fault}")
    return timetable


def _schedule(
    collection: Collection, national: NationalData, codes: list[str], timetable: Timetable
) -> Iterator[tuple[str, bytes]]:
    """The timetable's files."""
    from workbook_gen.report.brief.timetable import as_calendar, as_csv, sessions

    found: tuple[Meeting, ...] = sessions([one.icb for one in national.systems if one.code in codes], timetable)
    yield "timetable.csv", as_csv(found, timetable)
    yield "timetable.ics", as_calendar(found, timetable, collection)


def _briefs(
    session: Session, collection: Collection, national: NationalData, picture: Picture, codes: list[str], url: str | None
) -> tuple[list[BriefFacts], list[str]]:
    """The briefs, and the systems of which no return counts."""
    from workbook_gen.definition.compiled import Compiled
    from workbook_gen.desk.assemble import Issuable
    from workbook_gen.desk.register.decisions import dockets
    from workbook_gen.desk.status import standings
    from workbook_gen.report.brief.content import brief_of
    from workbook_gen.report.brief.facts import BriefFacts
    from workbook_gen.report.consolidate import counting
    from workbook_gen.report.returned import figures_of

    register = at_desk.open_register(session, session.workspace(collection), url, make=False)
    now = at_desk.now()
    known = dockets(register, now.date())
    standing = [
        one for one in standings(national, register.entries(), known, collection, now) if one.organisation.code in codes
    ]
    answers = register.answers(counting(standing))

    found, without, compiled = list[BriefFacts](), list[str](), Compiled(collection)
    for one in standing:
        code, entry = one.organisation.code, one.entry
        if entry and entry.counts_as_return:
            issuable = Issuable(collection, national, national.system(code), compiled)
            found.append(brief_of(figures_of(issuable, one, answers[entry.id]), known.get(code), picture))
            session.say(f"{code}  {one.state}", dim=True)
        else:
            without.append(code)
    return found, without


def _files(session: Session, briefs: Sequence[BriefFacts]) -> Iterator[tuple[str, bytes]]:
    """Each brief as HTML and, where it can be written, as PowerPoint."""
    from workbook_gen.report.brief.pages import as_html
    from workbook_gen.report.brief.place import placed
    from workbook_gen.report.brief.slides import as_slides, has_slides

    slides = has_slides()
    for one in briefs:
        found = placed(one)
        yield f"{one.code}.html", as_html(found)
        if slides:
            yield f"{one.code}.pptx", as_slides(found)
    if not slides:
        session.say("PowerPoint is left out, because python-pptx is not here: pip install 'workbook-gen[report]'.")
