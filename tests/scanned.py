"""Sheets as if they had been scanned."""

from collections.abc import Mapping

from workbook_gen.excel.cells import Cells, Place, Scanned, ScannedCell
from workbook_gen.excel.scan import ScannedSheet


def sheet_of(name: str, cells: Mapping[Place, ScannedCell | Scanned]) -> ScannedSheet:
    """A protected sheet with these cells, each given by itself or by its value: then it is locked."""
    found = Cells()
    for place, cell in cells.items():
        put(found, place, cell if isinstance(cell, ScannedCell) else ScannedCell(cell, None, True))
    return ScannedSheet(name, "visible", "worksheet", True, found, frozenset(), frozenset())


def put(cells: Cells, place: Place, cell: ScannedCell | None) -> None:
    """Replace a cell, or take it away."""
    cells.held.pop(place, None)
    cells.formulas.pop(place, None)
    cells.unlocked.discard(place)
    if cell is not None:
        cells.held[place] = cell.value
        if cell.formula is not None:
            cells.formulas[place] = cell.formula
        if not cell.locked:
            cells.unlocked.add(place)
