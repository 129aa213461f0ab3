"""What stands in for XlsxWriter where no file is made holds the cells that XlsxWriter holds, and no other."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from xlsxwriter import Workbook

from tests import shipped
from tests.collections import winter
from workbook_gen.checks.run import settings_of
from workbook_gen.desk.assemble import Issuable
from workbook_gen.excel.draw import draw
from workbook_gen.excel.issued import IssuedCell, issued_cells
from workbook_gen.excel.write import PlainSheet

CODES = ("QSL", "QYG", "QUY")


def of_winter() -> Issuable:
    national = winter.national()
    return Issuable(winter.collection(), national, national.systems[0])


def held(one: Issuable) -> dict[str, dict[tuple[int, int], IssuedCell]]:
    """The cells of each sheet as XlsxWriter holds them."""
    workbook = Workbook(io.BytesIO(), {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False})
    draw(workbook, one.layout, one.contents({}, one.stamp(1)), settings_of(one.collection), kind=PlainSheet)
    texts = {number: text for text, number in workbook.str_table.string_table.items()}
    return {sheet.name: dict(cells(sheet.table, texts)) for sheet in workbook.worksheets()}


def cells(table: dict[int, dict[int, Any]], texts: dict[int, str]) -> Iterator[tuple[tuple[int, int], IssuedCell]]:
    for row, columns in table.items():
        for column, cell in columns.items():
            yield (row + 1, column + 1), IssuedCell(*held_in(cell, texts), bool(cell.format.locked))


def held_in(cell: Any, texts: dict[int, str]) -> tuple[str | float | None, str | None]:
    """The constant or the formula of one of XlsxWriter's cells."""
    match type(cell).__name__:
        case "Formula":
            return None, cell.formula
        case "String":
            return texts[cell.string], None
        case "Number":
            return float(cell.number), None
        case other:
            assert other == "Blank"
            return None, None


@pytest.mark.parametrize("one", [*map(shipped.issuable, CODES), of_winter()], ids=[*CODES, "winter"])
def test_the_cells_as_issued_are_those_that_xlsxwriter_holds(one: Issuable) -> None:
    found = issued_cells(one.layout, one.contents({}, one.stamp(1)), settings_of(one.collection))
    expected = held(one)
    assert found == expected
    assert list(found) == list(expected)
    every = [cell for sheet in expected.values() for cell in sheet.values()]
    assert {cell.locked for cell in every} == {True, False}
    assert {type(cell.value) for cell in every} == {str, float, type(None)}
    assert any(cell.formula for cell in every)
