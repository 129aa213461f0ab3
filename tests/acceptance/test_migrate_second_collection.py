"""The second collection carried from 2.10 to 2.11: tables and columns renamed, and answers that no longer fit."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.collections import winter
from tests.returns import check, replace_text, structural_codes
from tests.versioned import desk_at
from workbook_gen.checks.run import settings_of
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.desk.practice import fill_in
from workbook_gen.desk.versions import Versions
from workbook_gen.desk.workspace import Workspace
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook

SIGNOFF, FLOW, PROJECTS = "sheets/signoff.toml", "sheets/flow.toml", "sheets/projects.toml"
LOG = """
[[change]]
version = "2.11"
date    = 2030-07-05
text    = "Remarks are comments; crews are counted in shifts."
"""
RENAMES = (("remarks", "comments"), ("answers[surety]", "answers[certainty]"), ("beds[restated]", "beds[planned]"))
CHANGES = (
    ("collection.toml", 'version    = "2.10"', 'version    = "2.11"'),
    (PROJECTS, 'key     = "remarks"', 'key     = "comments"'),
    (PROJECTS, '"remarks.all[explanation]"', '"comments.all[explanation]"'),
    (SIGNOFF, 'key = "surety"', 'key = "certainty"'),
    (SIGNOFF, '"Very sure", "Fairly sure, so far", "Not sure"', '"Not sure", "Very sure"'),
    (SIGNOFF, "length = 80", "length = 5"),
    ("lines/answers.csv", "surety", "certainty"),
    (FLOW, '{ use = "restated", unit = "beds" }', '{ use = "restated", key = "planned", unit = "beds" }'),
    (FLOW, 'formula = "line[restated, month] - ', 'formula = "line[planned, month] - '),
    (FLOW, 'RestatedBedCore = "restated"', 'RestatedBedCore = "planned"'),
    (FLOW, 'check    = "line[restated, month]', 'check    = "line[planned, month]'),
    (FLOW, "{month}: {line[restated, month]}", "{month}: {line[planned, month]}"),
    (FLOW, 'check    = "total[restated, sep]', 'check    = "total[planned, sep]'),
    (FLOW, '"{total[restated, sep]}', '"{total[planned, sep]}'),
    (FLOW, 'unit = "beds", sign = "-" }', 'unit = "beds", sign = "+" }'),
    (FLOW, 'unit = "%", minimum = 0, maximum = 100', 'unit = "%", minimum = 0, maximum = 90'),
    (FLOW, '{ use = "months", unit = "hours" }', '{ use = "months", unit = "shifts" }'),
)
"""What 2.11 has other than 2.10: file, text and the text in its place."""

ANSWERS: dict[str, Value] = {
    "answers.staffed[surety]": "Very sure",
    "answers.tested[surety]": "Fairly sure, so far",
    "remarks.all[explanation]": "All of it is agreed.",
    "officer.chief[name]": "A. Officer",
    "occupancy.naa1[jul]": 91.0,
    "occupancy.naa1[aug]": 89.0,
    "beds.naa1[restated_jul]": 412.0,
    "beds.naa1[closed]": -3.0,
    "crews.nam[jul]": 1200.0,
}


def key(text: str) -> Key:
    """A key as it is written."""
    table, rest = text.split(".")
    line, column = rest.removesuffix("]").split("[")
    return Key(table, line, column)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The definition of 2.11, in which 2.10 is frozen, and beside it a workspace in which 2.11 is issued."""
    copy = tmp_path_factory.mktemp("winter") / "winter_2030"
    shutil.copytree(winter.FOLDER, copy)
    Versions(copy).freeze(winter.collection(), None)
    for file, old, new in CHANGES:
        replace_text(copy / file, old, new)
    renames = "".join(f'\n[[rename]]\nversion = "2.11"\nfrom = "{old}"\nto = "{new}"\n' for old, new in RENAMES)
    with (copy / "collection.toml").open("a", encoding="utf-8") as stream:
        stream.write(LOG + renames)
    desk = desk_at(copy)
    workspace = Workspace(copy.parent / "output", desk.collection)
    workspace.home.mkdir(parents=True)
    workspace.key_path.write_text(winter.KEY.hex(), encoding="ascii")
    assert winter.run(workspace.folder, "issue", "--quiet", "--jobs", "1", folder=copy).code == 0
    return copy


