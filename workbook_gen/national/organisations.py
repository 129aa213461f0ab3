"""organisations.csv: every ICB and provider, checked, and the systems that they form."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook_gen.definition.errors import nearest
from workbook_gen.definition.model import Organisation, System
from workbook_gen.national.tables import CODE, read_listed

COLUMNS = (CODE, "name", "kind", "sector", "icb_code", "region_code", "region_name")
REQUIRED = ("name", "icb_code", "region_code", "region_name")
KINDS = ("icb", "provider")
RESERVED = ("total", "organisations")
"""Line and section names of an organisation table: a code in lower case is a line's key."""


@dataclass(frozen=True, slots=True)
class Directory:
    """The organisations by code, and the codes whose row is faulty: no table complains of those again."""

    by_code: dict[str, Organisation]
    doubtful: frozenset[str]

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """The sound ones, by code."""
        return tuple(self.by_code[code] for code in sorted(self.by_code))


def read_organisations(path: Path) -> tuple[Directory, list[str]]:
    """The directory and what is wrong with it."""
    found, faults = read_listed(path, COLUMNS)
    if found is None:
        return Directory({}, frozenset()), faults
    rows = found.rows
    codes = Counter(row[CODE] for row in rows)
    boards = {row[CODE] for row in rows if row["kind"] == "icb"}
    by_code: dict[str, Organisation] = {}
    doubtful = set()
    for row in rows:
        wrong = _row_faults(row, codes, boards)
        faults += [f"{path.name}: {fault}" for fault in wrong]
        if wrong:
            doubtful.add(row[CODE])
        else:
            by_code[row[CODE]] = _organisation(row)
    if not boards:
        faults.append(f"{path.name} has no ICB. Add a row of the kind 'icb' for each system.")
    return Directory(by_code, frozenset(doubtful)), faults


def systems_of(organisations: tuple[Organisation, ...]) -> tuple[System, ...]:
    """Each ICB, by code, with its providers, by name."""
    boards = sorted((one for one in organisations if one.kind == "icb"), key=lambda one: one.code)
    providers: dict[str, list[Organisation]] = {board.code: [] for board in boards}
    for one in sorted(organisations, key=lambda one: (one.name.casefold(), one.code)):
        if one.kind == "provider" and one.icb_code in providers:
            providers[one.icb_code].append(one)
    return tuple(System(icb=board, providers=tuple(providers[board.code])) for board in boards)


def _organisation(row: dict[str, str]) -> Organisation:
    return Organisation(code=row[CODE], kind="icb" if row["kind"] == "icb" else "provider", **_texts(row))


def _texts(row: dict[str, str]) -> dict[str, str]:
    return {name: row[name] for name in COLUMNS if name not in (CODE, "kind")}


def _row_faults(row: dict[str, str], codes: Mapping[str, int], boards: set[str]) -> list[str]:
    code = row[CODE]
    if not code:
        return [f"the row of '{row['name']}' has no organisation code. Enter it, or remove the row."]
    who = f"{code} {row['name']}".strip()
    if not re.fullmatch(r"[A-Za-z]\w*", code) or code.lower() in RESERVED:
        return [f"{who}: a code begins with a letter, holds letters and digits only, and is not {' or '.join(RESERVED)}."]
    faults = [f"{who}, {name} is blank. Enter it." for name in REQUIRED if not row[name]]
    if codes[code] > 1:
        faults.append(f"{who} stands {codes[code]} times. Keep one row.")
    if row["kind"] not in KINDS:
        faults.append(f"{who}, kind is '{row['kind']}'. Write icb or provider.")
    if row["kind"] == "provider" and row["icb_code"] and row["icb_code"] not in boards:
        faults.append(f"{who}, icb_code is '{row['icb_code']}', which is no ICB here. {nearest(row['icb_code'], boards)}")
    if row["kind"] == "icb" and row["icb_code"] not in ("", code):
        faults.append(f"{who} is an ICB, but its icb_code is '{row['icb_code']}'. Write {code}.")
    return faults
