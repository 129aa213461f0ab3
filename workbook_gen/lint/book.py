"""A workbook as others see it: by openpyxl and part by part, its cells found by codes, not by our layout."""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cached_property
from io import BytesIO
from typing import NamedTuple, Self
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.utils.datetime import to_excel
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula
from openpyxl.worksheet.worksheet import Worksheet

from workbook_gen.definition.form import Form, FormCell, FormTable
from workbook_gen.definition.model import Collection
from workbook_gen.definition.nodes import Key

Place = tuple[str, int, int]
"""A sheet's name, a row and a column, both counted from 1."""

Value = float | str | bool | None

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
"""The name space of worksheets, as ElementTree writes it."""
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ParseError,
    DefusedXmlException,
    EOFError,
    RuntimeError,
    AttributeError,
    LookupError,
    OSError,
    TypeError,
    ValueError,
)
"""What zipfile, the parser and openpyxl raise at a file that is damaged."""


class Unopened(Exception):
    """A file that does not open as a workbook; the message says why, as the library put it."""


class Code(NamedTuple):
    """What identifies a figure on paper: the table's code, the line's sub code and the column's main code."""

    table: str
    sub: str
    main: str


class Seen(NamedTuple):
    """A cell: its value (a date as a serial day, an empty text as None), its formula, and the cell with its formats."""

    value: Value
    formula: str | None
    cell: Cell


class Relation(NamedTuple):
    """What a part says that it is related to: the part (empty for the package), the kind, the target, whether outside."""

    part: str
    id: str
    kind: str
    target: str
    external: bool


@dataclass(frozen=True)
class Book:
    """A workbook's bytes, read in every way that the tests need."""

    data: bytes

    def open(self) -> None:
        """Read all of it once. Raises `Unopened` where that cannot be done."""
        try:
            lost = [name for name, part in self.sheet_parts.items() if part not in self.trees]
            if lost:
                raise Unopened(f"the part of {', '.join(lost)} is missing")
            _ = self.cells
        except _DAMAGE as error:
            raise Unopened(str(error) or type(error).__name__) from error

    @cached_property
    def members(self) -> tuple[zipfile.ZipInfo, ...]:
        """The members of the package in order, one that stands twice twice."""
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            return tuple(archive.infolist())

    @cached_property
    def parts(self) -> dict[str, str]:
        """The text of every part that is text, by name."""
        found = {}
        with zipfile.ZipFile(BytesIO(self.data)) as archive:
            for name in archive.namelist():
                try:
                    found[name] = archive.read(name).decode()
                except UnicodeDecodeError:
                    continue
        return found

    @cached_property
    def trees(self) -> dict[str, Element]:
        """The root of every part of markup, by name. Raises `ParseError` for one that is not well formed."""
        return {name: fromstring(text) for name, text in self.parts.items() if name.endswith((".xml", ".rels"))}

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What every part is related to, targets as names of parts; outside ones as they are written."""
        return tuple(
            _relation(name, one) for name, tree in self.trees.items() if name.endswith(".rels") for one in tree if one.get("Id")
        )

    @cached_property
    def sheet_parts(self) -> dict[str, str]:
        """The part that holds each sheet, by the sheet's name; of two sheets of one name the last."""
        targets = {one.id: one.target for one in self.relations if one.part == "xl/workbook.xml"}
        sheets = self.trees["xl/workbook.xml"].iter(f"{MAIN}sheet")
        return {one.get("name", ""): targets[one.get(_RELATED, "")] for one in sheets}

    @cached_property
    def sheets(self) -> dict[str, Worksheet]:
        """The worksheets with their formulas, by name, in order."""
        return _worksheets(load_workbook(BytesIO(self.data)))

    @cached_property
    def cells(self) -> dict[Place, Seen]:
        """Every cell within the bounds of its sheet, empty ones included."""
        values = _worksheets(load_workbook(BytesIO(self.data), data_only=True))
        return {
            (name, cell.row, cell.column): Seen(plain(values[name].cell(cell.row, cell.column).value), _formula(cell), cell)
            for name, sheet in self.sheets.items()
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell, Cell)
        }

    def part_of(self, sheet: str) -> str:
        """The part that holds a worksheet."""
        return self.sheet_parts[sheet]

    def tree_of(self, sheet: str) -> Element:
        """The root of the part that holds a worksheet."""
        return self.trees[self.part_of(sheet)]

    def text(self, sheet: str, row: int, column: int) -> str:
        """What a cell shows as a text; empty where it holds none."""
        seen = self.cells.get((sheet, row, column))
        return seen.value if seen and isinstance(seen.value, str) else ""

    def rows(self, sheet: str) -> range:
        """The rows of a sheet, from 1."""
        return range(1, (self.sheets[sheet].max_row or 0) + 1)

    def columns_of(self, sheet: str, row: int) -> dict[str, int]:
        """The column below each heading of a header row."""
        width = self.sheets[sheet].max_column or 0
        return {text: column for column in range(1, width + 1) if (text := self.text(sheet, row, column))}

    def changed(self, changes: Mapping[str, str]) -> Self:
        """The same workbook with the text of some parts replaced. Raises `AssertionError` for a part that is not there."""
        assert set(changes) <= set(self.parts), set(changes) - set(self.parts)
        stream = BytesIO()
        with zipfile.ZipFile(BytesIO(self.data)) as archive, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as copy:
            for member in archive.infolist():
                copy.writestr(member, changes.get(member.filename, archive.read(member)))
        return type(self)(stream.getvalue())

    def replaced(self, part: str, old: str, new: str) -> Self:
        """The same workbook with one text of a part replaced, the first time it stands there."""
        assert old in self.parts[part], f"{part} does not hold {old!r}"
        return self.changed({part: self.parts[part].replace(old, new, 1)})


