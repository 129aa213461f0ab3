"""The Queries sheet of a returned workbook: the replies by the number of their query, and what else stands on it."""

from dataclasses import dataclass, field, replace
from functools import partial

from workbook_gen.catalogue import structural
from workbook_gen.definition.layout import address
from workbook_gen.definition.values import CellError
from workbook_gen.excel.align import AlignedSheet
from workbook_gen.excel.answers import Answer, read_answer
from workbook_gen.excel.compare import CONTENT_CODE, QUERIED, REPLIED, UNEXPECTED, Change, Comparison, as_it_stands, holds
from workbook_gen.excel.query_codes import QueryCodes, is_queries
from workbook_gen.excel.query_sheet import (
    QUERY,
    QUERY_HEADINGS,
    READING,
    READING_HEADINGS,
    REPLY,
    Heading,
    QueryRow,
    QuerySheet,
    ReadRow,
    place_in,
    query_code,
    reply_cell,
    written_cells,
)
from workbook_gen.excel.scan import Scan
from workbook_gen.findings import Finding


@dataclass(frozen=True, slots=True)
class Reply:
    """What stands in the yellow cell beside a query: the text, empty where it is blank or cannot be read, and where.

    The address is empty where the column of replies is gone.
    """

    text: str
    sheet: str
    cell: str


@dataclass(frozen=True)
class ReadQueries:
    """What a file's Queries sheet holds; `sheet` is None where the file has none.

    `rest` is the file without it, so that no text on it is taken for a code of the return. `replies` are of every query that
    was found. `comparison` accounts for its cells, and holds what stands where nothing of ours was written.
    """

    rest: Scan
    sheet: QuerySheet | None = None
    replies: dict[int, Reply] = field(default_factory=dict)
    aligned: tuple[AlignedSheet, ...] = ()
    findings: tuple[Finding, ...] = ()
    comparison: Comparison = field(default_factory=Comparison)


def read_queries(scan: Scan) -> ReadQueries:
    """Take the Queries sheet out of a file and read it. Where two sheets hold its codes, neither is read."""
    found = [QueryCodes(sheet) for sheet in scan.sheets if is_queries(sheet)]
    if not found:
        return ReadQueries(scan)
    codes, *others = found
    rest = replace(scan, sheets=tuple(sheet for sheet in scan.sheets if sheet is not codes.sheet))
    aligned = codes.aligned()
    comparison = _account(codes, aligned)
    if others:
        return ReadQueries(rest, QuerySheet(), {}, (aligned,), (codes.copied(others[0]),), comparison)
    replies, findings = {}, [*codes.findings()]
    for number, row in codes.queries.items():
        replies[number], told = _reply(codes, row, number)
        findings += told
    queries = tuple(_query(codes, row, number, replies[number].text) for number, row in codes.queries.items())
    sheet = QuerySheet(queries, tuple(_reading(codes, row) for row in codes.rows[READING]))
    return ReadQueries(rest, sheet, replies, (aligned,), tuple(findings), comparison)


def _reply(codes: QueryCodes, row: int, number: int) -> tuple[Reply, tuple[Finding, ...]]:
    """The reply as an input of words is read: a number as its text; an Excel error is told and is no reply."""
    place = codes.place(row, REPLY)
    if place is None:
        return Reply("", codes.sheet.name, ""), ()
    cell = address(place[0] - 1, place[1] - 1)
    say = partial(structural, sheet=codes.sheet.name, cell=cell, label=f"{query_code(number)}, {REPLY.label}")
    cells = codes.sheet.cells
    answer: Answer = read_answer(reply_cell(number), cells.held.get(place), (), say, cells.formulas.get(place))
    text = "" if answer.value is None or isinstance(answer.value, CellError) else str(answer.value)
    return Reply(text, codes.sheet.name, cell), answer.findings


def _query(codes: QueryCodes, row: int, number: int, reply: str) -> QueryRow:
    texts = {name: _text(codes, row, heading) for name, heading in QUERY_HEADINGS.items() if heading is not REPLY}
    return QueryRow(number, place=place_in(texts.pop("place")), reply=reply, **texts)


def _reading(codes: QueryCodes, row: int) -> ReadRow:
    texts = {name: _text(codes, row, heading) for name, heading in READING_HEADINGS.items()}
    return ReadRow(*(place_in(texts.pop("place")) or ("", "")), **texts)


def _text(codes: QueryCodes, row: int, heading: Heading) -> str:
    """The text in a column; empty where it is blank or the column is gone."""
    place = codes.place(row, heading)
    value = codes.sheet.cells.held.get(place) if place else None
    return f"{value:.15g}" if isinstance(value, float | int) else str(value or "")


def _account(codes: QueryCodes, aligned: AlignedSheet) -> Comparison:
    """What each cell of the sheet is: part of a query, a reply, or something where nothing of ours was written."""
    comparison = Comparison()
    written = written_cells(*(len(codes.rows[code]) for code in (QUERY, READING)))
    replies = {codes.place(row, REPLY) for row in codes.rows[QUERY]}
    for place, cell in sorted(codes.sheet.cells.items()):
        if not holds(cell):
            continue
        issued = aligned.place(*place)
        if place in replies:
            comparison.account[REPLIED] += 1
        elif issued is not None and (issued[0] - 1, issued[1] - 1) in written:
            comparison.account[QUERIED] += 1
        else:
            comparison.account[UNEXPECTED] += 1
            change = Change(address(place[0] - 1, place[1] - 1), as_it_stands(cell), "")
            comparison.changes.setdefault((codes.sheet.name, CONTENT_CODE), []).append(change)
    return comparison
