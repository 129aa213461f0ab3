"""What has changed between two versions of a collection, for one system: what is asked, how it is worked out, the figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from workbook_gen.definition.form import FormCell, FormTable
from workbook_gen.definition.model import Collection, Column, Line, Parameter, Rule, Table
from workbook_gen.definition.nodes import Key, Node
from workbook_gen.definition.renames import Renaming
from workbook_gen.definition.words import text_of, written
from workbook_gen.desk.assemble import Issuable
from workbook_gen.excel.read import said

How = Literal["added", "removed", "renamed", "changed"]
Kind = Literal["collection", "table", "line", "column", "rule", "threshold", "figure"]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a version has other than the one before: its key and its words, and what was and is.

    `field` says what of it has changed; it is empty where the thing itself is added, removed or renamed.
    """

    how: How
    kind: Kind
    name: str
    label: str
    field: str = ""
    before: str = ""
    after: str = ""


def changes(before: Issuable, after: Issuable, renaming: Renaming, *, figures: bool) -> tuple[Change, ...]:
    """Everything that has changed, in the order of the form; prefilled `figures` where those before are known."""
    old, new = before.collection, after.collection
    return (
        *_fields("collection", old.key, old.title, _of_collection(old), _of_collection(new)),
        *_tables(before.layout.form.tables, after.layout.form.tables, renaming),
        *_rules(old, new),
        *_parameters(old, new),
        *(_figures(before, after, renaming) if figures else ()),
    )


def _of_collection(collection: Collection) -> dict[str, str]:
    return {
        "title": collection.title,
        "deadline": f"{collection.deadline:%-d %B %Y}",
        "return to": collection.return_to,
        "months": ", ".join(collection.months),
    }