def carried(folder: Path, tmp_path: Path, code: str) -> tuple[dict[str, Any], dict[Key, Value], list[str]]:
    """What `migrate` says of a return of 2.10, the inputs of the fresh workbook as read again, and its structural findings."""
    one = winter.issuable(code)
    own = {key(text): value for text, value in ANSWERS.items() if key(text) in one.layout.form.cells}
    inputs = {**fill_in(one, load_practice(winter.FOLDER, winter.collection()), winter.ways()["clean"], 1), **own}
    path = tmp_path / f"{code}_winter_2030_v2.10.xlsx"
    stamp = sealed(one.stamp(1), winter.KEY)
    path.write_bytes(write_workbook(one.layout, one.contents(inputs, stamp), settings_of(one.collection)))
    out = str(tmp_path / "out")
    said = winter.run(folder.parent / "output", "migrate", str(path), "--out", out, "--json", folder=folder)
    (found,) = json.loads(said.out)["migrated"]
    again = check(Path(found["to"]).read_bytes(), Path(found["to"]).name, desk_at(folder))
    return found, dict(again.values), structural_codes(again)


def test_renamed_tables_columns_and_repeated_columns_keep_their_answers(folder: Path, tmp_path: Path) -> None:
    _, values, codes = carried(folder, tmp_path, "N1")
    assert values[key("comments.all[explanation]")] == "All of it is agreed."
    assert values[key("answers.staffed[certainty]")] == "Very sure"
    assert values[key("beds.naa1[planned_jul]")] == 412
    assert values[key("occupancy.naa1[aug]")] == 89
    assert codes == []


def test_what_no_longer_fits_is_listed_with_why(folder: Path, tmp_path: Path) -> None:
    found, values, _ = carried(folder, tmp_path, "N1")
    why = {one["key"]: one["why"] for one in found["not_carried"]}
    assert why["answers.tested[surety]"] == "the list is now: Not sure, Very sure"
    assert why["officer.chief[name]"] == "it has 10 characters, and there is room for 5"
    assert why["occupancy.naa1[jul]"] == "the most is now 90"
    assert why["beds.naa1[closed]"] == "the expected sign is now +; it was -"
    assert why["crews.nam[jul]"] == "the unit is now shifts; it was hours"
    assert values[key("occupancy.naa1[jul]")] is None
    named = [(one["sheet"], one["cell"]) for one in found["not_carried"]]
    assert len(set(named)) == len(named)


@pytest.mark.parametrize("code", winter.SYSTEMS)
def test_every_answer_is_carried_or_listed_and_nothing_is_structural(code: str, folder: Path, tmp_path: Path) -> None:
    found, values, codes = carried(folder, tmp_path, code)
    form = desk_at(folder).issuable(code).layout.form
    filled = {str(cell.key) for cell in form.inputs() if values.get(cell.key) is not None}
    assert {one["key"] for one in found["carried"]} == filled
    assert codes == []
    assert found["to_fill_in"] == []


def test_what_has_changed_is_told_field_by_field(folder: Path, tmp_path: Path) -> None:
    found, _, _ = carried(folder, tmp_path, "N1")
    changes = {(one["name"], one["field"]): (one["before"], one["after"]) for one in found["changes"]}
    assert changes["comments", ""] == ("remarks", "comments")
    assert changes["answers[certainty]", ""] == ("answers[surety]", "answers[certainty]")
    assert changes["beds[planned_jul]", ""] == ("beds[restated_jul]", "beds[planned_jul]")
    assert changes["answers[certainty]", "choices"] == ("Very sure, Fairly sure, so far, Not sure", "Not sure, Very sure")
    assert changes["occupancy[jul]", "most"] == ("100", "90")
    assert changes["crews[jul]", "unit"] == ("hours", "shifts")
    assert changes["beds[closed]", "sign"] == ("-", "+")
    assert changes["officer[name]", "length"] == ("80", "5")
    assert not {how for one in found["changes"] if (how := one["how"]) in ("added", "removed")}
