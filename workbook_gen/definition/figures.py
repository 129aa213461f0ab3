"""How a figure worked out from a form is shown: as a date, or with how many decimals."""

from workbook_gen.definition.form import Form
from workbook_gen.definition.model import Parameter
from workbook_gen.definition.nodes import Cell, Node, Setting, walk


def is_date(node: Node, form: Form) -> bool:
    """Whether a node is a date: a date's cell, the day of issue or the deadline."""
    if isinstance(node, Setting):
        return node.name in ("issued", "deadline")
    return isinstance(node, Cell) and form.cells[node.key].column.type == "date"


def decimals_of(node: Node, form: Form) -> int:
    """The decimals that a figure is shown with: those of the first cell that it reads, else of the first threshold."""
    first = next((part for part in walk(node) if isinstance(part, Cell)), None)
    if first is not None:
        return form.cells[first.key].dp
    parameters = {parameter.key: parameter for parameter in form.collection.parameters}
    for part in walk(node):
        if isinstance(part, Setting) and part.name in parameters:
            return parameter_decimals(parameters[part.name])
    return 0


def parameter_decimals(parameter: Parameter) -> int:
    """The decimals of a threshold: as many as it has, and one for a percentage."""
    return max(int(parameter.unit == "%"), len(f"{parameter.value:.15g}".partition(".")[2]))
