"""The formulas of a table and what Excel asks of its inputs: worked out once where they are the same for several systems."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from workbook_gen.definition.bind import COUNTS
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.layout import Corners, Layout, TableLayout, rectangles
from workbook_gen.definition.nodes import CountKind, Key
from workbook_gen.excel.counting import count_formula, word_formula
from workbook_gen.excel.formula import Place, formula
from workbook_gen.excel.validation import validation


@dataclass(frozen=True, slots=True)
class TableTexts:
    """The formulas of totals, of the counts (None where nothing can be counted) and of the lines' check words; validations."""

    totals: dict[Key, str]
    counts: dict[CountKind, str | None]
    words: dict[str, str]
    validations: list[tuple[Corners, dict[str, Any]]]


def table_texts(table: TableLayout, layout: Layout) -> TableTexts:
    """The texts of a table. A fixed one's are kept; those of its totals that are not fixed themselves are made each time."""
    place = Place(layout, layout.sheet_title(table.table.table.key))
    cells = [cell for cell in _cells(table, layout) if cell.role == "total"]
    if not table.table.fixed:
        return _make(table, cells, place)
    name = table.table.table.key
    fixed = [cell for cell in cells if cell.fixed]
    reach = layout.once(("reach", name), (), lambda: _reach(name, fixed))
    kept = layout.once(("texts", name), reach, lambda: _make(table, fixed, place))
    totals = _totals([cell for cell in cells if not cell.fixed], place)
    return TableTexts(kept.totals | totals, kept.counts, kept.words, kept.validations)


def _cells(table: TableLayout, layout: Layout) -> list[FormCell]:
    name = table.table.table.key
    return [layout.form.cells[Key(name, line, column)] for line in table.rows for column in table.columns]


def _reach(name: str, cells: list[FormCell]) -> tuple[str, ...]:
    """The tables that stand in the formulas of a table, itself among them."""
    return tuple(sorted({name} | {key.table for cell in cells for key in cell.reads}))


def _make(table: TableLayout, totals: list[FormCell], place: Place) -> TableTexts:
    name = table.table.table.key
    counted = [kind for kind in COUNTS if (name, kind) in place.layout.counts and not table.empty]
    return TableTexts(
        totals=_totals(totals, place),
        counts={kind: count_formula(kind, table, place) for kind in counted},
        words=_words(table, place),
        validations=list(_validations(table, place.layout)),
    )


def _totals(cells: list[FormCell], place: Place) -> dict[Key, str]:
    return {
        cell.key: formula(cell.formula, replace(place, repeated=cell.column.group is not None))
        for cell in cells
        if cell.formula is not None
    }


def _words(table: TableLayout, place: Place) -> dict[str, str]:
    """The formula of each line's check word, where it has one."""
    inputs: dict[str, list[FormCell]] = {line: [] for line in table.rows}
    for cell in place.layout.form.inputs(table.table.table.key):
        inputs[cell.key.line].append(cell)
    found = {line: word_formula(cells, place) for line, cells in inputs.items()}
    return {line: text for line, text in found.items() if text}


def _validations(table: TableLayout, layout: Layout) -> Iterator[tuple[Corners, dict[str, Any]]]:
    """One validation to each input: the inputs of a column that are asked for alike share one."""
    for key, column in table.columns.items():
        inputs = [cell for cell in layout.form.inputs(table.table.table.key) if cell.key.column == key]
        alike = sorted(inputs, key=_asked)
        for _, group in groupby(alike, key=_asked):
            cells = list(group)
            for corners in rectangles({(table.rows[cell.key.line], column) for cell in cells}):
                yield corners, validation(cells[0])


def _asked(cell: FormCell) -> tuple[str, int, str]:
    return cell.unit, cell.dp, cell.sign
