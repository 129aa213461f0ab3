"""fill: figures by code into a fresh workbook, and the CSV to write them in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from workbook_gen.session import Session, command, fail

if TYPE_CHECKING:
    from workbook_gen.definition.nodes import Key
    from workbook_gen.definition.values import Value
    from workbook_gen.desk.fill import FileRefused, Fillable

STREAM = Path("-")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="CSV",
    help="Put the values of this CSV in; - reads standard input.",
)
@click.option(
    "--template",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    metavar="CSV",
    help="Write a CSV with a row for every input, to fill in; - writes to standard output.",
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="PATH",
    help="The fresh workbook; by default in the workspace, in the folder filled.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@command
def fill(
    session: Session, file: Path, source: Path | None, template: Path | None, to: Path | None, force: bool, dry_run: bool
) -> None:
    r"""Put figures into the inputs of an issued or half-filled workbook, by code. FILE stays as it is; a fresh one is written.

    \b
    Examples:
      workbook-gen fill QYG_h2_2023_24_v1.0.xlsx --template ledger.csv    the CSV to fill in
      workbook-gen fill QYG_h2_2023_24_v1.0.xlsx --from ledger.csv        its values into a fresh workbook

    The CSV's header is table,line,column,value or main_code,sub_code,value. A row without a value is left out, and its cell
    keeps what it holds. If anything in it is not right, every such row is named and nothing is written.

    Exit code: 0 done, 2 usage or a CSV to mend, 3 unreadable or unsafe file, 4 not our file, or seal broken.
    """
    if (source is None) == (template is None):
        fail(session, "usage", "Give either --template CSV, for a CSV to fill in, or --from CSV, to put its values in.")
    if template is not None and to is not None:
        fail(session, "usage", "--to names a workbook; with --template none is written. Leave --to out.")
    if to is not None and to.suffix.lower() != ".xlsx":
        fail(session, "usage", f"{to} is to be a workbook: end its name with .xlsx.")
    if template == STREAM and session.as_json:
        fail(session, "usage", "With --json, standard output holds the JSON object. Give --template a file.")
    read = [file, *([source] if source not in (None, STREAM) else [])]
    for path in read:
        there(session, path)
    fillable = opened(session, file)
    if template is not None:
        write_template(session, file, fillable, template, force=force, dry_run=dry_run)
    elif source is not None:
        target = to or default_target(session, fillable)
        allow(session, target, "--to", read, force=force)
        write_filled(session, file, fillable, source, target, dry_run=dry_run)


def there(session: Session, path: Path) -> None:
    """End the command where there is no such file."""
    from workbook_gen.definition.errors import nearest

    if path.is_dir():
        fail(session, "usage", f"{path} is a folder. Name a file.")
    if not path.exists():
        beside = [one.name for one in path.parent.glob(f"*{path.suffix}")]
        fail(session, "usage", f"There is no file {path}. {nearest(path.name, beside) if beside else ''}".rstrip())


def opened(session: Session, file: Path) -> Fillable:
    """The workbook to fill in; a refused one ends the command as it ends `check`."""
    from workbook_gen.desk.fill import FileRefused, FormDiffers, open_fillable

    collection = session.collection()
    try:
        return open_fillable(file, session.desk(collection))
    except FileRefused as refused:
        turn_away(session, file, refused)
    except FormDiffers as differs:
        fail(session, "form", str(differs))


def turn_away(session: Session, file: Path, refused: FileRefused) -> NoReturn:
    """Say why `check` refuses the file, and end with its exit code: 3 or 4."""
    from workbook_gen.desk.receipt import exit_code

    message = f"Nothing was filled in, because {file} cannot be read as a workbook of ours:"
    faults = [f"{finding.message} {finding.fix}" for finding in refused.checked.findings]
    for line in (message, *(f"  {fault}" for fault in faults)):
        click.secho(line, err=True, fg="red")
    session.result({"error": {"kind": "refused", "message": message, "faults": faults}})
    sys.exit(exit_code(refused.checked, "never"))


def default_target(session: Session, fillable: Fillable) -> Path:
    """Where the fresh workbook goes when nobody says: the workspace's folder for filled ones, under its standard name."""
    workspace = session.workspace(fillable.issuable.collection)
    return workspace.filled / workspace.file_name(fillable.issuable.system.code)


