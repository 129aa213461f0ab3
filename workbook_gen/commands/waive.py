"""waive: rules that the centre lets be for an organisation, and the list of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import by_name, is_dry_run, with_register
from workbook_gen.commands.systems import chosen
from workbook_gen.session import USAGE, Session, command, fail

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date, datetime

    from workbook_gen.definition.model import Collection
    from workbook_gen.desk.docket import Docket
    from workbook_gen.desk.register.cases import Waiver
    from workbook_gen.desk.register.records import Moment
    from workbook_gen.desk.register.store import Register


@click.command()
@click.argument("rule", required=False)
@click.option("--org", "codes", multiple=True, metavar="CODE", help="The organisation; may be given several times.")
@click.option("--line", metavar="KEY", help="Only where the rule fails for this line.")
@click.option("--column", metavar="KEY", help="Only where the rule fails in this column, such as a month.")
@click.option("--reason", default="", metavar="TEXT", help="Why; it is shown wherever the rule is.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last day on which it holds.")
@click.option("--lift", "number", type=int, metavar="NUMBER", help="Take back this waiver of the organisation.")
@is_dry_run
@by_name
@with_register
@command
def waive(
    session: Session,
    rule: str | None,
    codes: tuple[str, ...],
    line: str | None,
    column: str | None,
    reason: str,
    until: datetime | None,
    number: int | None,
    dry_run: bool,
    by: str | None,
    register_url: str | None,
) -> None:
    r"""Let a rule be for an organisation, while its figures stay as they are. Without a rule: the list of all waivers.

    \b
    Examples:
      workbook-gen waive                          all waivers, and which still hold
      workbook-gen waive AGY-002 --org QYG --reason "Winter surge agreed" --by "Kim Lee" --until 2023-12-15
      workbook-gen waive BAL-003 --org QYG --line rdh --reason "Figure under dispute" --until 2023-12-01
      workbook-gen waive --org QYG --lift 2 --reason "No longer agreed"

    The rule is still run and still shown, marked as waived. A waiver lapses when the figures change.

    Exit code: 0, or 2 where it cannot be given to one organisation; the others have it.
    """
    collection = session.collection()
    systems = chosen(session, session.national(collection), codes)
    is_list = rule is None and number is None
    if is_list and (reason or until or line or column):
        fail(session, "usage", "Name the rule to waive, or --lift NUMBER to take a waiver back.")
    register = at_desk.open_register(session, session.workspace(collection), register_url, make=False)
    if is_list:
        _list(session, register, systems)
        return
    if not codes:
        fail(session, "usage", "Say whose it is: --org CODE.")
    if not reason.strip():
        fail(session, "usage", "A waiver has a reason: give --reason.")
    moment = at_desk.clock(session, by)()
    if number is None:
        last = _last_day(session, until, moment.at.date())
        decided = _given(_known(session, collection, rule), line, column, reason, last, moment.who)
    elif rule is None:
        decided = _lifted(number, reason, moment.who)
    else:
        fail(session, "usage", "Give a rule to waive, or --lift NUMBER to take a waiver back, not both.")
    _decide(session, register, systems, moment, decided, dry_run)


def _list(session: Session, register: Register, systems: list[str]) -> None:
    """Every waiver, and whether it holds today."""
    from workbook_gen.desk.case_list import waiver_as_json, waivers_as_text
    from workbook_gen.desk.register.decisions import dockets

    day = at_desk.now().date()
    known = sorted(dockets(register, day).items())
    found = [waiver for code, one in known if code in systems for waiver in one.cases.waivers]
    for line in waivers_as_text(found, day):
        session.show(line)
    session.show(f"{len(found)} waivers, {sum(waiver.is_in_force(day) for waiver in found)} in force.")
    session.result({"waivers": [waiver_as_json(waiver, day) for waiver in found]})


def _last_day(session: Session, until: datetime | None, today: date) -> date:
    if until is None:
        fail(session, "usage", "A waiver ends: give its last day, such as --until 2023-12-15.")
    if until.date() < today:
        fail(session, "usage", f"--until {until:%Y-%m-%d} is past: a waiver holds from now on.")
    return until.date()


def _known(session: Session, collection: Collection, rule: str | None) -> str:
    """The rule as it is written in the definition."""
    from workbook_gen.definition.errors import nearest
    from workbook_gen.report.rulebook import all_rules

    known = list(all_rules(collection))
    asked = (rule or "").upper()
    if asked not in known:
        fail(session, "usage", f"There is no rule {rule}. {nearest(asked, known)}")
    return asked


def _given(
    rule: str, line: str | None, column: str | None, reason: str, until: date, by: str
) -> Callable[[Docket], list[Waiver]]:
    """What gives the waivers of a rule in an organisation's file."""
    from workbook_gen.desk.waivers import given

    return lambda docket: given(
        docket,
        rule,
        lambda finding: line in (None, finding.line) and column in (None, finding.column),
        reason.strip(),
        until,
        by,
    )


def _lifted(number: int, reason: str, by: str) -> Callable[[Docket], list[Waiver]]:
    """What takes a waiver back."""
    from workbook_gen.desk.waivers import lifted

    return lambda docket: lifted(docket, number, reason.strip(), by)


def _decide(
    session: Session,
    register: Register,
    systems: list[str],
    moment: Moment,
    decided: Callable[[Docket], list[Waiver]],
    dry_run: bool,
) -> None:
    """Enter what is decided, and say it."""
    from workbook_gen.desk.case_list import waiver_as_json, waivers_as_text

    found, refused = at_desk.decide_each(register, systems, moment, decided, dry_run=dry_run)
    for line in waivers_as_text(found, moment.at.date()):
        session.show(line)
    said = [waiver_as_json(waiver, moment.at.date()) for waiver in found]
    session.result({"dry_run": dry_run, "waivers": said, "refused": refused})
    at_desk.say_dry(session, dry_run)
    sys.exit(USAGE if refused else 0)
