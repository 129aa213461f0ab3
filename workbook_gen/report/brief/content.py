"""From one system's figures to its brief: headlines, the sections that picture.toml names, and the open queries."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from workbook_gen.checks.levers import rests_on
from workbook_gen.definition.bind import Scope
from workbook_gen.definition.brief import BriefSection
from workbook_gen.definition.form import FormTable
from workbook_gen.definition.layout import merged
from workbook_gen.definition.model import Column as TableColumn
from workbook_gen.definition.model import Line as TableLine
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.picture import Picture, PictureColumn, PictureSheet, bound_figure
from workbook_gen.definition.values import day_of
from workbook_gen.desk.docket import Docket
from workbook_gen.desk.register.cases import ITS_TURN, Query, QueryState
from workbook_gen.report.brief.facts import HEADLINES, Block, BriefFacts, Column, Line, money_or_number, plain
from workbook_gen.report.brief.passing import Headlines
from workbook_gen.report.national import MISSING, NOT_APPLICABLE, system_figure
from workbook_gen.report.returned import SystemFigures
from workbook_gen.report.tidy import wanted

MARK = "*"
"""What stands behind a figure that rests on an illustrative one."""
_ABSENT = {MISSING: "missing", NOT_APPLICABLE: "none"}
_LABEL, _TEXT, _ASKED, _PLACES, _HEADING = 110, 90, 190, 60, 40
_PARTS = {"number": 0.15, "date": 0.16, "choice": 0.15, "yesno": 0.17, "text": 0.36}
_BARS, _LEAST = 0.24, 0.3
"""The parts of the width that columns take by their type, bars, and a label at least."""
_RETURN, _NOTHING = "see the return", "Nothing is asked."


def brief_of(one: SystemFigures, docket: Docket | None, picture: Picture) -> BriefFacts:
    """The brief of a system whose return counts."""
    sheets = {sheet.key: sheet for sheet in picture.sheets}
    board, entry, collection = one.system.icb, one.standing.entry, one.form.collection
    blocks = [_headlines(one, picture)]
    for section in picture.brief.sections:
        blocks.append(_figures(one, section, sheets[section.sheet]) if section.sheet else _lines(one, section))
    blocks.append(_queries(one, docket))
    came = f", submission {entry.number}, received {entry.moment:%-d %B %Y}" if entry else ""
    notes = "Money that is negative stands in brackets."
    if any(cell.endswith(MARK) for block in blocks for line in block.lines for cell in line.cells):
        notes += f" {MARK} rests on a figure of the centre's that is illustrative, and so does a headline that reads it."
    return BriefFacts(
        code=board.code,
        title=plain(f"{board.name} ({board.code})"),
        subtitle=plain(f"{collection.title}. {board.region_name}{came}: {one.standing.state}"),
        blocks=tuple(blocks),
        notes=notes,
    )


def _headlines(one: SystemFigures, picture: Picture) -> Block:
    columns = (Column("Headline", 0.2), Column("Met", 0.13), Column("Figures, or what would pass", 0.67))
    lines = tuple(Headlines(one, picture.brief.passes).lines())
    return Block(HEADLINES, 1, "left", columns, lines, empty="This return has no headlines.", more=_RETURN, keep=True)


def _figures(one: SystemFigures, section: BriefSection, sheet: PictureSheet) -> Block:
    """The figures of a national table, each on a line."""
    chosen = [column for column in sheet.columns if not section.columns or column.key in section.columns]
    columns = (Column("Measure", 0.62), Column("Figure", 0.16, figures=True), Column("Unit", 0.22))
    lines = tuple(Line((plain(column.label, _LABEL), _figure(one, column), column.unit)) for column in chosen)
    return Block(plain(section.title), section.page, section.side, columns, lines, more="the national workbook has them")


def _figure(one: SystemFigures, column: PictureColumn) -> str:
    found = system_figure(column, one)
    if isinstance(found, str):
        return _ABSENT[found]
    node = bound_figure(column.value, Scope(one.form, ""))
    mark = MARK if not rests_on(one.form, node).isdisjoint(one.issuable.illustrative) else ""
    return money_or_number(found, column.unit, column.dp) + mark


def _lines(one: SystemFigures, section: BriefSection) -> Block:
    """The lines of a table of the return, with the columns that the section names."""
    table = one.form.tables[section.table]
    shown = [line for line in table.lines if not section.only or _given(one, Key(section.table, line.key, section.only))]
    chosen = [table.column_by_key[name] for name in section.columns]
    used = [column for column in chosen if _is_used(one, table, shown, column)]
    sizes = [one.number(Key(section.table, line.key, section.bars)) or 0.0 for line in shown] if section.bars else []
    largest = max(map(abs, sizes), default=0.0)
    lines = tuple(
        Line(
            (plain(line.label, _LABEL), *(_cell(one, Key(section.table, line.key, column.key)) for column in used)),
            sizes[at] / largest if largest else None,
        )
        for at, line in enumerate(shown)
    )
    return Block(
        plain(section.title),
        section.page,
        section.side,
        _columns(table.table.title, used, bars=largest > 0),
        lines,
        empty=_NOTHING if section.only else table.table.empty,
        more=f"sheet {one.form.sheet_of(section.table).title}",
        bars=largest > 0,
    )


def _columns(title: str, used: Sequence[TableColumn], *, bars: bool) -> tuple[Column, ...]:
    """The columns of a table: the line's label takes what the others leave, and is never narrow."""
    others = [Column(plain(column.label, _HEADING), _PARTS[column.type], column.type == "number") for column in used]
    if bars:
        others.append(Column("In proportion", _BARS))
    label = max(_LEAST, 1 - sum(column.part for column in others))
    whole = label + sum(column.part for column in others)
    first = Column(plain(title, _HEADING), label)
    return tuple(replace(column, part=column.part / whole) for column in (first, *others))


