"""A file that has come back, as bytes with a digest: read once, so that what is hashed, checked and stored is the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from workbook_gen.excel.container import MAXIMUM_BYTES

_BLOCK = 1 << 20
_LOCK = "~$"


def is_lock_file(name: str) -> bool:
    """Whether a file of this name is the mark that Excel leaves beside a workbook that is open."""
    return name.startswith(_LOCK)


@dataclass(frozen=True, slots=True)
class Received:
    """The file's name, the SHA-256 of all its bytes, and these; of one too large to be read no more than shows that it is."""

    name: str
    sha256: str
    data: bytes


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, a stretch at a time. Raises `OSError` where it cannot be read."""
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            yield block


def read_file(path: Path) -> Received:
    """Read a file. Raises `OSError` where it cannot be read."""
    digest, kept = sha256(), bytearray()
    for block in blocks(path):
        digest.update(block)
        kept += block[: MAXIMUM_BYTES + 1 - len(kept)]
    return Received(path.name, digest.hexdigest(), bytes(kept))
