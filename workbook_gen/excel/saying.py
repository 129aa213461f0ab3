"""The words beside a result on Checks, as a formula: what `checks/statement.py` says, with the figures as they now stand."""

from dataclasses import dataclass

from workbook_gen.definition.figures import decimals_of, is_date
from workbook_gen.definition.form import Form, divides, read_keys
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import CHECKS, RESULT_COLUMN, Layout, address
from workbook_gen.definition.nodes import Cell, Node, Text
from workbook_gen.definition.saying import TO_TEST, UNTESTED, box_of, place_of, waiting
from workbook_gen.excel.formula import Place, compile_node
from workbook_gen.findings import mending

LITERAL = 255
"""Characters that a text in a formula may have."""
POUND = "£"
_WIDEST = "-999,999"


@dataclass(frozen=True, slots=True)
class Saying:
    """The words of a rule instance as text of a formula: what is wrong, how to mend it, and what it waits for."""

    what: str
    ask: str
    waits: str


def saying_of(instance: Instance, layout: Layout) -> Saying:
    """The words of an instance, with its figures."""
    place = Place(layout, CHECKS)
    what = _joined([f"{place_of(instance, layout)}: ", *instance.message], place)
    return Saying(what, _joined(_mending(instance, layout), place), _literal(waiting(instance, layout)))


def saying_formula(instance: Instance, said: Saying, row: int) -> str:
    """The words beside the result in a row of Checks: blank for Pass."""
    result, ask = address(row, RESULT_COLUMN), said.ask
    if instance.rule.completeness:
        return f'=IF({result}="Pass","",{said.what}&{ask})'
    if instance.explain is not None:
        ask = f'IF({result}="Explained","",{ask})'
    untested = f'IF({result}="Not tested",{_UNTESTED},{said.what}&{ask})'
    return f'=IF({result}="Pass","",IF({result}="To do",{said.waits},{untested}))'


def room_for(instance: Instance, layout: Layout) -> str:
    """The words at their longest, to make room for."""
    parts = [f"{place_of(instance, layout)}: ", *instance.message, *_mending(instance, layout)]
    return "".join(part if isinstance(part, str) else _WIDEST for part in parts)


def _mending(instance: Instance, layout: Layout) -> list[str | Node]:
    *first, last = _merged([*instance.fix, ""])
    assert isinstance(last, str)  # an empty text, or joined to the text before it
    return [" ", *first, mending(last, box_of(instance, layout))]


def _joined(parts: list[str | Node], place: Place) -> str:
    """Texts and figures joined; a pound sign before a figure belongs to its format, which puts a minus before it."""
    texts = _merged(parts)
    found = []
    for position, part in enumerate(texts):
        follows = position + 1 < len(texts) and _is_number(texts[position + 1], place.layout.form)
        if not isinstance(part, str):
            before = texts[position - 1] if position else ""
            found.append(_figure(part, place, pound=isinstance(before, str) and before.endswith(POUND)))
        elif text := part.removesuffix(POUND) if follows else part:
            found.append(_literal(text))
    return "&".join(found)


def _merged(parts: list[str | Node]) -> list[str | Node]:
    """Texts that stand side by side as one."""
    found: list[str | Node] = []
    for part in parts:
        text = part.value if isinstance(part, Text) else part
        if isinstance(text, str) and found and isinstance(found[-1], str):
            found[-1] += text
        else:
            found.append(text)
    return found


def _literal(text: str) -> str:
    """A text as it stands in a formula, in pieces that Excel takes."""
    pieces = [text[start : start + LITERAL] for start in range(0, len(text), LITERAL)]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


_UNTESTED = _literal(f"{UNTESTED} {TO_TEST}")


def _is_number(node: str | Node, form: Form) -> bool:
    return not isinstance(node, str | Text) and not _is_words(node, form) and not is_date(node, form)


def _is_words(node: Node, form: Form) -> bool:
    return isinstance(node, Cell) and not form.cells[node.key].column.numeric


def _figure(node: Node, place: Place, *, pound: bool) -> str:
    form = place.layout.form
    if isinstance(node, Cell) and _is_words(node, form):
        reference = place.cell(node.key)
        return f'IF(ISBLANK({reference}),"nothing",{reference})'
    value = compile_node(node, place)
    if is_date(node, form):
        return f'TEXT({value},"d mmmm yyyy")'
    decimals = decimals_of(node, form)
    digits = "#,##0" + ("." + "0" * decimals if decimals else "")
    shown = f"{POUND}{digits};-{POUND}{digits}" if pound else digits
    text = f'TEXT(ROUND({value},{decimals}),"{shown}")'
    unknown = f'"{POUND}unknown"' if pound else '"unknown"'
    return f"IF(ISERROR({value}),{unknown},{text})" if may_fail(node, form) else text


def may_fail(node: Node, form: Form) -> bool:
    """Whether a tree divides, itself or through a total that it reads."""
    return divides(node) or not form.divided.isdisjoint(read_keys(node))
