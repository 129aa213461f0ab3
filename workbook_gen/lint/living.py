"""A workbook that answers: status lines, a row and a link for every rule, blanks that are not zero, what stands beside what."""

from collections.abc import Iterator

from workbook_gen.definition.form import Form, FormTable, read_keys
from workbook_gen.definition.instances import Instance
from workbook_gen.definition.model import EXPLANATION, Column, Parameter
from workbook_gen.definition.nodes import Count, Key, Node, Setting, walk
from workbook_gen.lint.addresses import area, at
from workbook_gen.lint.book import MAIN
from workbook_gen.lint.checklist import Line
from workbook_gen.lint.exhibit import PLAN_DATA, Exhibit
from workbook_gen.lint.rows import CheckRow, check_rows
from workbook_gen.lint.status import TOP, reached, status_of

TO_DO = "To do"


def line_37_status_line(exhibit: Exhibit) -> Iterator[str]:
    """Every sheet but PlanData has a status line at its top, from Checks.

    It is a formula in column A of the first five rows that shows a text and counts, by way of Cover or not, the results of
    Checks: on one of the return's own sheets just those of the sheet's rules, elsewhere those of all.
    """
    rows = check_rows(exhibit.book)
    if not rows or len(rows) != len(exhibit.results):
        yield f"Checks has {len(rows)} rows for {len(exhibit.results)} results"
        return
    results = {row.places["Result"]: result.instance for row, result in zip(rows, exhibit.results, strict=True)}
    for sheet in exhibit.all_sheets:
        if sheet != PLAN_DATA:
            place = status_of(exhibit.book, sheet) if sheet in exhibit.book.sheets else None
            if place is None:
                yield f"{sheet} has no status line in its first {TOP} rows"
                continue
            if not exhibit.book.text(*place):
                yield f"{at(place)} shows no status"
            own = {one for one, rule in results.items() if _is_about(exhibit, rule, sheet)}
            yield from _status_faults(at(place), reached(exhibit.book, place), own)


def _is_about(exhibit: Exhibit, instance: Instance, sheet: str) -> bool:
    return sheet not in exhibit.own_sheets or exhibit.form.sheet_of(instance.table).title == sheet


def _status_faults(where: str, counted: set[tuple[str, int, int]], own: set[tuple[str, int, int]]) -> Iterator[str]:
    if own - counted:
        yield f"{where} does not count {len(own - counted)} results, the first at {at(min(own - counted))}"
    if counted - own:
        yield f"{where} counts {len(counted - own)} cells that are no results of its rules, the first {at(min(counted - own))}"


def line_38_rows_and_links(exhibit: Exhibit) -> Iterator[str]:
    """Checks has a row for every rule instance, in order, each with a working link.

    The link leads to the cell that the rule is about, or, where it is about none, to the sheet of its table; it shows the
    address that it leads to.
    """
    rows = check_rows(exhibit.book)
    if not rows or len(rows) != len(exhibit.results):
        yield f"Checks has {len(rows)} rows for {len(exhibit.results)} rule instances"
    for row, result in zip(rows, exhibit.results, strict=False):
        instance = result.instance
        if (row.rule, row.values["What should hold"]) != (instance.rule.id, instance.title):
            yield f"{at(row.places['Rule'])} is {row.rule}, {row.values['What should hold']}; {instance.name} is asked there"
        yield from (f"{at(row.places['Cell'])} {fault}" for fault in _link_faults(exhibit, row, instance))


def _link_faults(exhibit: Exhibit, row: CheckRow, instance: Instance) -> Iterator[str]:
    link = exhibit.book.cells[row.places["Cell"]].cell.hyperlink
    target = area(str(link.location or "").removeprefix("#")) if link else None
    if target is None:
        yield "has no link to a cell"
        return
    place = (target.sheet, target.top, target.left)
    wanted = exhibit.found.get(instance.at) if instance.at else None
    if place not in exhibit.book.cells:
        yield f"links to {at(place)}, which is not there"
    elif wanted is not None and place != wanted:
        yield f"links to {at(place)}; the rule is about {at(wanted)}"
    elif place[0] != exhibit.form.sheet_of((instance.at or Key(instance.table, "", "")).table).title:
        yield f"links to {at(place)}; the rule is about another sheet"
    if not str(row.values["Cell"]).endswith(at(place).rpartition(" ")[2]):
        yield f"shows {row.values['Cell']!r}, and leads to {at(place)}"


def line_39_blank_is_not_zero(exhibit: Exhibit) -> Iterator[str]:
    """Blank is not zero: untouched, every rule that reads a required input says To do; with every input answered, none does.

    Inputs are blank in an untouched workbook, and each required one is read by some rule: directly, through totals, or as one
    of the inputs that a table counts.
    """
    form, rows = exhibit.form, check_rows(exhibit.book)
    if not len(rows) == len(exhibit.results) == len(exhibit.answered) > 0:
        yield f"Checks has {len(rows)} rows for {len(exhibit.results)} rules, of which {len(exhibit.answered)} were answered"
        return
    required, read = {cell.key for cell in form.inputs() if cell.required}, set[Key]()
    for row, result, answered in zip(rows, exhibit.results, exhibit.answered, strict=True):
        own = reads(form, result.instance.check) & required
        read |= own
        where = f"{at(row.places['Result'])} ({result.instance.name})"
        if own and row.word != TO_DO:
            yield f"{where} says {row.word}, though {len(own)} required inputs that it reads are blank"
        if answered == TO_DO:
            yield f"{where} says {TO_DO} when every input is answered"
    for key in sorted(required - read):
        yield f"no rule reads {at(exhibit.found[key]) if key in exhibit.found else key}, which must be answered"
    yield from _filled_inputs(exhibit)
    if not required:
        yield "the form has no required input"


