"""queries, accept and press: what organisations are asked, and what the centre makes of their answers."""

from __future__ import annotations

from collections import Counter

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import by_name, is_dry_run, with_register
from workbook_gen.commands.systems import chosen
from workbook_gen.session import Session, command, fail

STATES = ("open", "answered", "accepted", "pressed", "settled")
COLOURS = {"open": "red", "pressed": "red", "answered": "yellow", "accepted": "green", "settled": "green"}


@click.command()
@click.option("--org", "codes", multiple=True, metavar="CODE", help="Only this organisation; may be given several times.")
@click.option("--state", "states", multiple=True, type=click.Choice(STATES), help="Only queries in this state.")
@with_register
@command
def queries(session: Session, codes: tuple[str, ...], states: tuple[str, ...], register_url: str | None) -> None:
    r"""What organisations are asked about: looks that are not explained, explanations to read, and figures of ours changed.

    \b
    Examples:
      workbook-gen queries --state answered      what the centre has to read
      workbook-gen queries --org QYG --json

    Exit code: 0, or 2 where the register cannot be read.
    """
    from workbook_gen.desk.case_list import queries_as_text, query_as_json
    from workbook_gen.desk.register.cases import QueryState
    from workbook_gen.desk.register.decisions import dockets

    collection = session.collection()
    register = at_desk.open_register(session, session.workspace(collection), register_url, make=False)
    known = dockets(register, at_desk.now().date())
    codes = tuple(chosen(session, session.national(collection), codes))
    wanted = tuple(QueryState(state) for state in states or STATES)
    found = [query for code, one in sorted(known.items()) if code in codes for query in one.queries(*wanted)]
    for query in found:
        for at, line in enumerate(queries_as_text([query])):
            session.show(line, fg=None if at else COLOURS[query.state.value])
    counted = Counter(query.state.value for query in found)
    total = ", ".join(f"{counted[state]} {state}" for state in STATES if counted[state])
    session.show(f"{len(found)} queries{': ' if total else ''}{total}.")
    session.result({"queries": [query_as_json(query) for query in found]})


def _decided(
    session: Session, code: str, numbers: tuple[int, ...], state: str, remark: str, by: str | None, dry: bool, url: str | None
) -> None:
    from workbook_gen.desk.case_list import queries_as_text, query_as_json
    from workbook_gen.desk.queries import decided
    from workbook_gen.desk.register.cases import QueryState
    from workbook_gen.desk.register.decisions import decide

    if state == "pressed" and not remark.strip():
        fail(session, "usage", "Say with --remark what is missing: the organisation reads it.")
    collection = session.collection()
    (code,) = chosen(session, session.national(collection), (code,))
    register = at_desk.open_register(session, session.workspace(collection), url, make=False)
    moment = at_desk.clock(session, by)()
    found = decide(
        register,
        code,
        moment,
        lambda docket: decided(docket, numbers, QueryState(state), remark.strip(), moment.who),
        dry_run=dry,
    )
    for line in queries_as_text(found):
        session.show(line)
    session.result({"dry_run": dry, "queries": [query_as_json(query) for query in found]})
    at_desk.say_dry(session, dry)


@click.command()
@click.argument("code", metavar="ORG")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=int)
@click.option("--remark", default="", metavar="TEXT", help="What the centre says to it.")
@is_dry_run
@by_name
@with_register
@command
def accept(
    session: Session, code: str, numbers: tuple[int, ...], remark: str, dry_run: bool, by: str | None, register_url: str | None
) -> None:
    r"""Accept the answers to an organisation's queries. It holds while figures and answer stay as they are.

    \b
    Examples:
      workbook-gen accept QYG 3 4 7
      workbook-gen accept QYG 2 --remark "Agreed at the session of 28 November"

    Exit code: 0, or 2 where one of them cannot be accepted; then none is.
    """
    _decided(session, code, numbers, "accepted", remark, by, dry_run, register_url)


@click.command()
@click.argument("code", metavar="ORG")
@click.argument("numbers", metavar="NUMBER...", nargs=-1, required=True, type=int)
@click.option("--remark", required=True, metavar="TEXT", help="What is missing; the organisation reads it.")
@is_dry_run
@by_name
@with_register
@command
def press(
    session: Session, code: str, numbers: tuple[int, ...], remark: str, dry_run: bool, by: str | None, register_url: str | None
) -> None:
    r"""Ask again: the answers to an organisation's queries do not suffice. They are its turn until it says more.

    \b
    Examples:
      workbook-gen press QYG 3 --remark "Say which wards, and from when."

    Exit code: 0, or 2 where one of them cannot be pressed; then none is.
    """
    _decided(session, code, numbers, "pressed", remark, by, dry_run, register_url)
