"""A workbook as readable text, made from its package by openpyxl: what stands in each cell, and what the cell is for.

A line a cell: address, role, `open` where it is not protected, its validation, and the value or formula. Cells without
either are shown, together along a row, where they are to be filled in or filled with a colour. A formula that is the one
above, or the one to the left, moved along is told as `= above` or `= left`.
"""

from collections.abc import Iterator
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.formula.translate import Translator
from openpyxl.utils.cell import column_index_from_string
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

ROLES = {
    "FFFF99": "input",
    "CCFFCC": "prefill",
    "DDEBF7": "total",
    "D8DDE0": "not applicable",
    "003087": "header",
}
"""What a fill says of a cell, as README and Guidance tell it to people; any other is named by its colour."""

SEAL = "Seal"
LEFT_OUT = "(left out: another key, another seal)"


class Seen(NamedTuple):
    """A cell: where it is, what it is for and what stands in it."""

    row: int
    column: str
    role: str
    value: str

    @property
    def address(self) -> str:
        """Where it is."""
        return f"{self.column}{self.row}"


def dump(data: bytes) -> str:
    """The text of a workbook. The seal alone is left out."""
    book = load_workbook(BytesIO(data))
    lines = [*_properties(book), *_names(book)]
    for sheet in book.worksheets:
        lines += ["", f"# {sheet.title}", *_sheet(sheet)]
    return "\n".join(lines) + "\n"


def _properties(book: Workbook) -> Iterator[str]:
    yield f"title    {book.properties.title}"
    yield f"subject  {book.properties.subject}"
    yield f"creator  {book.properties.creator}"
    yield f"created  {book.properties.created}"
    for one in book.custom_doc_props.props:  # type: ignore[attr-defined]
        yield f"property {one.name} = {LEFT_OUT if one.name.endswith('_seal') else one.value}"


def _names(book: Workbook) -> Iterator[str]:
    for name in sorted(book.defined_names):
        yield f"name     {name} = {book.defined_names[name].attr_text}"


def _sheet(sheet: Worksheet) -> Iterator[str]:
    yield f"protected {'yes' if sheet.protection.sheet else 'NO'}, {sheet.sheet_state}, frozen at {sheet.freeze_panes}"
    validations, marks = _validations(sheet)
    for (_, role, _), run in groupby(enumerate(_cells(sheet, marks)), key=_like):
        yield _line([seen for _, seen in run], role)
    yield from (f"{mark} = {text}" for mark, text in validations.items())
    yield from _conditions(sheet)
    yield from _charts(sheet)


def _like(counted: tuple[int, Seen]) -> tuple[object, str, int]:
    """Empty cells side by side that are alike are told together; every other cell is told alone."""
    count, seen = counted
    return (seen.row if seen.value == "" else seen.address), seen.role, column_index_from_string(seen.column) - count


def _line(run: list[Seen], role: str) -> str:
    first, last = run[0], run[-1]
    place = first.address if first is last else f"{first.address}:{last.address}"
    return " ".join(part for part in (place, f"[{role}]" if role else "", first.value) if part)


def _cells(sheet: Worksheet, marks: dict[str, str]) -> Iterator[Seen]:
    for row in sheet.iter_rows():
        sealed = row[0].value == SEAL
        for cell in row:
            if not isinstance(cell, Cell):
                continue
            value = LEFT_OUT if sealed and cell.column == 2 else _value(cell)
            role = _role(cell, marks.get(cell.coordinate, ""))
            if value or role:
                yield Seen(cell.row, cell.column_letter, role, value)


def _role(cell: Cell, mark: str) -> str:
    parts = [_fill(cell), "" if cell.protection.locked else "open", mark]
    return " ".join(part for part in parts if part)


def _fill(cell: Cell) -> str:
    if cell.fill.fill_type != "solid":
        return ""
    colour = str(cell.fill.start_color.rgb)[-6:]
    role = ROLES.get(colour, colour)
    return f"{role}, illustrative" if role == "prefill" and cell.font.i else role


def _value(cell: Cell) -> str:
    match cell.value:
        case None | "":
            return ""
        case bool() as truth:
            return str(truth).upper()
        case int() | float() as number:
            return f"{number:.15g}"
        case datetime() | date() | time() as day:
            return day.isoformat()
        case text if cell.data_type == "f":
            return _formula(str(text), cell)
        case text:
            return f'"{text}"' + (f" -> {cell.hyperlink.location}" if cell.hyperlink else "")


def _formula(text: str, cell: Cell) -> str:
    for word, row, column in (("above", cell.row - 1, cell.column), ("left", cell.row, cell.column - 1)):
        sheet = cell.parent
        neighbour = sheet.cell(row, column) if row and column and isinstance(sheet, Worksheet) else None
        if neighbour is not None and neighbour.data_type == "f":
            moved = Translator(str(neighbour.value), neighbour.coordinate).translate_formula(cell.coordinate)
            if moved == text:
                return f"= {word}"
    return text


def _validations(sheet: Worksheet) -> tuple[dict[str, str], dict[str, str]]:
    """What each validation asks, by its mark; and the mark of every cell that has one."""
    texts: dict[str, str] = {}
    marks: dict[str, str] = {}
    for one in sheet.data_validations.dataValidation:
        text = _validation(one)
        mark = next((known for known, same in texts.items() if same == text), f"v{len(texts) + 1}")
        texts[mark] = text
        for area in one.sqref.ranges:
            for row in sheet[area.coord] if ":" in area.coord else ((sheet[area.coord],),):
                for cell in row:
                    twice = f"{marks[cell.coordinate]} and " if cell.coordinate in marks else ""
                    marks[cell.coordinate] = twice + mark
    return texts, marks


def _validation(one: DataValidation) -> str:
    limits = " to ".join(str(limit) for limit in (one.formula1, one.formula2) if limit is not None)
    rule = " ".join(str(part) for part in (one.type, one.operator, limits) if part)
    return f"{rule}; {one.errorStyle or 'stop'}; {one.promptTitle!r} {one.prompt!r}; {one.errorTitle!r} {one.error!r}"


def _conditions(sheet: Worksheet) -> Iterator[str]:
    for area in sheet.conditional_formatting:
        for rule in area.rules:
            yield f"if {area.sqref}: {rule.type} {rule.operator or ''} {', '.join(map(str, rule.formula))}"


def _charts(sheet: Worksheet) -> Iterator[str]:
    charts: list[Any] = sheet._charts  # type: ignore[attr-defined]
    for chart in charts:
        yield f"chart {chart.tagname} at row {chart.anchor._from.row + 1}: {_title(chart.title)}"
        yield f"  x {_title(chart.x_axis.title)}; y {_title(chart.y_axis.title)}"
        for series in chart.series:
            name = series.tx.v if series.tx.v is not None else series.tx.strRef.f
            categories = series.cat.strRef or series.cat.numRef
            yield f"  series {name}: {series.val.numRef.f} by {categories.f}"


def _title(title: Any) -> str:
    if title is None:
        return "(none)"
    return "".join(run.t for paragraph in title.tx.rich.p for run in paragraph.r or ())
