"""[brief] of picture.toml: what is wrong in it is named, and another collection's brief needs no Python."""

import io
import json
import shutil
from pathlib import Path

import pytest
from pptx import Presentation

from tests.collections.winter import FOLDER
from tests.collections.winter import run as winter
from tests.returns import collection, copied_collection
from workbook_gen.definition.errors import DefinitionError
from workbook_gen.definition.load_picture import load_picture

BROKEN = (
    ('balanced = "Balanced', 'balance = "Balanced', "brief, passes", "there is no headline 'balance'"),
    ("improves by {change}.", "improves.", "brief, passes", "in which {change} stands once"),
    ("improves by {change}.", "improves by {change} or {more}.", "brief, passes", "in which {change} stands once"),
    ('sheet = "waits"', 'sheet = "wait"', "brief, section Long waits and cancer", "there is no national table 'wait'"),
    ('sheet = "waits"', 'sheet = "waits"\ncolumns = ["x"]', "brief, section Long waits and cancer", "there is no column 'x'"),
    ('sheet = "waits"', 'sheet = "waits"\nbars = "october"', "brief, section Long waits and cancer", "a table of the return"),
    ('sheet = "waits"', "", "brief, section Long waits and cancer", "either a national table (sheet) or a table"),
    ('sheet = "waits"', 'sheet = "waits"\ncolour = "x"', "brief, section Long waits and cancer", "there is no such field"),
    ('table = "bridge"', 'table = "bridges"', "brief, section What moved it", "there is no table 'bridges'"),
    ('bars = "value"', 'bars = "explanation"', "brief, section What moved it", "is no column of numbers"),
    ('columns = ["value"]\nbars', "bars", "brief, section What moved it", "names its columns"),
    ('only = "request"', 'only = "requests"', "brief, section Flexibility asked in programme funding", "no column 'requests'"),
    (
        'page = 2\nside = "left"\nsheet = "waits"',
        'page = 3\nside = "left"\nsheet = "waits"',
        "brief, section Long waits and cancer",
        "",
    ),
    ('times = ["09:30"', 'times = ["9.30"', "brief, timetable", "a time of day is written"),
    ('times = ["09:30"', 'times = ["10:30"', "brief, timetable", "has not ended when the next begins"),
    ('times = ["09:30"', 'times = ["12:30"', "brief, timetable", "stand in order"),
    ("minutes = 60", "minutes = 600", "brief, timetable", "has not ended"),
    ("minutes = 60", "", "brief, timetable", "this field is missing"),
    ('zone = "Europe/London"', 'zone = "Europe/Londn"', "brief, timetable", "there is no time zone 'Europe/Londn'"),
)

WINTER = """
[[sheet]]
key = "winter_beds"
title = "Winter beds"
description = "Beds open in June and restated for September."
column = [
  { key = "june", label = "June", unit = "beds", value = "beds.total[june]" },
  { key = "september", label = "September", unit = "beds", value = "beds.total[restated, sep]" },
]

[brief.passes]
funded = "The winter is paid for if costs fall by {change}."

[[brief.section]]
title = "Winter beds"
page = 1
side = "right"
sheet = "winter_beds"

[[brief.section]]
title = "The fund"
page = 2
side = "left"
table = "fund"
columns = ["full", "share"]
bars = "full"

[[brief.section]]
title = "Projects"
page = 2
side = "right"
table = "projects"
columns = ["name", "start", "agreed", "value"]
only = "name"

[brief.timetable]
first = 2030-07-15
times = ["10:00"]
minutes = 45
"""


@pytest.mark.parametrize(("old", "new", "block", "problem"), BROKEN)
def test_what_is_wrong_is_named_with_its_place(old: str, new: str, block: str, problem: str, tmp_path: Path) -> None:
    folder = copied_collection(tmp_path)
    head, mark, brief = (folder / "picture.toml").read_text(encoding="utf-8").partition("[brief.passes]")
    assert old in brief
    (folder / "picture.toml").write_text(head + mark + brief.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        load_picture(folder, collection())
    assert (caught.value.file, caught.value.block) == ("picture.toml", block)
    assert problem in caught.value.problem


def pictured(folder: Path, text: str) -> Path:
    """The second collection with a picture.toml of this text, or without one."""
    copy = folder / "winter_2030"
    shutil.copytree(FOLDER, copy)
    if text:
        (copy / "picture.toml").write_text(text, encoding="utf-8")
    return copy


@pytest.mark.parametrize("text", ["", WINTER])
def test_another_collection_needs_no_python(text: str, tmp_path: Path) -> None:
    folder, out = pictured(tmp_path, text), tmp_path / "out"
    for command in (("issue",), ("practice",), ("receive", str(out / "winter_2030" / "practice"), "--by", "kim")):
        assert winter(out, *command, folder=folder).code in (0, 1)
    said = json.loads(winter(out, "brief", "--json", folder=folder).out)
    assert len(said["files"]) == 6
    assert said["without_return"] == []
    briefs = out / "winter_2030" / "report" / "briefs"
    for name in said["files"]:
        if name.endswith(".html"):
            html = (briefs / name).read_text(encoding="utf-8")
            assert "The winter is funded" in html
            assert ("Not asked: this system has none" in html) is (name != "N1.html")
            assert ("The fund</h2>" in html) is bool(text)
            assert html.count('<section class="page"') == 2
        else:
            assert len(Presentation(io.BytesIO((briefs / name).read_bytes())).slides) == 2
    schedule = winter(out, "brief", "--schedule", folder=folder)
    assert schedule.code == (0 if text else 2)
