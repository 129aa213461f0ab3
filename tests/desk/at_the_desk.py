"""Commands run in a workspace of the tests, as people and programs run them."""

import io
from pathlib import Path

from click.testing import CliRunner, Result
from openpyxl import Workbook

from tests.desk.stand_in import COLLECTION
from workbook_gen.cli import main
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Workspace


def run(workspace: Workspace, *arguments: str | Path) -> Result:
    """Run a command in a workspace; a crash fails the test."""
    result = CliRunner().invoke(main, [*map(str, arguments), "--workspace", str(workspace.folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def register(workspace: Workspace) -> Register:
    """The workspace's register."""
    return Register.at(workspace.register_path, COLLECTION)


def odd_file(name: str) -> bytes:
    """A text, or a workbook that is not ours."""
    stream = io.BytesIO(b"a text")
    if name == "another":
        book = Workbook()
        book.create_sheet("Budget", 0)["A1"] = "Budget"
        book.save(stream)
    return stream.getvalue()
