"""What the commands that keep the register have in common: which register, what time it is, and who is at the desk."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from workbook_gen.session import Session, fail

if TYPE_CHECKING:
    from workbook_gen.desk.docket import Docket
    from workbook_gen.desk.register.cases import C
    from workbook_gen.desk.register.records import Moment
    from workbook_gen.desk.register.store import Register
    from workbook_gen.desk.workspace import Workspace

with_register = click.option(
    "--register", "register_url", metavar="URL", help="The register; by default register.sqlite in the workspace."
)
is_dry_run = click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
by_name = click.option("--by", metavar="NAME", help="Who does it, for the register; by default whoever is logged in.")


def now() -> datetime:
    """The time of the machine: the one place where it is read."""
    return datetime.now(UTC)


def clock(session: Session, by: str | None) -> Callable[[], Moment]:
    """What gives the moment at hand, with the name of whoever is at the desk; without a name the command ends."""
    from workbook_gen.desk.register.records import Moment

    who = name_of(by)
    if not who:
        fail(session, "usage", "The register says who did what: give a name with --by.")
    return lambda: Moment(now(), who)


def name_of(by: str | None) -> str:
    """The name given, or else of whoever is logged in; empty where that is nobody, as in some containers."""
    try:
        return (by if by is not None else getpass.getuser()).strip()
    except (KeyError, OSError, ImportError):
        return ""


def open_register(session: Session, workspace: Workspace, url: str | None, *, make: bool = True) -> Register:
    """The register named, or that of the workspace; with `make` off a file that is not there is not made."""
    from workbook_gen.desk.register.store import Register

    if url is not None and not url.strip():
        fail(session, "usage", "--register is empty. Name a register, or leave the option out for that of the workspace.")
    return Register.at(url or workspace.register_path, workspace.collection.key, make=make)


def decide_each(
    register: Register,
    codes: Iterable[str],
    moment: Moment,
    decided: Callable[[Docket], Sequence[C]],
    *,
    dry_run: bool,
) -> tuple[list[C], list[str]]:
    """Decide on each organisation's file in a transaction of its own: what was entered, and why it was not for the others."""
    from workbook_gen.desk.docket import DecisionError
    from workbook_gen.desk.register.decisions import decide

    found: list[C] = []
    refused = []
    for code in dict.fromkeys(codes):
        try:
            found += decide(register, code, moment, decided, dry_run=dry_run)
        except DecisionError as why:
            refused.append(str(why))
            click.secho(str(why), err=True, fg="red")
    return found, refused


def say_dry(session: Session, dry_run: bool) -> None:
    """Say of a dry run that it was one."""
    if dry_run:
        session.say("A dry run: nothing was written.")
