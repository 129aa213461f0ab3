"""The Queries sheet of a workbook that goes back to an ICB: its facts, the codes that stand on it, and where its rows stand."""

import re
from dataclasses import dataclass

from workbook_gen.definition.form import FormCell
from workbook_gen.definition.layout import TOP_ROWS
from workbook_gen.definition.model import Column, Line
from workbook_gen.definition.nodes import Key

QUERY, READING = "QRY", "QRM"
"""The codes of its two tables; main codes and sub codes are made as on the other sheets."""


def query_code(number: int) -> str:
    """The sub code of a query: Q001."""
    return f"Q{number:03}"


@dataclass(frozen=True, slots=True)
class QueryRow:
    """A query: what is asked, of which cell (sheet and address in this workbook), the value found there, and how it stands.

    `answer` is what the ICB has explained so far, `reply` what stands in the yellow cell.
    """

    number: int
    asks: str
    place: tuple[str, str] | None = None
    label: str = ""
    found: str = ""
    state: str = ""
    answer: str = ""
    reply: str = ""

    @property
    def code(self) -> str:
        """Its sub code: Q001."""
        return query_code(self.number)


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A cell whose text was read as something else, or that was not carried: where it stands, what was found, what was done."""

    sheet: str
    cell: str
    found: str
    done: str


@dataclass(frozen=True, slots=True)
class QuerySheet:
    """What the sheet says, both tables in order. The numbers of queries are unique; they need not follow each other."""

    rows: tuple[QueryRow, ...] = ()
    remarks: tuple[ReadRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of one of the tables: its code, its label, and the column of the sheet, from 0."""

    code: str
    label: str
    column: int


QUERY_HEADINGS = {
    name: Heading(QUERY + name.upper(), label, column)
    for column, (name, label) in enumerate(
        (
            ("asks", "What is asked"),
            ("place", "Cell"),
            ("label", "Line and column"),
            ("found", "Found there"),
            ("state", "State"),
            ("answer", "Your explanation so far"),
            ("reply", "Reply"),
        ),
        start=1,
    )
}
"""The columns of the queries after the code, by the field that each shows."""

READING_HEADINGS = {
    name: Heading(READING + name.upper(), label, column)
    for column, (name, label) in enumerate((("done", "What we did with it"), ("place", "Cell"), ("found", "Found")), start=1)
}
"""The columns of what was read, after the code."""

REPLY = QUERY_HEADINGS["reply"]

_PLACE = re.compile(r"(?P<sheet>.+?)(?: (?P<cell>[A-Z]{1,3}[1-9]\d{0,6}(?::[A-Z]{1,3}[1-9]\d{0,6})?))?", re.ASCII | re.DOTALL)

_REPLY_COLUMN = Column(key="reply", code="REPLY", label=REPLY.label, kind="input", type="text", unit="", dp=0, optional=True)


def reply_cell(number: int) -> FormCell:
    """A reply as an input of words like any other: what is asked while it is typed, and how it is read."""
    line = Line(key=f"q{number:03}", sub_code=query_code(number), label=f"Query {number}")
    return FormCell(Key("queries", line.key, "reply"), "input", _REPLY_COLUMN, line, "", 0, "+")


@dataclass(frozen=True, slots=True)
class Block:
    """Where a table stands: rows from 0. One without rows has a sentence below its title and no more."""

    title: int
    count: int

    @property
    def note(self) -> int:
        """The row of the sentence below the title."""
        return self.title + 1

    @property
    def codes(self) -> int:
        """The row of main codes; the headings stand below it."""
        return self.title + 2

    @property
    def first(self) -> int:
        """The first row of the table."""
        return self.title + 4

    @property
    def last(self) -> int:
        """The last row that it uses."""
        return self.first + self.count - 1 if self.count else self.note


def blocks(queries: int, remarks: int) -> tuple[Block, Block]:
    """Where the two tables stand, given how many rows they have."""
    first = Block(TOP_ROWS, queries)
    return first, Block(first.last + 3, remarks)


def written_cells(queries: int, remarks: int) -> frozenset[tuple[int, int]]:
    """The cells that something of ours can stand in, rows and columns from 0."""
    found = {(row, 0) for row in range(TOP_ROWS)}
    for block, headings in zip(blocks(queries, remarks), (QUERY_HEADINGS, READING_HEADINGS), strict=True):
        found |= {(block.title, 0), (block.title, 1), (block.note, 1)}
        rows = range(block.codes, block.last + 1) if block.count else range(0)
        found |= {(row, column) for row in rows for column in range(len(headings) + 1)}
    return frozenset(found)


def place_words(place: tuple[str, str] | None) -> str:
    """A sheet and a cell as the sheet shows them: `Agency C15`."""
    return " ".join(part for part in place if part) if place else ""


def place_in(words: str) -> tuple[str, str] | None:
    """The sheet and the cell that such words name; the cell is empty where they name a sheet alone."""
    match = _PLACE.fullmatch(words)
    return (match["sheet"], match["cell"] or "") if match else None
