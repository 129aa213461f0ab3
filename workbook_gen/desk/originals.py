"""The files as they came: kept under the digest of their bytes, read-only, before anything else is done with them."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from workbook_gen.desk.received import Received, blocks
from workbook_gen.desk.workspace import WorkspaceError
from workbook_gen.excel.container import MAXIMUM_BYTES
from workbook_gen.files import sync_folder, write_blocks_atomically

READ_ONLY = 0o444
SUFFIX = ".xlsx"


def original(folder: Path, digest: str) -> Path:
    """Where the bytes of a digest lie; whatever they are, they have the suffix of a workbook."""
    return folder / f"{digest}{SUFFIX}"


def keep(path: Path, file: Received, folder: Path) -> int:
    """Keep what was read from a path, once; gives its size in bytes.

    Raises `OSError` where it cannot be written, and `WorkspaceError` where the file kept before, or the one too large to be
    held in memory, has other bytes than were read.
    """
    kept = original(folder, file.sha256)
    if kept.exists():
        if digest_of(kept) != file.sha256:
            raise WorkspaceError(f"{kept} is not what was received. Move it away, keep it as evidence, and receive again.")
    else:
        is_new = not folder.exists()
        write_blocks_atomically(kept, _again(path, file), mode=READ_ONLY)
        sync_folder(folder)
        if is_new:
            sync_folder(folder.parent)
    return kept.stat().st_size


def digest_of(path: Path) -> str:
    """The SHA-256 of a file. Raises `OSError`."""
    found = sha256()
    for block in blocks(path):
        found.update(block)
    return found.hexdigest()


def _again(path: Path, file: Received) -> Iterator[bytes]:
    """The bytes that were read; those of a file too large to be held are read a second time."""
    if len(file.data) <= MAXIMUM_BYTES:
        yield file.data
        return
    found = sha256()
    for block in blocks(path):
        found.update(block)
        yield block
    if found.hexdigest() != file.sha256:
        raise WorkspaceError(f"{path} changed while it was being received. Receive it again.")
