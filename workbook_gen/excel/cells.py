"""The cells of a sheet as the file holds them, kept in columns."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from workbook_gen.definition.values import CellError

Place = tuple[int, int]
"""A row and a column, both from 1."""
Scanned = float | str | bool | CellError | None


@lru_cache(maxsize=1 << 15)
def shared_place(row: int, column: int) -> Place:
    """A place that all sheets share, as issued and as scanned: thousands are kept once, and seen to be the same at once."""
    return row, column


class ScannedCell(NamedTuple):
    """A cell as the file holds it.

    `value` is the cached one where there is a formula; None where the cell is empty. `formula` is the text without `=`,
    empty where the file does not say which formula it is.
    """

    value: Scanned
    formula: str | None
    locked: bool


@dataclass(slots=True, eq=False)
class Cells(Mapping[Place, ScannedCell]):
    """Cells by their places. A sheet has thousands, and nearly all questions are about values or about formulas alone.

    `held` has the value of every cell, None where there is none; `formulas` are those of the cells that have one; `unlocked`
    are the places of the cells that are not locked.
    """

    held: dict[Place, Scanned] = field(default_factory=dict)
    formulas: dict[Place, str] = field(default_factory=dict)
    unlocked: set[Place] = field(default_factory=set)

    def __getitem__(self, place: Place) -> ScannedCell:
        return ScannedCell(self.held[place], self.formulas.get(place), place not in self.unlocked)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.held)

    def __len__(self) -> int:
        return len(self.held)

    @property
    def filled(self) -> int:
        """How many have a value or a formula."""
        empty = [*self.held.values()].count(None) - [*map(self.held.get, self.formulas)].count(None)
        return len(self.held) - empty
