"""Which instances a rule has, what they are about, and which tables decide whether they can be tested."""

from pathlib import Path

import pytest

from tests.small import small_collection, system_of
from workbook_gen.definition.expand import make_form
from workbook_gen.definition.instances import Instance, make_instances
from workbook_gen.definition.nodes import Cell, Compare, Key, Setting

TABLES = """
[[table]]
key = "t"
code = "T"
title = "Lines"
lines = "lines/t.csv"
columns = [
  { key = "plan", code = "PLN", label = "Plan", kind = "prefill", source = "plans" },
  { key = "months", code = "{month}", label = "{month}", kind = "input", repeat = "months" },
  { key = "all", code = "ALL", label = "All months", kind = "total", formula = "sum(line[months])" },
  { key = "explanation", code = "TXT", label = "Explanation", kind = "input", type = "text", optional = true },
]

[[table]]
key = "sites"
code = "S"
title = "Sites"
lines = "organisations"
where = "sector == 'acute'"
total = "Together"
columns = [{ key = "beds", code = "BED", label = "Beds", kind = "input" }]

[[table]]
key = "follows"
code = "F"
title = "Follows"
lines = "lines/follows.csv"
columns = [{ key = "twice", code = "TWI", label = "Twice", kind = "total", formula = "2 * t.line[all]" }]

[[table]]
key = "words"
code = "W"
title = "Words"
records = 2
columns = [{ key = "said", code = "SAI", label = "Said", kind = "input", type = "text", optional = true }]
"""
LINES = {
    "t": """\
A1,one,One,first,,,,,
A2,two,Two,first,,,,plan dec,
A3,three,Three,rest,,,,,
A9,total,Total,,,,,,sum(first[column])
""",
    "follows": "A1,one,One,,,,,,\nA9,total,Total,,,,,,\n",
}
RULE = """
[[rule]]
id = "RUL-001"
title = "It holds"
severity = "fix"
message = "It does not."
fix = "Mend it."
basis = "consistency"
"""


def instances(folder: Path, rule: str, *sectors: str, head: str = "", trial: bool = False) -> tuple[Instance, ...]:
    """The instances of one rule, whose other fields are plain."""
    text = TABLES + (RULE + rule if rule else "")
    collection = small_collection(folder, text, LINES, head)
    return make_instances(make_form(collection, system_of(*sectors)), trial=trial)


def names(folder: Path, rule: str, *sectors: str) -> list[str]:
    return [instance.name.removeprefix("RUL-001").strip() for instance in instances(folder, rule, *sectors)]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("check = 'total[all] > 0'", [""]),
        ("check = 'line[all] > 0'\nfor_each = 'line'", ["one", "two", "three"]),
        ("check = 'line[all] > 0'\nfor_each = 'line'\nsection = 'first'", ["one", "two"]),
        ("check = 'line[all] > 0'\nfor_each = 'line'\nsection = 'rest'", ["three"]),
        ("check = 'line[all] > 0'\nfor_each = 'line'\nlines = ['three', 'total']", ["three", "total"]),
        ("check = 'total[month] > 0'\nfor_each = 'month'", ["nov", "dec", "jan"]),
        ("check = 'total[month] > 0'\nfor_each = 'month'\nmonths = ['jan']", ["jan"]),
        (
            "check = 'line[month] > 0'\nfor_each = ['line', 'month']\nlines = ['one', 'three']\nmonths = ['nov', 'jan']",
            ["one nov", "one jan", "three nov", "three jan"],
        ),
        (
            "check = 'line[month] > 0'\nfor_each = ['line', 'month']\nsection = 'first'",
            ["one nov", "one dec", "one jan", "two nov", "two jan"],
        ),
        ("check = 'line[plan] > 0'\nfor_each = 'line'", ["one", "three"]),
        ("check = 'two[plan] > 0'", []),
        ("check = 'two[plan] + one[plan] > 0'", []),
        ("check = 'sum(first[plan]) > 0'", [""]),
        ("check = 'total[all] > 0'\nfound = 'two[plan]'\nexpected = '0'", [""]),
    ],
)
def test_a_rule_is_asked_of_lines_and_months(tmp_path: Path, rule: str, expected: list[str]) -> None:
    """Lines that are not totals unless named; never where the check reads a cell that does not apply."""
    assert names(tmp_path, "table = 't'\n" + rule) == expected


