"""What Excel does to formulas and defined names when lines move or sheets are renamed or deleted, by openpyxl's tokens."""

import re
from collections.abc import Callable, Iterator
from xml.etree import ElementTree as ET

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token
from openpyxl.utils import column_index_from_string, get_column_letter

from tests.spoil import WORKBOOK, Spoiled, place, q

Moves = Callable[[int], int | None]
"""The new number of a row or column; None where it is deleted."""
NOWHERE = "#REF!"
_REFERENCE = re.compile(r"(?:(?P<sheet>.+)!)?(?P<first>\$?[A-Z]{1,3}\$?\d+)(?::(?P<last>\$?[A-Z]{1,3}\$?\d+))?")
_CORNER = re.compile(r"(\$?)([A-Z]+)(\$?)(\d+)")


def stays(number: int) -> int:
    """Nothing moves."""
    return number


def rename_sheet(file: Spoiled, sheet: str, name: str) -> None:
    """Give a sheet another name, in all that refers to it too."""
    file.rename(sheet, name)
    _rewrite(file, lambda home, found: f"{_quoted(name)}!{_area(found)}" if _named(found) == sheet else None)


def lose_sheet(file: Spoiled, sheet: str) -> None:
    """What the other sheets read once a sheet is deleted."""
    _rewrite(file, lambda home, found: NOWHERE if _named(found) == sheet else None)


def move_lines(file: Spoiled, sheet: str, rows: Moves = stays, columns: Moves = stays) -> None:
    """Insert or delete rows or columns: all that refers to the sheet goes with them."""

    def moved(home: str, found: re.Match[str]) -> str | None:
        if (_named(found) or home) != sheet:
            return None
        corners = _shrunk(found["first"], found["last"] or found["first"], rows, columns)
        if corners is None:
            return NOWHERE
        prefix = f"{found['sheet']}!" if found["sheet"] else ""
        return prefix + (f"{corners[0]}:{corners[1]}" if found["last"] else corners[0])

    _rewrite(file, moved)
    file.move_columns(sheet, columns)
    file.move_rows(sheet, rows)


def sort_lines(file: Spoiled, sheet: str, rows: dict[int, int]) -> None:
    """Sort: relative references of what moves go with it, everything else stays as it is."""
    for cell, formula in _formulas(file.tree(sheet)):
        row, _ = place(cell.attrib["r"])
        offset = rows.get(row, row) - row

        def moved(found: re.Match[str], offset: int = offset) -> str | None:
            return None if found["sheet"] else re.sub(r"(?<![$\d])\d+", lambda digits: str(int(digits[0]) + offset), found[0])

        formula.text = _replaced(formula.text or "", moved)
    file.move_rows(sheet, lambda row: rows.get(row, row))


def changed_reading(before: Spoiled, after: Spoiled, sheet: str, rows: dict[int, int]) -> dict[str, list[str]]:
    """The cells of each sheet whose formulas read other cells than before, after rows of a sheet were sorted."""
    found: dict[str, list[str]] = {}
    for name in before.parts:
        old = {
            cell.attrib["r"]: _reads(formula.text or "", name, sheet, rows) for cell, formula in _formulas(before.tree(name))
        }
        for cell, formula in _formulas(after.tree(name)):
            address = cell.attrib["r"]
            row, column = place(address)
            back = {new: number for number, new in rows.items()}.get(row, row) if name == sheet else row
            if old[f"{get_column_letter(column)}{back}"] != _reads(formula.text or "", name, sheet, {}):
                found.setdefault(name, []).append(address)
    return found


def _reads(formula: str, home: str, sheet: str, rows: dict[int, int]) -> list[set[tuple[int, int]]]:
    """The cells of a sheet that a formula reads, where they stand once its rows are sorted."""
    read = []
    for token in _tokens(formula):
        found = _REFERENCE.fullmatch(token.value)
        if found and (_named(found) or home) == sheet:
            (top, left), (bottom, right) = (
                place(found[one].replace("$", "")) for one in ("first", "last" if found["last"] else "first")
            )
            read.append({(rows.get(row, row), column) for row in range(top, bottom + 1) for column in range(left, right + 1)})
    return read


def _rewrite(file: Spoiled, change: Callable[[str, re.Match[str]], str | None]) -> None:
    """Change the references of every formula, and those of defined names."""
    for name in file.parts:
        for _, formula in _formulas(file.tree(name)):
            formula.text = _replaced(formula.text or "", lambda found, home=name: change(home, found))  # type: ignore[misc]
    content = file.members[WORKBOOK].decode()
    file.members[WORKBOOK] = re.sub(
        r"(<definedName [^>]*>)([^<]*)", lambda found: found[1] + _replaced(found[2], lambda one: change("", one)), content
    ).encode()


def _formulas(tree: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    for cell in tree.iter(q("c")):
        formula = cell.find(q("f"))
        if formula is not None:
            yield cell, formula


def _tokens(formula: str) -> list[Token]:
    return [token for token in Tokenizer(f"={formula}").items if token.type == Token.OPERAND and token.subtype == Token.RANGE]


def _replaced(formula: str, change: Callable[[re.Match[str]], str | None]) -> str:
    tokens = Tokenizer(f"={formula}").items
    for token in tokens:
        found = _REFERENCE.fullmatch(token.value) if token.type == Token.OPERAND and token.subtype == Token.RANGE else None
        new = change(found) if found else None
        token.value = token.value if new is None else new
    return "".join(token.value for token in tokens)


def _named(found: re.Match[str]) -> str:
    return (found["sheet"] or "").strip("'")


def _quoted(sheet: str) -> str:
    return f"'{sheet}'" if " " in sheet else sheet


def _area(found: re.Match[str]) -> str:
    return found[0].rpartition("!")[2]


def _shrunk(first: str, last: str, rows: Moves, columns: Moves) -> tuple[str, str] | None:
    """The corners of an area after lines have moved: it loses what is deleted, and is gone where all of it is."""
    one, other = _CORNER.fullmatch(first), _CORNER.fullmatch(last)
    assert one
    assert other
    kept_rows = [new for number in range(int(one[4]), int(other[4]) + 1) if (new := rows(number)) is not None]
    letters = range(column_index_from_string(one[2]), column_index_from_string(other[2]) + 1)
    kept_columns = [new for number in letters if (new := columns(number)) is not None]
    if not kept_rows or not kept_columns:
        return None
    ends = ((one, kept_rows[0], kept_columns[0]), (other, kept_rows[-1], kept_columns[-1]))
    start, end = (f"{marks[1]}{get_column_letter(column)}{marks[3]}{row}" for marks, row, column in ends)
    return start, end
