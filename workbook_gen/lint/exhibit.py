"""One issued workbook laid out for lint: its bytes, and what definition and national data say that it should hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from workbook_gen.checks.run import Result
from workbook_gen.definition.form import Form
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value
from workbook_gen.lint.book import Book, Place, places
from workbook_gen.lint.strangers import Strangers

Recalculated = Mapping[tuple[str, int, int], float | bool | str | CellError]
"""The values that another engine finds, by sheet, row and column, counted from 1; empty cells are left out."""

COVER, GUIDANCE, CHECKS, PLAN_DATA, ABOUT = "Cover", "Guidance", "Checks", "PlanData", "About"
"""The sheets that every return has beside its own."""


@dataclass(frozen=True)
class Exhibit:
    """Everything that lint looks at. No layout: cells are found by the codes that stand in the sheet.

    `values` are prefills and completed totals of the untouched return as our engine finds them, `results` its rule results in
    the order of Checks, `answered` the result words when every required input holds an answer; `again` are the bytes of a
    second issue, None where the key that seals is not here; `recalculated` is None without a second engine, and empty where
    that engine did not open the file.
    """

    file: str
    book: Book
    form: Form
    values: Mapping[Key, Value]
    results: tuple[Result, ...]
    answered: tuple[str, ...]
    strangers: Strangers
    again: bytes | None
    recalculated: Recalculated | None

    @cached_property
    def found(self) -> dict[Key, Place]:
        """Where every cell of the form stands, by the codes in the sheets."""
        return self._found[0]

    @cached_property
    def twice(self) -> list[str]:
        """The codes that stand twice, in words."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[dict[Key, Place], list[str]]:
        return places(self.book, self.form)

    @cached_property
    def own_sheets(self) -> tuple[str, ...]:
        """The names of the return's own sheets."""
        return tuple(sheet.title for sheet in self.form.collection.sheets)

    @property
    def all_sheets(self) -> tuple[str, ...]:
        """The name of every sheet that the workbook is to have, in order."""
        return (COVER, GUIDANCE, *self.own_sheets, CHECKS, PLAN_DATA, ABOUT)
