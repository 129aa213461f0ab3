"""Golden text: a small system's workbook of each collection, cell by cell, so that a change of a template shows as text.

`make golden` rewrites the files; the difference is read before it is committed.
"""

import difflib
from collections.abc import Callable
from copy import copy
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import shipped
from tests.collections import winter
from tests.golden.dump import LEFT_OUT, dump
from workbook_gen.checks.run import settings_of
from workbook_gen.desk.assemble import Issuable
from workbook_gen.excel.seal import sealed
from workbook_gen.excel.write import write_workbook

FOLDER = Path(__file__).parent
SYSTEMS: dict[str, tuple[Callable[[str], Issuable], str]] = {
    "h2_2023_24_QSL": (shipped.issuable, "QSL"),
    "winter_2030_N1B": (winter.issuable, "N1B"),
}
KEY = bytes(32)
LARGEST = 500_000
SHOWN = 60


def workbook(name: str, key: bytes = KEY) -> bytes:
    """The workbook as it is issued first."""
    issuable, code = SYSTEMS[name]
    one = issuable(code)
    contents = one.contents({}, sealed(one.stamp(1), key))
    return write_workbook(one.layout, contents, settings_of(one.collection))


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_workbook_reads_as_the_golden_text(name: str, rewrite_golden: bool) -> None:
    path, text = FOLDER / f"{name}.txt", dump(workbook(name))
    if rewrite_golden:
        path.write_text(text, encoding="utf-8")
    golden = path.read_text(encoding="utf-8")
    changes = list(
        difflib.unified_diff(golden.splitlines(), text.splitlines(), path.name, "today's workbook", lineterm="", n=0)
    )
    shown = "\n".join(line[:200] for line in changes[:SHOWN])
    assert golden == text, f"{len(changes)} lines; `make golden` rewrites the text, if it is meant:\n{shown}"


def test_no_golden_text_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.txt")) == sorted(SYSTEMS)


def test_the_golden_texts_stay_small() -> None:
    sizes = [path.stat().st_size for path in FOLDER.glob("*.txt")]
    assert len(sizes) == len(SYSTEMS)
    assert 50_000 < sum(sizes) < LARGEST


def test_another_key_leaves_the_text_as_it_is() -> None:
    data, other = workbook("winter_2030_N1B"), workbook("winter_2030_N1B", bytes(range(32)))
    assert data != other
    assert dump(data) == dump(other)
    assert dump(data).count(LEFT_OUT) == 2


def changed(change: str) -> str:
    """The text of a workbook in which one thing has been changed by hand."""
    book = load_workbook(BytesIO(workbook("winter_2030_N1B")))
    sheet = book["Winter fund & bridge"]
    match change:
        case "value":
            sheet["D17"] = -6.3
        case "formula":
            sheet["N17"] = "=E17+SUM(I17:J17)"
        case "role":
            sheet["D17"].fill = copy(sheet["B15"].fill)
        case "lock":
            sheet["D17"].protection = copy(sheet["I17"].protection)
        case "validation":
            sheet.data_validations.dataValidation[0].prompt = "Anything."
        case "name":
            book.defined_names["floor"].attr_text = "'Winter fund & bridge'!$C$9"
        case "protection":
            sheet.protection.sheet = False
    stream = BytesIO()
    book.save(stream)
    return dump(stream.getvalue())


@pytest.mark.parametrize("change", ["value", "formula", "role", "lock", "validation", "name", "protection"])
def test_a_change_shows_in_the_text(change: str) -> None:
    before, after = changed("nothing").splitlines(), changed(change).splitlines()
    moved = [line for line in difflib.ndiff(before, after) if line[0] in "+-"]
    assert 2 <= len(moved) <= 6, moved
