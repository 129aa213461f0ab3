"""Guidance: how to fill the return in, its settings and thresholds (each a named cell), and the lists that choices offer."""

from workbook_gen.definition.layout import GUIDANCE, SETTING_COLUMN, TOP_ROWS, Layout, address, guidance_settings_row
from workbook_gen.excel.page import Page, absolute, height_of
from workbook_gen.excel.style import DATE_FORMAT, parameter_format
from workbook_gen.excel.validation import choices_of, list_name

_SETTINGS = {
    "months_done": "Months of actual figures",
    "months_left": "Months to come",
    "issued": "Issued",
    "deadline": "Return by",
}
_TEXT_WIDTH = 96


def write_guidance(page: Page, layout: Layout, settings: dict[str, float]) -> int:
    """Write the sheet; the row after its last. `settings` are the values of the named cells."""
    page.widths([30, _TEXT_WIDTH, 24, 14])
    _write_text(page, layout)
    _write_settings(page, layout, settings)
    row = guidance_settings_row(layout.form.collection) + len(_SETTINGS) + len(layout.form.collection.parameters) + 4
    return _write_lists(page, row, layout)


def _write_text(page: Page, layout: Layout) -> None:
    row = TOP_ROWS
    for section in layout.form.collection.guidance.sections:
        page.put(row, 0, section.title, "heading", text_wrap=True, valign="top")
        for paragraph in section.text:
            page.put(row, 1, paragraph, "text")
            page.height(row, height_of(paragraph, _TEXT_WIDTH) + 4)
            row += 1
        row += 1


def _write_settings(page: Page, layout: Layout, settings: dict[str, float]) -> None:
    header = guidance_settings_row(layout.form.collection)
    page.put(header - 1, 0, "Settings and thresholds", "heading")
    for column, label in enumerate(("Name", "Meaning", "Value", "Unit")):
        page.put(header, column, label, "header")
    for name, label in _SETTINGS.items():
        row = layout.settings[name][1]
        number = DATE_FORMAT if name in ("issued", "deadline") else "0"
        page.put(row, 0, name, "sub_code")
        page.put(row, 1, label, "label")
        page.put(row, SETTING_COLUMN, settings[name], "setting", number)
        page.put(row, SETTING_COLUMN + 1, "", "label")
    for position, parameter in enumerate(layout.form.collection.parameters):
        row = header + len(_SETTINGS) + 1 + position
        sheet, at, column = layout.settings[parameter.key]
        page.link(row, 0, sheet, address(at, column), parameter.key)
        page.put(row, 1, f"{sheet}: {parameter.label}", "label")
        number = parameter_format(parameter)
        page.formula(row, SETTING_COLUMN, f"={parameter.key}", parameter.value, "setting", number)
        page.put(row, SETTING_COLUMN + 1, parameter.unit, "label")


def _write_lists(page: Page, row: int, layout: Layout) -> int:
    """The options of every choice, each list below a heading that is its defined name."""
    page.put(row - 1, 0, "Lists that cells offer", "heading")
    for name, options in lists_of(layout).items():
        page.put(row, 0, name, "sub_code")
        for option in options:
            page.put(row, 1, option, "label")
            row += 1
        row += 1
    return row


def lists_of(layout: Layout) -> dict[str, tuple[str, ...]]:
    """The lists that choices take their options from, by defined name."""
    found = {}
    for cell in layout.form.inputs():
        if cell.column.type in ("choice", "yesno"):
            options = choices_of(cell)
            names = tuple(one.name for one in layout.form.system.organisations)
            found[list_name(options)] = names if isinstance(options, str) else options
    return found


def defined_names(layout: Layout) -> dict[str, str]:
    """Every defined name with its reference: settings, thresholds and lists."""
    names = {name: absolute(*place) for name, place in layout.settings.items()}
    collection = layout.form.collection
    row = guidance_settings_row(collection) + len(_SETTINGS) + len(collection.parameters) + 4
    for name, options in lists_of(layout).items():
        first, last = address(row, 1, absolute=True), address(row + len(options) - 1, 1, absolute=True)
        names[name] = f"={GUIDANCE}!{first}:{last}"
        row += len(options) + 1
    return names
