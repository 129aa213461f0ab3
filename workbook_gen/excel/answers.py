"""One input cell: what was typed, and what it means. No number is refused for its format; nothing ambiguous is guessed."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isfinite

from workbook_gen.definition.form import FormCell
from workbook_gen.definition.values import CellError, Value, day_of, serial
from workbook_gen.excel.cells import Scanned
from workbook_gen.findings import Finding

Say = Callable[..., Finding]
"""Makes a structural finding at the cell in hand: `say("STR-401", found="TBC")`."""

_NUMBER = re.compile(r"^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?$")
_DATES = ("%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
_BLANKS = " \t\r\n\u00a0\u2007\u202f\u200b"


@dataclass(frozen=True, slots=True)
class Answer:
    """What stands in the cell, what it is read as, and what is to be said of it."""

    standing: Value
    value: Value
    findings: tuple[Finding, ...] = ()


def read_answer(cell: FormCell, held: Scanned, options: tuple[str, ...], say: Say, formula: str | None = None) -> Answer:
    """The answer in an input cell that holds this value, by this formula where it has one. `options` are those of a choice.

    A formula counts with its value; one without a value is told, because its cell is not blank.
    """
    if held is None or held == "":
        return Answer(None, None, () if formula is None else (say("STR-411", found=f"={formula}"),))
    standing: Value = str(held).upper() if isinstance(held, bool) else held
    value, findings = _read(cell, standing, options, say)
    if formula is not None:
        findings = [say("STR-404", found="=" + formula, expected=_shown(value)), *findings]
    return Answer(standing, value, tuple(findings))


def _read(cell: FormCell, standing: Value, options: tuple[str, ...], say: Say) -> tuple[Value, list[Finding]]:
    if isinstance(standing, CellError):
        return standing, [say("STR-403", found=standing)]
    if isinstance(standing, str) and not standing.strip(_BLANKS):
        return None, [say("STR-405")]
    match cell.column.type:
        case "number":
            return _number(cell, standing, say)
        case "date":
            return _date(standing, say)
        case "text":
            return _text(cell, standing, say)
        case "choice" | "yesno":
            return _choice(standing, options, say)


def _number(cell: FormCell, standing: Value, say: Say) -> tuple[Value, list[Finding]]:
    if not isinstance(standing, str):
        return standing, _doubts(cell, standing, say)
    number = number_in(standing)
    if number is None:
        return standing, [say("STR-401", found=standing)]
    return number, [say("STR-402", found=standing, expected=_shown(number)), *_doubts(cell, number, say)]


def _doubts(cell: FormCell, number: float | None, say: Say) -> list[Finding]:
    if cell.unit == "%" and number is not None and 0 < number < 1:
        return [say("STR-409", found=_shown(number), expected=_shown(round(number * 100, 4)))]
    return []


def number_in(text: str) -> float | None:
    """The number that a text plainly is: `1,234`, ` 5`, `(300)`, `5-`, `£4,200`, with non-breaking or full-width characters.

    None where it is not plain: `4.2m`, `1,2`, `12,5`, `n/a`, `TBC`, `-`, `12¹`, `½`.
    """
    if any(_stands_for_a_digit(sign) for sign in text):
        return None
    plain = unicodedata.normalize("NFKC", text).strip(_BLANKS).replace("\u2212", "-")
    negative = False
    if plain.startswith("(") and plain.endswith(")"):
        plain, negative = plain[1:-1].strip(), True
    elif plain.endswith("-"):
        plain, negative = plain[:-1].strip(), True
    elif plain.startswith("-"):
        plain, negative = plain[1:].strip(), True
    plain = plain.removeprefix("£").strip()
    if not _NUMBER.match(plain) or (negative and plain[0] in "+-"):
        return None
    number = float(plain.replace(",", ""))
    if not isfinite(number):
        return None
    return -number if negative else number


def _stands_for_a_digit(sign: str) -> bool:
    """Whether a sign that is no digit would become one: a footnote's mark, a fraction, a number in a circle."""
    return not sign.isdecimal() and any(part.isdecimal() for part in unicodedata.normalize("NFKC", sign))


def _date(standing: Value, say: Say) -> tuple[Value, list[Finding]]:
    if isinstance(standing, str):
        read = date_in(standing)
        if read is None:
            return standing, [say("STR-408", found=standing)]
        return serial(read), [say("STR-410", found=standing, expected=f"{read:%-d %B %Y}")]
    try:
        day = day_of(standing or 0.0)
    except OverflowError:
        day = date(1900, 1, 1)
    if day.year < 2000 or day.year > 2100:
        return _shown(standing), [say("STR-408", found=_shown(standing))]
    return standing, []


def date_in(text: str) -> date | None:
    """The date that a text is, day before month; None where it is none."""
    for pattern in _DATES:
        try:
            return datetime.strptime(text.strip(_BLANKS), pattern).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def _text(cell: FormCell, standing: Value, say: Say) -> tuple[Value, list[Finding]]:
    text = _shown(standing)
    if len(text) > cell.column.length:
        return text, [say("STR-407", found=f"{len(text):,}", expected=f"{cell.column.length:,}")]
    return text, []


def _choice(standing: Value, options: tuple[str, ...], say: Say) -> tuple[Value, list[Finding]]:
    typed = _shown(standing).strip(_BLANKS).casefold()
    chosen = next((option for option in options if option.casefold() == typed), None)
    if chosen is None:
        return None, [say("STR-406", found=_shown(standing), expected=", ".join(options))]
    return chosen, []


def _shown(value: Value) -> str:
    return f"{value:.15g}" if isinstance(value, float | int) else str(value or "")