@pytest.mark.parametrize(
    ("rule", "with_sites", "without"),
    [
        ("check = 'line[beds] > 0'\nfor_each = 'line'", ["rx1", "rx2"], []),
        ("check = 'total[beds] > 0'", [""], []),
        ("check = 'sum(organisations[beds]) > 0'", [""], [""]),
        ("check = 'line[beds] > 0'\nfor_each = 'line'\nlines = ['total']", ["total"], []),
    ],
)
def test_a_table_that_the_system_has_no_line_in_has_no_instance(
    tmp_path: Path, rule: str, with_sites: list[str], without: list[str]
) -> None:
    assert names(tmp_path, "table = 'sites'\n" + rule, "acute", "acute") == with_sites
    assert names(tmp_path, "table = 'sites'\n" + rule, "community") == without


EVERY_TABLE = """
[[rule]]
id = "ALL-001"
for_each = "table"
title = "Every table"
severity = "fix"
completeness = true
check = "table[blank] == 0"
message = "{table}: {table[blank]}"
fix = "Fill it in."
basis = "consistency"

[[rule]]
id = "ALL-002"
for_each = "table"
title = "Every figure"
severity = "fix"
check = "table[wrong_sign] == 0"
message = "{table}"
fix = "Change it."
basis = "consistency"
"""


def test_a_rule_for_every_table_is_asked_where_it_can_be_broken(tmp_path: Path) -> None:
    """Not of a table without inputs, nor of blanks where nothing is required, nor of signs where there are only texts."""
    found = [(one.rule.id, one.table) for one in instances(tmp_path, "", "acute", head=EVERY_TABLE)]
    assert found == [("ALL-001", "t"), ("ALL-001", "sites"), ("ALL-002", "t"), ("ALL-002", "sites")]
    without = [(one.rule.id, one.table) for one in instances(tmp_path, "", head=EVERY_TABLE)]
    assert without == [("ALL-001", "t"), ("ALL-002", "t")]


def test_a_sheets_own_rules_come_before_those_of_every_table(tmp_path: Path) -> None:
    found = [one.rule.id for one in instances(tmp_path, "table = 't'\ncheck = 'total[all] > 0'", head=EVERY_TABLE)]
    assert found == ["RUL-001", "ALL-001", "ALL-002"]


def test_a_rule_on_trial_is_made_for_the_centre_alone(tmp_path: Path) -> None:
    rule = "table = 't'\ncheck = 'total[all] > 0'\ntrial = true"
    assert instances(tmp_path, rule) == ()
    assert len(instances(tmp_path, rule, trial=True)) == 1


def one(folder: Path, rule: str) -> Instance:
    found = instances(folder, "table = 't'\n" + rule, "acute")
    assert len(found) == 1
    return found[0]


def test_found_and_expected_are_the_sides_of_a_single_comparison(tmp_path: Path) -> None:
    instance = one(tmp_path, "check = 'total[all] <= ceiling'")
    assert (instance.found, instance.expected) == (Cell(Key("t", "total", "all")), Setting("ceiling"))


@pytest.mark.parametrize(
    "check", ["0 <= total[all] <= ceiling", "total[all] < 1 or total[nov] < 1", "one[explanation] == 'x'", "filled(one[nov])"]
)
def test_a_check_that_is_no_comparison_of_two_numbers_shows_neither(tmp_path: Path, check: str) -> None:
    instance = one(tmp_path, f'check = "{check}"')
    assert (instance.found, instance.expected) == (None, None)


