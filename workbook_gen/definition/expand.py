"""Expanding a collection for one system: its lines, what stands at every crossing, formulas bound, totals in order.

The crossings of lines and columns are decided here (prefill, input, total, not applicable). An unknown name or a cycle among
totals is a `DefinitionError`, before anything is written.
"""

from collections.abc import Mapping
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter

from workbook_gen.definition.bind import COUNTS, Scope, bind
from workbook_gen.definition.errors import DefinitionError, ExpressionError
from workbook_gen.definition.form import FixedCells, Form, FormCell, FormTable, divides, read_keys
from workbook_gen.definition.model import (
    EXPLANATION,
    ORGANISATIONS,
    RECORDS,
    Collection,
    Column,
    Line,
    Organisation,
    Role,
    System,
    Table,
)
from workbook_gen.definition.nodes import Call, Key, Node, Reference, walk
from workbook_gen.definition.where import matches

DECIMALS = {"%": 1, "minutes": 1}
"""Decimals that a unit is shown and checked with; others are whole."""


def make_form(collection: Collection, system: System, fixed: FixedCells | None = None) -> Form:
    """Expand the collection for a system. Raises `DefinitionError` where a formula names what is not there, or in a cycle.

    `fixed` is what the collection's forms have in common, as far as it is known; what is found is added to it.
    """
    return _expand(collection, system, FixedCells() if fixed is None else fixed, specimen=False)


def specimen_form(collection: Collection, fixed: FixedCells | None = None) -> Form:
    """A form in which every organisation table has lines, whatever it asks of them: what `load` tries the definition on.

    `fixed` is as in `make_form`.
    """
    board = Organisation(code="X0", name="Board", kind="icb", icb_code="X0", region_code="Y0", region_name="Region")
    trust = board.model_copy(update={"code": "X1", "name": "Trust", "kind": "provider"})
    system = System(icb=board, providers=(trust,))
    return _expand(collection, system, FixedCells() if fixed is None else fixed, specimen=True)


def _expand(collection: Collection, system: System, fixed: FixedCells, *, specimen: bool) -> Form:
    tables = {
        table.key: fixed.tables.get(table.key) or FormTable(table, sheet.key, _lines(table, system, specimen))
        for sheet in collection.sheets
        for table in sheet.tables
    }
    form = Form(collection, system, tables)
    for key, table in tables.items():
        cells = fixed.crossed.get(key) or _crossed(table)
        form.cells.update(cells)
        if table.fixed:
            fixed.tables[key], fixed.crossed[key] = table, cells
    bound = {key: fixed.bound.get(key) or _bound(form, cell) for key, cell in form.cells.items()}
    fixed.bound.update((key, cell) for key, cell in bound.items() if cell.fixed)
    order = _dependency_order(form, bound, fixed.settled)
    fixed.settled = fixed.settled or dict.fromkeys(_settled(order, bound))
    return Form(collection, system, tables, bound, order)


def _lines(table: Table, system: System, specimen: bool) -> tuple[Line, ...]:
    if isinstance(table.lines, tuple):
        return table.lines
    if isinstance(table.lines, int):
        lines = [
            Line(key=f"r{n:02}", sub_code=f"R{n:02}", label=f"{n}", section=RECORDS, record=True)
            for n in range(1, table.lines + 1)
        ]
        section = RECORDS
    else:
        lines = [
            Line(key=one.code.lower(), sub_code=one.code, label=one.name, section=ORGANISATIONS, organisation=one)
            for one in system.organisations
            if specimen or matches(table.where, one)
        ]
        section = ORGANISATIONS
    if table.total and lines:
        formula = Call("sum", (Reference(None, section, ("column",)),))
        lines.append(Line(key="total", sub_code="TOTAL", label=table.total, formula=formula))
    return tuple(lines)


def _crossed(table: FormTable) -> dict[Key, FormCell]:
    """Every cell of a table, its formula as written."""
    cells = (_cross(table, line, column) for line in table.lines for column in table.table.columns)
    return {cell.key: cell for cell in cells}


