"""Where a collection's files lie: what was issued and received, practice returns, the register, and the key that seals."""

import csv
import io
import secrets
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from workbook_gen.definition.model import Collection
from workbook_gen.files import write_atomically

KEY_BYTES = 32


class WorkspaceError(Exception):
    """A file of the workspace that is not as we write it; the message says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A line of the manifest: what was issued to whom, and the digest of its bytes."""

    organisation: str
    name: str
    file: str
    issue: int
    sha256: str


def file_name(collection: Collection, code: str) -> str:
    """The name of a system's workbook: QE1_h2_2023_24_v1.0.xlsx."""
    return f"{code}_{collection.key}_v{collection.version}.xlsx"


@dataclass(frozen=True)
class Workspace:
    """The folder of one collection's generated files."""

    folder: Path
    collection: Collection

    @property
    def home(self) -> Path:
        """The collection's own folder in the workspace."""
        return self.folder / self.collection.key

    @property
    def issued(self) -> Path:
        """The folder of the current version's issued workbooks."""
        return self.home / "issued" / self.collection.version

    def versions(self) -> tuple[str, ...]:
        """The versions of which workbooks have been issued here, by name."""
        folder = self.home / "issued"
        return tuple(sorted(path.parent.name for path in folder.glob("*/manifest.csv")))

    @property
    def practice(self) -> Path:
        """The folder of practice returns."""
        return self.home / "practice"

    @property
    def filled(self) -> Path:
        """The folder of workbooks that `fill` has put figures into."""
        return self.home / "filled"

    @property
    def feedback(self) -> Path:
        """The folder of the workbooks that go back to organisations, with their answers and queries."""
        return self.home / "feedback"

    @property
    def migrated(self) -> Path:
        """The folder of workbooks that `migrate` has carried the answers of an older version into."""
        return self.home / "migrated"

    @property
    def received(self) -> Path:
        """The folder of the files that came back, as they came."""
        return self.home / "received"

    @property
    def receipts(self) -> Path:
        """The folder of the receipts for them."""
        return self.home / "receipts"

    @property
    def report(self) -> Path:
        """The folder of the national picture."""
        return self.home / "report"

    @property
    def register_path(self) -> Path:
        """The register, where no other is named."""
        return self.home / "register.sqlite"

    @property
    def manifest_path(self) -> Path:
        """The list of what was issued."""
        return self.issued / "manifest.csv"

    @property
    def key_path(self) -> Path:
        """The file of the key that seals what is issued."""
        return self.home / "seal.key"

    def file_name(self, code: str) -> str:
        """The name of a system's workbook: QE1_h2_2023_24_v1.0.xlsx."""
        return file_name(self.collection, code)

    def key(self) -> bytes | None:
        """The sealing key, None before the first issue. Raises `WorkspaceError` where the file holds none."""
        if not self.key_path.exists():
            return None
        try:
            key = bytes.fromhex(self.key_path.read_text(encoding="ascii").strip())
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise WorkspaceError(f"{self.key_path} holds no key. Put back the file as it was, from your backup.")
        return key

    def make_key(self) -> bytes:
        """The sealing key, made at the first issue; only its owner can read it."""
        key = self.key()
        if key is None:
            key = secrets.token_bytes(KEY_BYTES)
            write_atomically(self.key_path, key.hex().encode() + b"\n", mode=0o600)
        return key

    def manifest(self) -> dict[str, Issued]:
        """What has been issued in this version, by organisation. Raises `WorkspaceError` where the list is not as written."""
        if not self.manifest_path.exists():
            return {}
        try:
            with self.manifest_path.open(encoding="utf-8", newline="") as stream:
                rows = [
                    Issued(row["organisation"], row["name"], row["file"], int(row["issue"]), row["sha256"])
                    for row in csv.DictReader(stream)
                ]
        except (KeyError, TypeError, ValueError) as error:
            raise WorkspaceError(
                f"{self.manifest_path} is not the list of what was issued. Put back the file as it was, from your backup."
            ) from error
        return {row.organisation: row for row in rows}

    def write_manifest(self, rows: list[Issued]) -> None:
        """Replace the manifest."""
        stream = io.StringIO()
        writer = csv.DictWriter(stream, [field.name for field in fields(Issued)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
        write_atomically(self.manifest_path, stream.getvalue().encode())
