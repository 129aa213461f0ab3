"""A CSV of figures by code: its bytes -> numbered rows, or what is wrong with it; and the one that a person fills in."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workbook_gen.catalogue import quote

CELL = ("table", "line", "column")
CODES = ("main_code", "sub_code")
VALUE = "value"
_WORDS = ("sheet", "label", "unit", "type")
TEMPLATE = (*CELL, VALUE, *CODES, *_WORDS)
"""The columns of a template; the last four help a person and are not read."""

_QUOTE = "Put quotation marks around a value with a comma in it."
_THOUSANDS = re.compile(r"\d{3}(\.\d+)?\)?")
_DELIMITERS = ",;\t"
_SAVE = "In Excel: File > Save As > CSV UTF-8 (Comma delimited)."
_HEADER = f"The header is {','.join(CELL)},{VALUE} or {','.join(CODES)},{VALUE}."

Fault = tuple[int, str]
"""The row that a fault is in (0 for the file as a whole), and what is wrong, with how to mend it."""


class LedgerRefused(Exception):
    """Nothing can be filled in from a CSV; `faults` says all that is wrong with it, by row."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(f"row {row}: {text}" if row else text for row, text in sorted(faults, key=lambda fault: fault[0]))
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds a value: its number as Excel counts it, and its fields by the names in the header."""

    number: int
    fields: Mapping[str, str]

    @property
    def value(self) -> str:
        """What is to be put in the cell."""
        return self.fields[VALUE]

    def names(self, columns: tuple[str, ...]) -> tuple[str, ...]:
        """What stands in these columns, without blanks around it; an empty text where there is no such column."""
        return tuple(self.fields.get(name, "").strip() for name in columns)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The rows that hold a value, and what is wrong with others."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read_ledger(data: bytes) -> Ledger:
    """Read a CSV: UTF-8 or Windows-1252, with commas, semicolons or tabs; a row without a value is left out.

    Raises `LedgerRefused` where no row can be read: no text, no such header, quotation marks that do not pair, no value.
    """
    records = _records(_text(data))
    header = _header(*records[0])
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, record in records[1:]:
        if fault := _width(record, len(header)) or _split(record, header):
            faults.append((number, fault))
            continue
        row = Row(number, dict(zip(header, record, strict=False)))
        if not is_blank(row.value):
            rows.append(row)
    if not rows and not faults:
        held = "no row below its header" if len(records) == 1 else "no value: the column value is blank in every row"
        raise LedgerRefused([(0, f"The file holds {held}. Give each figure a row with its codes and its value.")])
    return Ledger(tuple(rows), tuple(faults))


def is_blank(value: str) -> bool:
    """Whether a value holds nothing that can be seen."""
    return not value.replace("\u200b", "").strip()


def write_ledger(rows: Iterable[Mapping[str, str | float]]) -> bytes:
    """The template's header and rows as a CSV that Excel opens with a double click: UTF-8 with its mark."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, TEMPLATE)
    writer.writeheader()
    writer.writerows({name: _written(field) for name, field in row.items()} for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _written(field: str | float) -> str:
    """A number in figures alone; a text with an apostrophe before it where Excel would take it for a formula."""
    if isinstance(field, str):
        return guarded(field)
    return f"{Decimal(repr(field)):f}".removesuffix(".0")


def guarded(text: str) -> str:
    """A text with an apostrophe before it where Excel would take it for a formula."""
    return f"'{text}" if _like_a_formula(text) else text


def unguarded(text: str) -> str:
    """A text without the apostrophe that keeps Excel from taking it for a formula."""
    return text[1:] if text.startswith("'") and _like_a_formula(text) else text


def _like_a_formula(text: str) -> bool:
    return text.lstrip("'").startswith(("=", "+", "-", "@", "\t", "\r"))


def _text(data: bytes) -> str:
    if b"\0" not in data:
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise LedgerRefused([(0, f"The file is not UTF-8 text. {_SAVE}")])


def _records(text: str) -> list[tuple[int, list[str]]]:
    """The rows that are not blank throughout, each with its number; the first is the header."""
    records: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True):
            number += 1
            if any(field.strip() for field in record):
                records.append((number, record))
    except csv.Error as error:
        problem = f"it cannot be read from here on ({error}). Close each quotation mark, and double those inside a text."
        raise LedgerRefused([(number + 1, problem)]) from error
    if not records:
        raise LedgerRefused([(0, f"The file is empty. {_HEADER}")])
    return records


def _delimiter(text: str) -> str:
    """The sign between the fields: the one that makes most sense of the header."""
    header = next((line for line in text.splitlines() if line.strip(f" {_DELIMITERS}")), "")
    return max(_DELIMITERS, key=lambda sign: sum(_plain(name.strip('"')) in TEMPLATE for name in header.split(sign)))


def _plain(name: str) -> str:
    """A heading without regard to case, and to blanks in place of underscores."""
    return "_".join(name.casefold().split())


def _header(place: int, written: list[str]) -> list[str]:
    header = [_plain(name) for name in written]
    while not header[-1]:
        header.pop()
    faults = [*_headings(header), *_groups(header)]
    if faults:
        raise LedgerRefused((place, fault) for fault in faults)
    return header


def _headings(header: list[str]) -> Iterator[str]:
    for at, name in enumerate(header, 1):
        if not name:
            yield f"column {at} has no heading. {_HEADER}"
        elif name not in TEMPLATE:
            yield f"'{quote(name)}' is no column of ours. Delete it, or name it one of {', '.join((*CELL, VALUE, *CODES))}."
        elif name in header[: at - 1]:
            yield f"the column {name} stands twice. Keep one."


def _groups(header: list[str]) -> Iterator[str]:
    """What a header lacks: the value, or a cell's three names or two codes; those that it begins have to be whole."""
    begun = [group for group in (CELL, CODES) if set(group) & set(header)]
    missing = [name for group in (*(begun or [CELL]), (VALUE,)) for name in group if name not in header]
    if missing:
        yield f"the header lacks {' and '.join(missing)}. {_HEADER}"


def _width(record: list[str], width: int) -> str:
    """What is wrong with a row's number of fields; blank ones beyond the header do not count."""
    count = len(record)
    while count > width and not record[count - 1].strip():
        count -= 1
    if count == width:
        return ""
    mend = _QUOTE if count > width else "Give every column a field."
    return f"it has {count} fields; the header has {width}. {mend}"


def _split(record: list[str], header: list[str]) -> str:
    """What is wrong with a row in which a figure's thousands stand where only words belong: 1,234 without quotation marks."""
    beside = header.index(VALUE) + 1
    if beside < len(header) and header[beside] in _WORDS and _THOUSANDS.fullmatch(record[beside].strip()):
        return f"its {header[beside]} reads '{record[beside].strip()}'. {_QUOTE}"
    return ""
