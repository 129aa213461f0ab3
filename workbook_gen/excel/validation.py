"""What Excel asks of an input while it is typed: its type, in words. Help, not control: the reader is the control."""

from datetime import date
from hashlib import sha256
from typing import Any

from workbook_gen.definition.form import FormCell

LIMIT = 1e12
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)
_PROMPT, _ERROR, _TITLE, _LIST_NAME = 255, 225, 32, 60
YES_NO = ("Yes", "No")


def choices_of(cell: FormCell) -> tuple[str, ...] | str:
    """The options of a choice; the organisations of the system by that word."""
    return YES_NO if cell.column.type == "yesno" else cell.column.options


def list_name(options: tuple[str, ...] | str) -> str:
    """The defined name that holds a list of options; other options, another name."""
    if isinstance(options, str):
        return f"list_{options}"
    words = "_".join("".join(c for c in option.lower() if c.isascii() and c.isalnum()) for option in options)
    if words != "_".join(options).lower() or len(words) > _LIST_NAME:
        words = f"{words[:_LIST_NAME]}_{sha256(repr(options).encode()).hexdigest()[:6]}"
    return f"list_{words}"


def validation(cell: FormCell) -> dict[str, Any]:
    """XlsxWriter's options for one input: type, prompt, and the message that stops a wrong type."""
    rule, asked, stopped = _by_type(cell)
    label = cell.column.label
    return {
        **rule,
        "ignore_blank": True,
        "input_title": label[:_TITLE],
        "input_message": asked[:_PROMPT],
        "error_title": f"{label}: not accepted"[:_TITLE],
        "error_message": stopped[:_ERROR],
        "error_type": "stop",
    }


def _by_type(cell: FormCell) -> tuple[dict[str, Any], str, str]:
    column = cell.column
    match column.type:
        case "text":
            rule = {"validate": "length", "criteria": "<=", "value": column.length}
            return (
                rule,
                f"Words, up to {column.length:,} characters.",
                f"Shorten the text to {column.length:,} characters.",
            )
        case "choice" | "yesno":
            rule = {"validate": "list", "source": f"={list_name(choices_of(cell))}"}
            return rule, "Choose from the list.", "Choose one of the entries of the list."
        case "date":
            rule = {"validate": "date", "criteria": "between", "minimum": _FIRST_DAY, "maximum": _LAST_DAY}
            return rule, "A date: day/month/year.", "Enter a date: day/month/year."
    low = -LIMIT if column.minimum is None else column.minimum
    high = LIMIT if column.maximum is None else column.maximum
    rule = {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high}
    return rule, f"{_number_words(cell)} 0 is an answer; a blank is not.", f"Enter a number. {_number_words(cell)}"


def _number_words(cell: FormCell) -> str:
    unit = {"£000": "£000, whole thousands.", "%": "Per cent, 0 to 100: 76 for 76%."}.get(cell.unit)
    if unit is None:
        unit = f"{cell.unit.capitalize()}{', whole numbers' if cell.dp == 0 else ''}." if cell.unit else "A number."
    sign = {"+": "Positive.", "-": "Negative.", "+/-": "Positive or negative."}[cell.sign]
    return f"{unit} {sign}"
