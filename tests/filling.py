"""A folder in which `fill` is run: an issued workbook, a CSV and a workspace with its key."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.returns import SEAL_KEY, answers, check, collection, completed, file_name, issuable, national, place_of, written
from tests.spoil import Spoiled
from workbook_gen.cli import main
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.values import Value
from workbook_gen.excel.contents import Stamp

CODE = "QSL"
NAME = file_name(CODE)
FILE = "{here}/" + NAME
MONEY = Key("agency", "medical", "nov")
OTHER_MONEY = MONEY._replace(column="dec")
PLAN = Key("position", CODE.lower(), "plan")
TOTAL = Key("agency", "nursing", "fot")
AGREES = Key("assurance", "icb_agrees", "answer")
SIGNED = Key("signoff", "chief_executive", "date")
HEADER = "table,line,column,value"


@cache
def untouched() -> bytes:
    """The workbook as issued."""
    return written(issuable(CODE), {})


@cache
def spoilt() -> bytes:
    """A practice return with inputs that cannot be read, one of the centre's figures changed, and a total overwritten."""
    file = Spoiled(completed(CODE))
    file.put(*place_of(CODE, MONEY), "TBC")
    file.put(*place_of(CODE, OTHER_MONEY), "#N/A", error=True)
    file.put(*place_of(CODE, AGREES), "perhaps")
    file.put(*place_of(CODE, SIGNED), 5.0)
    file.put(*place_of(CODE, PLAN), 123456.0)
    file.put(*place_of(CODE, TOTAL), 99.0)
    return file.data()


def prepared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder with an issued workbook and a workspace; the definition and the national figures are read once a process."""
    monkeypatch.setattr("workbook_gen.definition.load.load_collection", lambda _: collection())
    monkeypatch.setattr("workbook_gen.national.data.load_national", lambda *_: national())
    (folder / NAME).write_bytes(untouched())
    seal_key(folder).parent.mkdir(parents=True)
    seal_key(folder).write_text(SEAL_KEY.hex(), encoding="ascii")
    return folder


def seal_key(folder: Path) -> Path:
    """The file of the workspace's key."""
    return folder / "workspace" / collection().key / "seal.key"


def fresh(folder: Path) -> Path:
    """Where a fresh workbook goes when nobody says."""
    return folder / "workspace" / collection().key / "filled" / NAME


def run(folder: Path, *arguments: str, stdin: bytes | None = None) -> Result:
    """Run `fill` in a folder, `{here}` in its arguments; a crash fails the test."""
    places = [argument.replace("{here}", str(folder)) for argument in arguments]
    result = CliRunner().invoke(main, ["fill", *places, "--workspace", str(folder / "workspace")], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def ledger(folder: Path, *rows: str, header: str = HEADER) -> str:
    """A CSV of these rows in the folder, as an argument."""
    (folder / "ledger.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return "{here}/ledger.csv"


def inputs_of(path: Path) -> Mapping[Key, Value]:
    """The inputs that `check` reads in a file."""
    values = check(path.read_bytes(), path.name).values
    return {cell.key: values[cell.key] for cell in issuable(CODE).layout.form.inputs()}


def stamp_of(data: bytes) -> Stamp | None:
    """The stamp of a workbook."""
    identity = check(data, NAME).identity
    return identity.stamp if identity else None


def half_filled(*blank: Key) -> bytes:
    """A practice return with some inputs left blank."""
    values: dict[Key, Value] = {**answers(CODE), **dict.fromkeys(blank)}
    return written(issuable(CODE), values)