def _given(one: SystemFigures, key: Key) -> bool:
    """Whether a cell of a line says something: a text, a figure that is not 0, or that it is missing. Totals have no say."""
    cell, value = one.form.cells[key], one.values.get(key)
    return cell.line.formula is None and (wanted(cell) if value is None else value not in ("", 0))


def _is_used(one: SystemFigures, table: FormTable, lines: list[TableLine], column: TableColumn) -> bool:
    """Whether a column says anything: one of optional texts that nobody has filled in is left out."""
    keys = [Key(table.table.key, line.key, column.key) for line in lines]
    return not column.optional or any(one.values.get(key) not in (None, "") for key in keys)


def _cell(one: SystemFigures, key: Key) -> str:
    cell, value = one.form.cells[key], one.values.get(key)
    if cell.role == "not_applicable":
        return ""
    if value is None:
        return _ABSENT[MISSING] if wanted(cell) else ""
    if isinstance(value, str):
        return plain(value, _TEXT)
    if cell.column.type == "date":
        return f"{day_of(value):%-d %b %Y}"
    rests = rests_on(one.form, cell.formula) if cell.formula is not None else {key}
    mark = "" if rests.isdisjoint(one.issuable.illustrative) else MARK
    return money_or_number(value, cell.unit, cell.dp) + mark


def _queries(one: SystemFigures, docket: Docket | None) -> Block:
    """The queries that are not done: those that wait for the organisation first, then those that the centre is to read."""
    asked = docket.queries(*ITS_TURN) if docket else ()
    answered = docket.queries(QueryState.ANSWERED) if docket else ()
    counts = [f"{len(asked)} to answer", f"{len(answered)} to read"]
    lines = [_asked(list(alike)) for _, alike in groupby((*asked, *answered), _alike)]
    columns = (Column("No", 0.09), Column("Rule", 0.13), Column("What is asked", 0.63), Column("State", 0.15))
    title = f"Open queries: {', '.join(counts)}" if lines else "Open queries"
    more = f"workbook-gen queries --org {one.system.code}"
    return Block(title, 2, "right", columns, tuple(lines), "No query is open.", more)


def _alike(query: Query) -> tuple[str, str, QueryState]:
    """What queries share that stand on one line: rule, sheet and state."""
    return query.about.code, query.sheet, query.state


def _asked(queries: list[Query]) -> Line:
    """Queries of one rule on one sheet: the words of the first, and where the others are."""
    first, *others = queries
    cells = merged(query.cell for query in queries if query.cell)
    where = " ".join(filter(None, (first.sheet, cells)))
    said = plain(f"{plain(where, _PLACES)}: {first.words.asks}" if where else first.words.asks, _ASKED)
    number = f"{first.number} +{len(others)}" if others else str(first.number)
    return Line((number, first.about.code, said, first.state.value))
