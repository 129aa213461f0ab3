"""The formulas beside a table's title and lines: the four counts over its inputs, and each line's check word.

They mean what `checks/counts.py` means. Plain functions over ranges only: no engine need spill or loop over an array.
"""

from collections.abc import Callable, Iterable, Iterator

from workbook_gen.definition.doubts import AS_TEXT, NOT_WHOLE, UNDER_ONE, WRONG_SIGN
from workbook_gen.definition.form import FormCell
from workbook_gen.definition.layout import TableLayout, address, area
from workbook_gen.definition.nodes import CountKind, Key
from workbook_gen.excel.formula import Place


def count_formula(kind: CountKind, table: TableLayout, place: Place) -> str | None:
    """The formula of one count; None where the table has no input that could be counted."""
    name = table.table.table.key
    cells = list(place.layout.form.inputs(name))
    match kind:
        case "blank":
            return _sum([f"COUNTBLANK({part})" for part in _areas(cells, place, lambda cell: cell.required)])
        case "not_numeric":
            parts = ",".join(_areas(cells, place, lambda cell: cell.column.numeric))
            return f"=COUNTA({parts})-COUNT({parts})" if parts else None
        case "wrong_sign":
            return _wrong_signs(name, cells, place)
        case "not_whole":
            if table.check_column is None or not any(cell.whole for cell in cells):
                return None
            rows = list(table.rows.values())
            return f'=COUNTIF({area(rows[0], table.check_column, rows[-1], table.check_column)},"{NOT_WHOLE}")'


def word_formula(cells: list[FormCell], place: Place) -> str | None:
    """The formula of the check word of a line with these inputs.

    It says: a text among its numbers, one not whole, of the wrong sign, under 1%, or nothing.
    """
    numbers = ",".join(_areas(cells, place, lambda cell: cell.column.numeric))
    if not numbers:
        return None
    doubts = [(f"COUNT({numbers})<COUNTA({numbers})", AS_TEXT), *_doubts(cells, place)]
    return "=" + "".join(f'IF({test},"{word}",' for test, word in doubts) + '""' + ")" * len(doubts)


def _doubts(cells: list[FormCell], place: Place) -> Iterator[tuple[str, str]]:
    """What may be doubtful about the numbers of a line once all are numbers, with its word."""
    whole = [place.cell(cell.key) for cell in cells if cell.whole]
    if whole:
        yield _any(f"ROUND({cell},0)<>{cell}" for cell in whole), NOT_WHOLE
    positive = _areas(cells, place, lambda cell: cell.signed and not cell.whole and cell.sign == "+")
    negative = _areas(cells, place, lambda cell: cell.signed and not cell.whole and cell.sign == "-")
    wrong = [f"MIN({','.join(positive)})<0"] * bool(positive) + [f"MAX({','.join(negative)})>0"] * bool(negative)
    if wrong:
        yield _any(wrong), WRONG_SIGN
    shares = _areas(cells, place, lambda cell: cell.unit == "%" and cell.column.numeric)
    if shares:
        yield _any(f'COUNTIF({part},">0")>COUNTIF({part},">=1")' for part in shares), UNDER_ONE


def _any(tests: Iterable[str]) -> str:
    first, *others = tests
    return f"OR({','.join([first, *others])})" if others else first


def _wrong_signs(table: str, cells: list[FormCell], place: Place) -> str | None:
    positive = _areas(cells, place, lambda cell: cell.signed and cell.sign == "+")
    negative = _areas(cells, place, lambda cell: cell.signed and cell.sign == "-")
    counts = [f'COUNTIF({part},"<0")' for part in positive] + [f'COUNTIF({part},">0")' for part in negative]
    sheet, row, column = place.layout.counts[table, "not_numeric"]
    return f"=IF({place.on(sheet, address(row, column))}>0,0,{'+'.join(counts)})" if counts else None


def _areas(cells: list[FormCell], place: Place, wanted: Callable[[FormCell], bool]) -> list[str]:
    keys: tuple[Key, ...] = tuple(cell.key for cell in cells if wanted(cell))
    return place.areas(keys)


def _sum(parts: list[str]) -> str | None:
    return "=" + "+".join(parts) if parts else None
