"""The centre's figures, read and checked: nothing is issued before they join both ways and reconcile."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path

from workbook_gen.definition.errors import nearest
from workbook_gen.definition.model import Collection, Organisation, System
from workbook_gen.national.coverage import Need, needs
from workbook_gen.national.faults import NationalDataError
from workbook_gen.national.figures import Figures, figures, table_faults
from workbook_gen.national.items import Item, ItemKey, Status, item_faults, listed, read_items
from workbook_gen.national.organisations import Directory, read_organisations, systems_of
from workbook_gen.national.reconcile import Reconciled, reconcile
from workbook_gen.national.tables import CODE, Shelf, read_text, shelf, shelf_faults

__all__ = ["NationalData", "NationalDataError", "load_national", "load_organisations"]


@dataclass(frozen=True, eq=False)
class NationalData:
    """The figures of a collection, checked: each table by column, and a column by organisation code, in its item's unit.

    `digest` is a SHA-256 over organisations, items and figures; the order and the form of the files do not matter.
    """

    organisations: tuple[Organisation, ...]
    systems: tuple[System, ...]
    items: Mapping[ItemKey, Item]
    tables: Mapping[str, Figures]
    digest: str

    def item(self, table: str, column: str) -> Item:
        """What a column is. Raises `KeyError` for one that the collection does not use."""
        return self.items[table, column]

    def status(self, table: str, column: str) -> Status:
        """Whether a column's figures are published or illustrative."""
        return self.item(table, column).status

    def figure(self, table: str, code: str, column: str) -> float:
        """One organisation's figure."""
        return self.tables[table][column][code]

    def system(self, code: str) -> System:
        """The system of an ICB, by its code in any case. Raises `NationalDataError`, naming the nearest code."""
        if code.upper() not in self.by_code:
            raise NationalDataError([f"{code} is no ICB of this collection. {nearest(code.upper(), self.by_code)}"])
        return self.by_code[code.upper()]

    @cached_property
    def by_code(self) -> dict[str, System]:
        """The systems by the code of their ICB."""
        return {system.code: system for system in self.systems}


def load_national(collection: Collection, folder: Path, override: Path | None = None) -> NationalData:
    """Read the national tables of the collection that stands in `folder`, and check all of them.

    `override` is a folder of the centre's own tables, any of them, with their rows of items.csv; the rest, and items
    it does not describe, come from those shipped. Raises `NationalDataError` with every fault at once.
    """
    place = shelf(collection.national, folder, override)
    directory, faults = read_organisations(place.own_path(place.organisations))
    needed, unmet = needs(collection, directory.organisations)
    faults += shelf_faults(place, needed) + _clashes(collection, directory)
    items, wrong = read_items(place)
    faults += wrong
    if not directory.by_code or not items:
        raise NationalDataError(faults)  # with neither to go by, every table would be complained of
    faults += unmet + item_faults(items, {name: need.columns for name, need in needed.items()}, place.items.name)
    tables, wrong = _tables(place, needed, items, directory)
    read = Reconciled(frozenset(needed), tables, items, _shipped(place, tables), directory.by_code)
    faults += wrong + reconcile(read, collection.national.controls)
    if faults:
        raise NationalDataError(faults)
    return NationalData(
        directory.organisations, systems_of(directory.organisations), items, tables, _digest(directory, items, tables)
    )


def _clashes(collection: Collection, directory: Directory) -> list[str]:
    """Organisations whose code is a table's: the reader would take their line for the beginning of that table."""
    codes = {table.code for sheet in collection.sheets for table in sheet.tables}
    return [f"{code} is a table's code too. Give the table another." for code in sorted(codes & set(directory.by_code))]


def load_organisations(collection: Collection, folder: Path, override: Path | None = None) -> tuple[Organisation, ...]:
    """The organisations alone, by code: what an import needs before the tables are whole.

    Raises `NationalDataError`.
    """
    place = shelf(collection.national, folder, override)
    directory, faults = read_organisations(place.own_path(place.organisations))
    if faults:
        raise NationalDataError(faults)
    return directory.organisations


def _tables(
    place: Shelf, needed: Mapping[str, Need], items: Mapping[ItemKey, Item], directory: Directory
) -> tuple[dict[str, Figures], list[str]]:
    """The sound tables as figures, and the faults of the others."""
    sound: dict[str, Figures] = {}
    faults: list[str] = []
    for name, need in needed.items():
        table, wrong = read_text(place.path(f"{name}.csv"))
        if table is not None:
            wrong = table_faults(table, need, listed(items, name), directory)
            if not wrong:
                sound[name] = figures(table)
        faults += wrong
    return sound, faults


def _shipped(place: Shelf, tables: Mapping[str, Figures]) -> dict[str, Figures]:
    """The shipped version of each table that the centre has replaced, to say what it has changed."""
    found = {name: read_text(place.shipped / f"{name}.csv")[0] for name in tables if place.replaced(f"{name}.csv")}
    return {name: figures(table) for name, table in found.items() if table is not None and CODE in table.columns}


def _digest(directory: Directory, items: Mapping[ItemKey, Item], tables: Mapping[str, Figures]) -> str:
    facts = {
        "organisations": [organisation.model_dump() for organisation in directory.organisations],
        "items": [asdict(items[key]) for key in sorted(items)],
        "tables": tables,
    }
    text = json.dumps(facts, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