def _cross(table: FormTable, line: Line, column: Column) -> FormCell:
    """What stands where a line crosses a column; the formula is as written."""
    role, formula = _crossing(table, line, column)
    unit = line.unit or column.unit
    return FormCell(
        key=Key(table.table.key, line.key, column.key),
        role=role,
        column=column,
        line=line,
        unit=unit if column.type == "number" else "",
        dp=DECIMALS.get(line.unit, 0) if line.unit else column.dp,
        sign=line.sign or column.sign,
        formula=formula,
        fixed=table.fixed,
    )


def _crossing(table: FormTable, line: Line, column: Column) -> tuple[Role, Node | None]:
    if _not_applicable(line, column):
        return "not_applicable", None
    if line.formula is None or column.type != "number":
        return column.kind, column.formula
    if column.kind == "total" and column.formula is not None and not _reads_not_applicable(table, line, column.formula):
        return "total", column.formula
    return "total", line.formula


def _not_applicable(line: Line, column: Column) -> bool:
    if column.key in line.not_applicable or column.group in line.not_applicable:
        return True
    return line.formula is not None and column.type != "number" and column.key != EXPLANATION


def _reads_not_applicable(table: FormTable, line: Line, formula: Node) -> bool:
    """Whether a column's formula reads, on this line, a column that does not apply to it."""
    for node in walk(formula):
        if isinstance(node, Reference) and node.table is None and node.line == "line":
            names = table.groups.get(node.columns[0], node.columns[:1])
            columns = [table.column_by_key[name] for name in names if name in table.column_by_key]
            if any(_not_applicable(line, column) for column in columns):
                return True
    return False


def _bound(form: Form, cell: FormCell) -> FormCell:
    if cell.role != "total":
        return cell
    place, file = f"table {cell.key.table}", _file(form, cell.key)
    if cell.formula is None:
        problem = "this total has no formula, on the column or on the line."
        raise DefinitionError(file, place, str(cell.key), problem)
    if any(isinstance(node, Reference) and node.columns[0] in COUNTS for node in walk(cell.formula)):
        raise DefinitionError(file, place, f"formula of {cell.key}", "a count of a table stands only in a rule.")
    scope = Scope(form, cell.key.table, cell.line.key, cell.column.key, cell.column.month)
    try:
        formula = bind(cell.formula, scope, "number")
    except ExpressionError as error:
        raise DefinitionError(file, place, f"formula of {cell.key}", str(error)) from error
    fixed = cell.fixed and all(form.tables[name].fixed for name in tables_named(cell.formula, cell.key.table))
    return replace(cell, formula=formula, reads=tuple(read_keys(formula)), divides=divides(formula), fixed=fixed)


def tables_named(written: Node, own: str) -> set[str]:
    """The tables that a tree names as written, in a formula or rule of a table."""
    references = [node for node in walk(written) if isinstance(node, Reference)]
    counted = {node.line for node in references if node.table is None and node.columns[0] in COUNTS} - {"table"}
    return counted | {node.table or own for node in references}


def _file(form: Form, key: Key) -> str:
    return f"sheets/{form.tables[key.table].sheet}.toml"


def _settled(order: tuple[Key, ...], cells: dict[Key, FormCell]) -> list[Key]:
    """The totals that are the same in every system, and so are all totals that they read."""
    others: set[Key] = set()
    for key in order:
        if not cells[key].fixed or not others.isdisjoint(cells[key].reads):
            others.add(key)
    return [key for key in order if key not in others]


def _dependency_order(form: Form, cells: dict[Key, FormCell], settled: Mapping[Key, None]) -> tuple[Key, ...]:
    """Totals, each after those it reads, of which some are settled. Raises `DefinitionError` in a cycle, naming its cells."""
    totals = {key: cell.reads for key, cell in cells.items() if cell.role == "total" and key not in settled}
    graph = {key: [read for read in reads if read in totals] for key, reads in totals.items()}
    try:
        return (*settled, *TopologicalSorter(graph).static_order())
    except CycleError as error:
        path = " reads ".join(str(key) for key in reversed(error.args[1]))
        first: Key = min(error.args[1], key=list(cells).index)
        place, field = f"table {first.table}", f"formula of {first}"
        raise DefinitionError(_file(form, first), place, field, f"a cycle: {path}.") from error
