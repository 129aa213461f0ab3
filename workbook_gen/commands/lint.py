"""lint: the definition, the national data and every issued workbook against the checklist of a good one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workbook_gen.commands.check import files_at
from workbook_gen.commands.systems import chosen
from workbook_gen.session import Session, command, fail, in_processes

if TYPE_CHECKING:
    from workbook_gen.definition.model import Collection
    from workbook_gen.desk.check import CheckedReturn
    from workbook_gen.lint.exhibit import Recalculated
    from workbook_gen.lint.exhibits import Listed
    from workbook_gen.lint.verdict import Verdict
    from workbook_gen.national.data import NationalData

SHOWN = 10
"""How many offences of a line are told; `--json` tells all."""
WORDS = {"pass": "Pass", "fail": "Fail", "not_tested": "Not tested"}
COLOURS = {"fail": "red", "not_tested": "yellow"}
OFFENCES = 1
"""The exit code where a line does not hold, or could not be tested."""


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--org", "codes", multiple=True, metavar="CODE", help="Only this system's workbook; may be given several times.")
@in_processes
@command
def lint(session: Session, files: tuple[Path, ...], codes: tuple[str, ...], jobs: int) -> None:
    r"""Hold the definition, the national data and every issued workbook, or those named, against the checklist.

    \b
    Examples:
      workbook-gen lint                        every workbook issued
      workbook-gen lint --org QYG              one of them
      workbook-gen lint QYG_h2_2023_24_v1.0.xlsx

    Exit code: 0 every line holds, 1 a line does not or could not be tested (without LibreOffice two cannot),
    2 usage, definition or national data.
    """
    from workbook_gen.lint.definition import definition_verdict, national_verdict
    from workbook_gen.lint.exhibits import Collector
    from workbook_gen.lint.run import inspections, verdicts

    collection = session.collection()
    national = session.national(collection)
    if files and codes:
        fail(session, "usage", "Name files or systems, not both.")
    listed = named(session, collection, national, files) if files else issued(session, collection, national, codes)
    recalculated = second_opinion(session, listed)
    collector = Collector(collection, national, session.workspace(collection).key())
    inspected = []
    for one in inspections(collector, listed, recalculated, jobs):
        session.say(one.file, dim=True)
        inspected.append(one)
    before = (definition_verdict(collection, session.collection_folder), national_verdict(national))
    found = (*before, *verdicts(inspected))
    tell(session, found, len(listed))
    sys.exit(0 if all(one.said.value == "pass" for one in found) else OFFENCES)


def issued(session: Session, collection: Collection, national: NationalData, codes: tuple[str, ...]) -> list[Listed]:
    """The workbooks of the manifest, all or those of the systems named."""
    from workbook_gen.lint.exhibits import Listed

    workspace = session.workspace(collection)
    manifest = workspace.manifest()
    if not manifest:
        fail(session, "workspace", f"Nothing has been issued in {workspace.issued}. Run: workbook-gen issue")
    wanted = chosen(session, national, codes) if codes else list(manifest)
    for code in wanted:
        if code not in manifest:
            fail(session, "workspace", f"{code} has not been issued. Run: workbook-gen issue --org {code}")
    rows = [manifest[code] for code in dict.fromkeys(wanted)]
    for row in rows:
        if not (workspace.issued / row.file).exists():
            words = f"{row.file} is in the manifest, but the file is gone. Run: workbook-gen issue --org {row.organisation}"
            fail(session, "workspace", words)
    return [Listed(workspace.issued / row.file, row.organisation, row.issue) for row in rows]


def named(session: Session, collection: Collection, national: NationalData, files: tuple[Path, ...]) -> list[Listed]:
    """The files named, or the workbooks of the folders named, each with the system whose it is."""
    from workbook_gen.desk.check import Desk
    from workbook_gen.desk.child import Checker

    desk = Desk(collection, national, session.workspace(collection).key())
    paths = [path for given in files for path in files_at(session, given) if path == given or path.suffix.lower() == ".xlsx"]
    if len({path.name for path in paths}) < len(paths):
        fail(session, "usage", "Two of the files have one name. Look at them one after the other.")
    with Checker(desk) as checker:
        found = [whose(session, path, checker.check(path), national) for path in paths]
    return found or fail(session, "usage", f"{files[0]} holds no workbook.")


def whose(session: Session, path: Path, checked: CheckedReturn, national: NationalData) -> Listed:
    """The workbook with the system whose it is; the command ends where it is filled in, or nobody's."""
    from workbook_gen.lint.exhibits import listed_by_its_seal

    if checked.inputs_filled:
        words = f"{path} is filled in, and lint looks at workbooks as issued. Run: workbook-gen check {path}"
        fail(session, "usage", words)
    listed = listed_by_its_seal(path, checked, national)
    if listed is None and checked.identity is None:
        fail(session, "usage", f"{path}: {checked.findings[0].message}")
    if listed is None:
        fail(session, "usage", f"Neither seal nor name says whose {path} is. Give it the name that it was issued under.")
    return listed


def second_opinion(session: Session, listed: list[Listed]) -> Mapping[str, Recalculated] | None:
    """What LibreOffice finds in every workbook; None, and a remark, where it is not here."""
    from workbook_gen.lint.engine import recalculate
    from workbook_gen.lint.verdict import NotTested

    session.say(f"Recalculating with LibreOffice: {len(listed)}", dim=True)
    try:
        return recalculate([one.path for one in listed])
    except NotTested as why:
        session.say(str(why), fg="yellow")
        return None


def tell(session: Session, found: Iterable[Verdict], workbooks: int) -> None:
    """One line a check, then its offences."""
    lines: list[dict[str, Any]] = []
    for one in found:
        number = one.number or ""
        session.show(f"{WORDS[one.said.value]:<12}{number:>2}  {one.title}", fg=COLOURS.get(one.said.value))
        for offence in one.offences[:SHOWN]:
            session.show(f"                {offence}")
        if len(one.offences) > SHOWN:
            session.show(f"                … and {len(one.offences) - SHOWN} more")
        lines.append({"number": one.number, "title": one.title, "result": one.said.value, "offences": list(one.offences)})
    holding = sum(line["result"] == "pass" for line in lines)
    session.show(f"\n{workbooks} workbook{'' if workbooks == 1 else 's'}: {holding} of {len(lines)} lines hold")
    session.result({"workbooks": workbooks, "lines": lines})
