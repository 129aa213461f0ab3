"""What the parts of a definition owe each other: unique names and codes, references that exist, a box for every look."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from workbook_gen.definition.bind import SETTINGS
from workbook_gen.definition.compiled import Compiled
from workbook_gen.definition.errors import DefinitionError, nearest
from workbook_gen.definition.expand import specimen_form
from workbook_gen.definition.form import Form
from workbook_gen.definition.instances import make_instances
from workbook_gen.definition.model import EXPLANATION, Collection, Rule, Sheet, Table
from workbook_gen.definition.nodes import Reference
from workbook_gen.definition.renames import check_renames
from workbook_gen.definition.where import parse_where

OWN_SHEETS = ("Cover", "Guidance", "Checks", "PlanData", "About", "Queries")
"""Sheets that a workbook has beside the return's own."""
OWN_CODES = ("QRY", "QRM")
"""What the codes of the tables on Queries begin with."""

_CELL = re.compile(r"^[a-z]{1,3}\d+$|^r\d*c\d*$|^[rc]$")


def validate(collection: Collection) -> Compiled:
    """The collection, with what was worked out to try it. Raises `DefinitionError` for the first thing that does not fit."""
    _collection(collection)
    for sheet in collection.sheets:
        for table in sheet.tables:
            _table(table, f"sheets/{sheet.key}.toml")
        for rule in sheet.rules:
            _rule(rule, collection, f"sheets/{sheet.key}.toml")
            _of_sheet(rule, sheet)
    for rule in collection.rules:
        _rule(rule, collection, "collection.toml")
    compiled = Compiled(collection)
    form = specimen_form(collection, compiled.cells)
    make_instances(form, compiled.instances, trial=True)
    for sheet in collection.sheets:
        _charts(sheet, form)
        for table in sheet.tables:
            _plan_data(table, form, f"sheets/{sheet.key}.toml")
    return compiled


def _unique(names: Iterable[str], file: str, block: str, field: str) -> None:
    for name, count in Counter(names).items():
        if count > 1:
            raise DefinitionError(file, block, field, f"'{name}' is used {count} times.")


def _collection(collection: Collection) -> None:
    file = "collection.toml"
    _months(collection)
    tables = [table for sheet in collection.sheets for table in sheet.tables]
    if not tables:
        raise DefinitionError(file, "", "sheets", "a return has at least one table.")
    _unique(
        [sheet.title.casefold() for sheet in collection.sheets] + [n.casefold() for n in OWN_SHEETS],
        file,
        "sheets",
        "title",
    )
    _unique((table.key for table in tables), file, "tables", "key")
    _unique((table.code for table in tables), file, "tables", "code")
    codes = {table.code for table in tables}
    for table in tables:
        for line in table.lines if isinstance(table.lines, tuple) else ():
            if line.sub_code in codes:
                raise DefinitionError(file, f"table {table.key}", line.key, f"'{line.sub_code}' is a table's code.")
    _unique((table.code + column.code for table in tables for column in table.columns), file, "tables", "main code")
    for table in tables:
        if table.code.startswith(OWN_CODES):
            raise DefinitionError(
                file, f"table {table.key}", "code", f"'{table.code}' begins like a code of the sheet Queries."
            )
    rules = _rules(collection)
    _unique((rule.id for rule in rules), file, "rules", "id")
    _unique((headline.key for headline in collection.headlines), file, "headlines", "key")
    for headline in collection.headlines:
        if sum(rule.headline == headline.key for rule in rules) != 1:
            raise DefinitionError(file, f"headline {headline.key}", "key", "exactly one rule is this headline.")
    for parameter in collection.parameters:
        _parameter(collection, parameter.key, parameter.sheet)
    if not collection.changes or collection.changes[-1].version != collection.version:
        raise DefinitionError(file, "change", "version", f"the last change is version {collection.version}.")
    check_renames(collection)
    for field, text in _where_texts(collection):
        try:
            parse_where(text)
        except ValueError as error:
            raise DefinitionError(file, "national", field, str(error)) from error


def _where_texts(collection: Collection) -> Iterator[tuple[str, str]]:
    yield from ((f"tables.{table}", text) for table, text in collection.national.tables.items())
    yield from ((f"publication {one.table}, where", one.where) for one in collection.publications)


def _months(collection: Collection) -> None:
    if collection.deadline < collection.issued:
        raise DefinitionError("collection.toml", "", "deadline", "the deadline is before the issue.")
    _unique(collection.months, "collection.toml", "", "months")
    for month in collection.plan_data.dimension_ids:
        known = (collection.actual_to, *collection.months)
        if month not in known:
            raise DefinitionError(
                "collection.toml", "plan_data", "dimension_ids", f"No month '{month}'. {nearest(month, known)}"
            )


def _parameter(collection: Collection, key: str, sheet: str) -> None:
    place = ("collection.toml", f"parameter {key}")
    if key in SETTINGS or key == "direction" or _CELL.match(key):
        raise DefinitionError(*place, "key", f"'{key}' is reserved, or is a cell's address.")
    known = [one.key for one in collection.sheets]
    if sheet not in known:
        raise DefinitionError(*place, "sheet", f"there is no sheet '{sheet}'. {nearest(sheet, known)}")


