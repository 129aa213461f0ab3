"""What `migrate` says of a file, for people and for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from itertools import groupby
from typing import Any

from workbook_gen.definition.layout import merged
from workbook_gen.desk.changes import as_fact, as_words
from workbook_gen.desk.migrate import Migration
from workbook_gen.findings import Severity

CARRIED, LEFT = 0, 1
"""Exit codes: everything carried; something is to be answered again."""


def exit_code(migration: Migration) -> int:
    """1 where an answer was not carried, or the file holds what is to be corrected."""
    return LEFT if migration.left or any(one.severity is Severity.FIX for one in migration.told) else CARRIED


def as_text(migration: Migration, file: str, said: set[str]) -> Iterator[str]:
    """A summary line, what was not carried, what is to be filled in, what has changed, and what else was found in the file.

    `said` are changes already told of another file: they are not told again.
    """
    one = migration
    yield (
        f"{file}: {one.organisation}, version {one.since} to {one.version}: {_count(len(one.carried), 'answer')} carried, "
        f"{len(one.left)} not; {_count(one.blank, 'input')} still blank"
    )
    for left in one.left:
        yield f"  NOT CARRIED  {left.sheet} {left.cell} ({left.label}): {left.value}: {left.why}."
    for sheet, places in groupby(one.asked, key=lambda place: place[0]):
        yield f"  TO FILL IN   {sheet} {merged(cell for _, cell in places)}: asked for the first time in version {one.version}."
    for words in map(as_words, one.changes):
        if words not in said:
            said.add(words)
            yield f"  CHANGED      {words}"
    if not one.figures:
        yield "  NOTE         The figures that the file was issued with are not at hand, and were not compared with today's."
    for finding in one.told:
        yield f"  FOUND        {finding.code}  {finding.message}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def as_json(migration: Migration, file: str, to: str) -> dict[str, Any]:
    """The same for programs, every answer with its key before and now."""
    one = migration
    return {
        "file": file,
        "to": to,
        "organisation": one.organisation,
        "from_version": one.since,
        "version": one.version,
        "carried": [
            {"before": str(each.before), "key": str(each.key), "sheet": each.sheet, "cell": each.cell} for each in one.carried
        ],
        "not_carried": [{**asdict(each), "key": str(each.key)} for each in one.left],
        "to_fill_in": [{"sheet": sheet, "cell": cell} for sheet, cell in one.asked],
        "blank": one.blank,
        "figures_compared": one.figures,
        "changes": [as_fact(change) for change in one.changes],
        "findings": [
            {
                "code": each.code,
                "severity": each.severity.value,
                "sheet": each.sheet,
                "cell": each.cell,
                "message": each.message,
            }
            for each in one.told
        ],
    }
