"""Single cells of a sound workbook written anew, found by their keys; and what a line says that it did not say before."""

import re
from html import escape

from openpyxl import Workbook
from openpyxl.cell.cell import Cell

from tests.unit.lint.breaking import matched, offences
from workbook_gen.definition.nodes import Key
from workbook_gen.lint.addresses import at
from workbook_gen.lint.book import Place
from workbook_gen.lint.checklist import Check
from workbook_gen.lint.exhibit import Exhibit
from workbook_gen.lint.rows import check_rows


def place(exhibit: Exhibit, key: str) -> Place:
    """Where `agency.total[nov]` stands."""
    found = re.fullmatch(r"(\w+)\.(\w+)\[(\w+)\]", key)
    assert found, key
    return exhibit.found[Key(*found.groups())]


def address(where: Place) -> str:
    """`F12`."""
    return at(where).rpartition(" ")[2]


def formula(exhibit: Exhibit, where: Place) -> str:
    """The formula of a cell, without its equals sign."""
    held = exhibit.book.cells[where].formula
    assert held is not None, where
    return held.removeprefix("=")


def cell_of(workbook: Workbook, where: Place) -> Cell:
    """A cell of a workbook that openpyxl has opened."""
    found = workbook[where[0]].cell(where[1], where[2])
    assert isinstance(found, Cell)
    return found


def with_formula(exhibit: Exhibit, where: Place, text: str, kind: str = "<f>") -> Exhibit:
    """Another formula in a cell that has one, its value as before."""
    pattern = rf'(<c r="{address(where)}"[^>]*>)<f>[^<]*</f>'
    return matched(exhibit, exhibit.book.part_of(where[0]), pattern, rf"\g<1>{kind}{escape(text, quote=False)}</f>")


def with_value(exhibit: Exhibit, where: Place, value: str) -> Exhibit:
    """Another value in a cell that has one, its formula as before."""
    pattern = rf'(<c r="{address(where)}"[^>]*>(?:<f>[^<]*</f>)?)<v>[^<]*</v>'
    return matched(exhibit, exhibit.book.part_of(where[0]), pattern, rf"\g<1><v>{value}</v>")


def without_formula(exhibit: Exhibit, where: Place) -> Exhibit:
    """The value of a cell, without its formula."""
    pattern = rf'(<c r="{address(where)}"[^>]*>)<f>[^<]*</f>'
    return matched(exhibit, exhibit.book.part_of(where[0]), pattern, r"\g<1>")


def on_checks(exhibit: Exhibit, rule: str, heading: str) -> Place:
    """The cell below a heading of Checks in the first row of a rule."""
    return next(row.places[heading] for row in check_rows(exhibit.book) if row.rule == rule)


def fresh(check: Check, broken: Exhibit, sound: Exhibit) -> list[str]:
    """What a line says of a broken workbook and not of the sound one."""
    before = set(offences(check, sound))
    return [offence for offence in offences(check, broken) if offence not in before]
