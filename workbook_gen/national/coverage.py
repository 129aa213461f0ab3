"""What a collection asks of the national tables: which cell takes which column, and whom each table covers."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from workbook_gen.definition.errors import ExpressionError
from workbook_gen.definition.model import ORGANISATIONS, Collection, Column, Line, Organisation, Table
from workbook_gen.definition.nodes import Node
from workbook_gen.definition.where import matches, parse_where


@dataclass(slots=True)
class Need:
    """A national table as the return needs it: organisation codes, and columns, each with what takes it first."""

    table: str
    codes: set[str] = field(default_factory=set)
    columns: dict[str, str] = field(default_factory=dict)


def column_name(column: Column, line: Line | None = None) -> str:
    """The national column that fills this column on a fixed line; on no line, or an organisation's, for organisations.

    On a fixed line it is named as the line, for an organisation as the column, unless `source_column` says otherwise;
    a repeated column adds the month (`medical_nov`), and for organisations is named by the month alone (`nov`).
    """
    if column.source_column:
        base = column.source_column
    elif line is not None and line.organisation is None:
        base = line.key
    else:
        base = "" if column.month else column.key
    return "_".join(part for part in (base, column.month) if part)


def sourced(table: Table) -> Iterator[Column]:
    """The columns of a table that the national tables fill."""
    return (column for column in table.columns if column.kind == "prefill" and column.source)


def prefilled(line: Line, column: Column) -> bool:
    """Whether a national figure belongs where this line crosses this sourced column: total lines compute their own."""
    return line.formula is None and not {column.key, column.group} & set(line.not_applicable)


def needs(collection: Collection, organisations: tuple[Organisation, ...]) -> tuple[dict[str, Need], list[str]]:
    """What is needed of each national table, by table; and the faults: a choice of organisations that chooses none."""
    found: dict[str, Need] = {}
    faults: list[str] = []
    for table in (table for sheet in collection.sheets for table in sheet.tables):
        covered = _covered(table, organisations)
        for column in sourced(table):
            need = found.setdefault(str(column.source), Need(str(column.source)))
            need.columns = dict.fromkeys(_columns(table, column), f"{table.key}, {column.key},") | need.columns
            need.codes |= covered
        if table.lines == ORGANISATIONS and not covered:
            faults.append(f"{table.key}: its 'where' chooses no organisation of organisations.csv. Correct the text in quotes.")
    for name, text in collection.national.tables.items():
        need = found.setdefault(name, Need(name))
        try:
            need.codes |= _chosen(parse_where(text), organisations)
        except ExpressionError as error:
            faults.append(f"{name}, under [national.tables]: {error}")
        else:
            if not need.codes:
                faults.append(f"{name}: {text} under [national.tables] chooses no organisation. Correct the text in quotes.")
    return dict(sorted(found.items())), faults


def _columns(table: Table, column: Column) -> tuple[str, ...]:
    if isinstance(table.lines, tuple):
        return tuple(column_name(column, line) for line in table.lines if prefilled(line, column))
    return (column_name(column),)


def _covered(table: Table, organisations: tuple[Organisation, ...]) -> set[str]:
    if table.lines == ORGANISATIONS:
        return _chosen(table.where, organisations)
    return {organisation.code for organisation in organisations if organisation.kind == "icb"}


def _chosen(where: Node | None, organisations: tuple[Organisation, ...]) -> set[str]:
    return {organisation.code for organisation in organisations if matches(where, organisation)}
