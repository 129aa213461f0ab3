"""The tables of the register. Rows are added, never changed; a table's `event` names the event that added the row."""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem

METADATA = MetaData()

ABOUT = Table(
    "register",
    METADATA,
    Column("collection", Text, primary_key=True),
    Column("schema_version", Integer, nullable=False),
)
"""One row: whose register it is, and the version of these tables."""

EVENTS = Table(
    "events",
    METADATA,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("recorded_at", Text, nullable=False),
    Column("recorded_by", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("organisation", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False, unique=True),
)
"""What happened, in order. Each hash is over the record and the hash before it."""

ISSUES = Table(
    "issues",
    METADATA,
    Column("organisation", Text, primary_key=True),
    Column("version", Text, primary_key=True),
    Column("issue", Integer, primary_key=True, autoincrement=False),
    Column("file", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("national", String(64), nullable=False),
    Column("layout", String(64), nullable=False),
    Column("seal", String(64), nullable=False),
    Column("event", ForeignKey(EVENTS.c.sequence), nullable=False),
)

SUBMISSIONS = Table(
    "submissions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("organisation", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("file", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("received_by", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("headlines", Text, nullable=False),
    Column("inputs_digest", String(64), nullable=False),
    Column("remark", Text, nullable=False),
    Column("same_as", Integer),
    Column("event", ForeignKey(EVENTS.c.sequence), nullable=False, unique=True),
    UniqueConstraint("organisation", "number"),
)
"""A file that came back, once. `organisation` is empty where nobody can say whose it is."""


def _row_table(name: str, *columns: SchemaItem) -> Table:
    """A table of rows that belong to a submission, in the order in which they were found."""
    return Table(
        name,
        METADATA,
        Column("submission", ForeignKey(SUBMISSIONS.c.id), primary_key=True),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns,
    )


def _texts(*names: str) -> list[Column[object]]:
    return [Column(name, Text, nullable=False) for name in names]


INPUTS = _row_table(
    "inputs",
    *_texts("table_key", "line_key", "column_key", "unit", "sheet", "cell", "kind"),
    Column("number", Double),
    Column("text", Text),
    CheckConstraint("(number is null) <> (text is null)"),
)
"""Every input that holds something; `kind` is number, text or error (an Excel error, as text)."""

FINDINGS = _row_table(
    "findings",
    *_texts("code", "severity", "outcome", "title", "what", "remedy", "place", "box", "table_key", "line_key", "column_key"),
    *_texts("sheet", "cells", "label", "found", "expected", "follows", "details"),
    Column("refuses", Integer, nullable=False),
)

RESULTS = _row_table(
    "results",
    *_texts("rule", "table_key", "outcome"),
    Column("headline", Text),
    Column("line_key", Text),
    Column("month", Text),
    Column("found", Double),
    Column("expected", Double),
)
"""What each rule instance said."""

ROW_TABLES = (INPUTS, FINDINGS, RESULTS)


def _case_table(name: str, *columns: SchemaItem) -> Table:
    """A table of cases of an organisation, numbered there. A row is the case as it stands from its event on."""
    return Table(
        name,
        METADATA,
        Column("organisation", Text, primary_key=True),
        Column("number", Integer, primary_key=True, autoincrement=False),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *_texts("state"),
        *columns,
        Column("submission", ForeignKey(SUBMISSIONS.c.id), nullable=False),
        Column("event", ForeignKey(EVENTS.c.sequence), nullable=False, unique=True),
    )


_POINT = ("code", "table_key", "line_key", "column_key", "asks", "found", "expected")

QUERIES = _case_table(
    "queries", *_texts(*_POINT, "remedy", "sheet", "cell", "label", "explanation", "reply", "remark", "decided_by")
)
"""What an organisation is asked about; `explanation` stands in the return, `reply` on the sheet Queries."""

WAIVERS = _case_table("waivers", *_texts(*_POINT, "reason", "valid_until", "given_by"))
"""A rule that the centre lets be, where it fails with these words and figures and no others."""

SIGN_OFFS = _case_table("sign_offs", *_texts("sha256", "remark", "signed_by"))
"""A submission that was accepted, by the digest of its bytes."""

CASE_TABLES = (QUERIES, WAIVERS, SIGN_OFFS)