def _fields(kind: Kind, name: str, label: str, old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[Change]:
    """What of one thing is other than it was."""
    for field, was in old.items():
        if new[field] != was:
            yield Change("changed", kind, name, label, field, was, new[field])


def _tables(old: Mapping[str, FormTable], new: Mapping[str, FormTable], renaming: Renaming) -> Iterator[Change]:
    kept: dict[str, str] = {}
    for key, table in old.items():
        now = renaming.table(key)
        if now not in new:
            yield Change("removed", "table", key, table.table.title)
            continue
        kept[now] = key
        if now != key:
            yield Change("renamed", "table", now, new[now].table.title, "", key, now)
        yield from _fields("table", now, new[now].table.title, _of_table(table.table), _of_table(new[now].table))
    lines = {(table, line.key): line for table, one in new.items() for line in one.lines}
    columns = {(table, column.key): column for table, one in new.items() for column in one.table.columns}
    yield from _lines(old, lines, renaming)
    yield from _columns(old, columns, renaming)
    for key, table in new.items():
        if key not in kept:
            yield Change("added", "table", key, table.table.title)
    yield from _new_lines(old, lines, renaming, kept)
    yield from _new_columns(old, columns, renaming, kept)


def _of_table(table: Table) -> dict[str, str]:
    return {"title": table.title, "code": table.code}


def _lines(old: Mapping[str, FormTable], new: Mapping[tuple[str, str], Line], renaming: Renaming) -> Iterator[Change]:
    for table, line in ((table, line) for table, one in old.items() for line in one.lines):
        now = renaming.line(table, line.key)
        name = ".".join(now)
        if now in new:
            if line.key != now[1]:
                yield Change("renamed", "line", name, _of_line(new[now])["label"], "", f"{table}.{line.key}", name)
            yield from _fields("line", name, new[now].label, _of_line(line), _of_line(new[now]))
        elif any(one == now[0] for one, _ in new):
            yield Change("removed", "line", f"{table}.{line.key}", line.label)


def _of_line(line: Line) -> dict[str, str]:
    return {
        "label": line.label,
        "code": line.sub_code,
        "unit": line.unit or "",
        "sign": line.sign or "",
        "how it is worked out": _tree(line.formula),
        "does not apply to": ", ".join(line.not_applicable),
    }


def _columns(old: Mapping[str, FormTable], new: Mapping[tuple[str, str], Column], renaming: Renaming) -> Iterator[Change]:
    for table, column in ((table, column) for table, one in old.items() for column in one.table.columns):
        now = renaming.table(table), renaming.column(table, column.key)[1]
        name = f"{now[0]}[{now[1]}]"
        if now in new:
            if column.key != now[1]:
                yield Change("renamed", "column", name, new[now].label, "", f"{table}[{column.key}]", name)
            yield from _fields("column", name, new[now].label, _of_column(column), _of_column(new[now]))
        elif any(one == now[0] for one, _ in new):
            yield Change("removed", "column", f"{table}[{column.key}]", column.label)


def _of_column(column: Column) -> dict[str, str]:
    options = column.options if isinstance(column.options, str) else ", ".join(column.options)
    return {
        "label": column.label,
        "code": column.code,
        "kind": column.kind,
        "type": column.type,
        "unit": column.unit,
        "decimals": str(column.dp),
        "sign": column.sign,
        "least": said(column.minimum) if column.minimum is not None else "none",
        "most": said(column.maximum) if column.maximum is not None else "none",
        "length": str(column.length),
        "choices": options,
        "optional": "yes" if column.optional else "no",
        "how it is worked out": _tree(column.formula),
    }


def _new_lines(
    old: Mapping[str, FormTable], new: Mapping[tuple[str, str], Line], renaming: Renaming, kept: Mapping[str, str]
) -> Iterator[Change]:
    known = {renaming.line(table, line.key) for table, one in old.items() for line in one.lines}
    for at, line in new.items():
        if at not in known and at[0] in kept:
            yield Change("added", "line", ".".join(at), line.label)


def _new_columns(
    old: Mapping[str, FormTable], new: Mapping[tuple[str, str], Column], renaming: Renaming, kept: Mapping[str, str]
) -> Iterator[Change]:
    known = {
        (renaming.table(table), renaming.column(table, column.key)[1])
        for table, one in old.items()
        for column in one.table.columns
    }
    for at, column in new.items():
        if at not in known and at[0] in kept:
            yield Change("added", "column", f"{at[0]}[{at[1]}]", column.label)


def _rules(old: Collection, new: Collection) -> Iterator[Change]:
    was, now = ({rule.id: rule for rule in _all_rules(one)} for one in (old, new))
    for name, rule in was.items():
        if name not in now:
            yield Change("removed", "rule", name, rule.title)
        else:
            yield from _fields("rule", name, now[name].title, _of_rule(rule), _of_rule(now[name]))
    yield from (Change("added", "rule", name, rule.title) for name, rule in now.items() if name not in was)


def _all_rules(collection: Collection) -> Iterator[Rule]:
    yield from (rule for sheet in collection.sheets for rule in sheet.rules)
    yield from collection.rules


def _of_rule(rule: Rule) -> dict[str, str]:
    asked = [*rule.for_each, *rule.lines, *([rule.section] if rule.section else []), *rule.months]
    return {
        "title": rule.title,
        "severity": rule.severity,
        "check": text_of(rule.check),
        "asked of": ", ".join(asked),
        "explained in": _tree(rule.explain),
        "message": written(rule.message),
        "fix": written(rule.fix),
        "trial": "yes" if rule.trial else "no",
    }


def _parameters(old: Collection, new: Collection) -> Iterator[Change]:
    was, now = ({one.key: one for one in collection.parameters} for collection in (old, new))
    for name, one in was.items():
        if name not in now:
            yield Change("removed", "threshold", name, one.label)
        else:
            yield from _fields("threshold", name, now[name].label, _of_parameter(one), _of_parameter(now[name]))
    yield from (Change("added", "threshold", name, one.label) for name, one in now.items() if name not in was)


def _of_parameter(parameter: Parameter) -> dict[str, str]:
    return {"label": parameter.label, "value": said(parameter.value), "unit": parameter.unit}


def _figures(before: Issuable, after: Issuable, renaming: Renaming) -> Iterator[Change]:
    """The prefilled figures that both versions have, with another value now."""
    for key, was in before.prefill.items():
        now = renaming.key(key)
        if now in after.prefill and after.prefill[now] != was:
            cell: FormCell = after.layout.form.cells[now]
            yield Change("changed", "figure", str(now), cell.words, "figure", said(was), said(after.prefill[now]))


def _tree(node: Node | None) -> str:
    return "" if node is None else text_of(node)


def first_asked(before: Issuable, after: Issuable, renaming: Renaming) -> tuple[Key, ...]:
    """The inputs that the version before did not ask for, in reading order."""
    known = {renaming.key(cell.key) for cell in before.layout.form.inputs()}
    return tuple(cell.key for cell in after.layout.form.inputs() if cell.key not in known)


def as_words(change: Change) -> str:
    """A change in a sentence: `Column changed: agency[fot], Forecast outturn: unit: £000, now £m.` is one."""
    head = f"{change.kind.capitalize()} {change.how}: {change.name}, {change.label}"
    if change.how == "renamed":
        return f"{head}: was {change.before}."
    if change.how == "changed":
        return f"{head}: {change.field}: {change.before or 'none'}, now {change.after or 'none'}."
    return f"{head}."


def as_fact(change: Change) -> dict[str, Any]:
    """The same for programs."""
    names = ("how", "kind", "name", "label", "field", "before", "after")
    return {name: getattr(change, name) for name in names}
