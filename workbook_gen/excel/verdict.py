"""The formulas of one row of Checks: the result word, the figures found and expected, their difference."""

from workbook_gen.definition.form import divides, read_keys
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.layout import CHECKS, EXPECTED_COLUMN, FOUND_COLUMN, RESULT_COLUMN, Layout, address
from workbook_gen.definition.nodes import Call, Cell, CountKind, Node
from workbook_gen.excel.formula import Place, compile_node, filled
from workbook_gen.excel.style import DATE_FORMAT, number_format


def result_formula(instance: Instance, layout: Layout) -> str:
    """The result word. Precedence: Not tested, To do, verdict; a completeness rule says Pass or To do, no more."""
    place = Place(layout, CHECKS)
    check = compile_node(instance.check, place)
    if instance.rule.completeness:
        return f'=IF({check},"Pass","To do")'
    verdict = f'IF(ISERROR({check}),"Not tested",IF({check},"Pass",{_failure(instance, place)}))'
    for kind, word in (("blank", "To do"), ("not_numeric", "Not tested")):
        counted = _counted(instance, kind, place)  # type: ignore[arg-type]
        if counted:
            verdict = f'IF({counted}>0,"{word}",{verdict})'
    return "=" + verdict


def _counted(instance: Instance, kind: CountKind, place: Place) -> str:
    places = [place.layout.counts[table, kind] for table in instance.tables]
    return "+".join(place.on(sheet, address(row, column)) for sheet, row, column in places)


def _failure(instance: Instance, place: Place) -> str:
    word = instance.rule.severity.capitalize()
    if instance.explain is None:
        return f'"{word}"'
    box = Cell(instance.explain)
    return f'IF(ISERROR({place.cell(instance.explain)}),"{word}",IF({filled(box, place)},"Explained","{word}"))'


def figure_text(node: Node | None, layout: Layout) -> str | None:
    """A figure found or expected, blank where it divides by nothing; None where the rule names none."""
    if node is None:
        return None
    text = compile_node(node, Place(layout, CHECKS))
    return f'IF(ISERROR({text}),"",{text})' if divides(node) else text


def figure_formula(text: str, row: int) -> str:
    """A figure in a row of Checks, blank while the rule cannot be tested."""
    result = address(row, RESULT_COLUMN)
    return f'=IF(OR({result}="To do",{result}="Not tested"),"",{text})'


def difference_formula(row: int) -> str:
    """Found less expected, to 2 decimals."""
    found, expected = address(row, FOUND_COLUMN), address(row, EXPECTED_COLUMN)
    return f'=IF(OR({found}="",{expected}=""),"",ROUND({found}-{expected},2))'


def figure_number(instance: Instance, layout: Layout) -> str:
    """The number format of an instance's figures: a date's, a count's, or that of the first number its check reads."""
    for node in (instance.found, instance.expected):
        if isinstance(node, Cell) and layout.form.cells[node.key].column.type == "date":
            return DATE_FORMAT
        if isinstance(node, Call) and node.function == "count_filled":
            return number_format("", 0)
    cells = (layout.form.cells[key] for key in read_keys(instance.check))
    first = next((cell for cell in cells if cell.column.type == "number"), None)
    return number_format(first.unit, first.dp) if first else number_format("", 0)