def _table(table: Table, file: str) -> None:
    block = f"table {table.key}"
    _unique((column.key for column in table.columns), file, block, "columns")
    _unique((column.label.casefold() for column in table.columns), file, block, "column labels")
    if isinstance(table.lines, tuple):
        sections = {line.section for line in table.lines if line.section}
        _unique([*(line.key for line in table.lines), *sections], file, block, "line and section names")
        _unique((line.sub_code for line in table.lines), file, block, "sub codes")
        known = {column.key for column in table.columns} | {column.group for column in table.columns if column.group}
        for line in table.lines:
            for name in line.not_applicable:
                if name not in known:
                    problem = f"'{name}' is no column. {nearest(name, known)}"
                    raise DefinitionError(file, block, f"{line.key}, not_applicable", problem)
    for column in table.columns:
        if column.kind == "prefill" and column.source is None:
            raise DefinitionError(file, block, f"column {column.key}", "a prefilled column has a source.")
        if column.type == "choice" and not column.options:
            raise DefinitionError(file, block, f"column {column.key}", "a choice has options.")
        if not isinstance(column.options, str) and not all(option.strip() for option in column.options):
            raise DefinitionError(file, block, f"column {column.key}", "an option is a text that says something.")
        if column.type != "number" and column.kind != "input":
            raise DefinitionError(file, block, f"column {column.key}", f"a {column.type} is an input.")


_WEIGHTS = ("fix", "look", "note")


def _rules(collection: Collection) -> list[Rule]:
    return [*collection.rules, *(rule for sheet in collection.sheets for rule in sheet.rules)]


def _rule(rule: Rule, collection: Collection, file: str) -> None:
    block = f"rule {rule.id}"
    if (rule.severity == "look") != (rule.explain is not None):
        raise DefinitionError(file, block, "explain", "every look names the box that explains it, and no other rule does.")
    if rule.table is None and "table" not in rule.for_each:
        raise DefinitionError(file, block, "table", "a rule names its table, or is asked for_each table.")
    if (rule.lines or rule.section) and "line" not in rule.for_each:
        raise DefinitionError(file, block, "lines", "'lines' and 'section' narrow for_each line.")
    if rule.months and "month" not in rule.for_each:
        raise DefinitionError(file, block, "months", "'months' narrows for_each month.")
    ids = [other.id for other in _rules(collection)]
    for other in rule.follows:
        if other not in ids or other == rule.id:
            raise DefinitionError(file, block, "follows", f"No other rule '{other}'. {nearest(other, ids)}")
        cause = next(one for one in _rules(collection) if one.id == other)
        if cause.follows:
            raise DefinitionError(file, block, "follows", f"{other} follows another rule itself; name that one.")
        if _WEIGHTS.index(cause.severity) > _WEIGHTS.index(rule.severity):
            raise DefinitionError(file, block, "follows", f"{other} weighs less than {rule.id}, which would then not be said.")
    known = [headline.key for headline in collection.headlines]
    if rule.headline is not None and rule.headline not in known:
        raise DefinitionError(file, block, "headline", f"No headline '{rule.headline}'. {nearest(rule.headline, known)}")
    _box(rule, collection, file)


def _of_sheet(rule: Rule, sheet: Sheet) -> None:
    """A rule stands in the file of its table's sheet: Cover and the status lines count the rows of Checks sheet by sheet."""
    known = [table.key for table in sheet.tables]
    if rule.table is not None and rule.table not in known:
        problem = f"this sheet has no table '{rule.table}'. {nearest(rule.table, known)}"
        raise DefinitionError(f"sheets/{sheet.key}.toml", f"rule {rule.id}", "table", problem)


def _box(rule: Rule, collection: Collection, file: str) -> None:
    """A look about a table without an explanation column names a box in another table."""
    table = next((t for sheet in collection.sheets for t in sheet.tables if t.key == rule.table), None)
    if rule.explain is None or table is None or any(column.key == EXPLANATION for column in table.columns):
        return
    if not isinstance(rule.explain, Reference) or rule.explain.table is None:
        raise DefinitionError(file, f"rule {rule.id}", "explain", f"table '{rule.table}' has no explanation column.")


def _charts(sheet: Sheet, form: Form) -> None:
    tables = [table.key for table in sheet.tables]
    for chart in sheet.charts:
        block = f"chart {chart.title}"
        for series in chart.series:
            if series.table not in tables:
                problem = f"there is no table '{series.table}' on this sheet. {nearest(series.table, tables)}"
                raise DefinitionError(f"sheets/{sheet.key}.toml", block, "series", problem)
            table = form.tables[series.table]
            lines = [*table.line_by_key, *table.sections]
            columns = [*table.column_by_key, *table.groups]
            for name, known in ((series.line, lines), (series.column, columns)):
                if name not in known:
                    problem = f"'{series.table}' has no '{name}'. {nearest(str(name), known)}"
                    raise DefinitionError(f"sheets/{sheet.key}.toml", block, "series", problem)


def _plan_data(table: Table, form: Form, file: str) -> None:
    for measure in table.plan_data:
        names = (measure.actual, measure.plan, measure.restated, *measure.cells.values())
        for name in (name for name in names if name):
            owner, _, column = name.rpartition(".")
            target = form.tables.get(owner or table.key)
            if target is None:
                problem = f"there is no table '{owner}'. {nearest(owner, form.tables)}"
                raise DefinitionError(file, f"plan_data {measure.ref}", "columns", problem)
            known = [*target.column_by_key, *target.groups]
            if column not in known:
                problem = f"there is no column '{name}'. {nearest(column, known)}"
                raise DefinitionError(file, f"plan_data {measure.ref}", "columns", problem)
