"""Blank is not zero: an untouched workbook says To do wherever a required input is read, and with every answer in nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.returns import written
from tests.shipped import issuable
from tests.workbooks import Book, asked
from workbook_gen.definition.cases import plain_inputs
from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.nodes import Block, Cell, Count, Key, Node

TO_DO, PASS, NOT_TESTED = "To do", "Pass", "Not tested"
FILLED = ("QT1", "QSL", "QYG")
"""A system that hosts an ambulance trust, a small one and a large one."""


@dataclass(frozen=True)
class CheckRow:
    """A row of Checks as openpyxl reads it."""

    rule: str
    title: str
    word: str


def check_rows(data: bytes) -> list[CheckRow]:
    """Every rule's row on Checks, below the row of headings."""
    book = load_workbook(BytesIO(data), read_only=True, data_only=True)
    rows = [[str(value or "") for value in row] for row in book["Checks"].iter_rows(values_only=True)]
    book.close()
    (header,) = (number for number, row in enumerate(rows) if row[0] == "Rule")
    columns = [rows[header].index(name) for name in ("Rule", "What should hold", "Result")]
    return [CheckRow(*(row[column] for column in columns)) for row in rows[header + 1 :]]


def same_rows(data: bytes, instances: tuple[Instance, ...]) -> list[CheckRow]:
    """The rows of Checks, which are the rule instances in order."""
    rows = check_rows(data)
    assert [(row.rule, row.title) for row in rows] == [(one.rule.id, one.title) for one in instances]
    return rows


def parts(node: object) -> Iterator[Cell | Block | Count]:
    """The cells and counts that a bound tree reads, wherever they stand in it."""
    if isinstance(node, Cell | Block | Count):
        yield node
    elif isinstance(node, tuple):
        for part in node:
            yield from parts(part)
    elif is_dataclass(node) and not isinstance(node, type):
        for field in fields(node):
            yield from parts(getattr(node, field.name))


def reads(form: Form, node: Node) -> set[Key]:
    """Every cell that a tree reads, directly, through totals, or as one of a table's counted inputs."""
    found: set[Key] = set()
    pending: list[Node] = [node]
    while pending:
        for part in parts(pending.pop()):
            if isinstance(part, Count):
                keys = {cell.key for cell in form.cells.values() if cell.role == "input" and cell.key.table == part.table}
            else:
                keys = {part.key} if isinstance(part, Cell) else set(part.keys)
            pending += [formula for key in keys - found if (formula := form.cells[key].formula) is not None]
            found |= keys
    return found


def is_required(cell: FormCell) -> bool:
    return cell.role == "input" and not cell.column.optional


def tables_read(form: Form, instance: Instance) -> set[str]:
    """The tables whose blanks hold a rule up: those it reads, and that of its box."""
    return {key.table for key in reads(form, instance.check)} | ({instance.explain.table} if instance.explain else set())


def test_an_untouched_workbook_says_to_do_wherever_a_required_input_is_read(book: Book, code: str) -> None:
    form, instances = issuable(code).layout.form, issuable(code).layout.instances
    required = {cell.key for cell in form.cells.values() if is_required(cell)}
    assert len(required) == sum(not column.optional for column in asked(code).values()) > 300
    asking = {key.table for key in required}
    to_do = passing = 0
    for row, instance in zip(same_rows(book.data, instances), instances, strict=True):
        if reads(form, instance.check) & required:
            assert row.word == TO_DO, instance.name
            to_do += 1
        elif tables_read(form, instance).isdisjoint(asking):
            assert (form.tables[instance.table].sheet, row.word) == ("risks", PASS), instance.name
            passing += 1
        else:
            pytest.fail(f"{instance.name} asks of tables that are blank, but reads no input of theirs")
    assert to_do > 150
    assert passing > 20


@pytest.mark.parametrize("system", FILLED)
def test_with_zero_in_every_number_and_an_answer_in_every_other_none_says_to_do(system: str) -> None:
    one = issuable(system)
    book = Book(written(one, plain_inputs(one.layout.form)))
    filled = [book.at(at).value for at, column in asked(system).items() if not column.optional]
    assert None not in filled
    assert filled.count(0.0) > 300
    words = {row.word for row in same_rows(book.data, one.layout.instances)}
    assert words & {TO_DO, NOT_TESTED} == set()
    assert len(words) > 1


def test_one_blank_holds_up_exactly_the_rules_of_the_tables_that_read_it() -> None:
    one = issuable(FILLED[0])
    form, instances, zeros = one.layout.form, one.layout.instances, plain_inputs(one.layout.form)
    before = [row.word for row in same_rows(written(one, zeros), instances)]
    tried = {cell.key.table: cell.key for cell in form.cells.values() if is_required(cell)}
    assert len(tried) > 15
    for table, key in tried.items():
        after = [row.word for row in same_rows(written(one, {**zeros, key: None}), instances)]
        held = [table in tables_read(form, instance) for instance in instances]
        assert any(held)
        assert not all(held)
        assert after == [TO_DO if waits else word for waits, word in zip(held, before, strict=True)], key
