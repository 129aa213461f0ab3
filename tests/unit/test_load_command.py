"""A broken definition ends every command with exit code 2 and a sentence on stderr; nothing is written."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests import shipped
from tests.broken import break_once
from workbook_gen.cli import main

AGENCY = "sheets/agency.toml"
BROKEN = (
    (AGENCY, "total[fot] <= agency_limit", "totl[fot] <= agency_limit", ("sheets/agency.toml", "AGY-001", "'total'")),
    (AGENCY, '{ use = "ytd", source = "agency_ytd" }', '"ytd"', ("sheets/agency.toml", "agency", "column ytd")),
    ("lines/bridge.csv", "position.total[plan]", "forecast[column]", ("bridge.toml", "bridge.plan[value] reads")),
    ("collection.toml", '"risks", "assurance"]', '"riscs", "assurance"]', ("sheets/riscs.toml", "no such file")),
)
COMMANDS = (("issue", "--org", "QSL"), ("demo",), ("practice",), ("doctor",), ("explain", "AGY-001"), ("check", "setup.cfg"))


@pytest.mark.parametrize(("file", "old", "new", "said"), BROKEN, ids=[new for _, _, new, _ in BROKEN])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_is_written_for_a_broken_definition(
    file: str, old: str, new: str, said: tuple[str, ...], command: tuple[str, ...], tmp_path: Path
) -> None:
    folder = break_once(tmp_path, file, old, new)
    workspace = tmp_path / "workspace"
    result = CliRunner().invoke(main, [*command, "--collection", str(folder), "--workspace", str(workspace)])
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    assert all(words in result.stderr for words in said), result.stderr
    assert "Traceback" not in result.output
    assert not workspace.exists()


def test_programs_are_told_in_one_object(tmp_path: Path) -> None:
    folder = break_once(tmp_path, AGENCY, "total[fot] <= agency_limit", "totl[fot] <= agency_limit")
    options = ["--json", "--quiet", "--collection", str(folder), "--workspace", str(tmp_path / "workspace")]
    result = CliRunner().invoke(main, ["issue", *options])
    assert result.exit_code == 2
    said = json.loads(result.stdout)
    assert said["schema"] == 1
    assert said["error"]["kind"] == "definition"
    assert "Did you mean 'total'?" in said["error"]["message"]


def test_the_same_command_writes_with_the_definition_that_is_shipped(tmp_path: Path) -> None:
    """Without this, a command that never writes would pass the tests above."""
    options = ["--quiet", "--collection", str(shipped.FOLDER), "--workspace", str(tmp_path)]
    result = CliRunner().invoke(main, ["issue", "--org", "QSL", "--jobs", "1", *options])
    assert result.exit_code == 0, result.output
    assert len(list(tmp_path.rglob("QSL_*.xlsx"))) == 1
