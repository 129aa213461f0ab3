"""Whose file is it? By its seal; without one, by its codes, and said so."""

import re
from collections.abc import Collection as Codes
from dataclasses import dataclass

from workbook_gen.catalogue import structural
from workbook_gen.definition.layout import ABOUT, PLAN_DATA
from workbook_gen.definition.model import Collection
from workbook_gen.definition.renames import version_order
from workbook_gen.excel.about import MEANINGS, PREFIX, PROPERTIES
from workbook_gen.excel.contents import Stamp
from workbook_gen.excel.scan import Scan, ScannedSheet
from workbook_gen.excel.seal import is_genuine
from workbook_gen.findings import Finding

_CODE = re.compile(r"[A-Za-z0-9]+")
"""What a file's name begins with, where it begins with a code."""
_LONGEST = 255
"""Characters of a fact in a stamp: those that we write are far shorter."""
_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose return a file is. `organisation` is None where nothing in the file can be read as this collection's."""

    organisation: str | None
    version: str
    stamp: Stamp | None
    findings: tuple[Finding, ...]


def identify(scan: Scan, collection: Collection, systems: Codes[str], file_name: str, key: bytes | None) -> Identity:
    """The organisation and version of a file, and what is to be said of them (STR-1xx).

    `systems` are the codes that a return can be for; `key` is the workspace's sealing key, None where it is not here.
    """
    stamp = find_stamp(scan)
    if stamp is None:
        return _by_codes(scan, collection, systems)
    if refusal := _refused(stamp, collection, systems, key):
        return Identity(None, stamp.version, stamp, (refusal,))
    findings = []
    if key is None:
        findings.append(structural("STR-107"))
    named = code_in(file_name)
    if named != stamp.organisation and named in systems:
        findings.append(structural("STR-106", found=named, expected=stamp.organisation))
    return Identity(stamp.organisation, stamp.version, stamp, tuple(findings))


def code_in(file_name: str) -> str:
    """The code that a file's name begins with, in capitals; empty where it begins with none."""
    start = _CODE.match(file_name)
    return start[0].upper() if start else ""


def find_stamp(scan: Scan) -> Stamp | None:
    """The stamp, from the file's properties or, where a program has dropped those, from the About sheet."""
    facts = {name: scan.properties.get(PREFIX + name, "") for name in PROPERTIES}
    if not facts["seal"]:
        facts = _about(scan)
    if not facts.get("seal") or not _is_number(facts["issue"]) or any(len(text) > _LONGEST for text in facts.values()):
        return None
    return Stamp(**{**facts, "issue": int(facts["issue"])})  # type: ignore[arg-type]


def _about(scan: Scan) -> dict[str, str]:
    """The facts on the About sheet: each meaning in column A, its text in column B."""
    sheet = next((one for one in scan.sheets if one.name == ABOUT), None)
    if sheet is None:
        return {}
    said = {
        str(value): str(sheet.cells.held[row, 2] or "")
        for (row, column), value in sheet.cells.held.items()
        if column == 1 and (row, 2) in sheet.cells.held
    }
    return {name: said.get(meaning, "") for name, meaning in MEANINGS.items()}


def _refused(stamp: Stamp, collection: Collection, systems: Codes[str], key: bytes | None) -> Finding | None:
    if stamp.collection != collection.key:
        return structural("STR-103", found=stamp.collection, expected=collection.title)
    if key is not None and not is_genuine(stamp, key):
        return structural("STR-102", found=f"{stamp.organisation}, version {stamp.version}, issue {stamp.issue}")
    if stamp.version != collection.version:
        older = version_order(stamp.version) < version_order(collection.version)
        return structural("STR-104" if older else "STR-105", found=stamp.version, expected=collection.version)
    if stamp.organisation not in systems:
        return structural("STR-109", found=stamp.organisation, expected="the national tables at hand")
    return None


def _is_number(text: str) -> bool:
    """Whether a text is a number of issues, which has few digits."""
    return text.isascii() and text.isdecimal() and len(text) <= _DIGITS


def _by_codes(scan: Scan, collection: Collection, systems: Codes[str]) -> Identity:
    """A file without a seal is ours if it holds most of our table codes and the code of just one system."""
    texts = {value for sheet in scan.sheets for value in sheet.cells.held.values() if isinstance(value, str)}
    codes = [table.code for sheet in collection.sheets for table in sheet.tables]
    found = sorted(_boards(scan, systems))
    if sum(code in texts for code in codes) * 2 < len(codes) or len(found) != 1:
        refusal = structural("STR-101", expected=f"the {collection.title}")
        return Identity(None, "", None, (refusal,))
    note = structural("STR-110", found=f"{found[0]}, {collection.title}")
    return Identity(found[0], collection.version, None, (note,))


def _boards(scan: Scan, systems: Codes[str]) -> set[str]:
    """The systems named on PlanData, or anywhere where that sheet is gone."""
    plan_data: tuple[ScannedSheet, ...] = tuple(sheet for sheet in scan.sheets if sheet.name == PLAN_DATA)
    return {
        str(value)
        for sheet in plan_data or scan.sheets
        for value in sheet.cells.held.values()
        if isinstance(value, str) and value in systems
    }
