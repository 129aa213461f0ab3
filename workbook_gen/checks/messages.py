"""A rule's message with its figures, in the words of the form."""

from workbook_gen.checks.evaluate import Facts, Undefined, number
from workbook_gen.definition.figures import decimals_of, is_date
from workbook_gen.definition.form import Form
from workbook_gen.definition.nodes import Cell, Node, Text
from workbook_gen.definition.rounding import round_half_away
from workbook_gen.definition.values import day_of


def render(parts: tuple[str | Node, ...], form: Form, facts: Facts) -> str:
    """The message of an instance: each figure in the decimals of the first cell it reads, a negative sum as -£5k."""
    said = ""
    for part in parts:
        if isinstance(part, str):
            said += part
            continue
        figure = figure_in_words(part, form, facts)
        if _is_figure(part, form) and figure.startswith("-") and said.endswith("£"):
            said, figure = said[:-1] + "-£", figure[1:]
        said += figure
    return said


def figure_in_words(node: Node, form: Form, facts: Facts) -> str:
    """A label as it is; a number with thousands separated; a date in full; `unknown` where it cannot be worked out."""
    if isinstance(node, Text):
        return node.value
    if isinstance(node, Cell) and not form.cells[node.key].column.numeric:
        return str(facts.values.get(node.key) or "nothing")
    try:
        value = number(node, facts)
    except Undefined:
        return "unknown"
    if is_date(node, form):
        return _date_in_words(value)
    decimals = decimals_of(node, form)
    return f"{round_half_away(value, decimals):,.{decimals}f}"


def _is_figure(node: Node, form: Form) -> bool:
    return not isinstance(node, Text) and not (isinstance(node, Cell) and not form.cells[node.key].column.numeric)


def _date_in_words(value: float) -> str:
    try:
        return f"{day_of(value):%-d %B %Y}"
    except OverflowError:
        return "unknown"
