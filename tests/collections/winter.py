"""The second collection, issued and filled in through the command line, and its workbooks as openpyxl sees them."""

import csv
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from click.testing import CliRunner
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from workbook_gen.checks.run import settings_of
from workbook_gen.cli import main
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.definition.model import Collection
from workbook_gen.definition.practice import Way
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import CheckedReturn, Desk, check_file
from workbook_gen.desk.practice import fill_in
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook
from workbook_gen.national.data import NationalData, load_national

FOLDER = Path(__file__).parent / "winter_2030"
KEY = bytes(range(32))


@dataclass(frozen=True)
class Said:
    """What a command said: its exit code, stdout and stderr."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The object on stdout."""
        return json.loads(self.out)


def run(workspace: Path, *arguments: str, folder: Path = FOLDER) -> Said:
    """A command on the collection, with everything generated in a workspace of its own. What it raises is raised."""
    where = ["--collection", str(folder), "--workspace", str(workspace)]
    done = CliRunner().invoke(main, [*arguments, *where], catch_exceptions=False)
    return Said(done.exit_code, done.stdout, done.stderr)


def issued_and_completed(workspace: Path) -> Path:
    """The workspace, once every workbook is issued in it and a practice return of each is made."""
    assert run(workspace, "issue", "--jobs", "1").code == 0
    assert run(workspace, "practice", "--jobs", "1").code == 0
    return workspace


def issued(workspace: Path, code: str) -> Path:
    """A system's workbook as issued."""
    return workspace / "winter_2030" / "issued" / "2.10" / f"{code}_winter_2030_v2.10.xlsx"


def completed(workspace: Path, code: str) -> Path:
    """A system's practice return."""
    return workspace / "winter_2030" / "practice" / f"{code}_winter_2030_v2.10.xlsx"


def rows(table: str) -> list[dict[str, str]]:
    """A national table's rows as text."""
    with (FOLDER / "national" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SYSTEMS = tuple(row["org_code"] for row in rows("bodies") if row["kind"] == "icb")
"""The codes of the systems, as bodies.csv says."""


@lru_cache(maxsize=1)
def collection() -> Collection:
    """The definition."""
    return load_collection(FOLDER)


@lru_cache(maxsize=1)
def national() -> NationalData:
    """Its national figures."""
    return load_national(collection(), FOLDER, None)


@lru_cache(maxsize=8)
def issuable(code: str) -> Issuable:
    """One system's return before anything is filled in."""
    return Issuable(collection(), national(), national().system(code))


def ways() -> dict[str, Way]:
    """The ways of filling in, by key."""
    return {way.key: way for way in load_practice(FOLDER, collection()).ways}


def filled(code: str, way: str, folder: Path) -> CheckedReturn:
    """A system's return filled in one way, written and checked: as `practice` and `check` do, the way not left to the seed."""
    one = issuable(code)
    inputs = fill_in(one, load_practice(FOLDER, collection()), ways()[way], 1)
    contents = one.contents(inputs, sealed(one.stamp(1), KEY))
    path = folder / f"{code}_{way}.xlsx"
    path.write_bytes(write_workbook(one.layout, contents, settings_of(collection())))
    return check_file(path, Desk(collection(), national(), KEY))


def spoiled(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the collection with one text of one file replaced; it must stand there once."""
    copy = folder / "spoiled"
    shutil.copytree(FOLDER, copy)
    text = (copy / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, f"'{old}' stands {text.count(old)} times in {file}"
    (copy / file).write_text(text.replace(old, new), encoding="utf-8")
    return copy


def extended(folder: Path, file: str, more: str) -> Path:
    """A copy of the collection with more text at the end of one file."""
    copy = folder / "extended"
    shutil.copytree(FOLDER, copy)
    with (copy / file).open("a", encoding="utf-8") as stream:
        stream.write(more)
    return copy


@lru_cache(maxsize=8)
def book_of(path: Path) -> Workbook:
    """A workbook, formulas as written. It is read once: the file of a path is not written again."""
    return load_workbook(path)


def sheets_of(path: Path) -> list[Worksheet]:
    """The worksheets of a workbook."""
    sheets: list[Worksheet] = list(book_of(path).worksheets)
    assert len(sheets) == len(book_of(path).sheetnames)
    return sheets


def charts_of(sheet: Worksheet) -> list[Any]:
    """The charts of a sheet, as openpyxl reads them."""
    charts: list[Any] = sheet._charts  # type: ignore[attr-defined]
    return charts


def formulas_of(sheet: Worksheet) -> list[Cell]:
    """The cells of a sheet that hold a formula."""
    return [cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell) and cell.data_type == "f"]


def coded(sheet: Worksheet) -> Iterator[tuple[str, str, Cell]]:
    """Every coded cell with its main code and sub code: below a row that begins with `Code`, main codes being above it."""
    mains: dict[int, str] = {}
    for row in range(1, sheet.max_row + 1):
        first = sheet.cell(row, 1).value
        if first == "Code":
            above = ((column, sheet.cell(row - 1, column).value) for column in range(3, sheet.max_column + 1))
            mains = {column: str(code) for column, code in above if code}
        elif not first:
            mains = {}
        for column, main_code in mains.items() if first != "Code" else ():
            cell = sheet.cell(row, column)
            assert isinstance(cell, Cell)
            yield main_code, str(first), cell


def texts_of(path: Path) -> Iterator[str]:
    """Every text that a person meets in a workbook: cells, prompts and messages, chart titles, names and properties."""
    book = book_of(path)
    yield from (str(text) for text in (book.properties.title, book.properties.subject, book.properties.creator))
    yield from book.defined_names
    for sheet in sheets_of(path):
        yield sheet.title
        yield from (cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
        for one in sheet.data_validations.dataValidation:
            yield from filter(None, (one.promptTitle, one.prompt, one.errorTitle, one.error))
        footer = sheet.oddFooter
        if footer is not None:
            yield from (part.text for part in (footer.left, footer.center, footer.right) if part.text)
