"""The files of the national data: which one counts (the centre's own or the one shipped), read as text, unconverted."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from workbook_gen.definition.errors import nearest
from workbook_gen.definition.sources import National

CODE = "org_code"


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the tables stand: the folder shipped with the collection and, before it, the centre's own."""

    shipped: Path
    organisations: Path
    items: Path
    own: Path | None = None

    def path(self, file: str) -> Path:
        """The file that counts."""
        return self.own / file if self.own and (self.own / file).is_file() else self.shipped / file

    def replaced(self, file: str) -> bool:
        """Whether the centre's own folder holds the file."""
        return self.own is not None and (self.own / file).is_file()

    def own_path(self, shipped: Path) -> Path:
        """The same for a file whose place the collection names."""
        return self.own / shipped.name if self.own and (self.own / shipped.name).is_file() else shipped


def shelf(national: National, folder: Path, override: Path | None) -> Shelf:
    """The shelf of a collection that stands in `folder`: its tables lie beside `items`."""
    items = folder / national.items
    return Shelf(items.parent, folder / national.organisations, items, override)


def table_path(national: National, folder: Path, table: str) -> Path:
    """The shipped file of a national table."""
    return shelf(national, folder, None).shipped / f"{table}.csv"


def shelf_faults(place: Shelf, tables: Iterable[str]) -> list[str]:
    """What is wrong with the centre's own folder: not there, empty, or holding a file that is none of the tables."""
    if place.own is None:
        return []
    if not place.own.is_dir():
        return [f"The folder of your own national tables, {place.own}, is not there. Give a folder that holds CSV tables."]
    known = {f"{table}.csv" for table in tables} | {place.organisations.name, place.items.name}
    found = sorted(entry.name for entry in place.own.iterdir() if not entry.name.startswith("."))
    if not found:
        return [f"The folder of your own national tables, {place.own}, is empty. Put at least one table into it."]
    strange = [name for name in found if name not in known or not (place.own / name).is_file()]
    return [
        f"{name} in {place.own} is none of the national tables: rename or remove it. {nearest(name, known)}" for name in strange
    ]


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text: its columns, and its rows by column."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]


def read_text(path: Path) -> tuple[TextTable | None, list[str]]:
    """A CSV file as text, nothing converted: its first row names the columns. A table or none, and the faults.

    Blanks around a cell are dropped, and so are wholly blank rows and columns.
    """
    try:
        rows = _rows(path)
    except FileNotFoundError:
        return None, [f"{path.stem}: the file {path.name} is missing from {path.parent}. {nearest_file(path)}"]
    except UnicodeDecodeError:
        return None, [f"{path.stem}: the file {path.name} is not in UTF-8. Save it again as 'CSV UTF-8'."]
    except (csv.Error, OSError) as error:
        return None, [f"{path.stem}: the file {path.name} cannot be read as CSV ({str(error).strip()}). Save it again as CSV."]
    if not any(any(row) for row in rows):
        return None, [f"{path.stem}: the file {path.name} is empty. Give it a row of column names and a row an organisation."]
    filled = [number for number, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
    header, *body = ([row[number] for number in filled] for row in rows)
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        return None, [f"{path.stem}: {_columns(twice)} more than once in {path.name}. Name each column, and once."]
    return TextTable(tuple(header), tuple(dict(zip(header, row, strict=True)) for row in body if any(row))), []


def _rows(path: Path) -> list[list[str]]:
    """The rows, all as long as the first, which no other may pass."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = [[cell.strip() for cell in row] for row in csv.reader(stream, strict=True)]
    width = len(rows[0]) if rows else 0
    for number, row in enumerate(rows, 1):
        if len(row) > width:
            raise csv.Error(f"row {number} has {len(row)} cells, and the first has {width}")
    return [row + [""] * (width - len(row)) for row in rows]


def read_listed(path: Path, columns: tuple[str, ...]) -> tuple[TextTable | None, list[str]]:
    """A file with exactly these columns, in any order, as text: a table or none, and the faults."""
    found, faults = read_text(path)
    if found is None:
        return None, faults
    here = found.columns
    missing = [f"{path.name} lacks the column {name}. Add it. {nearest(name, here)}" for name in columns if name not in here]
    extra = [f"{path.name} has a column {name} that is not known. Remove it." for name in here if name not in columns]
    return (None if missing else found), missing + extra


def nearest_file(path: Path) -> str:
    """What to do about a missing file, naming the file of the nearest name."""
    beside = sorted(entry.name for entry in path.parent.glob("*.csv")) if path.parent.is_dir() else []
    return f"Add it. {nearest(path.name, beside)}"


def _columns(names: list[str]) -> str:
    shown = ", ".join(name or "a column without a name" for name in names)
    return f"{shown} {'stands' if len(names) == 1 else 'stand'}"
