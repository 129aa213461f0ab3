"""A rule's message with its figures, in the words of the form."""

from workbook_gen.checks.evaluate import Facts, Undefined, number
from workbook_gen.definition.expand import DECIMALS
from workbook_gen.definition.form import Form
from workbook_gen.definition.nodes import Cell, Node, Setting, Text, walk
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
        if figure.startswith("-") and said.endswith("£"):
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
    decimals = _decimals(node, form)
    return f"{round_half_away(value, decimals):,.{decimals}f}"


def _date_in_words(value: float) -> str:
    try:
        return f"{day_of(value):%-d %B %Y}"
    except OverflowError:
        return "unknown"


def is_date(node: Node, form: Form) -> bool:
    """Whether a node is a date: a date's cell, the day of issue or the deadline."""
    if isinstance(node, Setting):
        return node.name in ("issued", "deadline")
    return isinstance(node, Cell) and form.cells[node.key].column.type == "date"


def _decimals(node: Node, form: Form) -> int:
    parameters = {parameter.key: parameter for parameter in form.collection.parameters}
    for part in walk(node):
        if isinstance(part, Cell):
            return form.cells[part.key].dp
        if isinstance(part, Setting) and part.name in parameters:
            parameter = parameters[part.name]
            return max(DECIMALS.get(parameter.unit, 0), len(f"{parameter.value:.15g}".partition(".")[2]))
    return 0