def _filled_inputs(exhibit: Exhibit) -> Iterator[str]:
    for cell in exhibit.form.inputs():
        place = exhibit.found.get(cell.key)
        if place is None or exhibit.book.cells[place].value is not None or exhibit.book.cells[place].formula is not None:
            yield f"the input {at(place) if place else cell.key} is not blank"


def reads(form: Form, node: Node) -> set[Key]:
    """Every cell that a tree reads: directly, through totals, or as one of the inputs that a table counts."""
    found: set[Key] = set()
    pending = [node]
    while pending:
        tree = pending.pop()
        counted = {cell.key for part in walk(tree) if isinstance(part, Count) for cell in form.inputs(part.table)}
        keys = {*read_keys(tree), *counted}
        pending += [formula for key in keys - found if (formula := form.cells[key].formula) is not None]
        found |= keys
    return found


def line_40_side_by_side(exhibit: Exhibit) -> Iterator[str]:
    """The reference stands beside its input, the variance next to it, the explanation next to that, its threshold on the sheet.

    In a table whose inputs are figures, prefilled columns stand before those inputs; totals that compare the two stand right
    of both, and left of the explanation, the last and optional column, with nothing blank between. A threshold that decides
    whether an explanation is asked for is a named cell on the sheet that the definition gives it, with its value, its label
    before it.
    """
    for table in exhibit.form.tables.values():
        if table.lines:
            yield from _column_faults(exhibit, table)
    asking = [result.instance.check for result in exhibit.results if result.instance.explain]
    names = {node.name for check in asking for node in walk(check) if isinstance(node, Setting)}
    for parameter in exhibit.form.collection.parameters:
        if parameter.key in names:
            yield from _threshold_faults(exhibit, parameter)


def _column_faults(exhibit: Exhibit, table: FormTable) -> Iterator[str]:
    """Offences in the order of a table's columns, as they stand on the sheet."""
    places = {key: place for key, place in exhibit.found.items() if key.table == table.table.key}
    columns = {key.column: place[2] for key, place in places.items()}
    sheet, title = exhibit.form.sheet_of(table.table.key).title, table.table.title
    if set(columns) != set(table.column_by_key):
        yield f"{sheet}, {title}: columns are not found: {', '.join(sorted(set(table.column_by_key) - set(columns)))}"
        return
    order = [table.column_by_key[name] for name in sorted(columns, key=lambda name: columns[name])]
    figures = [column.key for column in order if column.kind == "input" and column.type == "number"]
    for column in order:
        yield from (
            f"{sheet}, {title}, {column.label}: {fault}" for fault in _order_faults(exhibit, table, column, columns, figures)
        )
    explained = [column for column in order if column.key == EXPLANATION]
    if explained and (order[-1] is not explained[0] or not explained[0].optional):
        yield f"{sheet}, {title}: the explanation is not the last column, or not optional"
    if explained and columns[order[-1].key] - columns[order[0].key] != len(order) - 1:
        yield f"{sheet}, {title}: columns stand apart"


def _order_faults(
    exhibit: Exhibit, table: FormTable, column: Column, columns: dict[str, int], figures: list[str]
) -> Iterator[str]:
    place = columns[column.key]
    if column.kind == "prefill" and any(columns[name] < place for name in figures):
        yield "the reference stands after the input that it is for"
    if column.kind != "total":
        return
    cells = (exhibit.form.cells[Key(table.table.key, line.key, column.key)] for line in table.lines)
    read = {key for cell in cells if cell.formula for key in read_keys(cell.formula) if key.table == table.table.key}
    compared = {key.column for key in read if key.column != column.key and key.column in columns}
    if compared & set(figures) and any(columns[name] > place for name in compared):
        yield "the variance stands before what it compares"
    if EXPLANATION in columns and columns[EXPLANATION] < place:
        yield "the variance stands after the explanation"


def _threshold_faults(exhibit: Exhibit, parameter: Parameter) -> Iterator[str]:
    names = exhibit.book.trees["xl/workbook.xml"].iter(f"{MAIN}definedName")
    target = next((area(one.text or "") for one in names if one.get("name") == parameter.key), None)
    sheet = next(one.title for one in exhibit.form.collection.sheets if one.key == parameter.sheet)
    if target is None or target.sheet != sheet:
        yield f"the threshold {parameter.key} is not a named cell on {sheet}"
        return
    place = (target.sheet, target.top, target.left)
    seen = exhibit.book.cells.get(place)
    if seen is None or seen.value != parameter.value:
        yield f"{at(place)} does not show the threshold {parameter.key} of {parameter.value:g}"
    if exhibit.book.text(place[0], place[1], place[2] - 1) != parameter.label:
        yield f"{at(place)} has no label {parameter.label!r} before it"


LINES = (
    Line(37, "A status line at the top of every sheet, from Checks", line_37_status_line),
    Line(38, "Checks has a row for every rule instance, with a working link to the cell", line_38_rows_and_links),
    Line(
        39,
        "Blank is not zero: To do wherever a required input is blank, nowhere when all are answered",
        line_39_blank_is_not_zero,
    ),
    Line(40, "Reference, input, variance and explanation stand side by side, the threshold on the sheet", line_40_side_by_side),
)
