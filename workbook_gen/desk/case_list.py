"""Queries and waivers as people and programs are told them."""

import textwrap
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from workbook_gen.desk.register.cases import Query, Waiver, WaiverState

_WIDTH = 110
_INDENT = " " * 6


def query_as_json(query: Query) -> dict[str, Any]:
    """A query for programs."""
    return {
        "organisation": query.organisation,
        "number": query.number,
        "state": query.state.value,
        **query.about._asdict(),
        **query.words._asdict(),
        "remedy": query.remedy,
        "sheet": query.sheet,
        "cell": query.cell,
        "label": query.label,
        "explanation": query.explanation,
        "reply": query.reply,
        "remark": query.remark,
        "decided_by": query.decided_by,
    }


def waiver_as_json(waiver: Waiver, day: date) -> dict[str, Any]:
    """A waiver for programs; `in_force` says whether it holds on that day."""
    return {
        "organisation": waiver.organisation,
        "number": waiver.number,
        "state": waiver.state.value,
        "in_force": waiver.is_in_force(day),
        **waiver.about._asdict(),
        **waiver.words._asdict(),
        "reason": waiver.reason,
        "until": waiver.until.isoformat(),
        "by": waiver.given_by,
    }


def queries_as_text(queries: Sequence[Query]) -> Iterator[str]:
    """Each query with what is asked, where, the answer, and what the centre said to it."""
    for query in queries:
        where = " ".join(part for part in (query.sheet, query.cell) if part)
        place = f"{where} ({query.label})" if query.label else where
        yield f"{query.organisation} query {query.number}: {query.state.value}, {query.about.code}, {place}".rstrip(", ")
        yield from _wrapped("", query.words.asks)
        yield from _wrapped("Explained: ", query.explanation)
        yield from _wrapped("Reply: ", query.reply)
        said = f"{query.state.value.capitalize()} by {query.decided_by}" if query.decided_by else "Remark"
        yield from _wrapped(f"{said}: ", query.remark)


def waivers_as_text(waivers: Sequence[Waiver], day: date) -> Iterator[str]:
    """Each waiver with its rule, why it was given and how long it holds."""
    for waiver in waivers:
        state = "expired" if waiver.state is WaiverState.GIVEN and not waiver.is_in_force(day) else waiver.state.value
        scope = " ".join(part for part in (waiver.about.table, waiver.about.line, waiver.about.column) if part)
        yield (
            f"{waiver.organisation} waiver {waiver.number}: {state}, {waiver.about.code} ({scope}), "
            f"until {waiver.until:%d %B %Y}, by {waiver.given_by}"
        )
        yield from _wrapped("", waiver.words.asks)
        yield from _wrapped("Reason: ", waiver.reason)


def _wrapped(name: str, text: str) -> Iterator[str]:
    """A text under its name, in lines that fit a terminal; nothing where there is none."""
    if text:
        yield from textwrap.wrap(f"{name}{text}", _WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
