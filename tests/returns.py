"""Completed returns of the shipped collection, made once a process: what the tests of reader, check and practice share."""

import os
import shutil
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from workbook_gen.checks.run import settings_of
from workbook_gen.definition.layout import address
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.definition.model import Collection
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.practice import Practice, Way
from workbook_gen.definition.values import Value
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import CheckedReturn, Desk, check_received
from workbook_gen.desk.practice import fill_in
from workbook_gen.desk.received import Received
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook
from workbook_gen.findings import Finding
from workbook_gen.national.data import NationalData, load_national

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "h2_2023_24"
PUBLISHED = ROOT / ".." / "shared" / "data" / "published"
SEAL_KEY = bytes(range(32))
SYSTEMS = ("QYG", "QSL", "QUE")
"""A large system, a small one, and one that hosts an ambulance trust."""


@cache
def collection() -> Collection:
    """The collection shipped."""
    return load_collection(TEMPLATE)


@cache
def national() -> NationalData:
    """The national data shipped."""
    return load_national(collection(), TEMPLATE)


@cache
def practice() -> Practice:
    """The recipes and ways of practice.toml."""
    return load_practice(TEMPLATE, collection())


def way(key: str) -> Way:
    """A way of practice.toml by its key."""
    return next(one for one in practice().ways if one.key == key)


def systems() -> tuple[str, ...]:
    """The code of every system, from organisations.csv."""
    return tuple(system.code for system in national().systems)


@cache
def issuable(code: str) -> Issuable:
    """A system's return as issued."""
    return Issuable(collection(), national(), national().system(code))


@cache
def answers(code: str, way_key: str = "clean", seed: int = 1) -> Mapping[Key, Value]:
    """The inputs of a practice return."""
    return fill_in(issuable(code), practice(), way(way_key), seed)


def written(one: Issuable, inputs: Mapping[Key, Value], key: bytes = SEAL_KEY) -> bytes:
    """A system's workbook with these inputs, every total up to date, sealed as issue 1."""
    contents = one.contents(inputs, sealed(one.stamp(1), key))
    return write_workbook(one.layout, contents, settings_of(one.collection))


@cache
def completed(code: str, way_key: str = "clean", seed: int = 1) -> bytes:
    """A practice return as a file."""
    return written(issuable(code), answers(code, way_key, seed))


@cache
def desk(key: bytes | None = SEAL_KEY) -> Desk:
    """The centre's desk, with the key that sealed the returns here, or with none."""
    return Desk(collection(), national(), key)


def check(data: bytes, name: str, at: Desk | None = None) -> CheckedReturn:
    """Check a file of these bytes and this name."""
    return check_received(Received(name, sha256(data).hexdigest(), data), at or desk())


@cache
def sound(code: str) -> CheckedReturn:
    """The clean practice return, checked."""
    return check(completed(code), file_name(code))


def file_name(code: str) -> str:
    """The name that a system's workbook is issued under."""
    return f"{code}_{collection().key}_v{collection().version}.xlsx"


def copied_collection(folder: Path) -> Path:
    """A copy of the collection's folder, to change."""
    copy = folder / "collection"
    shutil.copytree(TEMPLATE, copy)
    return copy


def replace_text(path: Path, old: str, new: str) -> None:
    """Put a text in the place of another, which stands in the file once."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path; empty where there is no folder."""
    inside = (Path(root) / name for root, _, names in os.walk(folder) for name in names)
    return {str(path.relative_to(folder)): path.read_bytes() for path in inside}


def by_code(checked: CheckedReturn, code: str) -> list[Finding]:
    """The findings of a code."""
    return [finding for finding in checked.findings if finding.code == code]


def structural_codes(checked: CheckedReturn) -> list[str]:
    """The structural codes found, in order."""
    return sorted(finding.code for finding in checked.findings if finding.code.startswith("STR-"))


def fingerprints(checked: CheckedReturn) -> set[tuple[str, ...]]:
    """What is said of a return, by code, outcome and place; that totals are not up to date is told in tests of its own."""
    return {
        (one.code, one.outcome.value, one.table, one.line, one.column, one.sheet, one.cell)
        for one in checked.findings
        if one.code != "STR-304"
    }


def place_of(code: str, key: Key) -> tuple[str, str]:
    """The sheet and the address of a cell as issued."""
    sheet, row, column = issuable(code).layout.cells[key]
    return sheet, address(row, column)
