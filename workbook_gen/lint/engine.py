"""A second engine: LibreOffice recalculates workbooks, whatever values they were written with."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from workbook_gen.definition.values import CellError
from workbook_gen.lint.exhibit import Recalculated
from workbook_gen.lint.verdict import NotTested

PROGRAM = "soffice"
SECONDS = 300
SECONDS_A_FILE = 30
"""How long LibreOffice may take: to begin with, and for each workbook."""

_EPOCH = datetime.combine(date(1899, 12, 30), time())
_FILTER = "xlsx:Calc MS Excel 2007 XML"
_ALWAYS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""The profile's settings: recalculate on load, always. Without them LibreOffice shows the cached values."""


def recalculate(files: Sequence[Path]) -> dict[str, Recalculated]:
    """The values of every workbook after recalculation, by file name; one that LibreOffice cannot open is left out.

    Raises `NotTested` where LibreOffice is not installed or does not end in time, `ValueError` where two files have one name.
    """
    with TemporaryDirectory(prefix="recalculated-") as folder:
        saved, _ = save_recalculated(files, Path(folder))
        return {path.name: recalculated_values(path) for path in saved if path.exists()}


def save_recalculated(files: Sequence[Path], out: Path) -> tuple[list[Path], str]:
    """Where each workbook is saved once one LibreOffice has recalculated it, and what the program said.

    It has a profile of its own, so that several may run at once. A file that it cannot open is not there afterwards.
    """
    made = [out / path.name for path in files]
    if len(set(made)) < len(made) or any(new == old for new, old in zip(made, files, strict=True)):
        raise ValueError("Workbooks to recalculate have names of their own, and another folder to be saved to.")
    program = shutil.which(PROGRAM)
    if program is None:
        raise NotTested("LibreOffice is not installed: it is the second engine (Debian: apt-get install libreoffice-calc).")
    if not files:
        return [], ""
    with TemporaryDirectory(prefix="soffice-") as profile:
        _recalculate_always(Path(profile))
        arguments = [f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", _FILTER]
        command = [program, *arguments, "--outdir", str(out), *map(str, files)]
        return made, _run(command, SECONDS + SECONDS_A_FILE * len(files))


def _recalculate_always(profile: Path) -> None:
    (profile / "user").mkdir()
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS, encoding="utf-8")


def _run(command: list[str], seconds: float) -> str:
    """What a program says. It is ended with all that it has started when it takes too long."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    try:
        said, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise NotTested(f"LibreOffice took more than {seconds:g} seconds, and was ended.") from error
    return said


def recalculated_values(path: Path) -> Recalculated:
    """The values that a saved workbook holds; a date is a serial day, an empty text is empty."""
    return dict(_values(path))


def _values(path: Path) -> Iterator[tuple[tuple[str, int, int], float | bool | str | CellError]]:
    for sheet in load_workbook(path, data_only=True).worksheets:
        for row, cells in enumerate(sheet.iter_rows(), 1):
            for column, cell in enumerate(cells, 1):
                value = _value(cell.value, cell.data_type)
                if value is not None and value != "":
                    yield (sheet.title, row, column), value


def _value(held: object, data_type: str) -> float | bool | str | CellError | None:
    match held:
        case bool() | None:
            return held
        case int() | float():
            return float(held)
        case datetime():
            return (held - _EPOCH) / timedelta(days=1)
        case time():
            return (datetime.combine(_EPOCH.date(), held) - _EPOCH) / timedelta(days=1)
    return CellError(held) if data_type == "e" else str(held)
