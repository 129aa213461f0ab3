"""What stands where a line crosses a column, what repeats make of a column, and which lines a system has."""

from pathlib import Path

import pytest

from tests.small import small_form, system_of
from workbook_gen.checks.run import complete
from workbook_gen.definition.form import Form, read_keys
from workbook_gen.definition.model import Role
from workbook_gen.definition.nodes import Block, Call, Cell, Key

CROSSINGS = """
[[table]]
key = "t"
code = "T"
title = "Crossings"
lines = "lines/t.csv"
columns = [
  { key = "base", code = "BAS", label = "Base", kind = "prefill", source = "bases" },
  { key = "amount", code = "AMT", label = "Amount", kind = "input" },
  { key = "share", code = "SHR", label = "Share", kind = "total", formula = "line[amount] + 100 * line[base]" },
  { key = "extra", code = "EXT", label = "Extra", kind = "total" },
  { key = "months", code = "{month}", label = "{month}", kind = "input", repeat = "months" },
  { key = "all", code = "ALL", label = "All months", kind = "total", formula = "sum(line[months])" },
  { key = "name", code = "NAM", label = "Name", kind = "input", type = "text" },
  { key = "kind", code = "KND", label = "Kind", kind = "input", type = "choice", options = ["a", "b"] },
  { key = "day", code = "DAY", label = "Day", kind = "input", type = "date" },
  { key = "sure", code = "SUR", label = "Sure", kind = "input", type = "yesno" },
  { key = "explanation", code = "TXT", label = "Explanation", kind = "input", type = "text", optional = true },
]
"""
LINES = """\
A1,plain,Plain,parts,,,,extra,
A2,grey,Grey,parts,-,%,,base months extra,
A3,shifts,Shifts,,+/-,minutes,-1,dec extra,
A4,sum,Sum,,,,,,sum(parts[column])
A5,odd,Odd,,,,,base dec,plain[column] * 2
"""


@pytest.fixture
def form(tmp_path: Path) -> Form:
    return small_form(tmp_path, CROSSINGS, {"t": LINES})


def role(form: Form, line: str, column: str) -> Role:
    return form.role(Key("t", line, column))


@pytest.mark.parametrize("column", ["base", "amount", "nov", "dec", "jan"])
def test_a_total_line_holds_its_own_formula_in_number_columns(form: Form, column: str) -> None:
    """Prefilled or filled in: where a line's formula crosses an input column the cell is a total, not an input."""
    assert role(form, "sum", column) == "total"
    read = {key.line for key in read_keys(form.cells[Key("t", "sum", column)].formula or Cell(Key("", "", "")))}
    assert read == ({"plain"} if column not in ("amount",) else {"plain", "grey"})
    assert Key("t", "sum", column) not in {cell.key for cell in form.inputs()}


def test_a_total_column_holds_its_own_formula_on_total_lines(form: Form) -> None:
    formula = form.cells[Key("t", "sum", "share")].formula
    assert formula is not None
    assert list(read_keys(formula)) == [Key("t", "sum", "amount"), Key("t", "sum", "base")]


def test_unless_it_reads_what_does_not_apply_there_then_the_line_holds(form: Form) -> None:
    for column, read in (("share", Key("t", "plain", "share")), ("all", Key("t", "plain", "all"))):
        formula = form.cells[Key("t", "odd", column)].formula
        assert formula is not None
        assert list(read_keys(formula)) == [read]


def test_a_line_that_is_no_total_keeps_the_columns_formula_and_reads_0(form: Form) -> None:
    values = complete(form, {Key("t", "grey", "amount"): 7.0})
    assert values[Key("t", "grey", "share")] == 7
    assert values[Key("t", "grey", "all")] == 0


def test_a_total_column_without_a_formula_holds_the_lines(form: Form) -> None:
    assert [line for line in ("plain", "grey", "shifts", "sum", "odd") if role(form, line, "extra") == "total"] == [
        "sum",
        "odd",
    ]
    assert [role(form, line, "extra") for line in ("plain", "grey", "shifts")] == ["not_applicable"] * 3


