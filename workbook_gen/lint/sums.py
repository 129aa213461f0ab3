"""Sums: each covers the whole of its block, a section of lines or a group of months, and no cell beside it is left out."""

from collections.abc import Iterator

from openpyxl.formula.tokenizer import Token

from workbook_gen.definition.form import read_keys
from workbook_gen.definition.nodes import Call, Key, walk
from workbook_gen.lint.addresses import Area, area, areas, at, formulas, is_reference, tokens
from workbook_gen.lint.book import Place
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import Exhibit


def line_27_sums_cover_their_block(exhibit: Exhibit) -> Iterator[str]:
    """Every SUM covers its whole block.

    Of cells of the form: a SUM over some lines of a section covers all that this system has, one over some of a repeated
    column's cells (the months) covers all; and a total reads exactly the cells that its definition sums. Elsewhere: no number
    stands directly before or after a range that is summed, but the sum itself.
    """
    keys = {place: key for key, place in exhibit.found.items()}
    count = 0
    for place, formula in formulas(exhibit.book):
        for summed in _summed(formula, place[0]):
            count += 1
            cells = {cell for one in summed for cell in one.places()}
            missing = set(_left_out(exhibit, {keys[cell] for cell in cells if cell in keys}))
            yield from (f"{at(place)} sums a part and leaves out {_named(exhibit, key)}" for key in sorted(missing))
            if not cells & keys.keys():
                beside = sorted(_beside(exhibit, summed, cells, place))
                yield from (f"{at(place)} leaves out {at(cell)}, which stands beside what it sums" for cell in beside)
    yield from _unlike_the_definition(exhibit, keys)
    if not count:
        yield "no formula sums anything"


def _named(exhibit: Exhibit, key: Key) -> str:
    return at(exhibit.found[key]) if key in exhibit.found else str(key)


def _summed(formula: str, sheet: str) -> Iterator[list[Area]]:
    """The cells that each SUM of a formula covers; other arguments than cells are left out."""
    inside: list[tuple[str, list[Area]]] = []
    for token in tokens(formula):
        if token.subtype == Token.OPEN:
            inside.append((token.value.upper(), []))
        elif token.subtype == Token.CLOSE:
            function, found = inside.pop()
            if function == "SUM(":
                yield found
        elif inside and is_reference(token) and (one := area(token.value, sheet)):
            inside[-1][1].append(one)


def _left_out(exhibit: Exhibit, summed: set[Key]) -> Iterator[Key]:
    """The cells of the same sections and repeated columns that a sum over two or more of them does not cover."""
    for name, line in {key[:2] for key in summed}:
        columns = {key.column for key in summed if key[:2] == (name, line)}
        for group in exhibit.form.tables[name].groups.values():
            if len(columns & set(group)) > 1:
                yield from _applicable(exhibit, {Key(name, line, column) for column in set(group) - columns})
    for name, column in {(key.table, key.column) for key in summed}:
        lines = {key.line for key in summed if (key.table, key.column) == (name, column)}
        for section in exhibit.form.tables[name].sections.values():
            if len(lines & set(section)) > 1:
                yield from _applicable(exhibit, {Key(name, line, column) for line in set(section) - lines})


def _applicable(exhibit: Exhibit, keys: set[Key]) -> Iterator[Key]:
    return (key for key in keys if exhibit.form.role(key) != "not_applicable")


def _beside(exhibit: Exhibit, summed: list[Area], covered: set[Place], own: Place) -> Iterator[Place]:
    """The numbers directly before and after a range, along it."""
    for sheet, top, left, bottom, right in summed:
        ends: list[Place] = []
        if bottom > top:
            ends += [(sheet, row, column) for row in (top - 1, bottom + 1) for column in range(left, right + 1)]
        if right > left:
            ends += [(sheet, row, column) for column in (left - 1, right + 1) for row in range(top, bottom + 1)]
        for place in ends:
            seen = exhibit.book.cells.get(place)
            if seen and isinstance(seen.value, float) and place != own and place not in covered:
                yield place


def _unlike_the_definition(exhibit: Exhibit, keys: dict[Place, Key]) -> Iterator[str]:
    """Totals that are defined as sums, and the cells that they read beside or instead of those."""
    for key, cell in exhibit.form.cells.items():
        if cell.formula is None or not any(isinstance(node, Call) and node.function == "sum" for node in walk(cell.formula)):
            continue
        place = exhibit.found.get(key)
        formula = exhibit.book.cells[place].formula if place else None
        if place is None or formula is None:
            yield f"{_named(exhibit, key)} is a sum by its definition, but no formula is found there"
            continue
        read = {keys[one] for found in areas(formula, place[0]) for one in found.places() if one in keys}
        for other in sorted(_applicable(exhibit, set(read_keys(cell.formula)) ^ read)):
            said = "reads" if other in read else "does not read"
            yield f"{at(place)} {said} {_named(exhibit, other)}, which its definition does{' not' if other in read else ''}"


LINES = (Line(27, "Every SUM covers its whole block: all lines of a section, all months", line_27_sums_cover_their_block),)
