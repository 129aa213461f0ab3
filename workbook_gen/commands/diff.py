"""diff: what lies between two returns of one organisation."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook_gen.session import Session, command, fail

if TYPE_CHECKING:
    from workbook_gen.desk.check import CheckedReturn

RETURN = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command()
@click.argument("before", type=RETURN)
@click.argument("after", type=RETURN)
@command
def diff(session: Session, before: Path, after: Path) -> None:
    r"""Say which answers changed between two returns, and what that did to totals and rules.

    \b
    Examples:
      workbook-gen diff first/QYG.xlsx second/QYG.xlsx
      workbook-gen diff first/QYG.xlsx second/QYG.xlsx --json

    Exit code: 0 both were read, 2 usage, 3 or 4 where `check` would refuse one of them.
    """
    from workbook_gen.desk.child import Checker
    from workbook_gen.desk.compare import as_json, as_text, difference

    collection = session.collection()
    desk = session.desk(collection)
    with Checker(desk) as checker:
        one, other = (whose(session, path, checker.check(path)) for path in (before, after))
    codes = [checked.identity.organisation for checked in (one, other) if checked.identity]
    if codes[0] != codes[1]:
        fail(session, "usage", f"{before} is {codes[0]}'s return, {after} is {codes[1]}'s. Name two of one organisation.")
    found = difference(one, other, desk.issuable(str(codes[0])).layout)
    for line in as_text(found):
        session.show(line)
    session.result({"before": str(before), "after": str(after), **as_json(found)})


def whose(session: Session, path: Path, checked: CheckedReturn) -> CheckedReturn:
    """The return, where it could be read; else the command ends as `check` would."""
    from workbook_gen.desk.receipt import exit_code

    if checked.identity is not None and checked.identity.organisation is not None:
        return checked
    (first, *_) = checked.findings
    message = f"{path} cannot be compared. {first.message} {first.fix}"
    click.secho(message, err=True, fg="red")
    session.result({"error": {"kind": "refused", "message": message, "faults": []}})
    sys.exit(exit_code(checked, "never"))
