"""The four counts over a table's inputs that decide whether its rules can be tested."""

from workbook_gen.definition.bind import COUNTS
from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.nodes import CountKind
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.definition.values import Value, Values

AS_TEXT, NOT_WHOLE = "As text", "Not whole"
"""The words beside a line whose inputs cannot be counted on."""


def count_inputs(form: Form, values: Values) -> dict[tuple[str, CountKind], int]:
    """For each table: required inputs that are blank, texts where a number belongs, wrong signs, lines that are not whole.

    Signs are counted once every number's cell of the table holds a number, whole numbers once every one of the line does: until
    then the table cannot be tested anyway.
    """
    counts = {(table, kind): 0 for table in form.tables for kind in COUNTS}
    for cell in form.inputs():
        value = values.get(cell.key)
        if value is None:
            counts[cell.key.table, "blank"] += cell.required
        elif cell.column.numeric and isinstance(value, str):
            counts[cell.key.table, "not_numeric"] += 1
        else:
            counts[cell.key.table, "wrong_sign"] += _wrong_sign(cell, value)
    for (table, _), word in line_words(form, values).items():
        counts[table, "not_whole"] += word == NOT_WHOLE
    for table in form.tables:
        if counts[table, "not_numeric"]:
            counts[table, "wrong_sign"] = 0
    return counts


def _wrong_sign(cell: FormCell, value: Value) -> bool:
    if not cell.signed or not isinstance(value, float | int):
        return False
    return value < 0 if cell.sign == "+" else value > 0


def line_words(form: Form, values: Values) -> dict[tuple[str, str], str]:
    """The word beside each line that has numbers to fill in: a text among them, a number that is not whole, or nothing."""
    words: dict[tuple[str, str], str] = {}
    for cell in form.inputs():
        value = values.get(cell.key)
        place = (cell.key.table, cell.key.line)
        if not cell.column.numeric:
            continue
        words.setdefault(place, "")
        if isinstance(value, str):
            words[place] = AS_TEXT
        elif words[place] == "" and cell.whole and value is not None and value != round_half_away(value, 0):
            words[place] = NOT_WHOLE
    return words
