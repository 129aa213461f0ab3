"""A collection compiled once: what its systems have in common is taken over, and nothing else."""

from pathlib import Path

import pytest

from tests import shipped
from tests.small import small_collection, system_of
from workbook_gen.definition.compiled import Compiled
from workbook_gen.definition.expand import make_form
from workbook_gen.definition.form import Form
from workbook_gen.definition.layout import Layout, make_layout
from workbook_gen.definition.nodes import Cell, Key
from workbook_gen.definition.validate import validate
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.issue import written_again
from workbook_gen.excel.check_row import check_row
from workbook_gen.excel.table_texts import table_texts

TABLES = """
[[table]]
key = "trusts"
code = "TR"
title = "Trusts"
lines = "organisations"
where = "sector == 'acute'"
total = "All"
columns = [
  { key = "amount", code = "AMT", label = "Amount", kind = "input" },
  { key = "share", code = "SHR", label = "Share", kind = "total", formula = "line[amount] / months_left" },
]

[[table]]
key = "t"
code = "T"
title = "Fixed"
lines = "lines/t.csv"
columns = [
  { key = "amount", code = "AMT", label = "Amount", kind = "input" },
  { key = "twice", code = "TWO", label = "Twice", kind = "total", formula = "line[amount] * 2 / months_left" },
  { key = "explanation", code = "TXT", label = "Explanation", kind = "input", type = "text", optional = true },
]

[[rule]]
id = "AA-001"
table = "t"
title = "Own"
severity = "look"
check = "plain[twice] <= 10"
message = "It is {plain[twice]}."
fix = "Mend it."
explain = "plain[explanation]"
basis = "good practice"

[[rule]]
id = "AA-002"
table = "t"
title = "Through a total"
severity = "fix"
check = "through[amount] <= plain[amount]"
message = "It is {through[amount]}."
fix = "Mend it."
basis = "good practice"

[[rule]]
id = "AA-003"
table = "t"
title = "In its message"
severity = "fix"
check = "plain[amount] >= 0"
message = "Of {sum(organisations_of[amount])}."
fix = "Mend it."
basis = "good practice"

[[rule]]
id = "AA-004"
table = "t"
title = "In its message, through a total"
severity = "fix"
check = "plain[amount] >= 0"
message = "Of {shares[amount]}."
fix = "Mend it."
basis = "good practice"
""".replace("organisations_of[amount]", "trusts.organisations[amount]")
LINES = "A1,plain,Plain,,,,,,\nA2,through,Through,,,,,,trusts.total[amount]\nA3,twofold,Twofold,,,,,,through[amount] * 2\n"
LINES += "A4,shares,Shares,,,,,,sum(trusts.organisations[share])\n"
FIXED = ("plain", "through", "twofold", "shares")
WITHOUT, ONE, TWO = system_of("community"), system_of("acute"), system_of("acute", "community", "acute")


@pytest.fixture
def compiled(tmp_path: Path) -> Compiled:
    return Compiled(small_collection(tmp_path, TABLES, {"t": LINES}))


def everything(layout: Layout) -> list[object]:
    """What a layout holds, and the texts of its rules and tables."""
    form, tables = layout.form, [table for sheet in layout.sheets for table in sheet.tables]
    rows = [check_row(instance, layout) for instance in layout.instances]
    texts = [table_texts(table, layout) for table in tables]
    return [form.tables, form.cells, layout.cells, layout.counts, layout.instances, rows, texts]


def alone(compiled: Compiled, system: object) -> Layout:
    return make_layout(make_form(compiled.collection, system))  # type: ignore[arg-type]


@pytest.mark.parametrize("systems", [(WITHOUT, ONE, TWO), (TWO, WITHOUT, ONE), (ONE, TWO, WITHOUT, ONE)])
def test_a_layout_is_the_same_whichever_systems_came_before(compiled: Compiled, systems: tuple[object, ...]) -> None:
    for system in systems:
        assert everything(compiled.layout(system)) == everything(alone(compiled, system))  # type: ignore[arg-type]


