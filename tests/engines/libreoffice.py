"""LibreOffice as an engine: workbooks recalculated, whatever values they were written with, and read back."""

import os
import signal
import subprocess
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from tests.engines.answers import EngineError
from workbook_gen.definition.values import CellError

Cells = dict[tuple[str, int, int], float | bool | str | CellError]
"""The values of a workbook by sheet, row and column, counted from 0; empty cells are left out."""

EPOCH = datetime.combine(date(1899, 12, 30), time())
FILTER = "xlsx:Calc MS Excel 2007 XML"
SECONDS = 300
ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""The profile's settings: recalculate on load, always. Without them LibreOffice shows the cached values."""


def recalculate_with_libreoffice(paths: Sequence[Path], out: Path) -> list[Path]:
    """Every workbook opened, recalculated and saved into `out` by one LibreOffice with a profile of its own, in order.

    The file names differ, and `out` is not where the files are. Raises `EngineError` where a file does not come out.
    """
    made = [out / path.name for path in paths]
    if not paths or len(set(made)) < len(paths) or any(new == old for new, old in zip(made, paths, strict=True)):
        raise EngineError("LibreOffice wants one file or more, each of another name, and another folder to save to.")
    with TemporaryDirectory(prefix="soffice-") as profile:
        _recalculate_always(Path(profile))
        arguments = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", FILTER]
        said = _run(["soffice", *arguments, "--outdir", str(out), *map(str, paths)])
    missing = [path.name for path in made if not path.exists()]
    if missing:
        raise EngineError(f"LibreOffice did not save {', '.join(missing)}: {said}")
    return made


def _recalculate_always(profile: Path) -> None:
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(ALWAYS, encoding="utf-8")


def _run(command: list[str]) -> str:
    """What a program says. It is ended with all it has started when it takes too long."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise EngineError(f"LibreOffice took more than {SECONDS} seconds.") from error
    return said


def libreoffice_values(path: Path) -> Cells:
    """The values that a saved workbook holds; a date is a serial day, an empty text is empty."""
    book = load_workbook(path, data_only=True)
    return {
        (sheet.title, row, column): value
        for sheet in book.worksheets
        for row, cells in enumerate(sheet.iter_rows())
        for column, cell in enumerate(cells)
        if (value := _value(cell.value, cell.data_type)) not in (None, "")
    }


def _value(held: object, data_type: str) -> float | bool | str | CellError | None:
    match held:
        case bool() | None:
            return held
        case int() | float():
            return float(held)
        case datetime():
            return (held - EPOCH) / timedelta(days=1)
    return CellError(held) if data_type == "e" else str(held)
