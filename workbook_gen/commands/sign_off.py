"""sign-off: the centre accepts an organisation's submission as it stands."""

from __future__ import annotations

import sys

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import by_name, is_dry_run, with_register
from workbook_gen.commands.systems import chosen
from workbook_gen.session import USAGE, Session, command


@click.command("sign-off")
@click.argument("codes", metavar="ORG...", nargs=-1, required=True)
@click.option("--remark", default="", metavar="TEXT", help="What is to be remembered with it.")
@click.option("--withdraw", is_flag=True, help="Take the sign-off back.")
@is_dry_run
@by_name
@with_register
@command
def sign_off(
    session: Session,
    codes: tuple[str, ...],
    remark: str,
    withdraw: bool,
    dry_run: bool,
    by: str | None,
    register_url: str | None,
) -> None:
    r"""Accept the submission that counts, once nothing is left to be fixed, answered or decided.

    \b
    Examples:
      workbook-gen sign-off QYG QSL --by "Kim Lee"
      workbook-gen sign-off QYG --withdraw --remark "Board has not met"

    It is for those bytes alone: another submission has to be signed off anew.

    Exit code: 0, or 2 where something is in the way of one; the others are signed off.
    """
    from workbook_gen.desk.docket import Docket
    from workbook_gen.desk.register.cases import SignOff
    from workbook_gen.desk.sign_off import accepted, withdrawn

    collection = session.collection()
    asked = chosen(session, session.national(collection), codes)
    register = at_desk.open_register(session, session.workspace(collection), register_url, make=False)
    moment = at_desk.clock(session, by)()

    def decided(docket: Docket) -> list[SignOff]:
        return withdrawn(docket, remark, moment.who) if withdraw else accepted(docket, remark, moment.who)

    found, refused = at_desk.decide_each(register, asked, moment, decided, dry_run=dry_run)
    for one in found:
        session.show(f"{one.organisation}: {one.state.value}, SHA-256 {one.sha256}", fg="green")
    said = [{"organisation": one.organisation, "state": one.state.value, "sha256": one.sha256} for one in found]
    session.result({"dry_run": dry_run, "sign_offs": said, "refused": refused})
    at_desk.say_dry(session, dry_run)
    sys.exit(USAGE if refused else 0)