def test_found_and_expected_may_be_written(tmp_path: Path) -> None:
    instance = one(tmp_path, "check = '0 <= total[all] <= ceiling'\nfound = 'total[all]'\nexpected = 'share'")
    assert (instance.found, instance.expected) == (Cell(Key("t", "total", "all")), Setting("share"))


@pytest.mark.parametrize(
    ("rule", "at"),
    [
        ("check = 'total[all] <= one[nov]'", Key("t", "total", "all")),
        ("check = 'sites.total[beds] <= one[nov]'", Key("t", "one", "nov")),
        ("check = 'sites.total[beds] <= 1'", Key("sites", "total", "beds")),
        ("check = 'total[all] <= one[nov]'\nat = 'one[jan]'", Key("t", "one", "jan")),
        ("check = 't[blank] == 0'", None),
    ],
)
def test_the_cell_to_mend_is_named_or_the_first_of_the_rules_own_table(tmp_path: Path, rule: str, at: Key | None) -> None:
    assert one(tmp_path, rule).at == at


@pytest.mark.parametrize(
    ("check", "tables"),
    [
        ("total[all] > 0", ("t",)),
        ("follows.total[twice] > 0", ("t",)),
        ("sites.total[beds] > total[all]", ("t", "sites")),
        ("sites[blank] == 0", ("sites",)),
        ("follows.one[twice] > sites.total[beds]", ("t", "sites")),
        ("words.r01[said] == 'x' or one[nov] > 0", ("t", "words")),
        ("months_left > 0", ()),
    ],
)
def test_the_tables_that_a_rule_reads_are_known_through_totals(tmp_path: Path, check: str, tables: tuple[str, ...]) -> None:
    """Only tables with inputs count: the others cannot hold a blank or a text."""
    assert one(tmp_path, f'check = "{check}"').tables == tables


def test_the_box_of_a_look_belongs_to_the_tables_read(tmp_path: Path) -> None:
    """And so does a table of which only a prefilled cell is read."""
    text = TABLES + (RULE.replace('"fix"', '"look"') + "table = 't'\ncheck = 'one[plan] > 0'\nexplain = 'words.r01[said]'\n")
    found = make_instances(make_form(small_collection(tmp_path, text, LINES), system_of()))
    assert [instance.explain for instance in found] == [Key("words", "r01", "said")]
    assert [instance.tables for instance in found] == [("t", "words")]


@pytest.mark.parametrize(
    ("rule", "titles"),
    [
        ("check = 'total[all] > 0'", ["It holds"]),
        ("check = 'line[all] > 0'\nfor_each = 'line'\nlines = ['one']", ["It holds – One"]),
        ("check = 'total[month] > 0'\nfor_each = 'month'\nmonths = ['jan']", ["It holds – January"]),
        (
            "check = 'line[month] > 0'\nfor_each = ['line', 'month']\nlines = ['one']\nmonths = ['jan']",
            ["It holds – One – January"],
        ),
    ],
)
def test_a_title_says_where(tmp_path: Path, rule: str, titles: list[str]) -> None:
    assert [instance.title for instance in instances(tmp_path, "table = 't'\n" + rule)] == titles


def test_the_title_of_a_rule_for_every_table_says_the_table(tmp_path: Path) -> None:
    assert [one.title for one in instances(tmp_path, "", head=EVERY_TABLE)] == ["Every table – Lines", "Every figure – Lines"]


def test_the_check_is_bound_to_the_line_and_month_at_hand(tmp_path: Path) -> None:
    rule = "check = 'line[month] <= line[plan]'\nfor_each = ['line', 'month']\nlines = ['three']\nmonths = ['dec']"
    check = one(tmp_path, rule).check
    assert check == Compare("<=", Cell(Key("t", "three", "dec")), Cell(Key("t", "three", "plan")))
