"""The rules of a collection, one instance for each line, month or table they are about, bound to one system's form."""

from collections.abc import Iterator
from dataclasses import dataclass

from workbook_gen.definition.bind import Scope, at_line, bind
from workbook_gen.definition.calendar import month_name
from workbook_gen.definition.errors import DefinitionError, ExpressionError, nearest
from workbook_gen.definition.form import Form, read_keys
from workbook_gen.definition.model import Rule
from workbook_gen.definition.nodes import Cell, Compare, Count, Key, Node, walk


@dataclass(frozen=True)
class Instance:
    """A rule at one place: everything bound, and the tables whose blanks and texts decide whether it can be tested."""

    rule: Rule
    table: str
    line: str | None
    month: str | None
    check: Node
    at: Key | None
    explain: Key | None
    found: Node | None
    expected: Node | None
    message: tuple[str | Node, ...]
    fix: tuple[str | Node, ...]
    tables: tuple[str, ...]
    title: str

    @property
    def name(self) -> str:
        """The rule's id and where it is asked: `AGY-004 nursing`."""
        return " ".join(part for part in (self.rule.id, self.line, self.month) if part)


def make_instances(form: Form, *, trial: bool = False) -> tuple[Instance, ...]:
    """Every rule instance, by sheet in order; a sheet's own rules first, then the ones asked of every table.

    Rules on trial are among them only with `trial`: neither an ICB nor its workbook sees those. An instance whose check
    reads a cell that does not apply is not made. Raises `DefinitionError` for an unknown name.
    """
    return tuple(
        instance
        for sheet in form.collection.sheets
        for rule, tables in (
            *((rule, (rule.table or "",)) for rule in sheet.rules),
            *((rule, tuple(table.key for table in sheet.tables)) for rule in form.collection.rules),
        )
        if not rule.trial or trial
        for instance in _instances(form, rule, tables, sheet.key)
    )


def _instances(form: Form, rule: Rule, tables: tuple[str, ...], file: str) -> Iterator[Instance]:
    for table in tables:
        if table not in form.tables:
            raise DefinitionError(f"{file}.toml", rule.id, "table", f"No table '{table}'. {nearest(table, form.tables)}")
        for line in _lines(form, rule, table, file):
            for month in _months(form, rule, file):
                try:
                    instance = _instance(form, rule, Scope(form, table, line, None, month))
                except ExpressionError as error:
                    raise DefinitionError(f"{file}.toml", rule.id, "rule", str(error)) from error
                if instance:
                    yield instance


def _lines(form: Form, rule: Rule, table: str, file: str) -> tuple[str | None, ...]:
    if "line" not in rule.for_each:
        return (None,)
    lines = form.tables[table]
    for name in (*rule.lines, *([rule.section] if rule.section else [])):
        if name not in lines.line_names and name not in lines.sections:
            known = [*lines.line_names, *lines.sections]
            raise DefinitionError(f"{file}.toml", rule.id, "lines", f"No line '{name}' in '{table}'. {nearest(name, known)}")
    if rule.lines:
        return tuple(line for line in rule.lines if line in lines.line_by_key)
    section = lines.sections.get(rule.section, ()) if rule.section else None
    return tuple(line.key for line in lines.lines if line.formula is None and (section is None or line.key in section))


def _months(form: Form, rule: Rule, file: str) -> tuple[str | None, ...]:
    if "month" not in rule.for_each:
        return (None,)
    for month in rule.months:
        if month not in form.collection.months:
            problem = f"No month '{month}'. {nearest(month, form.collection.months)}"
            raise DefinitionError(f"{file}.toml", rule.id, "months", problem)
    return rule.months or form.collection.months


def _instance(form: Form, rule: Rule, scope: Scope) -> Instance | None:
    check = bind(rule.check, scope, "truth")
    if scope.absent:
        return None
    aside = at_line(scope, scope.line, scope.month)
    explain = _cell(rule.explain, aside)
    aside.labels = _labels(form, scope)
    found, expected = _found(rule.found, check, aside, 0), _found(rule.expected, check, aside, 1)
    place = " – ".join(aside.labels[part] for part in ("line", "month") if aside.labels[part])
    title = f"{rule.title} – {aside.labels['table'] if 'table' in rule.for_each else place}".removesuffix(" – ")
    return Instance(
        rule=rule,
        table=scope.table,
        line=scope.line,
        month=scope.month,
        check=check,
        at=_cell(rule.at, aside) or _first_cell(check, scope.table),
        explain=explain,
        found=found,
        expected=expected,
        message=tuple(part if isinstance(part, str) else bind(part, aside) for part in rule.message),
        fix=tuple(part if isinstance(part, str) else bind(part, aside) for part in rule.fix),
        tables=_tables_read(form, check, explain),
        title=title,
    )


def _labels(form: Form, scope: Scope) -> dict[str, str]:
    table = form.tables[scope.table]
    return {
        "line": table.line_by_key[scope.line].label if scope.line else "",
        "month": month_name(scope.month) if scope.month else "",
        "table": table.table.title,
    }


def _cell(node: Node | None, scope: Scope) -> Key | None:
    if node is None:
        return None
    bound = bind(node, scope)
    if not isinstance(bound, Cell):
        raise ExpressionError("'explain' and 'at' name one cell.")
    return bound.key


def _first_cell(check: Node, table: str) -> Key | None:
    keys = list(read_keys(check))
    return next((key for key in keys if key.table == table), keys[0] if keys else None)


def _found(written: Node | None, check: Node, scope: Scope, side: int) -> Node | None:
    """What the Checks sheet shows as found and expected: as written, or the sides of a single comparison of numbers."""
    if written is not None:
        return bind(written, scope, "number")
    if isinstance(check, Compare) and not any(
        isinstance(node, Cell) and not scope.form.cells[node.key].column.numeric for node in walk(check)
    ):
        return (check.left, check.right)[side]
    return None


def _tables_read(form: Form, check: Node, explain: Key | None) -> tuple[str, ...]:
    """The tables that a rule reads, directly or through totals, in the order of the form."""
    seen: set[Key] = set()
    pending = [*read_keys(check), *([explain] if explain else [])]
    while pending:
        key = pending.pop()
        if key not in seen:
            seen.add(key)
            formula = form.cells[key].formula
            pending.extend(read_keys(formula) if formula is not None else ())
    names = {key.table for key in seen} | {node.table for node in walk(check) if isinstance(node, Count)}
    return tuple(name for name in form.tables if name in names and any(form.inputs(name)))