@pytest.mark.parametrize("column", ["name", "kind", "day", "sure"])
def test_texts_choices_dates_and_answers_do_not_apply_to_a_total_line(form: Form, column: str) -> None:
    assert [role(form, line, column) for line in ("plain", "grey", "sum", "odd")] == ["input"] * 2 + ["not_applicable"] * 2


def test_an_explanation_stays_an_input_on_a_total_line(form: Form) -> None:
    assert [role(form, line, "explanation") for line in ("plain", "sum", "odd")] == ["input"] * 3


def test_what_does_not_apply_is_named_by_column_or_by_group(form: Form) -> None:
    assert [role(form, "grey", column) for column in ("base", "nov", "dec", "jan")] == ["not_applicable"] * 4
    assert [role(form, "shifts", column) for column in ("nov", "dec", "jan")] == ["input", "not_applicable", "input"]
    assert not any(cell.required for cell in form.cells.values() if cell.role == "not_applicable")


def test_a_lines_own_sign_and_unit_override_the_columns(form: Form) -> None:
    cells = {line: form.cells[Key("t", line, "amount")] for line in ("plain", "grey", "shifts")}
    assert [(cell.sign, cell.unit, cell.dp) for cell in cells.values()] == [
        ("+", "£000", 0),
        ("-", "%", 1),
        ("+/-", "minutes", 1),
    ]
    assert [(cell.signed, cell.whole) for cell in cells.values()] == [(True, True), (True, False), (False, False)]
    assert [cell.line.direction for cell in cells.values()] == [1, 1, -1]
    assert form.cells[Key("t", "grey", "name")].unit == ""


def test_every_total_comes_after_those_it_reads(form: Form) -> None:
    place = {key: position for position, key in enumerate(form.order)}
    totals = {key for key, cell in form.cells.items() if cell.role == "total"}
    assert set(place) == totals
    reads = [(key, read) for key in form.order for read in read_keys(form.cells[key].formula or Block(())) if read in totals]
    assert len(reads) > 5
    assert all(place[read] < place[key] for key, read in reads)


REPEATS = """
[[table]]
key = "t"
code = "T"
title = "Repeats"
lines = "lines/t.csv"
columns = [
  { key = "months", code = "{month}", label = "{month} forecast", kind = "input", repeat = "months" },
  { key = "restated", code = "RS{month}", label = "{month} restated", kind = "input", repeat = "months" },
  { key = "change", code = "CH{month}", label = "{month} change", kind = "total", repeat = "months", \
formula = "line[restated, month] - line[month]" },
  { key = "last", code = "LST", label = "Last", kind = "total", formula = "line[restated, jan] + line[jan]" },
  { key = "all", code = "ALL", label = "All", kind = "total", formula = "sum(line[months], line[restated])" },
]
"""


def test_a_repeated_column_is_a_cell_for_each_month(tmp_path: Path) -> None:
    form = small_form(tmp_path, REPEATS, {"t": "A1,one,One,,,,,,\n"})
    columns = [(column.key, column.code, column.label) for column in form.tables["t"].table.columns]
    assert columns[:4] == [
        ("nov", "M08", "November forecast"),
        ("dec", "M09", "December forecast"),
        ("jan", "M10", "January forecast"),
        ("restated_nov", "RSM08", "November restated"),
    ]
    assert form.tables["t"].groups == {
        "months": ("nov", "dec", "jan"),
        "restated": ("restated_nov", "restated_dec", "restated_jan"),
        "change": ("change_nov", "change_dec", "change_jan"),
    }


def test_formulas_under_a_repeated_column_read_their_own_month(tmp_path: Path) -> None:
    form = small_form(tmp_path, REPEATS, {"t": "A1,one,One,,,,,,\n"})
    given = {"nov": 1.0, "dec": 10.0, "jan": 100.0, "restated_nov": 3.0, "restated_dec": 30.0, "restated_jan": 300.0}
    values = complete(form, {Key("t", "one", column): value for column, value in given.items()})
    totals = {key.column: value for key, value in values.items() if key.column not in given}
    assert totals == {"change_nov": 2, "change_dec": 20, "change_jan": 200, "last": 400, "all": 444}


