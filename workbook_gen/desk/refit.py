"""Whether an answer given in one version fits the cell that asks for it in the next; if not, why."""

from dataclasses import dataclass

from workbook_gen.definition.form import Form, FormCell
from workbook_gen.definition.model import Column
from workbook_gen.definition.values import CellError, Value
from workbook_gen.excel.read import said
from workbook_gen.excel.validation import choices_of

_WORDS = ("text", "choice", "yesno")
_BELONGS = {"number": "a number", "date": "a date", "text": "a text", "choice": "a choice", "yesno": "Yes or No"}


@dataclass(frozen=True, slots=True)
class Refitted:
    """An answer as the newer version takes it, or why it does not."""

    value: Value = None
    why: str = ""


def refit(value: Value, was: FormCell, form: Form, now: FormCell | None) -> Refitted:
    """The answer of a cell in the cell that it has become, on the newer form; None where there is no such cell."""
    if isinstance(value, CellError):
        return Refitted(why="the cell holds an Excel error, not a value")
    if was.column.numeric and isinstance(value, str):
        return Refitted(why=f"a text stands where {_BELONGS[was.column.type]} belongs")
    if now is None:
        return Refitted(why="this version does not ask for it")
    if now.role != "input":
        kinds = {"prefill": "it is filled in by the centre", "total": "it is worked out", "not_applicable": "it does not apply"}
        return Refitted(why=f"in this version {kinds[now.role]}")
    if was.column.type != now.column.type and not (was.column.type in _WORDS and now.column.type in _WORDS):
        return Refitted(why=f"{_BELONGS[now.column.type]} belongs here now")
    if isinstance(value, str):
        return _words(value, was.column, form, now)
    return _number(float(value or 0), was, now)


def _words(value: str, was: Column, form: Form, now: FormCell) -> Refitted:
    """A choice is taken in any case, and written as the list has it. A text that was too long before stays so."""
    if now.column.type == "text":
        shorter = len(value) > now.column.length and (was.type != "text" or now.column.length < was.length)
        room = f"it has {len(value):,} characters, and there is room for {now.column.length:,}"
        return Refitted(why=room) if shorter else Refitted(value)
    options = choices_of(now)
    names = tuple(one.name for one in form.system.organisations) if isinstance(options, str) else options
    chosen = next((name for name in names if name.casefold() == value.strip().casefold()), None)
    return Refitted(chosen) if chosen is not None else Refitted(why=f"the list is now: {', '.join(names)}")


def _number(value: float, was: FormCell, now: FormCell) -> Refitted:
    """A number whose unit is another now means something else; limits and signs count where they are other than before."""
    if was.unit != now.unit:
        return Refitted(why=f"the unit is now {now.unit or 'none'}; it was {was.unit or 'none'}")
    if now.sign != was.sign and _is_against(value, now):
        return Refitted(why=f"the expected sign is now {now.sign}; it was {was.sign}")
    if now.dp < was.dp and now.whole and value != int(value):
        return Refitted(why="whole numbers are asked now")
    least, most = now.column.minimum, now.column.maximum
    if least is not None and least != was.column.minimum and value < least:
        return Refitted(why=f"the least is now {said(least)}")
    if most is not None and most != was.column.maximum and value > most:
        return Refitted(why=f"the most is now {said(most)}")
    return Refitted(value)


def _is_against(value: float, cell: FormCell) -> bool:
    return cell.signed and ((cell.sign == "+" and value < 0) or (cell.sign == "-" and value > 0))
