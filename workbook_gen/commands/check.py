"""check: what an ICB runs before it returns the file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workbook_gen.session import Hands, Session, command, fail, with_hands

if TYPE_CHECKING:
    from workbook_gen.definition.compiled import Compiled
    from workbook_gen.desk.check import CheckedReturn


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--fail-on", type=click.Choice(["fix", "look", "never"]), default="fix", show_default=True, help="What ends with code 1."
)
@with_hands
@command
def check(session: Session, files: tuple[Path, ...], fail_on: str, hands: Hands) -> None:
    r"""Read returned workbooks, recompute their totals and run every rule. A folder stands for the files in it.

    \b
    Examples:
      workbook-gen check QYG_h2_2023_24_v1.0.xlsx
      workbook-gen check returns/ --json > returns.json

    Exit code: 0 nothing at or above --fail-on, 1 findings, 3 unreadable or unsafe, 4 not our file, wrong
    organisation or version, or seal broken; with several files the largest.
    """
    from workbook_gen.desk.receipt import as_json, as_text, exit_code

    loaded = session.compiled()
    said, worst = [], 0
    for one in check_all(session, loaded, files, hands):
        for line in as_text(one):
            session.show(line)
        if session.as_json:
            said.append(as_json(one, loaded.collection))
        worst = max(worst, exit_code(one, fail_on))
    session.result({"returns": said})
    sys.exit(worst)


def check_all(session: Session, loaded: Compiled, files: tuple[Path, ...], hands: Hands) -> Iterator[CheckedReturn]:
    """Check each file, in order; the files of a folder by name."""
    from workbook_gen.desk.received import read_file

    paths = [path for given in files for path in files_at(session, given)]
    with hands.checker(session.desk(loaded.collection, loaded), len(paths)) as checker:
        for _, checked in checker.check_each((None, read_file(path)) for path in paths):
            assert checked is not None
            yield checked


def files_at(session: Session, given: Path) -> list[Path]:
    """The file named, or those of the folder, without hidden ones; folders in it, and Excel's lock files, are told of."""
    from workbook_gen.definition.errors import nearest
    from workbook_gen.desk.received import is_lock_file

    if given.is_dir():
        inside = sorted(path for path in given.iterdir() if not path.name.startswith("."))
        found = []
        for path in inside:
            if not path.is_file():
                session.say(f"Left out: {path}, a folder.")
            elif is_lock_file(path.name):
                session.say(f"Left out: {path}, a mark that Excel leaves beside an open workbook.")
            else:
                found.append(path)
        return found or fail(session, "usage", f"The folder {given} holds no file to check.")
    if not given.exists():
        beside = [path.name for path in given.parent.glob("*.xlsx")]
        fail(session, "usage", f"There is no file {given}. {nearest(given.name, beside) if beside else ''}".rstrip())
    return [given]
