"""A reception for tests: small files, or real ones, received at moments that the test chooses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.desk.stand_in import COLLECTION, moment, stand_in
from tests.returns import collection, desk
from workbook_gen.desk.audit import audit
from workbook_gen.desk.check import CheckedReturn, Desk, check_received
from workbook_gen.desk.child import Checker
from workbook_gen.desk.originals import original
from workbook_gen.desk.receive import Reception
from workbook_gen.desk.received import Received
from workbook_gen.desk.register.records import Moment, Submitted
from workbook_gen.desk.register.store import Register
from workbook_gen.desk.workspace import Workspace


def small_or_real(file: Received, at: Desk) -> CheckedReturn:
    """A workbook is checked; a small file is taken for what it says."""
    return check_received(file, at) if file.data.startswith(b"PK") else stand_in(file, at)


@dataclass
class Inbox:
    """A folder of files that come in, and the workspace and register that they are received into."""

    folder: Path
    place: Path | str
    minutes: int = 0
    files: Path = field(init=False)

    def __post_init__(self) -> None:
        self.files = self.folder / "inbox"
        self.files.mkdir(exist_ok=True)

    @property
    def workspace(self) -> Workspace:
        """Where files are kept."""
        return Workspace(self.folder / "workspace", collection())

    @property
    def register(self) -> Register:
        """The register, opened."""
        return Register.at(self.place, COLLECTION)

    def file(self, text: str | bytes, name: str = "QYG_return.xlsx") -> Path:
        """A file that has come."""
        path = self.files / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    def clock(self) -> Moment:
        """A moment later every time."""
        self.minutes += 1
        return moment(self.minutes)

    @contextmanager
    def reception(self) -> Iterator[Reception]:
        """A reception that is open."""
        with Checker(desk(), work=small_or_real) as checker:
            yield Reception(self.workspace, self.register, checker, self.clock)

    def receive(self, text: str | bytes, name: str = "QYG_return.xlsx") -> Submitted:
        """Receive one file."""
        (submitted,) = self.receive_all((text, name))
        return submitted

    def receive_all(self, *files: tuple[str | bytes, str]) -> list[Submitted]:
        """Receive files one after another."""
        with self.reception() as reception:
            return [reception.receive(self.file(text, name)) for text, name in files]

    def ailments(self) -> list[str]:
        """What an audit complains of."""
        return [f"{one.what}: {one.seen}" for one in audit(self.workspace, self.register) if not one.well]

    def kept(self, text: str | bytes) -> Path:
        """Where the bytes of a file are kept."""
        data = text.encode() if isinstance(text, str) else text
        return original(self.workspace.received, sha256(data).hexdigest())
