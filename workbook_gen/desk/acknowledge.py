"""The receipt for a file: what came when, what was found, and what to do next; as text and as JSON."""

from collections.abc import Iterator
from typing import Any

from workbook_gen.definition.model import Collection
from workbook_gen.desk.case_list import query_as_json
from workbook_gen.desk.receipt import SAYS, findings_as_json, findings_as_text, headlines_as_json, tally
from workbook_gen.desk.register.cases import ITS_TURN, QueryState
from workbook_gen.desk.register.records import Entry, Submitted
from workbook_gen.findings import Outcome, State, listed

UNKNOWN = "unknown"
"""What stands for the organisation in a receipt's name where nobody can say whose the file is."""

NEXT = {
    State.REFUSED: "This file does not count as a return. Mend it as said above, and return it again.",
    State.FIX: "Correct what is marked FIX and fill in what is TO DO, then return the workbook again.",
    State.LOOK: "For each LOOK change the plan, or explain it in the cell named; then return the workbook again.",
    State.EXPLAINED: "Nothing for now: the centre reads the explanations.",
    State.CLEAN: "Nothing: the return is complete.",
}


_WAITS = {
    QueryState.OPEN: "Queries for you to answer, in the boxes named above or in the workbook that the centre sends back",
    QueryState.PRESSED: "Queries that the centre asks again, because the answer does not suffice",
    QueryState.ANSWERED: "Queries answered, for the centre to read",
    QueryState.ACCEPTED: "Queries answered, and accepted by the centre",
}


def receipt_name(entry: Entry) -> str:
    """The name of a receipt's file, without its suffix: QYG_2_0f3a9b51, which ends in the beginning of the digest."""
    return f"{entry.organisation or UNKNOWN}_{entry.number}_{entry.sha256[:8]}"


def remark(entry: Entry) -> str:
    """What is odd about the figures, in words; empty where nothing is."""
    match entry.remark:
        case "identical":
            return f"An identical resubmission: the figures are those of submission {entry.same_as}."
        case "older":
            return (
                f"The figures are those of submission {entry.same_as}, which a later one had superseded. "
                "They count now: is this the file that was meant to be sent?"
            )
    return ""


def next_step(submitted: Submitted) -> str:
    """What the organisation is to do next: as the state says, and to answer what it is asked; nothing with an old file."""
    entry = submitted.entry
    if submitted.superseded_by is not None:
        return (
            f"Nothing: submission {submitted.superseded_by}, which came later, counts. "
            "Should this file count instead, save it once more in Excel and return it."
        )
    waits = [query for query in submitted.queries if query.state in ITS_TURN] if entry.counts_as_return else []
    if entry.state not in (State.EXPLAINED, State.CLEAN) or not waits:
        return NEXT[entry.state]
    return f"Answer the queries that are yours: {listed(str(query.number) for query in waits)}."


def casework(submitted: Submitted) -> Iterator[str]:
    """Where the organisation's queries stand, and which waivers lapsed with this submission."""
    entry = submitted.entry
    if entry.counts_as_return:
        for state in (QueryState.OPEN, QueryState.PRESSED, QueryState.ANSWERED, QueryState.ACCEPTED):
            numbers = [str(query.number) for query in submitted.queries if query.state is state]
            if numbers:
                yield f"{_WAITS[state]}: {listed(numbers)}."
        for waiver in submitted.lapsed:
            yield f"Waiver {waiver.number} of {waiver.about.code} has lapsed: the figures that it was given for have changed."


def as_text(submitted: Submitted, collection: Collection) -> Iterator[str]:
    """The receipt for people: whose file, when it came, its digest, what was found, what to do next."""
    entry = submitted.entry
    given = submitted.given or entry.file
    name = f" as {entry.file}" if given != entry.file else ""
    before = f"received before{name}: " if submitted.again else ""
    whose = entry.organisation or "no known organisation"
    version = f", version {entry.version}" if entry.version else ""
    yield f"{given}: {before}submission {entry.number} of {whose}{version}: {entry.state.name.lower()}"
    yield f"  received {entry.moment:%d %B %Y, %H:%M} UTC by {entry.received_by}; {entry.size:,} bytes; SHA-256 {entry.sha256}"
    yield f"  register: event {entry.event}, {entry.event_hash}"
    if entry.account:
        yield from tally(entry.counts, entry.account)
        says = {one.label: SAYS[entry.headlines.get(one.key, Outcome.NOT_TESTED)] for one in collection.headlines}
        yield "  " + "; ".join(f"{label}: {said}" for label, said in says.items())
    yield from findings_as_text(submitted.findings)
    yield from (f"  {line}" for line in (remark(entry), *casework(submitted)) if line)
    yield f"  Next: {next_step(submitted)}"


def as_json(submitted: Submitted, collection: Collection) -> dict[str, Any]:
    """The receipt for programs."""
    entry = submitted.entry
    return {
        "file": entry.file,
        "sha256": entry.sha256,
        "size": entry.size,
        "organisation": entry.organisation or None,
        "number": entry.number,
        "collection": collection.key,
        "version": entry.version or None,
        "received_at": entry.received_at,
        "received_by": entry.received_by,
        "again": submitted.again,
        "given": submitted.given or entry.file,
        "state": entry.state.name.lower(),
        "remark": entry.remark,
        "same_as": entry.same_as,
        "superseded_by": submitted.superseded_by,
        "counts": entry.counts,
        "account": entry.account,
        "headlines": headlines_as_json(entry.headlines, collection),
        "event": {"sequence": entry.event, "hash": entry.event_hash},
        "queries": [query_as_json(query) for query in submitted.cases.queries],
        "waivers_lapsed": [{"number": one.number, "rule": one.about.code} for one in submitted.lapsed],
        **findings_as_json(submitted.findings),
        "said": remark(entry),
        "next": next_step(submitted),
    }
