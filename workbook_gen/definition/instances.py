"""The rules of a collection, one instance for each line, month or table they are about, bound to one system's form."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from workbook_gen.definition.bind import Scope, at_line, bind
from workbook_gen.definition.build import Place
from workbook_gen.definition.calendar import month_name
from workbook_gen.definition.errors import ExpressionError, nearest
from workbook_gen.definition.expand import tables_named
from workbook_gen.definition.form import Form, read_keys
from workbook_gen.definition.model import Rule
from workbook_gen.definition.nodes import Cell, Compare, Count, Key, Node, walk


@dataclass(frozen=True)
class Instance:
    """A rule at one place: everything bound, and the tables whose blanks and texts decide whether it can be tested.

    A fixed one names and reads, directly and through totals, only what is the same in every system: `reach` are the tables
    of all that. Any other has none.
    """

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
    reach: tuple[str, ...] = ()

    @property
    def fixed(self) -> bool:
        """Whether it is the same in every system."""
        return bool(self.reach)

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """The counts that its check reads."""
        return tuple(part for part in walk(self.check) if isinstance(part, Count))

    @property
    def name(self) -> str:
        """The rule's id and where it is asked: `AGY-004 nursing`."""
        return " ".join(part for part in (self.rule.id, self.line, self.month) if part)


FixedInstances = dict[tuple[str, str, str | None, str | None], Instance]
"""The fixed instances that are known, by rule, table, line and month."""


def make_instances(form: Form, fixed: FixedInstances | None = None, *, trial: bool = False) -> tuple[Instance, ...]:
    """Every rule instance, by sheet in order; a sheet's own rules first, then the ones asked of every table.

    Rules on trial are among them only with `trial`: neither an ICB nor its workbook sees those. An instance whose check
    reads a cell that does not apply is not made. `fixed` are those known from another system; what is found is added.
    Raises `DefinitionError` for an unknown name.
    """
    known: FixedInstances = {} if fixed is None else fixed
    return tuple(
        instance
        for sheet in form.collection.sheets
        for rule, tables, file in (
            *((rule, (rule.table or "",), f"sheets/{sheet.key}.toml") for rule in sheet.rules),
            *((rule, tuple(table.key for table in sheet.tables), "collection.toml") for rule in form.collection.rules),
        )
        if not rule.trial or trial
        for instance in _instances(form, rule, tables, Place(file, f"rule {rule.id}"), known)
    )


def _instances(form: Form, rule: Rule, tables: tuple[str, ...], place: Place, known: FixedInstances) -> Iterator[Instance]:
    for table in tables:
        if table not in form.tables:
            raise place.error("table", f"No table '{table}'. {nearest(table, form.tables)}")
        for line in _lines(form, rule, table, place):
            for month in _months(form, rule, place):
                name = (rule.id, table, line, month)
                instance = known.get(name) or _instance(form, rule, Scope(form, table, line, None, month), place)
                if instance:
                    yield instance
                    if instance.fixed:
                        known[name] = instance


def _lines(form: Form, rule: Rule, table: str, place: Place) -> tuple[str | None, ...]:
    if "line" not in rule.for_each:
        return (None,)
    lines = form.tables[table]
    for name in (*rule.lines, *([rule.section] if rule.section else [])):
        if name not in lines.line_names and name not in lines.sections:
            known = [*lines.line_names, *lines.sections]
            raise place.error("lines", f"No line '{name}' in '{table}'. {nearest(name, known)}")
    if rule.lines:
        return tuple(line for line in rule.lines if line in lines.line_by_key)
    section = lines.sections.get(rule.section, ()) if rule.section else None
    return tuple(line.key for line in lines.lines if line.formula is None and (section is None or line.key in section))


def _months(form: Form, rule: Rule, place: Place) -> tuple[str | None, ...]:
    if "month" not in rule.for_each:
        return (None,)
    for month in rule.months:
        if month not in form.collection.months:
            raise place.error("months", f"No month '{month}'. {nearest(month, form.collection.months)}")
    return rule.months or form.collection.months


@contextmanager
def _field(place: Place, field: str) -> Iterator[None]:
    """What cannot be bound here is the author's mistake in this field."""
    try:
        yield
    except ExpressionError as error:
        raise place.error(field, str(error)) from error


