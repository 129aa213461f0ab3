"""One of the return's own sheets: thresholds, tables with codes and counts, inputs with their validation."""

from workbook_gen.definition.form import FormCell
from workbook_gen.definition.layout import (
    CHECK_COLUMN,
    CODE_COLUMN,
    FIRST_COLUMN,
    LABEL_COLUMN,
    SETTING_COLUMN,
    Layout,
    SheetLayout,
    TableLayout,
)
from workbook_gen.definition.nodes import Key
from workbook_gen.excel.contents import Contents
from workbook_gen.excel.page import ROW_HEIGHT, Page, height_of, lines_of
from workbook_gen.excel.style import COUNT_FORMATS, DATE_FORMAT, DOUBT_FILLS, input_format, number_format, parameter_format
from workbook_gen.excel.table_texts import TableTexts, table_texts
from workbook_gen.excel.widths import column_widths, words_height

_BOLD = 0.8
"""Characters of bold letters to one plain one."""


def write_sheet(page: Page, sheet: SheetLayout, layout: Layout, contents: Contents) -> None:
    """Write the thresholds and every table of a sheet."""
    widths = column_widths(sheet)
    page.widths(widths)
    _write_parameters(page, sheet, widths)
    for table in sheet.tables:
        if table.empty:
            _write_title(page, table, widths)
            page.put(table.title_row + 1, LABEL_COLUMN, table.table.table.empty, "note")
        else:
            _write_table(page, table, widths, layout, contents)


def _write_parameters(page: Page, sheet: SheetLayout, widths: list[float]) -> None:
    if sheet.parameters:
        first = sheet.parameters[0][1] - 1
        page.put(first, LABEL_COLUMN, "Thresholds of this sheet's checks", "heading")
    for parameter, row in sheet.parameters:
        page.put(row, LABEL_COLUMN, parameter.label, "label")
        page.height(row, height_of(parameter.label, widths[LABEL_COLUMN]))
        page.put(row, SETTING_COLUMN, parameter.value, "setting", parameter_format(parameter))
        page.put(row, SETTING_COLUMN + 1, "" if parameter.unit == "%" else parameter.unit, "note")


def _write_table(page: Page, table: TableLayout, widths: list[float], layout: Layout, contents: Contents) -> None:
    texts = table_texts(table, layout)
    _write_title(page, table, widths)
    _write_counts(page, table, texts, layout, contents)
    _write_note(page, table, contents)
    _write_header(page, table, widths)
    high = words_height(table, widths)
    for line in table.table.lines:
        row = table.rows[line.key]
        page.put(row, CODE_COLUMN, line.sub_code, "sub_code")
        page.put(row, LABEL_COLUMN, line.label, "label_total" if line.formula is not None else "label")
        page.put(row, CHECK_COLUMN, None, "word")
        cells = [layout.form.cells[Key(table.table.table.key, line.key, column)] for column in table.columns]
        words = any(cell.role == "input" and cell.column.type == "text" for cell in cells)
        page.height(row, max(high if words else 0, height_of(line.label, widths[LABEL_COLUMN])))
        for cell in cells:
            _write_cell(page, cell, table, texts, contents)
    _write_words(page, table, texts, contents)
    for corners, asked in texts.validations:
        page.worksheet.data_validation(*corners, asked)
    page.deficits(min(table.rows.values()), FIRST_COLUMN, table.last_row, FIRST_COLUMN + len(table.columns) - 1)


def _write_title(page: Page, table: TableLayout, widths: list[float]) -> None:
    definition = table.table.table
    page.put(table.title_row, CODE_COLUMN, definition.code, "table_code")
    page.put(table.title_row, LABEL_COLUMN, definition.title, "table_title")
    page.height(table.title_row, 18 * lines_of(definition.title, widths[LABEL_COLUMN] * 0.8))


