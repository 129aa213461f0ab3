"""NHS England's published workbook into a national table, by the mapping that the collection declares."""

import math
import re
import zlib
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import NamedTuple
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

import openpyxl
import pandas as pd
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._read_only import ReadOnlyWorksheet

from workbook_gen.definition.errors import ExpressionError, nearest
from workbook_gen.definition.model import Organisation
from workbook_gen.definition.sources import Publication, PublicationSheet
from workbook_gen.definition.where import matches, parse_where
from workbook_gen.files import write_atomically
from workbook_gen.national.faults import NationalDataError, named
from workbook_gen.national.tables import CODE, read_text

Row = tuple[object, ...]
UNREADABLE = (
    InvalidFileException,
    BadZipFile,
    ParseError,
    zlib.error,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
)
"""What openpyxl raises at a file that is no workbook, or a damaged one: found by damaging each part of one in turn."""


class PublicationError(NationalDataError):
    """A published workbook that cannot be imported; `faults` names sheet, organisation and figure, all at once."""


class Change(NamedTuple):
    """A figure of a national table that an import changes; blank where there was none."""

    code: str
    column: str
    old: str
    new: str


def import_table(publication: Publication, workbook_path: Path, organisations: tuple[Organisation, ...]) -> pd.DataFrame:
    """The published columns as floats by organisation code, for every organisation that the publication is for.

    Raises `PublicationError`: a sheet, heading, organisation or figure is missing, stands twice or is no number.
    """
    try:
        where = parse_where(publication.where)
    except ExpressionError as error:
        raise PublicationError([f"{publication.title}, where: {error}"]) from error
    expected = {one.code: one for one in organisations if matches(where, one)}
    sheets = _read(workbook_path, tuple(sheet.name for sheet in publication.sheets))
    faults: list[str] = []
    found: dict[str, dict[str, float]] = {code: {} for code in sorted(expected)}
    for sheet in publication.sheets:
        faults += _take(sheet, sheets, expected, found)
    if not expected:
        faults.append(f"{publication.title}: {publication.where} chooses no organisation. Correct the text in quotes.")
    if faults:
        raise PublicationError(f"{workbook_path.name}, {fault}" for fault in faults)
    return pd.DataFrame.from_dict(found, orient="index", columns=list(publication.columns)).rename_axis(CODE)


def write_table(imported: pd.DataFrame, path: Path, *, dry_run: bool = False) -> tuple[Change, ...]:
    """Put the imported columns into a national table's CSV file, its other columns kept, and say what changed.

    The file is written whole or not at all, and only where something changes; a new row's other columns stay blank for
    the centre to fill. Raises `NationalDataError` where the file cannot be read.
    """
    table = _existing(path)
    merged = _merged(table, imported)
    changes = _changes(table, merged)
    if changes and not dry_run:
        text = merged.reset_index().to_csv(index=False, lineterminator="\n")
        write_atomically(path, text.encode())
    return changes


def _read(path: Path, names: tuple[str, ...]) -> dict[str, list[Row]]:
    """All rows of the named sheets that the workbook has, values only; and, without rows, the other sheets' names."""
    try:
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except UNREADABLE as error:
        raise PublicationError([f"{path.name} cannot be read as an Excel workbook (.xlsx): {error}"]) from error
    try:
        return {name: _rows(workbook, name) if name in names else [] for name in workbook.sheetnames}
    except UNREADABLE as error:
        raise PublicationError([f"{path.name} is damaged: {error}"]) from error
    finally:
        workbook.close()


def _rows(workbook: openpyxl.Workbook, name: str) -> list[Row]:
    sheet = next((one for one in workbook.worksheets if one.title == name), None)  # none where the sheet is a chart
    if not isinstance(sheet, ReadOnlyWorksheet):
        return []
    sheet.reset_dimensions()  # the size that the file states need not be true
    return [tuple(cell.value for cell in row) for row in sheet.rows]


def _take(
    sheet: PublicationSheet,
    sheets: Mapping[str, list[Row]],
    expected: Mapping[str, Organisation],
    found: dict[str, dict[str, float]],
) -> list[str]:
    """Put one sheet's figures into `found`; the faults."""
    if sheet.name not in sheets:
        return [f"the sheet '{sheet.name}' is missing. {nearest(sheet.name, sheets)}"]
    rows = sheets[sheet.name]
    places, faults = _places(sheet, rows)
    if faults:
        return [f"sheet '{sheet.name}': {fault}" for fault in faults]
    seen: set[str] = set()
    for number, row in enumerate(rows[sheet.first_row - 1 :], sheet.first_row):
        code = _text(row, places[CODE])
        if not re.fullmatch(sheet.rows, code):
            continue
        faults += _row_faults(code, number, seen, expected)
        if code in expected and code not in seen:
            faults += _figures(sheet, places, row, number, expected[code], found[code])
        seen.add(code)
    faults += [
        f"{named(code, expected)} has no row. Its code is looked for under '{sheet.code}'."
        for code in expected
        if code not in seen
    ]
    return [f"sheet '{sheet.name}': {fault}" for fault in faults]


