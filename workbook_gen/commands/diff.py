"""diff: what lies between two returns of one organisation, be they files or submissions in the register."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from workbook_gen.commands import at_desk
from workbook_gen.commands.at_desk import with_register
from workbook_gen.session import USAGE, Session, command, fail

if TYPE_CHECKING:
    from workbook_gen.desk.check import CheckedReturn, Desk
    from workbook_gen.desk.child import Checker
    from workbook_gen.desk.register.records import Entry
    from workbook_gen.desk.register.store import Register
    from workbook_gen.desk.workspace import Workspace


@dataclass(frozen=True)
class Compared:
    """One of the two returns: how it is named, what it is in JSON, and what was found; for a submission, what has turned since.

    `turned` counts the rule instances that say something else today than when it came.
    """

    name: str
    said: dict[str, Any] | str
    checked: CheckedReturn
    turned: int = 0


@click.command()
@click.argument("before")
@click.argument("after")
@click.option("--org", "code", metavar="CODE", help="Compare two submissions of this organisation, by their numbers.")
@with_register
@command
def diff(session: Session, before: str, after: str, code: str | None, register_url: str | None) -> None:
    r"""Say which answers changed between two returns, and what that did to totals and rules.

    \b
    Examples:
      workbook-gen diff first/QYG.xlsx second/QYG.xlsx
      workbook-gen diff 3 5 --org QYG          its third and fifth submission
      workbook-gen diff 3 5 --org QYG --json

    Submissions are read again as they came, and checked under the rules at hand. Where those say something else of one than
    they did when it came, that is said.

    Exit code: 0 both were read, 2 usage or an original that is not as it came, 3 or 4 where check would refuse one of them.
    """
    from workbook_gen.desk.child import Checker
    from workbook_gen.desk.compare import as_json, as_text, difference

    collection = session.collection()
    desk = session.desk(collection)
    with Checker(desk) as checker:
        if code is None:
            one, other = (of_file(session, Path(name), checker, register_url) for name in (before, after))
        else:
            workspace = session.workspace(collection)
            register = at_desk.open_register(session, workspace, register_url, make=False)
            entries = [entry for entry in register.entries() if entry.organisation == code.upper()]
            chosen = [numbered(session, number, code.upper(), entries) for number in (before, after)]
            one, other = (of_submission(session, entry, workspace, register, checker) for entry in chosen)
    found = difference(one.checked, other.checked, layout_of(session, one, other, desk))
    for compared in (one, other) if code else ():
        session.show(compared.name)
        if compared.turned:
            places = f"{compared.turned} place{'s' * (compared.turned > 1)}"
            session.show(f"  The rules at hand say something else of it in {places} than when it came.")
    for line in as_text(found):
        session.show(line)
    session.result({"before": one.said, "after": other.said, **as_json(found)})


def layout_of(session: Session, one: Compared, other: Compared, desk: Desk) -> Any:
    """The layout that both have; the command ends where they are of two organisations."""
    codes = [str(compared.checked.identity and compared.checked.identity.organisation) for compared in (one, other)]
    if codes[0] != codes[1]:
        message = f"{one.name} is {codes[0]}'s return, {other.name} is {codes[1]}'s. Name two of one organisation."
        fail(session, "usage", message)
    return desk.issuable(codes[0]).layout


def of_file(session: Session, path: Path, checker: Checker, register_url: str | None) -> Compared:
    """A return in a file."""
    if register_url is not None:
        fail(session, "usage", "The register holds submissions by number: name their organisation with --org.")
    if not path.is_file():
        number = " For two submissions by number, name their organisation with --org." if path.name.isdecimal() else ""
        fail(session, "usage", f"The file {path} does not exist.{number}")
    return Compared(str(path), str(path), readable(session, str(path), checker.check(path)))


def numbered(session: Session, number: str, code: str, entries: list[Entry]) -> Entry:
    """The submission of a number; the command ends where there is none."""
    if not entries:
        fail(session, "usage", f"The register holds no submission of {code}.")
    found = next((entry for entry in entries if str(entry.number) == number), None)
    return found or no_such(session, number, code, len(entries))


def no_such(session: Session, number: str, code: str, last: int) -> NoReturn:
    """Say that there is no submission of a number."""
    known = f"numbers 1 to {last}" if last > 1 else "number 1 alone"
    fail(session, "usage", f"{code} has no submission {number}; the register holds {known}.")


def of_submission(session: Session, entry: Entry, workspace: Workspace, register: Register, checker: Checker) -> Compared:
    """A submission, read again as it came."""
    from workbook_gen.desk.originals import read_original
    from workbook_gen.desk.replay import results_of, turns, verdicts, verdicts_stored

    file = read_original(workspace.received, entry.sha256, entry.file)
    name = f"{entry.organisation}, submission {entry.number}"
    checked = readable(session, name, checker.check_received(file))
    since = turns(verdicts_stored(register, [entry.id])[entry.id], verdicts(results_of(checked, checker.desk)))
    turned = sum(turn.now is not None and turn.was is not None for turn in since)
    came = f"{entry.file}, received {entry.moment:%d %B %Y, %H:%M} UTC, then {entry.state.name.lower()}"
    facts = {
        "organisation": entry.organisation,
        "number": entry.number,
        "file": entry.file,
        "sha256": entry.sha256,
        "received_at": entry.received_at,
        "state": entry.state.name.lower(),
        "turned_since": turned,
    }
    return Compared(f"{name}: {came}", facts, checked, turned)


def readable(session: Session, name: str, checked: CheckedReturn) -> CheckedReturn:
    """The return, where it could be read; else the command ends as `check` would."""
    from workbook_gen.desk.receipt import exit_code

    if checked.results:
        return checked
    (first, *_) = checked.findings
    message = f"{name} cannot be compared. {first.message} {first.fix}"
    click.secho(message, err=True, fg="red")
    session.result({"error": {"kind": "refused", "message": message, "faults": []}})
    sys.exit(exit_code(checked, "never") or USAGE)
