"""picture.toml: what is wrong in it is named when it is loaded; without one, or with another, the report needs no Python."""

import io
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.collections.winter import FOLDER
from tests.report.page import tree_of
from tests.returns import TEMPLATE, collection, copied_collection, replace_text
from workbook_gen.cli import main
from workbook_gen.definition.errors import DefinitionError
from workbook_gen.definition.load_picture import load_picture
from workbook_gen.definition.picture import Picture

BROKEN = (
    ('before = "plan"', 'before = "plam"', "comparison plan", "there is no column 'plam'"),
    ('label  = "Forecast outturn against plan"', 'labl = "x"', "comparison plan", "there is no such field"),
    ('value = "line[ytd] / months_done"', 'value = "line[ytd] / months_dome"', "expected 1", "no parameter 'months_dome'"),
    ('"agency.groups[months]",', '"agency.groups[ytd]",', "expected 1", "is no input"),
    ('value = "agency.total[fot]" }', 'value = "total[fot]" }', "sheet agency, column forecast", "table.line[column]"),
    ('value = "agency.total[fot]" }', 'value = "agency.totl[fot]" }', "sheet agency, column forecast", "no line or section"),
    ('value = "agency.total[fot]" }', 'value = "agency.total[months]" }', "sheet agency, column forecast", "A range stands"),
    ('value = "agency.total[fot]" }', 'value = "agency.total[" }', "sheet agency, column forecast", ""),
    ('columns = ["to_date", "to_come"]', 'columns = ["to_date", "to_go"]', "sheet agency", "there is no column 'to_go'"),
    ('size = "allocation', 'size = "allocations', "", "There is no table 'allocations'"),
    ('size = "allocation', 'sise = "allocation', "", "there is no such field"),
    ('title = "Agency"', 'title = "Sources"', "sheet agency", "has a sheet of its own"),
    ('title = "Agency"', 'title = "position"', "sheet agency", "stands twice"),
    ('title = "Agency"', 'title = "Agency: all"', "sheet agency", "should match pattern"),
    ('label = "Ceiling"', 'label = "Forecast outturn"', "sheet agency", "stands twice"),
    ('key = "agency"\ntitle', 'key = "position"\ntitle', "sheet position", "stands twice"),
    ('key = "ceiling"', 'key = "forecast"', "sheet agency", "stands twice"),
    ('key_figures = ["position.forecast"', 'key_figures = ["position.forcast"', "", "there is no figure 'position.forcast'"),
    (
        'value = "bridge.plan[value]", level = true',
        'value = "bridge.plan[value]"',
        "profile bridge",
        "the first step is a level",
    ),
    ('value = "bridge.inflation[value]"', 'value = "bridge.inflaton[value]"', "profile bridge, step 4", "no line or section"),
    (
        'value = "bridge.inflation[value]"',
        'valu = "bridge.inflation[value]"',
        "profile bridge, step 4",
        "there is no such field",
    ),
    ('value = "agency.total[month]"', 'value = "agency.total[months]"', "profile agency, series 1", "A range stands"),
    ('value = "agency.total[month]"', 'valeu = "agency.total[month]"', "profile agency, series 1", "there is no such field"),
    ('first = "agency.total[average_to_date]", ', "", "profile agency, series 1", "what stands before the months"),
    ('first = "April to October, average"\n', "", "profile agency, series 1", "what stands before the months"),
    (
        'key = "core_beds"\n',
        'key = "core_beds"\nstep = [{ label = "x", value = "1", level = true }]\n',
        "profile core_beds",
        "either",
    ),
    ('key = "core_beds"\n', 'key = "waits"\n', "profile waits", "stands twice"),
    ('key = "core_beds"\n', 'key = "core_beds"\nkind = "pie"\n', "profile core_beds", "there is no such field"),
    ('weight = "elective.total[baseline]" }', "weight = 5 }", "sheet elective, column target", "an expression is a text"),
)

