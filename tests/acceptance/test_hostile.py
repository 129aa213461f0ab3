"""Files made to do harm: each is told for what it is, within two seconds and 256 MB, and the same desk reads the next file.

They are checked one by one in a process of their own, so that what the tests hold in memory is not counted. The seconds are
those that the child's processor was at work: other tests may be running beside it.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tests.acceptance.hostile import run
from tests.acceptance.hostile.catalogue import CATALOGUE
from tests.acceptance.hostile.ours import CODE
from tests.returns import ROOT, completed
from workbook_gen.catalogue import structural

SECONDS, MEMORY = 2.0, 256_000_000
AT_LEAST = 40

pytestmark = pytest.mark.xdist_group("hostile")


@cache
def checked() -> dict[str, dict[str, Any]]:
    """What became of each file, by its name."""
    with TemporaryDirectory(prefix="hostile-") as name:
        folder = Path(name)
        (folder / "files").mkdir()
        (folder / "good.xlsx").write_bytes(completed(CODE))
        for file, one in CATALOGUE.items():
            (folder / "files" / f"{file}.xlsx").write_bytes(one.make())
        command = [sys.executable, "-m", run.__name__, str(folder / "files"), str(folder / "good.xlsx")]
        told = subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True)
    return {line["name"]: line for line in map(json.loads, told.stdout.splitlines())}


@pytest.mark.parametrize("name", CATALOGUE)
def test_a_hostile_file_is_told_and_costs_little(name: str, record_property: Callable[[str, object], None]) -> None:
    one, told = CATALOGUE[name], checked()[name]
    assert one.code in told["codes"], told["messages"]
    assert told["exit"] == one.exit, told["messages"]
    assert all(told["messages"])
    assert all(told["fixes"])
    assert told["seconds"] <= SECONDS
    assert told["memory"] <= MEMORY
    assert told["next"] == "clean"
    cost = f"{1000 * told['seconds']:5,.0f} ms {told['memory'] / 1e6:4.0f} MB"
    record_property(f"hostile, {name}", f"{one.code} {cost}  {one.what}")


@pytest.mark.parametrize("name", [name for name, one in CATALOGUE.items() if structural(one.code).refuses])
def test_a_file_that_is_refused_is_told_once_and_briefly(name: str) -> None:
    told = checked()[name]
    assert told["codes"] == [CATALOGUE[name].code]
    assert len(told["messages"][0]) < 400


def test_there_are_enough_of_them_and_no_two_are_alike() -> None:
    assert len(CATALOGUE) >= AT_LEAST
    assert checked().keys() == CATALOGUE.keys()
    assert len({one.what for one in CATALOGUE.values()}) == len(CATALOGUE)
    codes = {one.code for one in CATALOGUE.values()}
    assert {f"STR-0{number:02}" for number in range(1, 11)} <= codes
