"""One issued workbook laid out for lint: its bytes, and what definition and national data say that it should hold."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook_gen.checks.run import Result
from workbook_gen.definition.form import Form
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import CellError, Value
from workbook_gen.lint.book import Book
from workbook_gen.lint.strangers import Strangers

Recalculated = Mapping[tuple[str, int, int], float | bool | str | CellError]
"""The values that another engine finds, by sheet, row and column, counted from 1; empty cells are left out."""


@dataclass(frozen=True)
class Exhibit:
    """Everything that lint looks at. No layout: cells are found by the codes that stand in the sheet.

    `values` are prefills and completed totals of the untouched return as our engine finds them, `results` its rule results in
    the order of Checks, `answered` the result words when every required input holds an answer; `again` are the bytes of a
    second issue; `recalculated` is None without a second engine.
    """

    file: str
    book: Book
    form: Form
    values: Mapping[Key, Value]
    results: tuple[Result, ...]
    answered: tuple[str, ...]
    strangers: Strangers
    again: bytes
    recalculated: Recalculated | None
