"""A thousand clean returns, drawn at random: what was typed is read, nothing is to be fixed, and nothing is said of the file.

Clean is: no fix, no look without its explanation, no structural finding.
"""

import gc
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from tests.cells_in_xml import cells_in_xml
from tests.drawing import LAST_DAY, LONGEST, Drawing
from tests.returns import check, collection, file_name, issuable, practice, structural_codes, systems, way, written
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value, serial
from workbook_gen.desk.check import CheckedReturn
from workbook_gen.desk.practice import Plan
from workbook_gen.excel.compare import FORMULA_CHANGED, LABEL_CHANGED, PREFILL_CHANGED, UNEXPECTED
from workbook_gen.excel.validation import LIMIT
from workbook_gen.findings import State

SEEDS = range(24)
"""For every system: every second one as practice.toml draws it, the others with answers of our own over it."""

NOT_ASKED = ("fix", "look", "to_do", "not_tested")


ODD: dict[str, Callable[[Value], bool]] = {
    "zero": lambda value: value == 0,
    "deficit": lambda value: isinstance(value, float) and value < -1e6,
    "largest figure": lambda value: value == LIMIT,
    "a tenth": lambda value: isinstance(value, float) and value % 1 > 0,
    "first day": lambda value: value == serial(collection().issued),
    "last day": lambda value: value == serial(LAST_DAY),
    "longest text": lambda value: isinstance(value, str) and len(value) == LONGEST,
    "text like a formula": lambda value: isinstance(value, str) and value.startswith("="),
    "text of several lines": lambda value: isinstance(value, str) and "\n\n" in value,
    "picture in a text": lambda value: isinstance(value, str) and "🚑" in value,
    "quotation marks": lambda value: isinstance(value, str) and '"' in value and "'" in value,
    "blanks at the ends": lambda value: isinstance(value, str) and value.startswith("  ") and value.endswith("  "),
    "number as words": lambda value: value == "1,234",
    "No": lambda value: value == "No",
}
"""Odd answers, each of which some return of every system holds."""


@dataclass(frozen=True)
class Returned:
    """A return as it was filled in, and as it is read."""

    inputs: dict[Key, Value]
    checked: CheckedReturn
    cells: int


@pytest.fixture(autouse=True)
def unmoved() -> Iterator[None]:
    """What is loaded already is not searched for garbage again with every return."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


def returned(code: str) -> Iterator[Returned]:
    """A system's returns, one for each seed, written and read back."""
    one, clean = issuable(code), way("clean")
    plan, drawing = Plan.of(one, practice(), clean), Drawing.of(one)
    for seed in SEEDS:
        inputs = plan.fill_in(seed)
        if seed % 2:
            inputs = drawing.over(inputs, clean, seed)
        data = written(one, inputs)
        yield Returned(inputs, check(data, file_name(code)), cells_in_xml(data))


@pytest.mark.parametrize("code", [pytest.param(code, marks=pytest.mark.xdist_group(code)) for code in systems()])
def test_a_clean_return_is_read_as_clean(code: str, record_property: Callable[[str, object], None]) -> None:
    states: list[State] = []
    answers: list[dict[Key, Value]] = []
    for one in returned(code):
        assert structural_codes(one.checked) == []
        assert [one.checked.counts()[kind] for kind in NOT_ASKED] == [0, 0, 0, 0]
        assert {key: one.checked.values[key] for key in one.inputs} == one.inputs
        account = one.checked.account
        assert sum(account.values()) == one.cells > 4_000
        assert [account[kind] for kind in (LABEL_CHANGED, PREFILL_CHANGED, FORMULA_CHANGED, UNEXPECTED)] == [0, 0, 0, 0]
        states.append(one.checked.state)
        answers.append(one.inputs)
    assert set(states) == {State.CLEAN, State.EXPLAINED}
    assert_they_vary(code, answers)
    values = [value for one in answers for value in one.values()]
    assert [sign for sign, is_odd in ODD.items() if not any(map(is_odd, values))] == []
    record_property(f"Clean returns of {code}", f"{states.count(State.CLEAN)} clean, {states.count(State.EXPLAINED)} explained")


def assert_they_vary(code: str, answers: list[dict[Key, Value]]) -> None:
    """No two returns are the same, and every sort of input varies."""
    cells = {cell.key: cell for cell in issuable(code).layout.form.inputs()}
    assert len({tuple(one.items()) for one in answers}) == len(SEEDS)
    seen: dict[tuple[str, str], set[tuple[Value, ...]]] = defaultdict(set)
    for key, cell in cells.items():
        seen[sort_of(cell)].add(tuple(one[key] for one in answers))
    assert {sort for sort, rows in seen.items() if all(len(set(row)) == 1 for row in rows)} == set()


def sort_of(cell: FormCell) -> tuple[str, str]:
    """An input's table and column, the months of one group together."""
    return cell.key.table, cell.column.group or cell.key.column