def _write_counts(page: Page, table: TableLayout, texts: TableTexts, layout: Layout, contents: Contents) -> None:
    name = table.table.table.key
    for kind, text in texts.counts.items():
        _, row, column = layout.counts[name, kind]
        if text is None:
            page.put(row, column, 0, "count", COUNT_FORMATS[kind])
        else:
            page.formula(row, column, text, contents.counts[name, kind], "count", COUNT_FORMATS[kind])


def _write_note(page: Page, table: TableLayout, contents: Contents) -> None:
    """The table's own note, and the status of its prefilled figures, a row each."""
    sentences = [table.table.table.note, *_status_sentences(table, contents)]
    for row, sentence in zip(table.note_rows, filter(None, sentences), strict=False):
        page.put(row, LABEL_COLUMN, sentence, "note")


def _status_sentences(table: TableLayout, contents: Contents) -> list[str]:
    """Which prefilled figures are illustrative, in words: all, none, or these lines."""
    prefilled = [key for key in contents.prefill if key.table == table.table.table.key]
    illustrative = [key for key in prefilled if key in contents.illustrative]
    if not prefilled or not illustrative:
        return ["Green figures are published."] if prefilled else []
    if len(illustrative) == len(prefilled):
        return ["Green figures in italics are illustrative until the centre issues its own."]
    published = [key for key in prefilled if key not in contents.illustrative]
    lines = dict.fromkeys(key.line for key in illustrative)
    if any(key.line in lines for key in published):
        columns = dict.fromkeys(table.table.column_by_key[key.column].label for key in published)
        return [f"Green figures in italics are illustrative until the centre issues its own. Published: {'; '.join(columns)}."]
    labels = (table.table.line_by_key[line].label for line in lines)
    return [f"Illustrative, in italics: {'; '.join(labels)}. The other green figures are published."]


def _write_header(page: Page, table: TableLayout, widths: list[float]) -> None:
    page.put(table.code_row, CODE_COLUMN, "", "main_code")
    page.put(table.header_row, CODE_COLUMN, "Code", "header")
    page.put(
        table.header_row,
        LABEL_COLUMN,
        "Organisation" if table.table.table.lines == "organisations" else "Line",
        "header",
    )
    lines = [2]
    for key, place in table.columns.items():
        column = table.table.column_by_key[key]
        page.put(table.code_row, place, table.table.table.code + column.code, "main_code")
        page.put(table.header_row, place, column.label, "header")
        lines.append(lines_of(column.label, (widths[place] - 2) * _BOLD))
    page.put(table.header_row, CHECK_COLUMN, "Check", "header")
    page.height(table.header_row, ROW_HEIGHT * max(lines) + 3)


def _write_cell(page: Page, cell: FormCell, table: TableLayout, texts: TableTexts, contents: Contents) -> None:
    row, column = table.rows[cell.key.line], table.columns[cell.key.column]
    value = contents.values.get(cell.key)
    words = not cell.column.numeric
    number = DATE_FORMAT if cell.column.type == "date" else "General" if words else number_format(cell.unit, cell.dp)
    match cell.role:
        case "total":
            page.formula(row, column, texts.totals[cell.key], value, "total", number)
        case "prefill":
            role = "prefill_illustrative" if cell.key in contents.illustrative else "prefill"
            page.put(row, column, value, role, number)
        case "input":
            typed = number if words or cell.column.type == "date" else input_format(cell.unit, cell.dp)
            page.put(row, column, value, "input_words" if words else "input", typed)
        case "not_applicable":
            page.put(row, column, None, "not_applicable")


def _write_words(page: Page, table: TableLayout, texts: TableTexts, contents: Contents) -> None:
    if table.check_column is None:
        return
    for line, text in texts.words.items():
        value = contents.words[table.table.table.key, line]
        page.formula(table.rows[line], table.check_column, text, value, "word")
    first, last = min(table.rows.values()), max(table.rows.values())
    page.word_colours(first, last, table.check_column, DOUBT_FILLS)
