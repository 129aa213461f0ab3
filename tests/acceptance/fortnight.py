"""Two weeks at the central team's desk, as commands on a clock: who sends what on which day, and what the centre does."""

import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.engines.typing.work import Book, Typed, work_in_libreoffice
from tests.returns import SEAL_KEY, completed, copied_collection, file_name, replace_text, systems, written
from tests.versioned import newer, run, sealing
from workbook_gen.commands import at_desk
from workbook_gen.definition.layout import address
from workbook_gen.definition.load import load_collection
from workbook_gen.definition.load_practice import load_practice
from workbook_gen.definition.model import Collection
from workbook_gen.definition.nodes import Key
from workbook_gen.definition.practice import Practice
from workbook_gen.definition.values import Value, day_of
from workbook_gen.desk.assemble import Issuable
from workbook_gen.desk.check import CheckedReturn, Desk, check_file
from workbook_gen.desk.practice import fill_in
from workbook_gen.desk.register.events import Event
from workbook_gen.desk.register.schema import EVENTS
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Workspace
from workbook_gen.national.data import NationalData, load_national

CODES = systems()
FIRST = dict(
    zip(
        CODES,
        (*["clean"] * 3, "deficit_explained", *["deficit_unexplained"] * 2, "incomplete", "agency_rising"),
        strict=False,
    )
)
"""Who sends a first try on 14 November, and in which way."""
LATE = CODES[len(FIRST) : len(FIRST) + 5]
"""Who sends version 1.0 when 1.1 has been issued."""
FRESH = CODES[len(FIRST) + len(LATE) :]
"""Who sends version 1.1 alone."""
WAIVED = CODES[4]
"""Whose deficit is let be, until its figures change."""


def on(day: int, hour: int = 12) -> datetime:
    """An hour of November 2023."""
    return datetime(2023, 11, day, hour, tzinfo=UTC)


@dataclass
class Fortnight:
    """The collection and the workspace of the round, and the clock of the desk."""

    home: Path
    at: datetime = datetime(2023, 11, 8, 12, tzinfo=UTC)
    files: Path = field(init=False)

    def __post_init__(self) -> None:
        self.folder = copied_collection(self.home)
        self.files = self.home / "inbox"
        self.files.mkdir()
        self.workspace = sealing(self.folder, self.home / "output")

    def run(self, *arguments: str | Path, code: int = 0) -> Result:
        """A command that ends with this exit code."""
        result = run(self.folder, self.workspace.folder, *arguments)
        assert result.exit_code == code, (arguments, result.stdout[-2000:], result.stderr[-2000:])
        return result

    def said(self, *arguments: str | Path, code: int = 0) -> dict[str, Any]:
        """What a command says to programs."""
        return dict(json.loads(self.run(*arguments, "--json", code=code).stdout))

    def receive(self, name: str, code: int) -> list[dict[str, Any]]:
        """What the receipts say of the files in a folder of the inbox, that end with this exit code."""
        received = self.said("receive", self.files / name, code=code)["received"]
        assert isinstance(received, list)
        return received

    def status(self) -> dict[str, dict[str, Any]]:
        """Where every organisation stands, by code."""
        return {one["organisation"]: one for one in self.said("status")["organisations"]}

    def put(self, day: str, name: str, data: bytes) -> Path:
        """A file in a folder of the inbox."""
        path = self.files / day / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        return path

    def raise_version(self) -> None:
        """Version 1.0 is frozen, the definition becomes 1.1, and that is issued to all."""
        self.run("freeze")
        newer(self.folder)
        replace_text(self.folder / "practice.toml", "assurance.providers_agree", "assurance.trusts_agree")
        self.run("issue", "--quiet")
        self.workspace = Workspace(self.workspace.folder, self.collection)

    @cached_property
    def collection(self) -> Collection:
        """Version 1.1."""
        return load_collection(self.folder)

    @cached_property
    def national(self) -> NationalData:
        """The national figures."""
        return load_national(self.collection, self.folder)

    @cached_property
    def desk(self) -> Desk:
        """The desk at version 1.1."""
        return Desk(self.collection, self.national, SEAL_KEY)

    @cached_property
    def practice(self) -> Practice:
        """How a return of version 1.1 is filled in."""
        return load_practice(self.folder, self.collection)

    def clean(self, code: str) -> dict[Key, Value]:
        """The answers of a clean return of version 1.1."""
        way = next(one for one in self.practice.ways if one.key == "clean")
        return dict(fill_in(self.desk.issuable(code), self.practice, way, 1))

    def complete(self, code: str) -> bytes:
        """A clean return of version 1.1."""
        return written(self.desk.issuable(code), self.clean(code))

    def check(self, path: Path) -> CheckedReturn:
        """A file of version 1.1, checked."""
        return check_file(path, self.desk)

    def edit(self, day: str, sources: Iterable[Path], replies: str) -> list[Path]:
        """Workbooks of 1.1 opened in LibreOffice: what is blank and required filled in, every query replied to, saved."""
        opened, saved = self.home / f"opened {day}", self.files / day
        opened.mkdir()
        saved.mkdir(exist_ok=True)
        books = []
        for source in sources:
            copy = Path(shutil.copy(source, opened / source.name))  # LibreOffice locks what it opens
            books.append(Book(copy, saved / source.name, tuple(self._steps(source, replies))))
        work_in_libreoffice(books)
        return [book.save for book in books]

    def _steps(self, source: Path, replies: str) -> Iterator[Typed]:
        checked = self.check(source)
        assert checked.identity is not None
        one = self.desk.issuable(str(checked.identity.organisation))
        answers = self.clean(one.system.code)
        for cell in one.layout.form.inputs():
            if cell.required and checked.values.get(cell.key) is None:
                yield Typed(*_place(one, cell.key), typed(one, cell.key, answers[cell.key]))
        for number, reply in checked.replies.items():
            yield Typed(reply.sheet, reply.cell, f"{replies} {number}")

    @property
    def register(self) -> Register:
        """The register."""
        return Register.at(self.workspace.register_path, self.workspace.collection.key)

    def events(self) -> list[Event]:
        """The event log, in order."""
        with self.register.reading() as connection:
            return [Event(**row) for row in connection.execute(EVENTS.select().order_by(EVENTS.c.sequence)).mappings()]


def _place(one: Issuable, key: Key) -> tuple[str, str]:
    sheet, row, column = one.layout.cells[key]
    return sheet, address(row, column)


def typed(one: Issuable, key: Key, value: Value) -> str:
    """An answer as a person types it."""
    if isinstance(value, str):
        return value
    assert value is not None, key
    return f"{day_of(value):%d/%m/%Y}" if one.layout.form.cells[key].column.type == "date" else f"{value:.15g}"


@contextmanager
def fortnight(home: Path) -> Iterator[Fortnight]:
    """The round, with its own clock."""
    with pytest.MonkeyPatch.context() as patch:
        one = Fortnight(home)
        patch.setattr(at_desk, "now", lambda: one.at)
        yield one


def first_try(code: str) -> bytes:
    """The first try of a system, version 1.0."""
    return completed(code, FIRST.get(code, "clean"))


def name_of(code: str, version: str) -> str:
    """The name of a system's workbook."""
    return file_name(code).replace("v1.0", f"v{version}")
