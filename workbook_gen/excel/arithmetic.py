"""The value of a formula that somebody typed into an input, where it is plain arithmetic over numbers and cells of the file."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import fsum, isfinite

from workbook_gen.excel.references import unquoted
from workbook_gen.excel.scan import Scan, ScannedSheet
from workbook_gen.excel.shared import column_number

_CELLS = 10_000
"""Cells that one formula may read, those behind other formulas included."""
_DEPTH = 50
"""How deep brackets, and formulas that read formulas, may go."""

_TOKEN = re.compile(
    r"""\s*(?:
    (?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)(?![\w.])
  | (?:(?P<sheet>'(?:[^']|''){1,62}+'|[^\W\d][\w.]*)!)?\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9]\d{0,6})(?![\w(!.])
  | (?P<function>SUM)(?=\()
  | (?P<sign>[-+*/^%(),:])
    )\s*""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_BINDING = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
_APPLY: dict[str, Callable[[float, float], float]] = {
    "+": float.__add__,
    "-": float.__sub__,
    "*": float.__mul__,
    "/": float.__truediv__,
    "^": lambda base, power: float(pow(base, power)) if abs(power) < 100 else _give_up(),
}


class _NotPlain(Exception):
    """The formula is more than plain arithmetic, or reads what is no number."""


def _give_up() -> float:
    raise _NotPlain


def work_out(formula: str, sheet: ScannedSheet, scan: Scan) -> float | None:
    """The value of a formula without its equals sign: numbers, cells, brackets, `+ - * / ^ %` and SUM; None for any other."""
    try:
        value = _Cells(scan).value(formula, sheet, 0)
    except (_NotPlain, ArithmeticError, ValueError, TypeError):  # division by zero, a root of a negative number
        return None
    return value if isfinite(value) else None


@dataclass
class _Cells:
    """The cells of a file, and how many more of them may be read."""

    scan: Scan
    left: int = _CELLS

    def value(self, formula: str, sheet: ScannedSheet, depth: int) -> float:
        reading = _Reading([*_tokens(formula)], sheet, self, depth)
        value = reading.sum_of(0)
        return value if not reading.tokens else _give_up()

    def cell(self, sheet: ScannedSheet, row: int, column: int, depth: int) -> float | None:
        """The number in a cell; None where it is blank."""
        self.left -= 1
        if self.left < 0 or depth > _DEPTH:
            return _give_up()
        formula = sheet.cells.formulas.get((row, column))
        if formula is not None:
            return self.value(formula, sheet, depth + 1)
        value = sheet.cells.held.get((row, column))
        if isinstance(value, bool) or not isinstance(value, float | int | None):
            return _give_up()
        return None if value is None else float(value)

    def sheet(self, name: str) -> ScannedSheet:
        plain = unquoted(name)
        found = next((one for one in self.scan.sheets if one.name.casefold() == plain.casefold()), None)
        if found is None:
            raise _NotPlain
        return found


def _tokens(formula: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(formula):
        match = _TOKEN.match(formula, at)
        if match is None:
            raise _NotPlain
        yield match
        at = match.end()


@dataclass
class _Reading:
    """A formula read from left to right, with Excel's precedence: a sign binds closest, then `%`, then `^`."""

    tokens: list[re.Match[str]]
    home: ScannedSheet
    cells: _Cells
    depth: int

    def sum_of(self, binding: int) -> float:
        """The value of what follows, as far as its operators bind closer than `binding`."""
        left = self.operand()
        while self.sign() and _BINDING.get(self.sign(), 0) > binding:
            sign = self.take()["sign"]
            left = _APPLY[sign](left, self.sum_of(_BINDING[sign]))
        return left

    def operand(self) -> float:
        factor = 1.0
        while (token := self.take())["sign"] in ("+", "-"):
            factor = -factor if token["sign"] == "-" else factor
        if token["number"]:
            value = float(token["number"])
        elif token["row"]:
            value = self.cells.cell(*self.place(token), self.depth) or 0.0
        elif token["function"]:
            value = self.total()
        elif token["sign"] == "(":
            value = self.bracket()
        else:
            raise _NotPlain
        while self.sign() == "%":
            self.take()
            value /= 100
        return factor * value

    def bracket(self) -> float:
        """What stands in a bracket that has been opened."""
        self.depth += 1
        value = self.sum_of(0) if self.depth <= _DEPTH else _give_up()
        self.depth -= 1
        return value if self.take()["sign"] == ")" else _give_up()

    def total(self) -> float:
        """The arguments of SUM: areas, whose texts Excel leaves out, and single values."""
        self.take()
        found = [self.argument()]
        while self.sign() == ",":
            self.take()
            found.append(self.argument())
        return fsum(found) if self.take()["sign"] == ")" else _give_up()

    def argument(self) -> float:
        is_area = len(self.tokens) > 1 and self.tokens[0]["row"] and self.tokens[1]["sign"] == ":"
        return self.area() if is_area else self.sum_of(0)

    def area(self) -> float:
        sheet, top, left = self.place(self.take())
        self.take()
        last = self.take()
        if not last["row"] or last["sheet"]:
            raise _NotPlain
        _, bottom, right = self.place(last)
        if (bottom - top + 1) * (right - left + 1) > self.cells.left:
            raise _NotPlain
        places = ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        return fsum(self.cells.cell(sheet, row, column, self.depth) or 0.0 for row, column in places)

    def place(self, token: re.Match[str]) -> tuple[ScannedSheet, int, int]:
        sheet = self.cells.sheet(token["sheet"]) if token["sheet"] else self.home
        return sheet, int(token["row"]), column_number(token["column"])

    def sign(self) -> str:
        """The operator or bracket that is next; empty where another token is."""
        return (self.tokens[0]["sign"] or "") if self.tokens else ""

    def take(self) -> re.Match[str]:
        return self.tokens.pop(0) if self.tokens else self.end()

    def end(self) -> re.Match[str]:
        raise _NotPlain