def _instance(form: Form, rule: Rule, scope: Scope, place: Place) -> Instance | None:
    with _field(place, "check"):
        check = bind(rule.check, scope, "truth")
    if scope.absent:
        return None
    aside = at_line(scope, scope.line, scope.month)
    aside.labels = _labels(form, scope)
    where = [aside.labels["table"]] if "table" in rule.for_each else [aside.labels["line"], aside.labels["month"]]
    explain = _cell(rule.explain, aside, place, "explain")
    if rule.explain is not None and explain is None:
        return None
    found = _figure(rule.found, check, 0, aside, place, "found")
    expected = _figure(rule.expected, check, 1, aside, place, "expected")
    message, fix = _parts(rule.message, aside, place, "message"), _parts(rule.fix, aside, place, "fix")
    read = _read(form, [*read_keys(check), *([explain] if explain else [])])
    said = [part for part in (found, expected, *message, *fix) if part is not None and not isinstance(part, str)]
    shown = _read(form, [key for part in said for key in read_keys(part)])
    return Instance(
        rule=rule,
        table=scope.table,
        line=scope.line,
        month=scope.month,
        check=check,
        at=_cell(rule.at, aside, place, "at") or _first_cell(check, scope.table),
        explain=explain,
        found=found,
        expected=expected,
        message=message,
        fix=fix,
        tables=_tables_read(form, check, read),
        title=" – ".join([rule.title, *(part for part in where if part)]),
        reach=_reach(form, rule, scope.table, read | shown),
    )


def _reach(form: Form, rule: Rule, table: str, read: set[Key]) -> tuple[str, ...]:
    """The tables of the cells that a rule reads or shows, and those that it names as written; none where any is not fixed."""
    if not form.tables[table].fixed or not all(form.cells[key].fixed for key in read):
        return ()
    trees = (rule.check, rule.explain, rule.at, rule.found, rule.expected, *rule.message, *rule.fix)
    named = [tables_named(tree, table) for tree in trees if tree is not None and not isinstance(tree, str)]
    names = {table, *(key.table for key in read)}.union(*named)
    return tuple(sorted(names)) if all(form.tables[name].fixed for name in names) else ()


def _parts(parts: tuple[str | Node, ...], scope: Scope, place: Place, field: str) -> tuple[str | Node, ...]:
    with _field(place, field):
        return tuple(part if isinstance(part, str) else bind(part, scope) for part in parts)


def _cell(node: Node | None, scope: Scope, place: Place, field: str) -> Key | None:
    """The cell that `explain` or `at` names; None where its table has no line for this system."""
    name = getattr(node, "table", None) or scope.table
    if node is None or (name in scope.form.tables and not scope.form.tables[name].lines):
        return None
    with _field(place, field):
        bound = bind(node, scope)
    if not isinstance(bound, Cell):
        raise place.error(field, "'explain' and 'at' name one cell.")
    return bound.key


def _labels(form: Form, scope: Scope) -> dict[str, str]:
    table = form.tables[scope.table]
    return {
        "line": table.line_by_key[scope.line].label if scope.line else "",
        "month": month_name(scope.month) if scope.month else "",
        "table": table.table.title,
    }


def _first_cell(check: Node, table: str) -> Key | None:
    keys = list(read_keys(check))
    return next((key for key in keys if key.table == table), keys[0] if keys else None)


def _figure(written: Node | None, check: Node, side: int, scope: Scope, place: Place, field: str) -> Node | None:
    """What the Checks sheet shows as found and expected: as written, or the sides of a single comparison of numbers."""
    if written is not None:
        with _field(place, field):
            return bind(written, scope, "number")
    cells = scope.form.cells
    if isinstance(check, Compare) and all(cells[key].column.numeric for key in read_keys(check)):
        return (check.left, check.right)[side]
    return None


def _read(form: Form, keys: list[Key]) -> set[Key]:
    """These cells, and all that they rest on where they are totals."""
    seen: set[Key] = set()
    pending = [*keys]
    while pending:
        key = pending.pop()
        if key not in seen:
            seen.add(key)
            pending.extend(form.cells[key].reads)
    return seen


def _tables_read(form: Form, check: Node, read: set[Key]) -> tuple[str, ...]:
    """The tables of the cells read, and those that are counted, in the order of the form."""
    names = {key.table for key in read} | {node.table for node in walk(check) if isinstance(node, Count)}
    return tuple(name for name in form.tables if name in names and any(form.inputs(name)))