def allow(session: Session, target: Path, option: str, kept: list[Path], *, force: bool) -> None:
    """End the command where the target is a file that is only read, or is there already and --force is not given."""
    for path in kept:
        if target.resolve() == path.resolve() or (target.exists() and target.samefile(path)):
            fail(session, "usage", f"{target} is a file to be read, and stays as it is. Name another with {option}.")
    if target.exists() and not force:
        fail(session, "usage", f"There is a file {target} already. Replace it with --force, or name another with {option}.")


def write_template(session: Session, file: Path, fillable: Fillable, target: Path, *, force: bool, dry_run: bool) -> None:
    """Write the CSV to fill in."""
    from workbook_gen.desk.fill import template_rows
    from workbook_gen.desk.ledger import write_ledger
    from workbook_gen.files import write_atomically

    rows = list(template_rows(fillable))
    data = write_ledger(rows)
    if target == STREAM:
        click.echo(data, nl=False)
        return
    allow(session, target, "--template", [file], force=force)
    if not dry_run:
        write_atomically(target, data)
    counts = {"organisation": fillable.issuable.system.code, "inputs": len(rows), "dry_run": dry_run}
    session.result({"file": str(file), "template": str(target), **counts})
    done = "would be written to" if dry_run else "written to"
    session.show(
        f"{len(rows)} inputs {done} {target}. Next: fill in its column value, then workbook-gen fill {file} --from {target}"
    )


def write_filled(session: Session, file: Path, fillable: Fillable, source: Path, target: Path, *, dry_run: bool) -> None:
    """Write the fresh workbook."""
    from workbook_gen.desk.figures import doubts
    from workbook_gen.desk.fill import fill as fill_in
    from workbook_gen.files import write_atomically

    given = read_values(session, fillable, source)
    filled = fill_in(fillable, given)
    tell(session, file, fillable, given)
    for doubt in doubts(given, fillable.issuable.layout):
        session.say(f"{doubt.message} {doubt.fix}", fg="yellow")
    if not dry_run:
        write_atomically(target, filled.data)
    counts = {"values": len(given), "blank": filled.blank, "dry_run": dry_run}
    session.result({"file": str(file), "to": str(target), "organisation": fillable.issuable.system.code, **counts})
    done = "would be put into" if dry_run else "put into"
    put = "1 value" if len(given) == 1 else f"{len(given)} values"
    left = "1 input" if filled.blank == 1 else f"{filled.blank} inputs"
    session.show(f"{put} {done} {target}; {left} still blank. Next: workbook-gen check {target}")


def read_values(session: Session, fillable: Fillable, source: Path) -> dict[Key, Value]:
    """The values of the CSV by cell; what is not right in it, all together, ends the command."""
    from workbook_gen.desk.figures import figures
    from workbook_gen.desk.ledger import LedgerRefused, read_ledger

    data = sys.stdin.buffer.read() if source == STREAM else source.read_bytes()
    name = "standard input" if source == STREAM else str(source)
    try:
        return figures(read_ledger(data), fillable.issuable.layout)
    except LedgerRefused as refused:
        fail(session, "figures", f"Nothing was filled in from {name}:", refused.faults)


def tell(session: Session, file: Path, fillable: Fillable, given: dict[Key, Value]) -> None:
    """What stands in FILE and is not carried, or is carried unread."""
    found = list(fillable.told(given))
    if found:
        session.say(f"Of {file.name}, the fresh workbook carries the inputs alone. We found in it:")
    for finding in found:
        session.say(f"  {finding.message} {finding.fix if finding.severity == 'fix' else ''}".rstrip())