@pytest.mark.parametrize("system", [WITHOUT, ONE, TWO])
def test_a_layout_is_the_same_after_what_loading_has_worked_out(compiled: Compiled, system: object) -> None:
    loaded = validate(compiled.collection)
    assert loaded.cells.bound
    assert loaded.instances
    assert everything(loaded.layout(system)) == everything(alone(compiled, system))  # type: ignore[arg-type]
    assert is_ordered(loaded.layout(system).form)  # type: ignore[arg-type]


def test_what_rests_on_organisations_is_not_fixed(compiled: Compiled) -> None:
    """Neither a formula that names their table, nor a rule that reads it through a total or says it, or such a total."""
    for system in (WITHOUT, TWO):
        layout = compiled.layout(system)
        fixed = {str(key) for key, cell in layout.form.cells.items() if cell.fixed and cell.role == "total"}
        assert fixed == {f"t.{line}[twice]" for line in FIXED} | {"t.twofold[amount]"}
        assert {instance.name: instance.fixed for instance in layout.instances} == {
            "AA-001": True,
            "AA-002": False,
            "AA-003": False,
            "AA-004": False,
        }


def test_what_is_fixed_is_taken_over_and_the_rest_is_not(compiled: Compiled) -> None:
    first, second = compiled.layout(ONE), compiled.layout(TWO)
    plain, through = Key("t", "plain", "twice"), Key("t", "through", "amount")
    assert first.form.cells[plain] is second.form.cells[plain]
    assert first.form.cells[through] is not second.form.cells[through]
    assert first.instances[0] is second.instances[0]
    assert first.instances[1] is not second.instances[1]


def test_a_text_is_kept_only_where_its_cells_stand_in_the_same_places(compiled: Compiled) -> None:
    """A table below the trusts moves down with each of them, and so do the formulas that read it."""
    first, again, second = compiled.layout(ONE), compiled.layout(ONE), compiled.layout(TWO)
    assert check_row(first.instances[0], first) is check_row(again.instances[0], again)
    found = [check_row(layout.instances[0], layout).result for layout in (first, second)]
    assert found[0] != found[1]
    row = first.cells[Key("t", "plain", "twice")][1]
    assert second.cells[Key("t", "plain", "twice")][1] == row + 1
    assert f"E{row + 1}" in found[0]
    assert f"E{row + 2}" in found[1]


def is_ordered(form: Form) -> bool:
    """Whether every total stands after those that it reads, each once."""
    place = {key: position for position, key in enumerate(form.order)}
    totals = {key for key, cell in form.cells.items() if cell.role == "total"}
    later = [key for key in totals for read in form.cells[key].reads if read in totals and place[read] >= place[key]]
    return place.keys() == totals and len(form.order) == len(totals) and not later


def test_totals_stay_in_order_of_what_they_read(compiled: Compiled) -> None:
    for system in (WITHOUT, TWO, ONE):
        assert is_ordered(compiled.layout(system).form)
    shared = Compiled(shipped.collection())
    assert all(is_ordered(shared.layout(system).form) for system in shipped.national().systems[::8])


def test_a_cell_knows_what_its_formula_reads_and_what_divides(compiled: Compiled) -> None:
    form = compiled.layout(ONE).form
    cell = form.cells[Key("t", "twofold", "amount")]
    assert cell.reads == (Key("t", "through", "amount"),)
    assert not cell.divides
    assert form.cells[Key("t", "plain", "twice")].divides
    (trust,) = (line.key for line in form.tables["trusts"].lines if line.organisation)
    twice = {Key("t", line, "twice") for line in FIXED}
    assert form.divided - {Key("trusts", "total", "share")} == {
        *twice,
        Key("t", "shares", "amount"),
        Key("trusts", trust, "share"),
    }
    assert isinstance(form.cells[Key("t", "through", "amount")].formula, Cell)


def test_a_workbook_has_the_same_bytes_whether_compiled_alone_or_after_others() -> None:
    collection, national = shipped.collection(), shipped.national()
    shared, loaded = Compiled(collection), validate(collection)
    for system in national.systems[3::9]:
        together, after = (Issuable(collection, national, system, one) for one in (shared, loaded))
        assert written_again(together, 1, bytes(32)) == written_again(after, 1, bytes(32))
        assert written_again(together, 1, bytes(32)) == written_again(Issuable(collection, national, system), 1, bytes(32))
