"""The workbook of a recording, written by openpyxl: the same cells, formulas, formats, validations, conditions and charts."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.formatting.rule import CellIsRule, Rule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.pagebreak import Break

from benchmarks.recorded import Call, Recording
from workbook_gen.definition.values import serial

_OPERATORS = {"==": "equal", "<": "lessThan", "<=": "lessThanOrEqual", "between": "between"}
_is_rule: Callable[..., Rule] = CellIsRule
_TYPES = {"length": "textLength"}
_VERTICAL = {"vcenter": "center", "top": "top"}


def written(recording: Recording) -> bytes:
    """The workbook's bytes; the cells' values by formula are left out, because openpyxl writes none."""
    return _Writer(recording).write()


class _Writer:
    """What has been made so far, by its name in the recording."""

    def __init__(self, recording: Recording) -> None:
        self.calls = recording.calls
        self.book: Any = Workbook()
        self.book.remove(self.book.worksheets[0])
        self.made: dict[str, Any] = {}
        self.looks: dict[str, dict[str, Any]] = {}
        self.stream = io.BytesIO()

    def write(self) -> bytes:
        for call in self.calls:
            does = _DOES.get(call.method)
            if does is not None:
                does(self, call)
        self.book.save(self.stream)
        return self.stream.getvalue()


def _sheet(writer: _Writer, call: Call) -> None:
    writer.made[call.result] = writer.book.create_sheet(call.arguments[0])


def _format(writer: _Writer, call: Call) -> None:
    (look,) = call.arguments
    writer.looks[call.result] = look
    if "num_format" in look:  # a conditional format is no style
        writer.book.add_named_style(_style(call.result, look))


def _style(name: str, look: dict[str, Any]) -> NamedStyle:
    side = Side(style="thin", color=look["border_color"][1:]) if look.get("border") else None
    return NamedStyle(
        name=name,
        font=_font(look),
        fill=PatternFill("solid", fgColor=look["bg_color"][1:]) if "bg_color" in look else PatternFill(),
        border=Border(left=side, right=side, top=side, bottom=side) if side else Border(),
        alignment=Alignment(
            horizontal=look.get("align"),
            vertical=_VERTICAL.get(look.get("valign", "")),
            wrap_text=look.get("text_wrap"),
            indent=look.get("indent", 0),
        ),
        protection=Protection(locked=look.get("locked", True)),
        number_format=look["num_format"],
    )


def _font(look: dict[str, Any]) -> Font:
    return Font(
        name=look.get("font_name"),
        size=look.get("font_size"),
        bold=look.get("bold"),
        italic=look.get("italic"),
        underline="single" if look.get("underline") else None,
        color=look["font_color"][1:] if "font_color" in look else None,
    )


def _cell(writer: _Writer, call: Call) -> None:
    row, column, value, style, *_ = call.arguments
    cell = writer.made[call.target].cell(row + 1, column + 1, value)
    cell.style = style.name


def _link(writer: _Writer, call: Call) -> None:
    row, column, target, style, text, tip = call.arguments
    cell = writer.made[call.target].cell(row + 1, column + 1, text)
    cell.hyperlink = Hyperlink(cell.coordinate, location=target.removeprefix("internal:"), tooltip=tip, display=text)
    cell.style = style.name


def _width(writer: _Writer, call: Call) -> None:
    column, _, width, _ = call.arguments
    writer.made[call.target].column_dimensions[get_column_letter(column + 1)].width = width


def _height(writer: _Writer, call: Call) -> None:
    row, points = call.arguments
    writer.made[call.target].row_dimensions[row + 1].height = points


def _area(top: int, left: int, bottom: int, right: int) -> str:
    return f"{get_column_letter(left + 1)}{top + 1}:{get_column_letter(right + 1)}{bottom + 1}"


def _validation(writer: _Writer, call: Call) -> None:
    *corners, asked = call.arguments
    low, high = (asked.get(name) for name in ("minimum", "maximum"))
    first = asked.get("source", asked.get("value", low))
    made: Any = DataValidation(
        type=_TYPES.get(asked["validate"], asked["validate"]),
        operator=_operator(asked.get("criteria")),
        formula1=_term(first),
        formula2=_term(high),
        allow_blank=asked["ignore_blank"],
        showInputMessage=True,
        showErrorMessage=True,
        promptTitle=asked["input_title"],
        prompt=asked["input_message"],
        errorTitle=asked["error_title"],
        error=asked["error_message"],
        errorStyle=asked["error_type"],
    )
    made.add(_area(*corners))
    writer.made[call.target].add_data_validation(made)


def _operator(criteria: str | None) -> Any:
    return _OPERATORS.get(criteria or "")


def _term(value: Any) -> str | None:
    if value is None:
        return None
    return str(serial(value)) if isinstance(value, date) else str(value).removeprefix("=")


def _condition(writer: _Writer, call: Call) -> None:
    *corners, rule = call.arguments
    look = writer.looks[rule["format"].name]
    fill = PatternFill(bgColor=look["bg_color"][1:]) if "bg_color" in look else None
    font = Font(color=look["font_color"][1:]) if "font_color" in look else None
    made = _is_rule(operator=_OPERATORS[rule["criteria"]], formula=[str(rule["value"])], fill=fill, font=font)
    writer.made[call.target].conditional_formatting.add(_area(*corners), made)


def _name(writer: _Writer, call: Call) -> None:
    name, reference = call.arguments
    writer.book.defined_names[name] = DefinedName(name, attr_text=reference.removeprefix("="))


def _chart(writer: _Writer, call: Call) -> None:
    (kind,) = call.arguments
    chart: Any = LineChart() if kind["type"] == "line" else BarChart()
    if kind["type"] != "line":
        chart.type, chart.grouping, chart.overlap = "col", "stacked", 100
    writer.made[call.result] = chart


def _series(writer: _Writer, call: Call) -> None:
    (asked,) = call.arguments
    chart = writer.made[call.target]
    chart.series.append(Series(_reference(asked["values"]), title=asked["name"]))
    chart.set_categories(_reference(asked["categories"]))


def _reference(text: str) -> Reference:
    """The first area of a reference: openpyxl draws a series from one."""
    return Reference(range_string=text.removeprefix("=").strip("()").split(",")[0])


def _title(writer: _Writer, call: Call) -> None:
    writer.made[call.target].title = call.arguments[0]["name"]


def _axis(name: str) -> Callable[[_Writer, Call], None]:
    def write(writer: _Writer, call: Call) -> None:
        getattr(writer.made[call.target], name).title = call.arguments[0]["name"]

    return write


def _draw(writer: _Writer, call: Call) -> None:
    row, column, chart, _ = call.arguments
    writer.made[call.target].add_chart(writer.made[chart.name], f"{get_column_letter(column + 1)}{row + 1}")


def _protect(writer: _Writer, call: Call) -> None:
    protection = writer.made[call.target].protection
    protection.sheet, protection.formatColumns, protection.formatRows = True, False, False
    protection.autoFilter = not call.arguments[1]["autofilter"]


def _landscape(writer: _Writer, call: Call) -> None:
    setup = writer.made[call.target].page_setup
    setup.orientation, setup.paperSize = "landscape", 9


def _fit(writer: _Writer, call: Call) -> None:
    sheet = writer.made[call.target]
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = call.arguments


def _margins(writer: _Writer, call: Call) -> None:
    margins = writer.made[call.target].page_margins
    margins.left, margins.right, margins.top, margins.bottom = call.arguments


def _repeat(writer: _Writer, call: Call) -> None:
    first, last = call.arguments
    writer.made[call.target].print_title_rows = f"{first + 1}:{last + 1}"


def _print_area(writer: _Writer, call: Call) -> None:
    writer.made[call.target].print_area = _area(*call.arguments)


def _footer(writer: _Writer, call: Call) -> None:
    writer.made[call.target].oddFooter.center.text = call.arguments[0]


def _freeze(writer: _Writer, call: Call) -> None:
    row, column = call.arguments
    writer.made[call.target].freeze_panes = f"{get_column_letter(column + 1)}{row + 1}"


def _breaks(writer: _Writer, call: Call) -> None:
    for row in call.arguments[0]:
        writer.made[call.target].row_breaks.append(Break(id=row))


def _gridlines(writer: _Writer, call: Call) -> None:
    writer.made[call.target].sheet_view.showGridLines = False


def _filter(writer: _Writer, call: Call) -> None:
    writer.made[call.target].auto_filter.ref = _area(*call.arguments)


def _properties(writer: _Writer, call: Call) -> None:
    (given,) = call.arguments
    properties = writer.book.properties
    properties.title, properties.subject, properties.creator = given["title"], given["subject"], given["author"]


def _custom_property(writer: _Writer, call: Call) -> None:
    name, text, _ = call.arguments
    writer.book.custom_doc_props.append(StringProperty(name=name, value=text))


_DOES: dict[str, Callable[[_Writer, Call], None]] = {
    "add_worksheet": _sheet,
    "add_format": _format,
    "write_string": _cell,
    "write_number": _cell,
    "write_blank": _cell,
    "write_formula": _cell,
    "write_url": _link,
    "set_column": _width,
    "set_row": _height,
    "data_validation": _validation,
    "conditional_format": _condition,
    "define_name": _name,
    "add_chart": _chart,
    "add_series": _series,
    "set_title": _title,
    "set_x_axis": _axis("x_axis"),
    "set_y_axis": _axis("y_axis"),
    "insert_chart": _draw,
    "protect": _protect,
    "set_landscape": _landscape,
    "fit_to_pages": _fit,
    "set_margins": _margins,
    "repeat_rows": _repeat,
    "print_area": _print_area,
    "set_footer": _footer,
    "freeze_panes": _freeze,
    "set_h_pagebreaks": _breaks,
    "hide_gridlines": _gridlines,
    "autofilter": _filter,
    "set_properties": _properties,
    "set_custom_property": _custom_property,
}