def local(element: Element) -> str:
    """An element's name without its name space."""
    return element.tag.rpartition("}")[2]


def plain(value: object) -> Value:
    """A value in one form whoever read it: numbers as floats, dates as serial days, empty texts as None."""
    match value:
        case None | "":
            return None
        case bool():
            return value
        case int() | float():
            return float(value)
        case date() | datetime() | time():
            return float(to_excel(value))  # type: ignore[no-untyped-call]
        case _:
            return str(value)


def _worksheets(workbook: Workbook) -> dict[str, Worksheet]:
    found: dict[str, Worksheet] = {}
    for sheet in workbook.worksheets:
        assert isinstance(sheet, Worksheet)
        found[str(sheet.title)] = sheet
    return found


def _formula(cell: Cell) -> str | None:
    if cell.data_type != "f":
        return None
    match cell.value:
        case ArrayFormula(text=text):
            return str(text)
        case DataTableFormula(ref=ref):
            return f"=TABLE({ref})"
    return str(cell.value)


def _relation(name: str, one: Element) -> Relation:
    """A relation written in a part such as `xl/_rels/workbook.xml.rels`, which is `xl/workbook.xml`'s."""
    folder, file = posixpath.split(name)
    home = posixpath.dirname(folder)
    part = posixpath.join(home, file.removesuffix(".rels"))
    external, target = one.get("TargetMode") == "External", one.get("Target", "")
    if not external:
        target = posixpath.normpath(posixpath.join("/", home, target)).lstrip("/")
    return Relation(part, one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target, external)


def places(book: Book, form: Form) -> tuple[dict[Key, Place], list[str]]:
    """Where every cell of a form stands, found by the codes that the sheets show; and the codes that stand twice, in words."""
    keys = {
        Code(table.table.code, cell.line.sub_code, table.table.code + cell.column.code): key
        for key, cell, table in _cells(form)
    }
    found: dict[Key, Place] = {}
    twice = []
    for code, place in coded(book.cells, form.collection):
        key = keys.get(code)
        if key is None:
            continue
        if key in found:
            twice.append(f"{place[0]} row {place[1]}: {code.sub} × {code.main} stands a second time")
        found.setdefault(key, place)
    return found, twice


def _cells(form: Form) -> Iterator[tuple[Key, FormCell, FormTable]]:
    return ((key, cell, form.tables[key.table]) for key, cell in form.cells.items())


def coded(cells: Mapping[Place, Seen], definition: Collection) -> Iterator[tuple[Code, Place]]:
    """Every coded cell of the return's sheets, with its place; a code that stands twice comes twice.

    A table begins where column A holds its code; a row of main codes follows, then lines with sub codes in column A.
    """
    tables = {table.code for sheet in definition.sheets for table in sheet.tables}
    sheets = {sheet.title for sheet in definition.sheets}
    rows: dict[tuple[str, int], dict[int, Value]] = {}
    for (sheet, row, column), seen in cells.items():
        if sheet in sheets:
            rows.setdefault((sheet, row), {})[column] = seen.value
    table, mains = "", dict[int, str]()
    for (sheet, row), values in rows.items():
        first = values.get(1)
        if first in tables or row == 1:
            table, mains = str(first), {}
        elif table in tables and not mains:
            mains = {column: str(value) for column, value in values.items() if str(value).startswith(table)}
        elif mains and first not in (None, "Code"):
            yield from ((Code(table, str(first), main), (sheet, row, column)) for column, main in mains.items())
