"""Where every organisation stands: what has come from whom, what was found in it, and what to ask for."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from workbook_gen.definition.model import Collection, Organisation
from workbook_gen.desk.docket import Docket
from workbook_gen.desk.ledger import guarded
from workbook_gen.desk.receipt import SAYS, headlines_as_json
from workbook_gen.desk.register.cases import ITS_TURN, QueryState
from workbook_gen.desk.register.records import Entry
from workbook_gen.desk.sign_off import signed
from workbook_gen.findings import Outcome, State
from workbook_gen.national.data import NationalData

NOT_RECEIVED, SIGNED_OFF = "not received", "signed off"
_WIDTHS = {
    "Org": 4,
    "State": 12,
    "No": 3,
    "Ver": 4,
    "Received": 9,
    "Late": 4,
    "Days": 4,
    "Fix": 4,
    "Look": 4,
    "Open": 4,
    "Read": 4,
}
"""The columns of the table. Open are the queries that the organisation is to answer, Read the answers that the centre is to."""
_HEADLINE = 10
_WIDEST = 110
_RIGHT = ("No", "Days", "Fix", "Look", "Open", "Read")


@dataclass(frozen=True, slots=True)
class Standing:
    """One organisation: the submission that counts (the latest that could be read, or else the latest), and how late it is.

    It is late where nothing that could be read had come by the end of the deadline's day (UTC). `days` are those since its
    last file, None where none has come; `overdue` those since the deadline while nothing has come that could be read;
    `refused_since` counts the files after the one that counts. `entry` is as it is after waivers; `to_answer` and `to_decide`
    are the queries whose turn is the organisation's and the centre's.
    """

    organisation: Organisation
    entry: Entry | None
    submissions: int
    refused_since: int
    late: bool
    overdue: int
    days: int | None
    to_answer: tuple[int, ...] = ()
    to_decide: tuple[int, ...] = ()
    signed_by: str = ""

    @property
    def state(self) -> str:
        """The state of the submission that counts, in a word or two."""
        if self.signed_by:
            return SIGNED_OFF
        return self.entry.state.name.lower() if self.entry else NOT_RECEIVED

    @property
    def ask(self) -> str:
        """What to ask of the organisation; empty where nothing is asked, as of one that is signed off."""
        if self.signed_by:
            return ""
        overdue = f", {self.overdue} days late" if self.overdue else ""
        if self.entry is None:
            return f"{NOT_RECEIVED}{overdue}"
        if self.entry.state is State.REFUSED:
            return f"its file could not be read as its return{overdue}"
        counts = self.entry.counts
        words = {"fix": "to fix", "to_do": "to do", "not_tested": "not tested"}
        asked = [f"{counts[kind]} {said}" for kind, said in words.items() if counts[kind]]
        number = len(self.to_answer)
        queries = "1 query to answer" if number == 1 else f"{number} queries to answer"
        return ", ".join([*asked, queries] if number else asked)


def standings(
    national: NationalData,
    entries: Sequence[Entry],
    dockets: Mapping[str, Docket],
    collection: Collection,
    now: datetime,
) -> tuple[Standing, ...]:
    """Every organisation expected, by code; `dockets` are the files of those that have sent something."""
    found: dict[str, list[Entry]] = {system.code: [] for system in national.systems}
    for entry in entries:
        found.setdefault(entry.organisation, []).append(entry)
    systems = sorted(national.systems, key=lambda system: system.code)
    return tuple(_standing(one.icb, found[one.code], dockets.get(one.code), collection, now) for one in systems)


def _standing(
    organisation: Organisation, entries: Sequence[Entry], docket: Docket | None, collection: Collection, now: datetime
) -> Standing:
    valid = [entry for entry in entries if entry.counts_as_return]
    latest = next(reversed(valid or entries), None)
    sign_off = signed(docket) if docket else None
    came = valid[0].moment if valid else now
    late = came.astimezone(UTC).date() > collection.deadline
    return Standing(
        organisation=organisation,
        entry=docket.entry if docket and docket.entry else latest,
        submissions=len(entries),
        refused_since=len(entries) - 1 - entries.index(latest) if latest is not None else 0,
        late=late,
        overdue=(now.date() - collection.deadline).days if late and not valid else 0,
        days=(now.date() - entries[-1].moment.date()).days if entries else None,
        to_answer=tuple(query.number for query in docket.queries(*ITS_TURN)) if docket else (),
        to_decide=tuple(query.number for query in docket.queries(QueryState.ANSWERED)) if docket else (),
        signed_by=sign_off.signed_by if sign_off else "",
    )


def of_nobody(entries: Sequence[Entry], found: Sequence[Standing]) -> tuple[Entry, ...]:
    """The files of which nobody can say whose they are, or that are of an organisation from which none is expected."""
    expected = {one.organisation.code for one in found}
    return tuple(entry for entry in entries if entry.organisation not in expected)


def as_table(found: Sequence[Standing], collection: Collection) -> Iterator[tuple[str, str]]:
    """A line for each organisation under its headings, each with the state that it may be coloured by."""
    names = [textwrap.wrap(headline.label, _HEADLINE) for headline in collection.headlines]
    depth = max([1, *map(len, names)])
    for level in range(depth):
        heading = {name: name if level == depth - 1 else "" for name in _WIDTHS}
        yield _line(heading, [_from_below(words, depth, level) for words in names]), "heading"
    for one in found:
        yield _line(_cells(one), list(_headlines(one, collection))), one.state
    for one in found:
        if one.refused_since:
            yield f"* {one.organisation.code}: {one.refused_since} later refused, and not counted", "note"


def _from_below(words: Sequence[str], depth: int, level: int) -> str:
    """The part of a heading on a line, so that all headings end on the last one."""
    position = level - depth + len(words)
    return words[position] if position >= 0 else ""


def _cells(one: Standing) -> dict[str, str]:
    entry = one.entry
    cells = dict.fromkeys(_WIDTHS, "")
    cells |= {"Org": one.organisation.code, "State": one.state + "*" * (one.refused_since > 0), "Late": "late" * one.late}
    if entry:
        counts = {"Fix": str(entry.counts["fix"]), "Look": str(entry.counts["look"])} if entry.account else {}
        cells |= {"No": str(entry.number), "Ver": entry.version, "Received": f"{entry.moment:%d %b %y}", **counts}
        cells |= {"Open": str(len(one.to_answer) or ""), "Read": str(len(one.to_decide) or "")}
    return cells | ({} if one.days is None else {"Days": str(one.days)})


def _headlines(one: Standing, collection: Collection) -> Iterator[str]:
    for headline in collection.headlines:
        read = one.entry if one.entry and one.entry.account else None
        yield SAYS[read.headlines.get(headline.key, Outcome.NOT_TESTED)] if read else "-"


def _line(cells: Mapping[str, str], headlines: Sequence[str]) -> str:
    left = [f"{cells[name]:>{width}}" if name in _RIGHT else f"{cells[name]:<{width}}" for name, width in _WIDTHS.items()]
    return " ".join([*left, *(f" {words:<{_HEADLINE}}" for words in headlines)]).rstrip()


def chase(found: Sequence[Standing]) -> Iterator[str]:
    """Of whom something is to be asked, by region."""
    asked = sorted((one for one in found if one.ask), key=lambda one: (one.organisation.region_name, one.organisation.code))
    width = max((len(one.ask) for one in asked), default=0)
    for region, group in groupby(asked, lambda one: one.organisation.region_name):
        yield region
        for one in group:
            start = f"  {one.organisation.code}  {one.ask:<{width}}  "
            yield start + textwrap.shorten(one.organisation.name, _WIDEST - len(start), placeholder="…")


def as_rows(found: Sequence[Standing], collection: Collection) -> list[dict[str, Any]]:
    """Every organisation as a row of plain values, for JSON."""
    return [_row(one, collection) for one in found]


def _row(one: Standing, collection: Collection) -> dict[str, Any]:
    entry, organisation = one.entry, one.organisation
    return {
        "organisation": organisation.code,
        "name": organisation.name,
        "region_code": organisation.region_code,
        "region": organisation.region_name,
        "state": one.state.replace(" ", "_"),
        "submission": entry.number if entry else None,
        "version": (entry.version or None) if entry else None,
        "received_at": entry.received_at if entry else None,
        "late": one.late,
        "days": one.days,
        "submissions": one.submissions,
        "refused_since": one.refused_since,
        "queries_to_answer": list(one.to_answer),
        "queries_to_decide": list(one.to_decide),
        "signed_off_by": one.signed_by or None,
        "ask": one.ask,
        "counts": entry.counts if entry else {},
        "headlines": headlines_as_json(entry.headlines, collection) if entry else {},
    }


def as_csv_rows(rows: Sequence[Mapping[str, Any]], collection: Collection) -> Iterator[list[Any]]:
    """The same rows flat under a heading: counts and headlines in columns of their own."""
    counts = list(dict.fromkeys(name for row in rows for name in row["counts"]))
    plain = [name for name in (rows[0] if rows else {}) if name not in ("counts", "headlines")]
    headlines = [headline.key for headline in collection.headlines]
    yield [*plain, *counts, *headlines]
    for row in rows:
        figures = [row["counts"].get(name) for name in counts]
        yield [*(_field(row[name]) for name in plain), *figures, *(row["headlines"].get(name) for name in headlines)]


def _field(value: Any) -> Any:
    """A value in one field of a CSV: several with blanks between them, and no text that a spreadsheet takes for a formula."""
    if isinstance(value, list):
        return " ".join(map(str, value))
    return guarded(value) if isinstance(value, str) else value
