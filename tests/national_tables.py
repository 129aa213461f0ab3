"""What the tests of national data share: a copy of the shipped tables to spoil, and a small collection by hand."""

import csv
import shutil
from datetime import date
from pathlib import Path

import pytest

from workbook_gen.definition.model import Collection, Column, Guidance, Line, Sheet, Table
from workbook_gen.definition.sources import National
from workbook_gen.national.data import NationalDataError, load_national

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "templates" / "h2_2023_24"
SHARED = ROOT / ".." / "shared" / "data"

Rows = list[dict[str, str]]


def copied(tmp_path: Path) -> Path:
    """A collection's folder that holds a copy of the shipped tables, to spoil."""
    shutil.copytree(TEMPLATE / "national", tmp_path / "national")
    return tmp_path


def rows(folder: Path, table: str) -> Rows:
    """A table's rows as text."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path, table: str, content: Rows) -> None:
    """A table's rows back into its file."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(content[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)


def change(folder: Path, table: str, code: str, column: str, text: str, key: str = "org_code") -> None:
    """Put a text into one cell of a table; there must be one such row."""
    content = rows(folder, table)
    (row,) = [row for row in content if row[key] == code]
    assert column in row
    row[column] = text
    write(folder, table, content)


def faults_of(collection: Collection, folder: Path, override: Path | None = None) -> tuple[str, ...]:
    """The faults that the tables are refused with."""
    with pytest.raises(NationalDataError) as caught:
        load_national(collection, folder, override)
    return caught.value.faults


def only(faults: tuple[str, ...], *words: str) -> str:
    """The only fault there is, which holds each of the words."""
    assert len(faults) == 1, "\n".join(faults)
    assert [word for word in words if word not in faults[0]] == [], faults[0]
    return faults[0]


def prefill_column(key: str, source: str, source_column: str | None = None, month: str | None = None) -> Column:
    """A prefilled number column; a month makes it one of a repeated group that is named as the key."""
    return Column(
        key=f"{key}_{month}" if month else key,
        code=f"{key}{month or ''}".upper(),
        label=key,
        kind="prefill",
        unit="£000",
        dp=0,
        source=source,
        source_column=source_column,
        group=key if month else None,
        month=month,
    )


def fixed_line(key: str, not_applicable: tuple[str, ...] = ()) -> Line:
    """A fixed line."""
    return Line(key=key, sub_code=key.upper(), label=key, not_applicable=not_applicable)


def small_collection(*tables: Table, national: National) -> Collection:
    """A collection of one sheet with these tables."""
    sheet = Sheet(key="only", title="Only", purpose="", units="£000", sentence="", tables=tables, rules=())
    return Collection(
        key="small",
        title="Small",
        version="1.0",
        issued=date(2023, 11, 8),
        deadline=date(2023, 11, 22),
        team="team",
        return_to="address",
        year_start=date(2023, 4, 1),
        actual_to="oct",
        months=("nov", "dec"),
        sheets=(sheet,),
        parameters=(),
        headlines=(),
        changes=(),
        guidance=Guidance(summary="", first=()),
        rules=(),
        national=national,
    )