ORGANISATIONS = """
[[table]]
key = "t"
code = "T"
title = "Organisations"
empty = "None here."
lines = "organisations"
{where}
total = "Together"
columns = [{{ key = "amount", code = "AMT", label = "Amount", kind = "input" }}]

[[table]]
key = "sums"
code = "S"
title = "Sums"
lines = "lines/sums.csv"
columns = [{{ key = "amount", code = "AMT", label = "Amount", kind = "total", \
formula = "t.total[amount] + sum(t.organisations[amount])" }}]
"""


def organisations(folder: Path, where: str, *sectors: str) -> Form:
    text = ORGANISATIONS.format(where=f'where = "{where}"' if where else "")
    return small_form(folder, text, {"sums": "A1,all,All,,,,,,\n"}, *sectors)


def test_organisations_are_the_board_and_then_its_providers(tmp_path: Path) -> None:
    lines = organisations(tmp_path, "", "acute", "community").tables["t"].lines
    assert [(line.key, line.sub_code, line.label) for line in lines] == [
        ("qx1", "QX1", "Board"),
        ("rx1", "RX1", "Trust 1"),
        ("rx2", "RX2", "Trust 2"),
        ("total", "TOTAL", "Together"),
    ]
    assert [line.organisation.code if line.organisation else None for line in lines] == ["QX1", "RX1", "RX2", None]
    assert lines[-1].formula is not None


def test_where_narrows_the_organisations(tmp_path: Path) -> None:
    form = organisations(tmp_path, "sector == 'acute'", "community", "acute", "acute")
    assert list(form.tables["t"].line_by_key) == ["rx2", "rx3", "total"]
    assert form.tables["t"].sections == {"organisations": ("rx2", "rx3")}
    formula = form.cells[Key("t", "total", "amount")].formula
    assert formula == Call("sum", (Block((Key("t", "rx2", "amount"), Key("t", "rx3", "amount"))),))


def test_a_table_without_an_organisation_is_empty_and_its_total_reads_0(tmp_path: Path) -> None:
    form = organisations(tmp_path, "sector == 'acute'", "community")
    assert form.tables["t"].lines == ()
    assert form.tables["t"].table.empty == "None here."
    assert form.role(Key("t", "total", "amount")) == "not_applicable"
    assert complete(form, {})[Key("sums", "all", "amount")] == 0


RECORDS = """
[[table]]
key = "t"
code = "T"
title = "Records"
records = 3
total = "All"
columns = [
  { key = "name", code = "NAM", label = "Name", kind = "input", type = "text", optional = true },
  { key = "amount", code = "AMT", label = "Amount", kind = "input", optional = true },
]
"""


def test_records_are_blank_lines_with_a_total(tmp_path: Path) -> None:
    form = small_form(tmp_path, RECORDS)
    table = form.tables["t"]
    assert [(line.key, line.sub_code, line.record) for line in table.lines] == [
        ("r01", "R01", True),
        ("r02", "R02", True),
        ("r03", "R03", True),
        ("total", "TOTAL", False),
    ]
    assert table.sections == {"records": ("r01", "r02", "r03")}
    assert form.role(Key("t", "total", "name")) == "not_applicable"
    values = complete(form, {Key("t", "r01", "amount"): 2.0, Key("t", "r03", "amount"): 3.0})
    assert values[Key("t", "total", "amount")] == 5


def test_without_a_total_there_is_none(tmp_path: Path) -> None:
    form = small_form(tmp_path, RECORDS.replace('total = "All"\n', ""))
    assert list(form.tables["t"].line_by_key) == ["r01", "r02", "r03"]


def test_a_system_names_its_board_first() -> None:
    system = system_of("acute")
    assert system.code == "QX1"
    assert [one.code for one in system.organisations] == ["QX1", "RX1"]
