"""Formulas as they are written: nothing volatile, no constant but a plain one, short, few, and alike along a row."""

import re
from collections import Counter
from collections.abc import Iterator

from openpyxl.formula.tokenizer import Token

from workbook_gen.checks.run import Result
from workbook_gen.definition.nodes import Block, Call, Cell, Compare, Node, Number, walk
from workbook_gen.lint.addresses import area, at, formulas, is_reference, relative, tokens
from workbook_gen.lint.book import MAIN
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import CHECKS, Exhibit
from workbook_gen.lint.rows import check_rows

LONGEST, LONGEST_ON_CHECKS = 200, 900
"""Characters of a formula, its equals sign among them."""
MOST = 2_500
"""Formulas of a sheet."""

_VOLATILE = {"NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "OFFSET", "INDIRECT", "CELL", "INFO"}
_PLAIN = frozenset({0.0, 1.0, 12.0, 100.0, 1000.0, 1440.0})
_DIGITS = 2.0
_CRITERION = re.compile(r'"[<>=]*\s*(-?\d+(?:\.\d+)?)"')
_WHOLE = re.compile(r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+")
_ROWS, _COLUMNS = 1_048_576, 16_384


def line_25_nothing_volatile(exhibit: Exhibit) -> Iterator[str]:
    """No volatile function, whole column or row, array, structured reference, or constant but 0, 1, 12, 100, 1000 and 1440.

    2 may stand as the digits of ROUND, and where `within` halves. How many cells a rule counts, and how many rounded figures it
    says that it sums, are no thresholds: on that rule's row of Checks such a number may stand.
    """
    book = exhibit.book
    for sheet in book.sheets:
        for cell in book.tree_of(sheet).iter(f"{MAIN}c"):
            written = cell.find(f"{MAIN}f")
            if written is not None and written.get("t") in ("array", "dataTable"):
                yield f"{sheet} {cell.get('r')} holds an array formula"
    counts = _counts_on_checks(exhibit)
    for place, formula in formulas(book):
        allowed = counts.get(place[1], frozenset()) if place[0] == CHECKS else frozenset()
        yield from (f"{at(place)} {fault}" for fault in dict.fromkeys(_faults(formula, allowed)))
    for name in book.trees["xl/workbook.xml"].iter(f"{MAIN}definedName"):
        if not str(name.get("name")).startswith("_xlnm."):
            yield from (f"the defined name {name.get('name')} {fault}" for fault in _faults(f"={name.text}", frozenset()))
    yield from _none_at_all(exhibit)


def _none_at_all(exhibit: Exhibit) -> Iterator[str]:
    if next(formulas(exhibit.book), None) is None:
        yield "no sheet holds a formula"


def _counts_on_checks(exhibit: Exhibit) -> dict[int, frozenset[float]]:
    """For each row of Checks the numbers that its rule counts with."""
    rows = check_rows(exhibit.book)
    if len(rows) != len(exhibit.results):
        return {}
    return {row.places["Rule"][1]: _counts(result) for row, result in zip(rows, exhibit.results, strict=True)}


def _counts(result: Result) -> frozenset[float]:
    instance = result.instance
    trees = [tree for tree in (instance.check, instance.found, instance.expected) if tree is not None]
    nodes = [node for tree in trees for node in walk(tree)]
    found: set[float] = set()
    for node in nodes:
        if isinstance(node, Call) and node.function == "within":
            found |= {_DIGITS, *_numbers(node.arguments[2])}
        if isinstance(node, Call) and node.function == "count_filled":
            found |= {float(count) for count in range(_counted(node) + 1)}
        if isinstance(node, Compare) and any(isinstance(side, Call) and side.function == "within" for side in walk(node)):
            found |= _numbers(node)
    return frozenset(found)


def _counted(call: Call) -> int:
    return sum(len(part.keys) if isinstance(part, Block) else isinstance(part, Cell) for part in call.arguments)


def _numbers(node: Node) -> set[float]:
    return {part.value for part in walk(node) if isinstance(part, Number)}


def _faults(formula: str, allowed: frozenset[float]) -> Iterator[str]:
    """What is wrong with a formula's parts; `allowed` are constants that it may hold beside the plain ones."""
    inside: list[tuple[str, int]] = []
    if not tokens(formula):
        yield "cannot be read as a formula"
    for token in tokens(formula):
        if token.subtype == Token.OPEN:
            inside.append((token.value.upper().removesuffix("("), 0))
            yield from _function_faults(token)
        elif token.subtype == Token.CLOSE:
            inside.pop()
        elif token.type == Token.SEP and inside:
            inside[-1] = (inside[-1][0], inside[-1][1] + 1)
        elif is_reference(token):
            yield from _reference_faults(str(token.value))
        elif token.type == Token.OPERAND:
            digits = bool(inside) and inside[-1] == ("ROUND", 1)
            yield from _constant_faults(token, allowed | {_DIGITS} if digits else allowed)


def _function_faults(token: Token) -> Iterator[str]:
    name = token.value.upper().removesuffix("(")
    if name in _VOLATILE:
        yield f"calls {name}, which is volatile"
    if token.type == Token.ARRAY or name.startswith("_XLFN"):
        yield f"holds an array or a function that older programs lack: {token.value}"


def _reference_faults(reference: str) -> Iterator[str]:
    cells = reference.rpartition("!")[2]
    found = area(reference)
    tall = found is not None and found.bottom - found.top + 1 >= _ROWS
    wide = found is not None and found.right - found.left + 1 >= _COLUMNS
    if _WHOLE.fullmatch(cells) or tall or wide:
        yield f"refers to a whole column or row: {reference}"
    if "[" in reference:
        yield f"refers to a structure: {reference}"


def _constant_faults(token: Token, allowed: frozenset[float]) -> Iterator[str]:
    text = str(token.value)
    if token.subtype == Token.TEXT:
        criterion = _CRITERION.fullmatch(text)
        text = criterion[1] if criterion else ""
    elif token.subtype != Token.NUMBER:
        return
    if text and abs(float(text)) not in _PLAIN | allowed:
        yield f"reckons with the constant {text}"


def line_26_short(exhibit: Exhibit) -> Iterator[str]:
    """A formula has at most 200 characters with its equals sign, on Checks 900."""
    for place, formula in formulas(exhibit.book):
        limit = LONGEST_ON_CHECKS if place[0] == CHECKS else LONGEST
        if len(formula) > limit:
            yield f"{at(place)} holds a formula of {len(formula)} characters; {limit} are allowed"
    yield from _none_at_all(exhibit)


def line_28_alike_along_a_row(exhibit: Exhibit) -> Iterator[str]:
    """The formulas of a line below a repeated column (the months) are one formula copied along the row.

    They read the same as seen from their cells, so that copying the first one over the others changes nothing; a reference
    that is to stay where it is has its dollar sign. Which lines those are is what the definition says.
    """
    for key, table in exhibit.form.tables.items():
        for line in table.lines:
            for columns in table.groups.values():
                keys = [one for one in exhibit.form.cells if one[:2] == (key, line.key) and one.column in columns]
                totals = [one for one in keys if exhibit.form.role(one) == "total"]
                absent = [one for one in totals if one not in exhibit.found]
                yield from (f"the total {one} is not found by its codes" for one in absent)
                yield from _unlike(exhibit, [exhibit.found[one] for one in totals if one in exhibit.found])
    yield from _none_at_all(exhibit)


def _unlike(exhibit: Exhibit, row: list[tuple[str, int, int]]) -> Iterator[str]:
    first = ""
    for place in row:
        formula = exhibit.book.cells[place].formula
        read = "" if formula is None else relative(formula, place)
        first = first or read
        if read != first:
            yield f"{at(place)} holds {formula}, which is not the formula of {at(row[0])} copied along the row"


def line_43_few(exhibit: Exhibit) -> Iterator[str]:
    """No sheet holds more than 2,500 formulas."""
    counts = Counter(place[0] for place, _ in formulas(exhibit.book))
    for sheet, count in counts.items():
        if count > MOST:
            yield f"{sheet} holds {count:,} formulas; {MOST:,} are allowed"
    yield from _none_at_all(exhibit)


LINES = (
    Line(25, "No volatile function, whole column or constant but a plain one: thresholds are named", line_25_nothing_volatile),
    Line(26, "Formulas have at most 200 characters, on Checks 900", line_26_short),
    Line(28, "A formula that is repeated along a row is the same in every cell", line_28_alike_along_a_row),
    Line(43, "No sheet holds more than 2,500 formulas", line_43_few),
)