WINTER = """
key_figures = ["winter_beds.september"]

[[comparison]]
key = "original"
label = "Restated against original"
before = "original"
after = "restated"

[[sheet]]
key = "winter_beds"
title = "Winter beds"
description = "Beds open in June and restated for September."
column = [
  { key = "june", label = "June", unit = "beds", value = "beds.total[june]" },
  { key = "september", label = "September", unit = "beds", value = "beds.total[restated, sep]" },
]
[sheet.chart]
title = "Beds by region"
y = "Beds"
columns = ["june", "september"]
alt = "Bar chart of beds."

[[profile]]
key = "open"
title = "Beds open"
description = "Beds open in June, then as restated."
unit = "beds"
alt = "Line chart of beds."
first = "June"
series = [{ label = "Restated", first = "beds.total[june]", value = "beds.total[restated, month]" }]
"""


@pytest.mark.parametrize(("old", "new", "block", "problem"), BROKEN)
def test_what_is_wrong_is_named_with_its_place(old: str, new: str, block: str, problem: str, tmp_path: Path) -> None:
    folder = copied_collection(tmp_path)
    text = (folder / "picture.toml").read_text(encoding="utf-8")
    assert old in text
    (folder / "picture.toml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_picture(folder, collection())
    assert caught.value.file == "picture.toml"
    assert caught.value.block == block
    assert problem in caught.value.problem


def test_a_broken_picture_ends_the_command_with_2(tmp_path: Path) -> None:
    folder = copied_collection(tmp_path)
    replace_text(folder / "picture.toml", 'before = "plan"', 'before = "plam"')
    result = CliRunner().invoke(main, ["report", "--collection", str(folder), "--workspace", str(tmp_path / "out")])
    assert result.exit_code == 2
    assert "picture.toml" in result.stderr
    assert not (tmp_path / "out").exists()


def test_a_collection_without_one_has_a_plain_picture(tmp_path: Path) -> None:
    assert load_picture(tmp_path, collection()) == Picture()
    assert len(load_picture(TEMPLATE, collection()).sheets) == 7


def winter(folder: Path, *arguments: str) -> str:
    """What a command says of the second collection, which stands in `folder`."""
    own = ["--collection", str(folder / "winter_2030"), "--workspace", str(folder / "out")]
    result = CliRunner().invoke(main, [*arguments, *own])
    assert result.exit_code in (0, 1), result.output
    return result.stdout


@pytest.mark.parametrize("text", ["", WINTER])
def test_another_collection_needs_no_python(text: str, tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "winter_2030")
    if text:
        (tmp_path / "winter_2030" / "picture.toml").write_text(text, encoding="utf-8")
    winter(tmp_path, "issue")
    winter(tmp_path, "practice")
    home = tmp_path / "out" / "winter_2030"
    winter(tmp_path, "receive", str(home / "practice"), "--by", "kim")
    said = json.loads(winter(tmp_path, "report", "--json"))
    assert (said["returned"], said["expected"]) == (3, 3)
    book = load_workbook(home / "report" / "winter_2030_national.xlsx")
    assert ("Winter beds" in book.sheetnames) is bool(text)
    page = tree_of((home / "report" / "winter_2030_national.html").read_bytes())
    assert page.one("h1").text == "Winter preparation return 2030: the national picture"
    assert len(page.one("table", id="systems-table").rows()) == 4
    assert bool(page.all("figure", id="overview-chart-open")) is bool(text)
    totals = pd.read_csv(io.BytesIO((home / "report" / "tables" / "totals.csv").read_bytes()))
    beds = totals[(totals.area == "England") & (totals.table == "beds") & (totals.line == "total") & (totals.column == "june")]
    figures = pd.read_csv(io.BytesIO((home / "report" / "tables" / "figures.csv").read_bytes()))
    parts = figures[(figures.table == "beds") & (figures.line != "total") & (figures.column == "june")]
    assert list(beds.value) == [parts.value.sum()]
    assert int(beds.systems.iloc[0]) == int(beds.expected.iloc[0]) == parts.system.nunique()
    if text:
        headings, england = list(book["Winter beds"].iter_rows(min_row=5, max_row=6, values_only=True))
        row = dict(zip(headings, england, strict=True))
        assert (row["Level"], row["June (beds)"]) == ("England", parts.value.sum())
        rows = page.one("table", id="overview-chart-open-table").rows()
        assert [row[0] for row in rows] == ["Month", "June", "July", "August", "September"]
        assert float(rows[1][1].replace(",", "")) == parts.value.sum()
