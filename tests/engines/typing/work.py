"""What a person does in LibreOffice with an issued workbook: the steps, and the driver that does them."""

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.engines.answers import EngineError

DRIVER = Path(__file__).with_name("driver.py")
SECONDS = 300
PYTHONS = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python", "/opt/libreoffice/program/python", "python3")
"""Where a Python that has `uno` may be: the system's, or the one that LibreOffice brings."""


@dataclass(frozen=True)
class Typed:
    """A text typed into a cell."""

    sheet: str
    cell: str
    text: str


@dataclass(frozen=True)
class Pasted:
    """A block copied from another workbook with its formats, pasted with its first cell here. None is an empty cell.

    The number formats go round from cell to cell, row by row.
    """

    sheet: str
    cell: str
    rows: tuple[tuple[str | float | None, ...], ...]
    formats: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """A workbook to open, what to do in it, and where to save it."""

    open: Path
    save: Path
    steps: tuple[Typed | Pasted, ...]


def work_in_libreoffice(books: Sequence[Book]) -> list[list[str]]:
    """Do the steps in one LibreOffice, book by book: what each step's (first) cell then holds, as its input line shows it.

    Raises `EngineError` where LibreOffice does not do it or does not save a book.
    """
    with TemporaryDirectory(prefix="typing-") as folder:
        job = {"profile": str(Path(folder) / "profile"), "books": [asdict(book) for book in books]}
        said = _run([python_with_uno(), "-I", str(DRIVER)], json.dumps(job, default=str))
    missing = [book.save.name for book in books if not book.save.exists()]
    if missing:
        raise EngineError(f"LibreOffice did not save {', '.join(missing)}.")
    seen: list[list[str]] = json.loads(said)
    return seen


@cache
def python_with_uno() -> str:
    """A Python that can talk to LibreOffice. Raises `EngineError` where there is none."""
    for name in PYTHONS:
        path = shutil.which(name)
        if path and subprocess.run([path, "-I", "-c", "import uno"], capture_output=True).returncode == 0:
            return path
    raise EngineError("No Python here has uno: run scripts/install_system_packages.sh")


def _run(command: list[str], given: str) -> str:
    """What a program says. It is ended with all it has started when it is done, or takes too long."""
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True)
    try:
        said, errors = process.communicate(given, timeout=SECONDS)
    except subprocess.TimeoutExpired as error:
        raise EngineError(f"LibreOffice took more than {SECONDS} seconds.") from error
    finally:
        _end(process)
    if process.returncode:
        raise EngineError(f"LibreOffice did not do it: {errors}")
    return said


def _end(process: "subprocess.Popen[str]") -> None:
    """End a program with all it has started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    process.wait()
