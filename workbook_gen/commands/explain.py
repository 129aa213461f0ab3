"""explain: the rule book, a page at a time."""

from __future__ import annotations

import textwrap
from functools import cache
from typing import TYPE_CHECKING

import click

from workbook_gen.session import FOLDER, Session, command, fail

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_gen.definition.cases import RuleCase
    from workbook_gen.definition.model import Collection
    from workbook_gen.report.rulebook import Examples

WIDTH = 118
_MARGIN = " " * 14


@click.command()
@click.argument("rule", required=False)
@click.option("--pages", "folder", type=FOLDER, help="Write the rule book and the guidance as Markdown into this folder.")
@command
def explain(session: Session, rule: str | None, folder: Path | None) -> None:
    r"""A rule, or a structural code: what is asked, why, and how it is mended. Without a name, the list of all.

    \b
    Examples:
      workbook-gen explain AGY-002
      workbook-gen explain STR-401
      workbook-gen explain --pages docs
    """
    from workbook_gen.definition.cases import CaseError
    from workbook_gen.report.rulebook import UnknownRule, contents, page

    collection = session.collection()
    if folder is not None:
        if rule is not None:
            fail(session, "usage", "Name a rule, or a folder for the pages of all.")
        write_pages(session, collection, folder)
        return
    if rule is None:
        rows = contents(collection)
        session.result({"rules": [{"code": code, "title": title} for code, title in rows]})
        session.show("\n".join(f"{code}  {title}" for code, title in rows))
        return
    try:
        found = page(collection, rule, examples(session, collection))
    except UnknownRule as error:
        fail(session, "usage", str(error))
    except CaseError as error:
        fail(session, "definition", f"The cases in {session.collection_folder} cannot be used. {error}")
    session.result({"code": found.code, "title": found.title, **{name.lower(): text for name, text in found.paragraphs}})
    session.show(f"{found.code}  {found.title}", bold=True)
    for name, text in found.paragraphs:
        session.show(textwrap.fill(f"{name + ':':<12}{text}", WIDTH, initial_indent="  ", subsequent_indent=_MARGIN))


def write_pages(session: Session, collection: Collection, folder: Path) -> None:
    """Write every page, each whole or not at all."""
    from workbook_gen.files import write_atomically
    from workbook_gen.report.pages import pages

    made = pages(collection, examples(session, collection))
    for name, text in made.items():
        write_atomically(folder / name, text.encode())
        session.show(str(folder / name))
    session.result({"pages": [str(folder / name) for name in made]})


def examples(session: Session, collection: Collection) -> Examples:
    """The examples of a rule, worked out on the national figures when they are asked for; none where there are no cases."""
    from workbook_gen.definition.cases import load_cases
    from workbook_gen.desk.check import Desk
    from workbook_gen.report.examples import examples_of

    @cache
    def cases() -> tuple[RuleCase, ...]:
        return load_cases(session.collection_folder) if (session.collection_folder / "cases").is_dir() else ()

    desk = cache(lambda: Desk(collection, session.national(collection), None))
    return lambda rule: examples_of(rule, cases(), desk().issuable)
