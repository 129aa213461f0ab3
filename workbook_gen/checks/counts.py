"""The four counts over a table's inputs that decide whether its rules can be tested."""

from workbook_gen.definition.bind import COUNTS
from workbook_gen.definition.doubts import AS_TEXT, NOT_WHOLE, UNDER_ONE, WRONG_SIGN
from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.nodes import CountKind, Key
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.definition.values import Value, Values


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


def counted(form: Form, values: Values, table: str, kind: CountKind) -> list[Key]:
    """The inputs that a count is about, in reading order: the blank ones, the texts, the wrong signs, the fractions."""
    return [cell.key for cell in form.inputs(table) if _is_counted(cell, values.get(cell.key), kind)]


def _is_counted(cell: FormCell, value: Value, kind: CountKind) -> bool:
    if value is None:
        return kind == "blank" and cell.required
    if not cell.column.numeric:
        return False
    match kind:
        case "not_numeric":
            return isinstance(value, str)
        case "wrong_sign":
            return _wrong_sign(cell, value)
        case "not_whole":
            return cell.whole and not isinstance(value, str) and value != round_half_away(value, 0)
    return False


def _wrong_sign(cell: FormCell, value: Value) -> bool:
    if not cell.signed or not isinstance(value, float | int):
        return False
    return value < 0 if cell.sign == "+" else value > 0


def line_words(form: Form, values: Values) -> dict[tuple[str, str], str]:
    """The word beside each line that has numbers to fill in: what is doubtful among them, or nothing."""
    found: dict[tuple[str, str], set[str]] = {}
    for cell in form.inputs():
        if cell.column.numeric:
            found.setdefault((cell.key.table, cell.key.line), set()).add(_word(cell, values.get(cell.key)))
    order = (AS_TEXT, NOT_WHOLE, WRONG_SIGN, UNDER_ONE, "")
    return {place: next(word for word in order if word in words) for place, words in found.items()}


def _word(cell: FormCell, value: Value) -> str:
    """What is doubtful about one number: a percentage between 0 and 1 may be a fraction.

    The sign of whole numbers is told beside the table's title alone: a line's formula has no room for both.
    """
    if isinstance(value, str):
        return AS_TEXT
    if value is None:
        return ""
    if cell.whole:
        return NOT_WHOLE if value != round_half_away(value, 0) else ""
    if _wrong_sign(cell, value):
        return WRONG_SIGN
    return UNDER_ONE if cell.unit == "%" and 0 < value < 1 else ""
