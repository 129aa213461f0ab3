"""What versions call otherwise than those before them: tables, lines and columns, and the way of a key from one to another."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook_gen.definition.calendar import MONTHS
from workbook_gen.definition.errors import DefinitionError, nearest
from workbook_gen.definition.model import Collection, Rename
from workbook_gen.definition.nodes import Key

_NAME = re.compile(r"(?P<table>[a-z]\w*)(?:\.(?P<line>\w+)|\[(?P<column>\w+)\])?", re.ASCII)
_DIGITS = 9
"""Digits of a part of a version: one that has more is none of ours."""
FILE = "collection.toml"


def version_order(version: str) -> tuple[int, ...]:
    """What versions are ordered by: 1.10 comes after 1.9."""
    return tuple(
        int(part) if part.isascii() and part.isdecimal() and len(part) <= _DIGITS else 0 for part in version.split(".")
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A table, a line of it, or a column (or a repeated one, by the name of its group)."""

    table: str
    line: str | None = None
    column: str | None = None

    @property
    def kind(self) -> str:
        """What it is, in a word."""
        return "line" if self.line else "column" if self.column else "table"

    def __str__(self) -> str:
        return f"{self.table}.{self.line}" if self.line else f"{self.table}[{self.column}]" if self.column else self.table

    def is_in(self, collection: Collection) -> bool:
        """Whether a definition has it. Organisations and records are no lines of a definition."""
        table = next((one for sheet in collection.sheets for one in sheet.tables if one.key == self.table), None)
        if table is None:
            return False
        if self.line:
            return isinstance(table.lines, tuple) and self.line in {line.key for line in table.lines}
        return self.column is None or self.column in {name for one in table.columns for name in (one.key, one.group)}


def named(text: str) -> Named | None:
    """The table, line or column that a text names; None where it is written otherwise."""
    match = _NAME.fullmatch(text)
    return Named(match["table"], match["line"], match["column"]) if match else None


Pair = tuple[Named, Named]
"""What something was called, and what it is called now."""


@dataclass(frozen=True)
class Renaming:
    """The way from an older version to the collection's own: what each version in between renamed, the oldest first."""

    steps: tuple[tuple[Pair, ...], ...] = ()

    def key(self, key: Key) -> Key:
        """The key of a cell under its name of today, whether or not there still is such a cell."""
        for step in self.steps:
            key = _renamed(step, key)
        return key

    def table(self, table: str) -> str:
        """A table's name of today."""
        return self.key(Key(table, "", "")).table

    def line(self, table: str, line: str) -> tuple[str, str]:
        """A line's name of today, with that of its table."""
        key = self.key(Key(table, line, ""))
        return key.table, key.line

    def column(self, table: str, column: str) -> tuple[str, str]:
        """A column's name of today, with that of its table."""
        key = self.key(Key(table, "", column))
        return key.table, key.column


def _renamed(step: tuple[Pair, ...], key: Key) -> Key:
    tables = {was.table: now.table for was, now in step if was.kind == "table"}
    lines = {(was.table, was.line): now for was, now in step if was.line}
    columns = {(was.table, was.column): now for was, now in step if was.column}
    moved = lines.get((key.table, key.line))
    group, _, month = key.column.rpartition("_")
    column = key.column
    if (key.table, key.column) in columns:
        column = str(columns[key.table, key.column].column)
    elif month in MONTHS and (key.table, group) in columns:
        column = f"{columns[key.table, group].column}_{month}"
    table = moved.table if moved else tables.get(key.table, key.table)
    return Key(table, str(moved.line) if moved else key.line, column)


def renaming(collection: Collection, since: str) -> Renaming:
    """What has been renamed since an older version."""
    steps = _steps(collection)
    return Renaming(tuple(pairs for version, pairs in steps if version_order(version) > version_order(since)))


def _steps(collection: Collection) -> list[tuple[str, tuple[Pair, ...]]]:
    """The renames of each version, the oldest first."""
    found: dict[str, list[Pair]] = {}
    for rename in sorted(collection.renames, key=lambda one: version_order(one.version)):
        was, now = named(rename.source), named(rename.to)
        if was and now:
            found.setdefault(rename.version, []).append((was, now))
    return [(version, tuple(pairs)) for version, pairs in found.items()]


def check_renames(collection: Collection) -> None:
    """Raise `DefinitionError` for a rename that is written otherwise, of a version that is none, or that leads nowhere."""
    versions = [change.version for change in collection.changes]
    for number, rename in enumerate(collection.renames, 1):
        block = f"rename {number}"
        if rename.version not in versions:
            problem = f"the change log has no version {rename.version}. {nearest(rename.version, versions)}"
            raise DefinitionError(FILE, block, "version", problem)
        was, now = (_read(text, block, field) for text, field in ((rename.source, "from"), (rename.to, "to")))
        if was.kind != now.kind:
            raise DefinitionError(FILE, block, "to", f"'{was}' is a {was.kind} and '{now}' a {now.kind}.")
        if not now.is_in(collection) and str(now) not in _later(collection.renames, rename):
            problem = f"there is no {now.kind} '{now}' in this definition, and no later version renames it."
            raise DefinitionError(FILE, block, "to", problem)
    for field, texts in (("from", [(one.version, one.source) for one in collection.renames]), ("to", _ends(collection))):
        twice = [text for (_, text), count in Counter(texts).items() if count > 1]
        if twice:
            raise DefinitionError(FILE, "rename", field, f"'{twice[0]}' is renamed twice in one version.")


def _read(text: str, block: str, field: str) -> Named:
    found = named(text)
    if found is None:
        problem = f"a table, a line or a column is written table, table.line or table[column] (found '{text}')."
        raise DefinitionError(FILE, block, field, problem)
    return found


def _later(renames: Iterable[Rename], rename: Rename) -> set[str]:
    """What later versions rename: by its own name, or as part of a table that they rename."""
    later = [one.source for one in renames if version_order(one.version) > version_order(rename.version)]
    tables = {found.table for text in later if (found := named(text)) and found.kind == "table"}
    own = named(rename.to)
    return {*later, *([rename.to] if own and own.table in tables else [])}


def _ends(collection: Collection) -> list[tuple[str, str]]:
    return [(one.version, one.to) for one in collection.renames]


def unknown_sources(collection: Collection, before: Collection, version: str) -> Iterator[DefinitionError]:
    """The renames of a version that rename what the version before it lacks, or to what it already has and keeps."""
    gone = {rename.source for rename in collection.renames if rename.version == version}
    for number, rename in enumerate(collection.renames, 1):
        was, now = named(rename.source), named(rename.to)
        if rename.version != version or was is None or now is None:
            continue
        if not was.is_in(before):
            yield DefinitionError(FILE, f"rename {number}", "from", f"version {before.version} has no {was.kind} '{was}'.")
        if now.is_in(before) and rename.to not in gone:
            problem = f"version {before.version} has a {now.kind} '{now}' already, and it is not renamed."
            yield DefinitionError(FILE, f"rename {number}", "to", problem)