def _places(sheet: PublicationSheet, rows: list[Row]) -> tuple[dict[str, int], list[str]]:
    """Where the code and each column stand, counted from 0; and the headings that are missing or stand twice."""
    row = rows[sheet.header_row - 1] if len(rows) >= sheet.header_row else ()
    headings = [_plain(str(value)) if value is not None else "" for value in row]
    places: dict[str, int] = {}
    faults = []
    for column, heading in {CODE: sheet.code, **sheet.columns}.items():
        wanted = _plain(heading)
        if headings.count(wanted) == 1:
            places[column] = headings.index(wanted)
        elif wanted in headings:
            faults.append(f"the heading '{wanted}' stands more than once in row {sheet.header_row}.")
        else:
            near = nearest(wanted, (heading for heading in headings if heading))
            faults.append(f"row {sheet.header_row} has no heading '{wanted}', which {column} is read from. {near}")
    return places, faults


def _row_faults(code: str, number: int, seen: set[str], expected: Mapping[str, Organisation]) -> list[str]:
    if code in seen:
        return [f"{named(code, expected)} stands twice, again in row {number}."]
    if code not in expected:
        return [f"{code} in row {number} is none of the organisations that this is for. {nearest(code, expected)}"]
    return []


def _figures(
    sheet: PublicationSheet,
    places: Mapping[str, int],
    row: Row,
    number: int,
    one: Organisation,
    found: dict[str, float],
) -> list[str]:
    faults = []
    for column in sheet.columns:
        place = places[column]
        value = row[place] if place < len(row) else None
        where = f"{one.code} {one.name}, {column} (cell {get_column_letter(place + 1)}{number})"
        if isinstance(value, bool) or not isinstance(value, int | float):
            said = "blank" if value is None else f"'{value}', not a number"
            faults.append(f"{where} is {said}.")
        elif not math.isfinite(value):
            faults.append(f"{where} is no finite number.")
        else:
            found[column] = _rounded(value * sheet.factor, sheet.dp)
    return faults


def _rounded(value: float, dp: int) -> float:
    """Rounded half away from zero on the 15 digits that Excel shows."""
    return float(Decimal(f"{value:.15g}").quantize(Decimal(1).scaleb(-dp), rounding=ROUND_HALF_UP))


def _plain(text: str) -> str:
    """A heading with line breaks and runs of blanks made one blank."""
    return " ".join(text.split())


def _text(row: Row, place: int) -> str:
    return str(row[place]).strip() if place < len(row) and row[place] is not None else ""


def _existing(path: Path) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame(index=pd.Index([], name=CODE, dtype=str))
    found, faults = read_text(path)
    if found is None or CODE not in found.columns:
        raise NationalDataError(faults or [f"{path.stem}: the column {CODE} is missing from {path.name}."])
    frame = pd.DataFrame(found.rows, columns=list(found.columns), dtype=str)
    codes = frame[CODE].tolist()
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise NationalDataError(f"{path.stem}: {code} stands more than once in {path.name}. Keep one row." for code in twice)
    return frame.set_index(CODE)


def _merged(table: pd.DataFrame, imported: pd.DataFrame) -> pd.DataFrame:
    """The table with the imported columns; rows and columns in the table's order, new ones last."""
    rows = [*table.index, *(code for code in imported.index if code not in table.index)]
    columns = [*table.columns, *(name for name in imported.columns if name not in table.columns)]
    merged = table.reindex(index=rows, columns=columns, fill_value="").astype(str)
    for column in imported.columns:
        for code in imported.index:
            merged.loc[code, column] = _csv(float(imported.loc[code, column]))
    return merged.rename_axis(CODE)


def _changes(old: pd.DataFrame, new: pd.DataFrame) -> tuple[Change, ...]:
    before = old.reindex(index=new.index, columns=new.columns, fill_value="").astype(str)
    cells = ((str(code), str(column)) for code in new.index for column in new.columns)
    pairs = (Change(code, column, str(before.loc[code, column]), str(new.loc[code, column])) for code, column in cells)
    return tuple(change for change in pairs if change.old != change.new)


def _csv(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)
