"""Trials in one workbook: each its own copy of the return's cells, one below the other, its questions in a row.

Cells are written at the addresses that the layout gives them, moved down by the copy; totals and questions as the formulas
that `excel/formula.py` makes of them, with a wrong cached value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.engines.answers import NOT_RECALCULATED
from tests.engines.trial import Trial
from workbook_gen.checks.counts import count_inputs
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.layout import Address, Layout, address, quoted
from workbook_gen.definition.nodes import CountKind, Key, Node
from workbook_gen.definition.values import CellError, Value
from workbook_gen.excel.formula import Place, formula

QUESTIONS = "Questions"

ERRORS = {
    "#DIV/0!": "=1/0",
    "#N/A": "=NA()",
    "#NUM!": "=1E300*1E300",
    "#VALUE!": '="a"*1',
}
"""A formula for each Excel error that a trial may hold in an input."""


def write_trials(path: Path, layout: Layout, trials: Sequence[Trial]) -> None:
    """Write the workbook."""
    with xlsxwriter.Workbook(path, {"in_memory": True}) as book:
        sheets = {name: book.add_worksheet(name) for name in (*_titles(layout), QUESTIONS)}
        for name, value in settings_of(layout.form.collection).items():
            sheet, row, column = layout.settings[name]
            sheets[sheet].write_number(row, column, value)
            book.define_name(name, f"={quoted(sheet)}!{address(row, column, absolute=True)}")
        for number, trial in enumerate(trials):
            _write_trial(sheets, copy_of(layout, number), trial, number)


def _titles(layout: Layout) -> list[str]:
    return [*dict.fromkeys(sheet for sheet, _, _ in (*layout.settings.values(), *layout.cells.values()))]


def copy_of(layout: Layout, number: int) -> Layout:
    """The same layout, as many times its own height further down."""
    down = number * (max(sheet.last_row for sheet in layout.sheets) + 3)

    def moved(place: Address) -> Address:
        return place[0], place[1] + down, place[2]

    cells = {key: moved(place) for key, place in layout.cells.items()}
    counts = {name: moved(place) for name, place in layout.counts.items()}
    return replace(layout, cells=cells, counts=counts)


def place_of_answer(trial: int, question: int) -> Address:
    """Where the answer to a question of a trial stands."""
    return QUESTIONS, trial, question


def _write_trial(sheets: Mapping[str, Worksheet], layout: Layout, trial: Trial, number: int) -> None:
    for key, value in trial.values.items():
        sheet, row, column = layout.cells[key]
        _write_value(sheets[sheet], row, column, value)
    for key in trial.totals:
        sheet, row, column = layout.cells[key]
        text = formula(_formula_of(layout, key), Place(layout, sheet))
        sheets[sheet].write_formula(row, column, text, None, NOT_RECALCULATED)
    _write_counts(sheets, layout, count_inputs(layout.form, dict(trial.values)))
    for position, question in enumerate(trial.questions):
        sheet, row, column = place_of_answer(number, position)
        text = formula(question.node, Place(layout, QUESTIONS))
        sheets[sheet].write_formula(row, column, text, None, NOT_RECALCULATED)


def _formula_of(layout: Layout, total: Key) -> Node:
    node = layout.form.cells[total].formula
    assert node is not None, total
    return node


def _write_value(sheet: Worksheet, row: int, column: int, value: Value) -> None:
    match value:
        case None:
            return
        case CellError():
            sheet.write_formula(row, column, ERRORS[value], None, NOT_RECALCULATED)
        case str():
            sheet.write_string(row, column, value)
        case _:
            sheet.write_number(row, column, value)


def _write_counts(sheets: Mapping[str, Worksheet], layout: Layout, counts: Mapping[tuple[str, CountKind], int]) -> None:
    """The four counts of each table as plain numbers: how they are counted in Excel is the whole workbook's matter."""
    for name, (sheet, row, column) in layout.counts.items():
        sheets[sheet].write_number(row, column, counts[name])
